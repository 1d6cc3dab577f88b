package uz.koprik.gateway.auth;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * By which way the caller of a request came.
 *
 * @param role of its account; empty for partners
 * @param session id of its session, when it came by a cookie
 * @param still the caller while the session lasts, for answers that last; it never blocks
 * @param token by which it came, if it came by one
 */
public record CallerEntry(
        SignInWay way,
        Optional<Role> role,
        Optional<String> session,
        Optional<Supplier<Optional<Caller>>> still,
        Optional<Account.Token> token) {

    /** The entry of a session. */
    public static CallerEntry ofSession(SignInWay way, Role role, String session, Supplier<Optional<Caller>> still) {
        return new CallerEntry(way, Optional.of(role), Optional.of(session), Optional.of(still), Optional.empty());
    }

    /** The entry of a bearer token. */
    static CallerEntry ofToken(Role role, Account.Token token) {
        return new CallerEntry(
                SignInWay.TOKEN, Optional.of(role), Optional.empty(), Optional.empty(), Optional.of(token));
    }

    /** An entry without a session or token. */
    static CallerEntry of(SignInWay way, Optional<Role> role) {
        return new CallerEntry(way, role, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
