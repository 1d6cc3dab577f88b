package uz.koprik.gateway.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import uz.koprik.crypto.algorithm.SignatureAlgorithms;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonNumber;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.gateway.auth.Account;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.config.FileStateStore;
import uz.koprik.gateway.config.OidcConfig;
import uz.koprik.gateway.http.Problem;
import uz.koprik.gateway.sessions.Sealing;
import uz.koprik.indicators.policy.CaseUnits;

/** The protocol against a provider of the tests' own: what signs in, and every way that must not. */
final class SingleSignOnTest {

    private static final String CALLBACK = "https://centre.example.org/api/oidc/callback";

    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock();
    private Vertx vertx;
    private FakeProvider provider;
    private SingleSignOn signOn;

    /** A clock that tests move. */
    private static final class SettableClock implements InstantSource {

        private Duration offset = Duration.ZERO;

        @Override
        public Instant instant() {
            return Instant.now().plus(offset);
        }
    }

    @BeforeEach
    void start() throws Exception {
        vertx = Vertx.vertx();
        provider = new FakeProvider();
        signOn = signOn();
    }

    @AfterEach
    void stop() throws Exception {
        provider.close();
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    private SingleSignOn signOn() {
        return signOn(Optional.empty());
    }

    private SingleSignOn signOn(Optional<Buffer> trusted) {
        OidcConfig config = config();
        return new SingleSignOn(
                config,
                new Provider(config, FakeProvider.SECRET, trusted, vertx, clock),
                new FileStateStore(folder),
                "oidc.local"::equals,
                new Sealing(new byte[16], "oidc sign-in"),
                () -> CALLBACK,
                clock);
    }

    private OidcConfig config() {
        return new OidcConfig(
                provider.issuer(),
                FakeProvider.CLIENT,
                "unused",
                "Sign in",
                List.of("openid"),
                "preferred_username",
                "groups",
                List.of(
                        new OidcConfig.Row("/koprik/admins", OidcConfig.PersonRole.ADMIN, List.of("*")),
                        new OidcConfig.Row("/koprik/analysts", OidcConfig.PersonRole.ANALYST, List.of("cyber")),
                        new OidcConfig.Row("/koprik/fraud", OidcConfig.PersonRole.ANALYST, List.of("fraud")),
                        new OidcConfig.Row("/koprik/all", OidcConfig.PersonRole.ANALYST, List.of("*"))),
                "",
                Duration.ofSeconds(30),
                Duration.ofMinutes(5),
                Duration.ofHours(1),
                Duration.ofSeconds(30));
    }

    /** Goes to the provider as a browser does, and returns what it comes back with. */
    private SingleSignOn.Answer visit(SingleSignOn.Begun begun) throws Exception {
        try (HttpClient browser = HttpClient.newHttpClient()) {
            HttpResponse<Void> redirect = browser.send(
                    HttpRequest.newBuilder(URI.create(begun.url())).build(), HttpResponse.BodyHandlers.discarding());
            Map<String, String> query =
                    FakeProvider.query(redirect.headers().firstValue("Location").orElseThrow());
            return new SingleSignOn.Answer(
                    Optional.of(query.get("state")),
                    Optional.of(query.get("code")),
                    Optional.of(query.get("iss")),
                    Optional.empty(),
                    Optional.of(begun.cookie()));
        }
    }

    private SingleSignOn.Done signIn() throws Exception {
        return signOn.finish(visit(signOn.begin("/lookup?q=1")));
    }

    private Problem refused(SingleSignOn.Answer answer) {
        return assertThrows(Problem.class, () -> signOn.finish(answer));
    }

    @Test
    void signsInWithRoleAndUnitsOfTheTable() throws Exception {
        SingleSignOn.Done done = signIn();
        assertEquals("oidc.anna", done.person().name());
        assertEquals(Role.ANALYST, done.person().role());
        assertEquals(CaseUnits.of(Set.of("cyber")), done.person().units());
        assertEquals("/lookup?q=1", done.route());
    }

    @Test
    void finishesAtAnotherGatewayWithTheSameHome() throws Exception {
        SingleSignOn.Answer answer = visit(signOn.begin("/cases"));
        assertEquals("oidc.anna", signOn().finish(answer).person().name());
    }

    @Test
    void trustsAProviderByTheCertificateOfTheSettingsOnly() throws Exception {
        CentreKeys keys = CentreKeys.generate(
                "provider", SignatureAlgorithms.ALL.getFirst(), List.of("localhost", "127.0.0.1"), Instant.now());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(new KeyManager[] {keys.tlsKeyManager()}, null, null);
        provider.close();
        provider = FakeProvider.tls(context);
        assertTrue(signOn().trouble().isPresent(), "nobody vouches for it");
        assertEquals(
                Optional.empty(),
                signOn(Optional.of(Buffer.buffer(keys.tlsCertificatePem()))).trouble());

        CentreKeys others = CentreKeys.generate(
                "provider", SignatureAlgorithms.ALL.getFirst(), List.of("sso.example.org"), Instant.now());
        SSLContext wrong = SSLContext.getInstance("TLS");
        wrong.init(new KeyManager[] {others.tlsKeyManager()}, null, null);
        provider.close();
        provider = FakeProvider.tls(wrong);
        assertTrue(
                signOn(Optional.of(Buffer.buffer(others.tlsCertificatePem())))
                        .trouble()
                        .isPresent(),
                "its certificate is that of another host");
    }

    @Test
    void refusesADiscoveryDocumentOfAnotherIssuer() {
        OidcConfig config = config();
        OidcConfig slash = new OidcConfig(
                config.issuer() + "/",
                config.clientId(),
                config.clientSecretFile(),
                config.label(),
                config.scopes(),
                config.nameClaim(),
                config.claim(),
                config.roles(),
                config.trust(),
                config.skew(),
                config.refresh(),
                config.away(),
                config.timeout());
        ProviderAway away = assertThrows(
                ProviderAway.class,
                () -> new Provider(slash, FakeProvider.SECRET, Optional.empty(), vertx, clock).probe());
        assertTrue(away.getMessage().contains("another issuer"), away.getMessage());
    }

    @Test
    void firstRowDecidesTheRoleAndUnitsAddUp() throws Exception {
        provider.groups("/koprik/fraud", "/koprik/analysts", "/others");
        assertEquals(CaseUnits.of(Set.of("cyber", "fraud")), signIn().person().units());
        provider.groups("/koprik/fraud", "/koprik/all");
        assertTrue(signIn().person().units().all());
        provider.groups("/koprik/fraud", "/koprik/admins");
        assertEquals(Role.ADMIN, signIn().person().role());
    }

    @Test
    void refusesWhomNoRowFits() throws Exception {
        provider.groups("/koprik/analysts-of-others", "/koprik");
        Problem problem = refused(visit(signOn.begin("/")));
        assertEquals(403, problem.status());
        assertEquals("No role here", problem.title());
        provider.groups();
        assertEquals(403, refused(visit(signOn.begin("/"))).status());
    }

    @Test
    void aNameStaysWithItsFirstPersonAndNeverIsThatOfAnAccount() throws Exception {
        provider.person("anna", "first", "/koprik/analysts");
        assertEquals("oidc.anna", signIn().person().name());
        provider.person("Anna", "second", "/koprik/analysts");
        String second = signIn().person().name();
        assertTrue(second.matches("oidc\\.anna\\.[0-9a-f]{8}"), second);
        provider.person("local", "third", "/koprik/analysts");
        assertTrue(signIn().person().name().startsWith("oidc.local."), "an account has that name");
        provider.person("ÖÜ", "fourth", "/koprik/analysts");
        assertTrue(signIn().person().name().matches("oidc\\.[0-9a-f]{8}"));
        provider.person("a".repeat(200), "fifth", "/koprik/analysts");
        assertTrue(signIn().person().name().matches(Account.NAME));
    }

    @Test
    void refusesAnAnswerWithAnotherStateOrWithoutTheCookie() throws Exception {
        SingleSignOn.Answer answer = visit(signOn.begin("/"));
        SingleSignOn.Begun other = signOn.begin("/");
        assertEquals(
                "Sign-in expired",
                refused(new SingleSignOn.Answer(
                                answer.state(),
                                answer.code(),
                                answer.issuer(),
                                Optional.empty(),
                                Optional.of(other.cookie())))
                        .title());
        assertEquals(
                400,
                refused(new SingleSignOn.Answer(
                                Optional.of("other"),
                                answer.code(),
                                answer.issuer(),
                                Optional.empty(),
                                answer.cookie()))
                        .status());
        assertEquals(
                400,
                refused(new SingleSignOn.Answer(
                                answer.state(), answer.code(), answer.issuer(), Optional.empty(), Optional.empty()))
                        .status());
        signOn.finish(answer);
    }

    @Test
    void refusesACookieThatIsTooOldOrNotSealedHere() throws Exception {
        SingleSignOn.Answer answer = visit(signOn.begin("/"));
        clock.offset = Duration.ofMinutes(11);
        assertEquals("Sign-in expired", refused(answer).title());
        clock.offset = Duration.ZERO;
        String cookie = answer.cookie().orElseThrow();
        String forged = (cookie.charAt(20) == 'A' ? cookie.substring(0, 20) + 'B' : cookie.substring(0, 20) + 'A')
                + cookie.substring(21);
        assertEquals(
                "Sign-in expired",
                refused(new SingleSignOn.Answer(
                                answer.state(), answer.code(), answer.issuer(), Optional.empty(), Optional.of(forged)))
                        .title());
    }

    @Test
    void refusesACodeThatHasServed() throws Exception {
        SingleSignOn.Answer answer = visit(signOn.begin("/"));
        signOn.finish(answer);
        assertEquals("Sign-in expired", refused(answer).title());
    }

    @Test
    void refusesACodeOfAnotherSignIn() throws Exception {
        SingleSignOn.Answer mine = visit(signOn.begin("/"));
        SingleSignOn.Answer injected = visit(signOn.begin("/"));
        assertEquals(
                400,
                refused(new SingleSignOn.Answer(
                                mine.state(), injected.code(), mine.issuer(), Optional.empty(), mine.cookie()))
                        .status());
    }

    @Test
    void refusesAnAnswerOfAnotherIssuerOrOfNone() throws Exception {
        SingleSignOn.Answer answer = visit(signOn.begin("/"));
        assertEquals(
                "Sign-in failed",
                refused(new SingleSignOn.Answer(
                                answer.state(),
                                answer.code(),
                                Optional.of("https://evil.example.com"),
                                Optional.empty(),
                                answer.cookie()))
                        .title());
        assertEquals(
                "Sign-in failed",
                refused(new SingleSignOn.Answer(
                                answer.state(), answer.code(), Optional.empty(), Optional.empty(), answer.cookie()))
                        .title());
    }

    @ParameterizedTest
    @CsvSource({"access_denied,403", "server_error,503", "temporarily_unavailable,503", "invalid_scope,400", "x,400"})
    void saysWhyTheProviderRefused(String error, int status) {
        SingleSignOn.Begun begun = signOn.begin("/");
        SingleSignOn.Answer answer = new SingleSignOn.Answer(
                Optional.of(FakeProvider.query(begun.url()).get("state")),
                Optional.empty(),
                Optional.of(provider.issuer()),
                Optional.of(error),
                Optional.of(begun.cookie()));
        assertEquals(status, refused(answer).status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "iss",
                "aud",
                "aud-of-several",
                "azp",
                "nonce",
                "no-nonce",
                "at_hash",
                "exp",
                "no-exp",
                "exp-text",
                "iat",
                "no-iat",
                "nbf",
                "sub",
                "long-sub",
                "events"
            })
    void refusesAnIdTokenThatBreaksARule(String rule) throws Exception {
        provider.claims(broken(rule));
        Problem problem = refused(visit(signOn.begin("/")));
        assertEquals("Sign-in failed", problem.title());
        provider.claims(UnaryOperator.identity());
        signIn();
    }

    private static UnaryOperator<JsonObject> broken(String rule) {
        long now = Instant.now().getEpochSecond();
        return claims -> switch (rule) {
            case "iss" -> claims.with("iss", new JsonString("https://evil.example.com"));
            case "aud" -> claims.with("aud", new JsonString("another-client"));
            case "aud-of-several" ->
                claims.with("aud", new JsonArray(List.of(new JsonString("koprik"), new JsonString("other"))));
            case "azp" -> claims.with("azp", new JsonString("another-client"));
            case "nonce" -> claims.with("nonce", new JsonString("another"));
            case "no-nonce" -> claims.without("nonce");
            case "at_hash" -> claims.with("at_hash", new JsonString("AAAAAAAAAAAAAAAAAAAAAA"));
            case "exp" -> claims.with("exp", new JsonNumber(now - 31));
            case "no-exp" -> claims.without("exp");
            case "exp-text" -> claims.with("exp", new JsonString("2099"));
            case "iat" -> claims.with("iat", new JsonNumber(now + 60));
            case "no-iat" -> claims.without("iat");
            case "nbf" -> claims.with("nbf", new JsonNumber(now + 60));
            case "sub" -> claims.without("sub");
            case "long-sub" -> claims.with("sub", new JsonString("a".repeat(256)));
            case "events" -> claims.with("events", JsonObject.builder().build());
            default -> throw new IllegalArgumentException(rule);
        };
    }

    @Test
    void allowsForClocksThatDifferALittle() throws Exception {
        long now = Instant.now().getEpochSecond();
        provider.claims(claims -> claims.with("iat", new JsonNumber(now + 20)).with("exp", new JsonNumber(now - 20)));
        assertEquals("oidc.anna", signIn().person().name());
    }

    @Test
    void refusesUnsignedTokensAndThoseSignedWithThePublicKeyAsASecret() throws Exception {
        SingleSignOn.Begun begun = signOn.begin("/");
        String nonce = FakeProvider.query(begun.url()).get("nonce");
        JsonObject[] claims = new JsonObject[1];
        provider.claims(found -> claims[0] = found);
        provider.answer(tokens -> tokens.with("id_token", new JsonString(TokenSigner.none(claims[0]))));
        assertEquals("Sign-in failed", refused(visit(begun)).title());
        assertEquals(nonce, claims[0].string("nonce").orElseThrow());

        provider.answer(tokens -> tokens.with("id_token", new JsonString(confused(claims[0]))));
        assertEquals("Sign-in failed", refused(visit(signOn.begin("/"))).title());

        provider.answer(tokens -> tokens.without("id_token"));
        assertEquals("Sign-in failed", refused(visit(signOn.begin("/"))).title());
    }

    private String confused(JsonObject claims) {
        try {
            return provider.signer().confuse(claims);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Test
    void refusesATokenOfAKeyThatTheProviderDoesNotShow() throws Exception {
        signIn();
        TokenSigner honest = provider.signer();
        // The same id, so that the key is looked up and does not fit.
        provider.sign(TokenSigner.of("key-1", "RS256"), honest);
        assertEquals("Sign-in failed", refused(visit(signOn.begin("/"))).title());
        // A key of another kind under the same id.
        provider.sign(TokenSigner.of("key-1", "ES256"), honest);
        assertEquals("Sign-in failed", refused(visit(signOn.begin("/"))).title());
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "ES256", "EdDSA"})
    void verifiesTokensOfEachKindOfKey(String algorithm) throws Exception {
        TokenSigner signer = TokenSigner.of("another", algorithm);
        provider.sign(signer, signer);
        assertEquals("oidc.anna", signIn().person().name());
    }

    @Test
    void fetchesKeysAgainAfterARotationButNotForEachUnknownKey() throws Exception {
        signIn();
        assertEquals(1, provider.keyFetches.get());
        TokenSigner next = TokenSigner.of("key-2", "RS256");
        provider.sign(next, next);
        clock.offset = Duration.ofSeconds(31);
        assertEquals("oidc.anna", signIn().person().name());
        assertEquals(2, provider.keyFetches.get());
        for (int i = 0; i < 5; i++) {
            provider.sign(TokenSigner.of("made-up-" + i, "ES256"), next);
            refused(visit(signOn.begin("/")));
        }
        assertEquals(2, provider.keyFetches.get(), "unknown keys are looked for once in 30 seconds");
    }

    @Test
    void renewsWithOtherRightsAndEndsWithoutAny() throws Exception {
        SingleSignOn.Done done = signIn();
        provider.groups("/koprik/admins");
        SingleSignOn.Renewal.Renewed renewed =
                assertInstanceOf(SingleSignOn.Renewal.Renewed.class, signOn.renew(done.link()));
        assertEquals(Role.ADMIN, renewed.person().role());
        assertEquals("oidc.anna", renewed.person().name());
        provider.groups("/others");
        assertInstanceOf(SingleSignOn.Renewal.Ended.class, signOn.renew(renewed.link()));
    }

    @Test
    void endsWhenTheProviderRefusesOrNamesAnotherPerson() throws Exception {
        SingleSignOn.Done done = signIn();
        provider.claims(claims -> claims.with("sub", new JsonString("another")));
        assertInstanceOf(SingleSignOn.Renewal.Ended.class, signOn.renew(done.link()));
        provider.claims(UnaryOperator.identity());
        SingleSignOn.Done again = signIn();
        provider.endSessions();
        assertInstanceOf(SingleSignOn.Renewal.Ended.class, signOn.renew(again.link()));
    }

    @Test
    void saysThatTheProviderIsAwayAndDoesNotAskItAtEachRequest() throws Exception {
        SingleSignOn.Done done = signIn();
        provider.out(true);
        assertInstanceOf(SingleSignOn.Renewal.Away.class, signOn.renew(done.link()));
        provider.out(false);
        int before = provider.refreshes.get();
        assertInstanceOf(SingleSignOn.Renewal.Away.class, signOn.renew(done.link()));
        assertEquals(before, provider.refreshes.get());
        clock.offset = Duration.ofSeconds(11);
        assertInstanceOf(SingleSignOn.Renewal.Renewed.class, signOn.renew(done.link()));
    }

    @Test
    void saysThatTheProviderIsAwayAtASignIn() {
        provider.out(true);
        Problem problem = assertThrows(Problem.class, () -> signOn.begin("/"));
        assertEquals(503, problem.status());
        assertTrue(problem.getMessage().contains("account of this centre"), problem.getMessage());
        assertTrue(signOn.trouble().isPresent());
    }

    @Test
    void takesALogoutTokenOnce() throws Exception {
        String token = provider.signer()
                .sign("logout+jwt", provider.logoutClaims().put("sid", "s-1").build());
        TokenChecks.Logout logout = signOn.logout(token);
        assertEquals(Optional.of("s-1"), logout.session());
        signOn.served(logout);
        assertThrows(TokenRejected.class, () -> signOn.logout(token));
        // At another gateway as well, which shares the papers.
        SingleSignOn other = signOn();
        assertThrows(TokenRejected.class, () -> other.logout(token));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "iss",
                "aud",
                "exp",
                "no-exp",
                "iat",
                "no-iat",
                "old",
                "no-events",
                "other-event",
                "nonce",
                "no-jti",
                "nobody"
            })
    void refusesALogoutTokenThatBreaksARule(String rule) throws Exception {
        JsonObject good = provider.logoutClaims().put("sub", "4e1f").build();
        long now = Instant.now().getEpochSecond();
        JsonObject bad =
                switch (rule) {
                    case "old" -> good.with("iat", new JsonNumber(now - 400));
                    case "no-events" -> good.without("events");
                    case "other-event" ->
                        good.with(
                                "events",
                                JsonObject.builder()
                                        .put(
                                                "http://example.org/other",
                                                JsonObject.builder().build())
                                        .build());
                    case "nonce" -> good.with("nonce", new JsonString("x"));
                    case "no-jti" -> good.without("jti");
                    case "nobody" -> good.without("sub");
                    default -> broken(rule).apply(good);
                };
        String token = provider.signer().sign("logout+jwt", bad);
        assertThrows(TokenRejected.class, () -> signOn.logout(token));
        signOn.logout(provider.signer().sign("JWT", good));
    }

    @Test
    void refusesUnsignedAndConfusedLogoutTokensAndIdTokensInTheirPlace() throws Exception {
        JsonObject claims = provider.logoutClaims().put("sub", "4e1f").build();
        assertThrows(TokenRejected.class, () -> signOn.logout(TokenSigner.none(claims)));
        assertThrows(TokenRejected.class, () -> signOn.logout(provider.signer().confuse(claims)));
        assertThrows(
                TokenRejected.class,
                () -> signOn.logout(TokenSigner.of("key-1", "RS256").sign("logout+jwt", claims)));
        assertThrows(TokenRejected.class, () -> signOn.logout(provider.signer().sign("at+jwt", claims)));
        assertThrows(TokenRejected.class, () -> signOn.logout("no token"));
        assertThrows(TokenRejected.class, () -> signOn.logout("a.b.c"));
        JsonObject header = JsonObject.builder()
                .put("alg", "RS256")
                .put("kid", "key-1")
                .putStrings("crit", List.of("exp"))
                .build();
        assertThrows(TokenRejected.class, () -> signOn.logout(provider.signer().sign(header, claims)));
        assertFalse(signOn.trouble().isPresent());
    }
}
