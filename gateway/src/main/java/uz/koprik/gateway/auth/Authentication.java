package uz.koprik.gateway.auth;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import uz.koprik.crypto.trust.Secrets;
import uz.koprik.crypto.trust.TrustedCentre;
import uz.koprik.gateway.config.Config;
import uz.koprik.gateway.http.Blocking;
import uz.koprik.gateway.http.Problem;
import uz.koprik.indicators.policy.Agreement;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.policy.Tlp;

/**
 * Nobody passes who has not proven who they are: by {@code Authorization: Basic} or {@code Bearer}, or by a client
 * certificate. What was proven a moment ago is not worked out again, so most requests pass without leaving the event
 * loop.
 */
public final class Authentication implements Handler<RoutingContext> {

    /** The only action permitted with a one-time password. */
    public static final String SET_SECRET = "/api/account/secret";

    private final LiveAccounts accounts;
    private final Passwords passwords;
    private final SignIns signIns;
    private final Certificates certificates;
    private final BiConsumer<String, RoutingContext> partnerCame;
    private final InstantSource clock;

    /**
     * @param signIns takes failed sign-ins
     * @param centreByPin the centre on the trust list that owns a TLS key
     * @param agreements what a partner of that name may be given
     * @param partnerCame takes the name of the partner and the request, at each of its requests
     */
    public Authentication(
            LiveAccounts accounts,
            Config.Accounts config,
            SignIns signIns,
            Function<String, Optional<TrustedCentre>> centreByPin,
            Function<String, Agreement> agreements,
            BiConsumer<String, RoutingContext> partnerCame,
            InstantSource clock) {
        this.partnerCame = partnerCame;
        this.accounts = accounts;
        this.passwords = new Passwords(accounts, config, signIns, clock);
        this.signIns = signIns;
        this.certificates = new Certificates(centreByPin, agreements, clock);
        this.clock = clock;
    }

    @Override
    public void handle(RoutingContext request) {
        String authorization = request.request().getHeader(HttpHeaders.AUTHORIZATION);
        if (authorization == null) {
            enter(
                    request,
                    byCertificate(request)
                            .orElseThrow(
                                    () -> new Problem(
                                            401,
                                            "Not authenticated",
                                            "this resource needs credentials: HTTP Basic, a bearer token, or the client certificate of a partner")));
        } else if (authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
            enter(request, byToken(request, authorization.substring(7).strip()));
        } else if (authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
            byPassword(request, authorization.substring(6).strip());
        } else if (isBareKey(request, authorization)) {
            enter(request, byToken(request, authorization.strip()));
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

    private void enter(RoutingContext request, Caller caller) {
        if (caller.source() instanceof Source.Partner partner) {
            partnerCame.accept(partner.name(), request);
        }
        Callers.set(request, caller);
        request.next();
    }

    private void enter(RoutingContext request, Account account) {
        if (account.oneTime() && !request.normalizedPath().equals(SET_SECRET)) {
            throw new Problem(
                    403,
                    "Own password needed",
                    "this one-time password serves only to set an own one: `koprik account passwd`, or PUT "
                            + SET_SECRET);
        }
        enter(request, caller(account));
    }

    /** How the doors see the holder of an account. */
    public static Caller caller(Account account) {
        Recipient recipient;
        if (!account.role().member()) {
            recipient = new Recipient.Client(account.name(), account.maxTlp());
        } else if (account.role().rights().contains(Right.CASES)) {
            recipient = new Recipient.Analyst(account.name(), account.units());
        } else {
            recipient = new Recipient.Operator(account.name());
        }
        boolean cases = account.role().rights().contains(Right.CASES);
        Optional<Tlp> upTo = account.role().member() ? Optional.empty() : Optional.of(account.maxTlp());
        return new Caller(
                account.name(),
                account.role().rights(),
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
        return request.request().remoteAddress().hostAddress();
    }

    private Caller byToken(RoutingContext request, String token) {
        LiveAccounts.TokenOwner owner = accounts.now().byToken().get(Secrets.sha256(token));
        if (owner == null) {
            signIns.failed(SignIns.Reason.TOKEN, address(request));
            throw new Problem(401, "Not authenticated", "this token is not known here, or was taken back");
        }
        if (owner.token()
                .expires()
                .filter(expires -> !clock.instant().isBefore(expires))
                .isPresent()) {
            signIns.failed(owner.account().name(), SignIns.Reason.TOKEN_EXPIRED, address(request));
            throw new Problem(
                    401,
                    "Not authenticated",
                    "this token expired on " + owner.token().expires().get()
                            + "; make another with `koprik account token`");
        }
        return caller(owner.account());
    }

    private void byPassword(RoutingContext request, String encoded) {
        String[] parts = credentials(encoded);
        Optional<Account> remembered = passwords.remembered(parts[0], parts[1]);
        if (remembered.isPresent()) {
            enter(request, remembered.get());
            return;
        }
        String address = address(request);
        request.request().pause();
        Blocking.run(request, () -> {
            Account account = passwords.verify(parts[0], parts[1], address);
            return () -> {
                enter(request, account);
                // The reader of the body resumes it once its handlers are set; bytes released earlier would be lost.
                if (!hasBody(request) || request.response().ended()) {
                    request.request().resume();
                }
            };
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
