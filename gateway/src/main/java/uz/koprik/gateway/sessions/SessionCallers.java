package uz.koprik.gateway.sessions;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import uz.koprik.gateway.auth.Account;
import uz.koprik.gateway.auth.Authentication;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.CallerEntry;
import uz.koprik.gateway.auth.CookieSessions;
import uz.koprik.gateway.auth.LiveAccounts;
import uz.koprik.gateway.auth.Restriction;
import uz.koprik.gateway.auth.SignInWay;
import uz.koprik.gateway.auth.SignedIn;
import uz.koprik.gateway.config.PeopleConfig;
import uz.koprik.gateway.http.ClientAddress;
import uz.koprik.gateway.http.Problem;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.store.StoreUnavailable;

/** From a session to the caller with the rights of now. Safe for use by many threads at once. */
public final class SessionCallers implements CookieSessions {

    private final Sessions sessions;
    private final SecondFactors secondFactors;
    private final LiveAccounts accounts;
    private final OutsideRights outside;
    private final boolean required;
    private final InstantSource clock;

    public SessionCallers(
            Sessions sessions,
            SecondFactors secondFactors,
            LiveAccounts accounts,
            OutsideRights outside,
            PeopleConfig config,
            InstantSource clock) {
        this.sessions = sessions;
        this.secondFactors = secondFactors;
        this.accounts = accounts;
        this.outside = outside;
        this.required = config.secondFactor() == PeopleConfig.SecondFactor.REQUIRED;
        this.clock = clock;
    }

    @Override
    public Optional<SignedIn> held(String token) {
        Optional<Session> session = sessions.held(token);
        if (session.isEmpty() || stale(session.get())) {
            return Optional.empty();
        }
        Account account = account(session.get()).orElseThrow(SessionCallers::ended);
        return restriction(session.get(), account).map(restriction -> signedIn(session.get(), account, restriction));
    }

    @Override
    public SignedIn find(String token) throws StoreUnavailable {
        Optional<Session> found = sessions.find(token);
        if (found.isPresent() && stale(found.get())) {
            found = outside.renew(found.get());
        }
        Session session = found.orElseThrow(SessionCallers::ended);
        Optional<Account> account = account(session);
        if (account.isEmpty()) {
            sessions.end(session.id());
            throw ended();
        }
        Restriction restriction = session.outside().isPresent() ? Restriction.NONE : ofPassword(account.get());
        return signedIn(session, account.get(), restriction);
    }

    private boolean stale(Session session) {
        return session.outside()
                .filter(identity -> !clock.instant().isBefore(identity.rightsUntil()))
                .isPresent();
    }

    /** The account of a session with the rights of now; empty when it is gone or has another password. */
    private Optional<Account> account(Session session) {
        if (session.outside().isPresent()) {
            OutsideIdentity identity = session.outside().get();
            return Optional.of(new Account(
                    session.name(),
                    identity.role(),
                    identity.units(),
                    Tlp.CLEAR,
                    Optional.empty(),
                    false,
                    List.of(),
                    session.begun()));
        }
        return accounts.named(session.name()).filter(account -> session.account()
                .filter(binding -> binding.holdsFor(account))
                .isPresent());
    }

    private Optional<Restriction> restriction(Session session, Account account) {
        if (session.outside().isPresent()) {
            return Optional.of(Restriction.NONE);
        }
        if (account.oneTime()) {
            return Optional.of(Restriction.OWN_SECRET);
        }
        if (!required) {
            return Optional.of(Restriction.NONE);
        }
        return secondFactors.heldHas(account).map(there -> there ? Restriction.NONE : Restriction.SET_UP_SECOND_FACTOR);
    }

    private Restriction ofPassword(Account account) throws StoreUnavailable {
        if (account.oneTime()) {
            return Restriction.OWN_SECRET;
        }
        return required && !secondFactors.has(account) ? Restriction.SET_UP_SECOND_FACTOR : Restriction.NONE;
    }

    private SignedIn signedIn(Session session, Account account, Restriction restriction) {
        SignInWay way = session.outside().isPresent() ? SignInWay.OIDC : SignInWay.SESSION;
        String id = session.id();
        return new SignedIn(
                Authentication.caller(account),
                CallerEntry.ofSession(way, account.role(), id, () -> still(id)),
                restriction);
    }

    /** The caller of a session while it lasts. Never blocks. */
    private Optional<Caller> still(String id) {
        return sessions.current(id).flatMap(this::account).map(Authentication::caller);
    }

    @Override
    public Optional<Restriction> heldForPassword(Account account) {
        return secondFactors.heldHas(account).map(there -> withPassword(account, there));
    }

    @Override
    public Restriction forPassword(Account account) throws StoreUnavailable {
        return withPassword(account, secondFactors.has(account));
    }

    private Restriction withPassword(Account account, boolean hasSecondFactor) {
        if (hasSecondFactor) {
            return Restriction.PASSWORD_ALONE;
        }
        if (account.oneTime()) {
            return Restriction.OWN_SECRET;
        }
        return required ? Restriction.SET_UP_SECOND_FACTOR : Restriction.NONE;
    }

    private static Problem ended() {
        return new Problem(401, "Session ended", "this session has ended; sign in again");
    }

    /** From where a request comes. */
    static Session.Origin origin(RoutingContext request) {
        String browser = request.request().getHeader(HttpHeaders.USER_AGENT);
        return new Session.Origin(ClientAddress.of(request), browser == null ? "" : browser);
    }
}
