package uz.koprik.gateway.auth;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import uz.koprik.crypto.trust.Secrets;
import uz.koprik.crypto.trust.TrustedCentre;
import uz.koprik.gateway.http.Blocking;
import uz.koprik.gateway.http.ClientAddress;
import uz.koprik.gateway.http.Problem;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.policy.Tlp;

/**
 * Nobody passes who has not proven who they are: by {@code Authorization: Basic} or {@code Bearer}, by the cookie of a
 * session, or by a client certificate. What was proven a moment ago is not worked out again, so most requests pass
 * without leaving the event loop.
 */
public final class Authentication implements Handler<RoutingContext> {

    private final LiveAccounts accounts;
    private final Passwords passwords;
    private final SignIns signIns;
    private final Certificates certificates;
    private final CookieSessions sessions;
    private final BiConsumer<String, RoutingContext> partnerCame;
    private final LastUse uses;
    private final Supplier<Map<String, Set<String>>> purposes;
    private final InstantSource clock;

    /**
     * @param passwords checks passwords, for sign-ins as well
     * @param signIns takes failed sign-ins
     * @param sessions sessions of browsers
     * @param centreByPin the centre on the trust list that owns a TLS key
     * @param recipients a partner of that name as a recipient at this moment
     * @param uses notes which accounts and tokens are used
     * @param partnerCame takes the name of the partner and the request, at each of its requests
     * @param purposes of agreements that ask members for one before they see personal values, by name of partner
     */
    public Authentication(
            LiveAccounts accounts,
            Passwords passwords,
            SignIns signIns,
            CookieSessions sessions,
            Function<String, Optional<TrustedCentre>> centreByPin,
            Function<String, Recipient.Partner> recipients,
            LastUse uses,
            BiConsumer<String, RoutingContext> partnerCame,
            Supplier<Map<String, Set<String>>> purposes,
            InstantSource clock) {
        this.uses = uses;
        this.purposes = purposes;
        this.partnerCame = partnerCame;
        this.accounts = accounts;
        this.passwords = passwords;
        this.sessions = sessions;
        this.signIns = signIns;
        this.certificates = new Certificates(centreByPin, recipients, clock);
        this.clock = clock;
    }

    @Override
    public void handle(RoutingContext request) {
        String authorization = request.request().getHeader(HttpHeaders.AUTHORIZATION);
        if (authorization == null) {
            Optional<String> session = SessionCookie.of(request);
            if (session.isPresent()) {
                bySession(request, session.get());
                return;
            }
            Caller partner = byCertificate(request)
                    .orElseThrow(
                            () -> new Problem(
                                    401,
                                    "Not authenticated",
                                    "this resource needs credentials: HTTP Basic, a bearer token, or the client certificate of a partner"));
            enter(request, partner, CallerEntry.of(SignInWay.CERTIFICATE, Optional.empty()));
        } else if (authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
            byToken(request, authorization.substring(7).strip());
        } else if (authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
            byPassword(request, authorization.substring(6).strip());
        } else if (isBareKey(request, authorization)) {
            byToken(request, authorization.strip());
        } else {
            throw new Problem(401, "Not authenticated", "only the schemes Basic and Bearer are understood");
        }
    }

    /** MISP sends its keys without a scheme, and so do people who set the header of a feed. */
    private static boolean isBareKey(RoutingContext request, String authorization) {
        String path = request.request().path();
        return path != null
                && path.startsWith("/feeds/misp/")
                && !authorization.isBlank()
                && authorization.strip().indexOf(' ') < 0;
    }

    private void enter(RoutingContext request, Caller caller, CallerEntry entry) {
        if (caller.source() instanceof Source.Partner partner) {
            partnerCame.accept(partner.name(), request);
        }
        Callers.set(request, caller.using(use -> use.under(purposes.get())), entry);
        request.next();
    }

    private void enter(RoutingContext request, SignedIn signedIn) {
        if (signedIn.entry().way() == SignInWay.SESSION) {
            uses.person(signedIn.caller().name());
        }
        signedIn.restriction().check(request, signedIn.caller().name());
        enter(request, signedIn.caller(), signedIn.entry());
    }

    private void enter(RoutingContext request, Account account, Restriction restriction) {
        uses.person(account.name());
        (account.oneTime() && restriction != Restriction.PASSWORD_ALONE ? Restriction.OWN_SECRET : restriction)
                .check(request, account.name());
        enter(request, caller(account), CallerEntry.of(SignInWay.PASSWORD, Optional.of(account.role())));
    }

    /** A cookie opens nothing that a page of another origin may have asked for. */
    private void bySession(RoutingContext request, String token) {
        SessionCookie.requireOwnPage(request);
        Optional<SignedIn> held;
        try {
            held = sessions.held(token);
        } catch (Problem ended) {
            SessionCookie.remove(request);
            throw ended;
        }
        if (held.isPresent()) {
            enter(request, held.get());
            return;
        }
        aside(request, () -> {
            try {
                SignedIn found = sessions.find(token);
                return () -> enter(request, found);
            } catch (Problem ended) {
                return () -> {
                    SessionCookie.remove(request);
                    throw ended;
                };
            }
        });
    }

    /** Finds out on another thread who a request is of; its body waits. */
    private static void aside(RoutingContext request, Callable<Runnable> work) {
        request.request().pause();
        Blocking.run(request, () -> {
            Runnable enter = work.call();
            return () -> {
                enter.run();
                goOn(request);
            };
        });
    }

    /**
     * Lets a request go on that was paused while something was found out, after the next handlers have run. The reader
     * of a body resumes it once its own handlers are set; bytes released earlier would be lost.
     */
    public static void goOn(RoutingContext request) {
        if (!hasBody(request) || request.response().ended()) {
            request.request().resume();
        }
    }

    /** How the doors see the holder of an account. */
    public static Caller caller(Account account) {
        return caller(account, account.role().rights());
    }

    /** As {@link #caller(Account)}, with some of its rights: case files are for who has the right to them alone. */
    static Caller caller(Account account, Set<Right> rights) {
        boolean cases = rights.contains(Right.CASES);
        Recipient recipient;
        if (!account.role().member()) {
            recipient = new Recipient.Client(account.name(), account.maxTlp());
        } else if (cases) {
            recipient = new Recipient.Analyst(account.name(), account.units());
        } else {
            recipient = new Recipient.Operator(account.name());
        }
        Optional<Tlp> upTo = account.role().member() ? Optional.empty() : Optional.of(account.maxTlp());
        return new Caller(
                account.name(),
                rights,
                recipient,
                new Source.Account(account.name(), cases, account.units(), upTo, account.forgives()));
    }

    private Optional<Caller> byCertificate(RoutingContext request) {
        try {
            return certificates.caller(request.request().connection());
        } catch (Problem refused) {
            if (refused.status() == 401) {
                signIns.failed(SignIns.Reason.CERTIFICATE, address(request));
            }
            throw refused;
        }
    }

    private static String address(RoutingContext request) {
        return ClientAddress.of(request);
    }

    private void byToken(RoutingContext request, String token) {
        LiveAccounts.TokenOwner owner = accounts.now().byToken().get(Secrets.sha256(token));
        if (owner == null) {
            signIns.failed(SignIns.Reason.TOKEN, address(request));
            throw new Problem(401, "Not authenticated", "this token is not known here, or was taken back");
        }
        if (owner.token().expired(clock.instant())) {
            signIns.failed(owner.account().name(), SignIns.Reason.TOKEN_EXPIRED, address(request));
            throw new Problem(
                    401,
                    "Not authenticated",
                    "this token expired on " + owner.token().expires().get()
                            + "; make another with `koprik account token`");
        }
        uses.token(owner.account().name(), owner.token().label());
        enter(request, owner.caller(), CallerEntry.ofToken(owner.account().role(), owner.token()));
    }

    private void byPassword(RoutingContext request, String encoded) {
        String[] parts = credentials(encoded);
        Optional<Account> remembered = passwords.remembered(parts[0], parts[1]);
        Optional<Restriction> known = remembered.flatMap(sessions::heldForPassword);
        if (remembered.isPresent() && known.isPresent()) {
            enter(request, remembered.get(), known.get());
            return;
        }
        String address = address(request);
        aside(request, () -> {
            Account account = remembered.isPresent() ? remembered.get() : passwords.verify(parts[0], parts[1], address);
            Restriction restriction = sessions.forPassword(account);
            return () -> enter(request, account, restriction);
        });
    }

    private static boolean hasBody(RoutingContext request) {
        HttpMethod method = request.request().method();
        return !method.equals(HttpMethod.GET) && !method.equals(HttpMethod.HEAD) && !method.equals(HttpMethod.OPTIONS);
    }

    private static String[] credentials(String encoded) {
        try {
            String text = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
            int colon = text.indexOf(':');
            if (colon > 0) {
                return new String[] {text.substring(0, colon), text.substring(colon + 1)};
            }
        } catch (IllegalArgumentException notBase64) {
            // Falls through to the same answer as any other malformed header.
        }
        throw new Problem(
                401, "Not authenticated", "the Authorization header is malformed: Basic wants base64(name:password)");
    }
}
