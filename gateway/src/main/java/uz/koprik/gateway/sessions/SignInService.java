package uz.koprik.gateway.sessions;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.gateway.auth.Account;
import uz.koprik.gateway.auth.Passwords;
import uz.koprik.gateway.auth.SignIns;
import uz.koprik.gateway.auth.Throttle;
import uz.koprik.gateway.config.Config;
import uz.koprik.gateway.http.Problem;
import uz.koprik.indicators.store.StoreUnavailable;

/** Signs people in by password and second factor. Safe for use by many threads at once. */
final class SignInService {

    private static final Logger LOG = LoggerFactory.getLogger(SignInService.class);

    /** Codes are counted for all addresses together: who tries them knows the password already. */
    private static final String ANYWHERE = "anywhere";

    private final Sessions sessions;
    private final SecondFactors secondFactors;
    private final Passwords passwords;
    private final SignIns signIns;
    private final Throttle codes;

    SignInService(
            Sessions sessions,
            SecondFactors secondFactors,
            Passwords passwords,
            SignIns signIns,
            Config.Accounts config,
            InstantSource clock) {
        this.sessions = sessions;
        this.secondFactors = secondFactors;
        this.passwords = passwords;
        this.signIns = signIns;
        this.codes = new Throttle(config.attempts(), config.lockout(), clock);
    }

    /**
     * A session that has just begun.
     *
     * @param account of which
     * @param hasSecondFactor whether the account has one
     */
    record Begun(Account account, Sessions.Opened opened, boolean hasSecondFactor) {}

    /** Who tries to sign in, as the access record says it. */
    String whoTries(String name) {
        String shown = signIns.shown(name);
        return shown.equals(SignIns.UNKNOWN) ? shown : "account " + shown;
    }

    /**
     * Begins a session. Blocks.
     *
     * @param code of the second factor, or a recovery code
     * @param before token of the session that the browser has until now: it ends
     * @throws Problem 401 when password or code is wrong, or the code is missing; 429 after too many wrong ones
     */
    Begun signIn(String name, String secret, Optional<String> code, Session.Origin origin, Optional<String> before)
            throws StoreUnavailable, InterruptedException {
        Account account = passwords.verify(name, secret, origin.address());
        boolean has = secondFactors.has(account);
        SessionWay way = SessionWay.PASSWORD;
        if (has) {
            String given = code.filter(text -> !text.isBlank())
                    .orElseThrow(() -> new Problem(
                            401,
                            "Second factor needed",
                            "this account has a second factor: send its code, or a recovery code, as well"));
            way = use(account, given, origin.address(), 401) == SecondFactors.Code.RECOVERY
                    ? SessionWay.RECOVERY_CODE
                    : SessionWay.SECOND_FACTOR;
        }
        Sessions.Opened opened = sessions.open(account, way, origin);
        Optional<Session> left = before.isPresent() ? sessions.find(before.get()) : Optional.empty();
        if (left.isPresent()) {
            sessions.end(left.get().id());
        }
        LOG.info("signed in: {}, from {}, by {}", account.name(), origin.address(), way.code());
        return new Begun(account, opened, has);
    }

    /**
     * Uses a code of the second factor up. Blocks.
     *
     * @param status of the answer when the code is wrong
     * @throws Problem when the code is wrong, or too many were
     */
    SecondFactors.Code use(Account account, String code, String address, int status) throws StoreUnavailable {
        guard(account, address);
        SecondFactors.Code which = secondFactors.use(account, code);
        if (which == SecondFactors.Code.WRONG) {
            failed(account, address);
            throw SecondFactors.wrongCode(status);
        }
        codes.succeeded(account.name(), ANYWHERE);
        return which;
    }

    /** @throws Problem 429 when too many codes were wrong */
    private void guard(Account account, String address) {
        Optional<Duration> wait = codes.wait(account.name(), ANYWHERE);
        if (wait.isPresent()) {
            signIns.failed(account.name(), SignIns.Reason.LOCKED, address);
            throw Problem.later(
                    429,
                    "Too many wrong codes",
                    "there were too many wrong codes for this account; try again later",
                    wait.get());
        }
    }

    private void failed(Account account, String address) {
        codes.failed(account.name(), ANYWHERE);
        signIns.failed(account.name(), SignIns.Reason.CODE, address);
    }
}
