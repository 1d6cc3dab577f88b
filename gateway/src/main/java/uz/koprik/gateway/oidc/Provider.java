package uz.koprik.gateway.oidc;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.oauth2.OAuth2Auth;
import io.vertx.ext.auth.oauth2.OAuth2AuthorizationURL;
import io.vertx.ext.auth.oauth2.OAuth2FlowType;
import io.vertx.ext.auth.oauth2.OAuth2Options;
import io.vertx.ext.auth.oauth2.Oauth2Credentials;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.gateway.config.OidcConfig;

/**
 * The provider: what it says of itself, its keys, and tokens from it. The library does the requests of OAuth 2.0; what
 * tokens say is checked by {@link TokenChecks}, since the library accepts tokens that it cannot verify. Blocks the
 * calling thread. Safe for use by many threads at once.
 */
final class Provider {

    /** After this time its discovery document is fetched again, so that moved endpoints are found. */
    private static final Duration RENEWAL = Duration.ofHours(1);

    /** A browser is sent there only when it answered within this time, so that nobody ends at a dead address. */
    private static final Duration PROBE = Duration.ofSeconds(10);

    /** After a failure it is not asked again for this time, so that requests do not queue up. */
    private static final Duration PAUSE = Duration.ofSeconds(3);

    private static final Logger LOG = LoggerFactory.getLogger(Provider.class);

    /** Errors of RFC 6749, section 5.2, by which the provider refuses a code or token itself. */
    private static final Set<String> REFUSALS = Set.of("invalid_grant");

    /** Errors of RFC 6749, section 5.2, that say that the settings here or there are wrong. */
    private static final List<String> MISCONFIGURED = List.of(
            "invalid_client", "unauthorized_client", "invalid_request", "unsupported_grant_type", "invalid_scope");

    private final OidcConfig config;
    private final String secret;
    private final Vertx vertx;
    private final HttpClientOptions options;
    private final ProviderHttp http;
    private final ProviderKeys keys;
    private final InstantSource clock;
    private final ReentrantLock discovering = new ReentrantLock();
    private Known known;
    private Instant failedAt = Instant.MIN;
    private String failure = "";

    /** What is known of it, and the client that goes by that. */
    private record Known(ProviderMetadata metadata, OAuth2Auth client, Instant since) {}

    /**
     * Tokens that it gave out.
     *
     * @param id the ID token; empty when a refresh gave none
     * @param access the access token
     * @param refresh by which later ones are asked for; empty when it gave none
     */
    record Tokens(Optional<String> id, String access, Optional<String> refresh) {}

    /**
     * @param secret of this centre as a client
     * @param trusted certificates (PEM) that vouch for the provider; empty for those that Java trusts
     */
    Provider(OidcConfig config, String secret, Optional<Buffer> trusted, Vertx vertx, InstantSource clock) {
        this.config = config;
        this.secret = secret;
        this.vertx = vertx;
        this.clock = clock;
        this.options = ProviderHttp.options(config.issuer(), trusted, config.timeout());
        this.http = new ProviderHttp(vertx, options, config.timeout());
        this.keys = new ProviderKeys(() -> http.get(known().metadata().keys(), Optional.empty()), clock);
    }

    /** Its keys. */
    ProviderKeys keys() {
        return keys;
    }

    /** What it said of itself, perhaps an hour ago. */
    ProviderMetadata metadata() throws ProviderAway {
        return known().metadata();
    }

    /**
     * Asks it, unless it answered a moment ago.
     *
     * @throws ProviderAway when it does not answer: says why
     */
    void probe() throws ProviderAway {
        known(PROBE, true);
    }

    /** Where a browser is sent to sign in. */
    String authorizeUrl(PendingSignIn pending, String redirectUri) throws ProviderAway {
        return known(PROBE, true)
                .client()
                .authorizeURL(new OAuth2AuthorizationURL()
                        .setRedirectUri(redirectUri)
                        .setScopes(config.scopes())
                        .setState(pending.state())
                        .putAdditionalParameter("nonce", pending.nonce())
                        .putAdditionalParameter("code_challenge", pending.challenge())
                        .putAdditionalParameter("code_challenge_method", "S256"));
    }

    /**
     * Tokens for a code.
     *
     * @throws GrantRefused when it refuses the code: it has served, has expired, or is not of this sign-in
     */
    Tokens exchange(String code, PendingSignIn pending, String redirectUri) throws ProviderAway, GrantRefused {
        return tokens(client -> http.await(client.authenticate(new Oauth2Credentials()
                .setFlow(OAuth2FlowType.AUTH_CODE)
                .setCode(code)
                .setCodeVerifier(pending.verifier())
                .setRedirectUri(redirectUri))));
    }

    /**
     * Newer tokens.
     *
     * @throws GrantRefused when the session at the provider has ended, or the person may not sign in any more
     */
    Tokens refresh(String refreshToken) throws ProviderAway, GrantRefused {
        User holder = User.create(new io.vertx.core.json.JsonObject(Map.of("refresh_token", refreshToken)));
        return tokens(client -> http.await(client.refresh(holder)));
    }

    /** What it says of a person whose claims are not in the ID token; empty when it says nothing. */
    Optional<JsonObject> userInfo(String accessToken) throws ProviderAway {
        Optional<String> url = known().metadata().userInfo();
        return url.isPresent() ? Optional.of(http.get(url.get(), Optional.of(accessToken))) : Optional.empty();
    }

    /** A request for tokens. */
    @FunctionalInterface
    private interface Request {
        User send(OAuth2Auth client) throws ProviderAway;
    }

    private Tokens tokens(Request request) throws ProviderAway, GrantRefused {
        io.vertx.core.json.JsonObject answer;
        try {
            answer = request.send(known().client()).principal();
        } catch (ProviderAway failed) {
            String error = failed.getMessage().split(":", 2)[0].strip();
            if (REFUSALS.contains(error)) {
                throw new GrantRefused(error);
            }
            if (MISCONFIGURED.contains(error)) {
                LOG.error(
                        "the provider refuses this centre as a client ({}): compare oidc of koprik.yaml with its settings",
                        error);
            }
            throw failed;
        }
        if (!(answer.getValue("access_token") instanceof String access)) {
            throw new ProviderAway("its answer has no access token");
        }
        return new Tokens(text(answer, "id_token"), access, text(answer, "refresh_token"));
    }

    private static Optional<String> text(io.vertx.core.json.JsonObject answer, String name) {
        return answer.getValue(name) instanceof String text && !text.isEmpty() ? Optional.of(text) : Optional.empty();
    }

    private Known known() throws ProviderAway {
        return known(RENEWAL, false);
    }

    /**
     * What is known of it.
     *
     * @param age that it may have
     * @param alive whether it must be that young; otherwise what is known serves on while it does not answer
     */
    private Known known(Duration age, boolean alive) throws ProviderAway {
        discovering.lock();
        try {
            Instant now = clock.instant();
            if (known != null && between(known.since(), now, age)) {
                return known;
            }
            if (failedAt.equals(Instant.MIN) || !between(failedAt, now, PAUSE)) {
                discover(now);
            }
            if (known == null || (alive && !failedAt.equals(Instant.MIN))) {
                throw new ProviderAway(failure);
            }
            return known;
        } finally {
            discovering.unlock();
        }
    }

    private static boolean between(Instant from, Instant now, Duration span) {
        return !now.isBefore(from) && now.isBefore(from.plus(span));
    }

    private void discover(Instant now) {
        try {
            ProviderMetadata metadata = ProviderMetadata.of(
                    http.get(
                            config.issuer().replaceFirst("/$", "") + "/.well-known/openid-configuration",
                            Optional.empty()),
                    config.issuer());
            boolean same = known != null && known.metadata().equals(metadata);
            known = new Known(metadata, same ? known.client() : client(metadata), now);
            failedAt = Instant.MIN;
        } catch (ProviderAway away) {
            failedAt = now;
            failure = away.getMessage();
        }
    }

    /** The library sends id and secret by HTTP Basic as they are; RFC 6749, section 2.3.1, has them form-encoded. */
    private OAuth2Auth client(ProviderMetadata metadata) {
        return OAuth2Auth.create(
                vertx,
                new OAuth2Options()
                        .setSite(config.issuer())
                        .setClientId(config.clientId())
                        .setClientSecret(metadata.basic() ? URLEncoder.encode(secret, StandardCharsets.UTF_8) : secret)
                        .setUseBasicAuthorization(metadata.basic())
                        .setAuthorizationPath(metadata.authorization())
                        .setTokenPath(metadata.token())
                        .setHttpClientOptions(new HttpClientOptions(options)));
    }
}
