package uz.koprik.gateway.sessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uz.koprik.gateway.centre.RunningCentre.basic;
import static uz.koprik.gateway.centre.RunningCentre.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.gateway.auth.Account;
import uz.koprik.gateway.auth.AccountsFile;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.indicators.policy.CaseUnits;
import uz.koprik.indicators.policy.Tlp;

/** Signing in with a browser at a running centre: the cookie, its end, and what it opens. */
final class SignInTest {

    private static final String SECRET = "correct horse battery staple";
    private static final String OTHER = "another horse, another staple";

    /** What is open to everybody: health, the card, the description of the API, and the sign-in page's data. */
    private static final Set<String> OPEN = Set.of(
            "GET /healthz",
            "GET /readyz",
            "GET /metrics",
            "GET /.well-known/koprik-card.json",
            "GET /api/openapi.json",
            "GET /api/sign-in",
            "POST /api/session",
            "GET /api/oidc/begin",
            "GET /api/oidc/callback",
            "POST /api/oidc/back-channel-logout");

    @RegisterExtension
    static final Centres centres = new Centres();

    private static RunningCentre centre;

    @BeforeAll
    static void start() throws Exception {
        centre = centres.init("tashkent")
                .withConfig("attempts: 5", "attempts: 2")
                .withConfig("lockout: 10s", "lockout: 1h");
        for (String name : List.of("anna", "bob", "carl", "dora", "emil", "fred", "gina", "hugo")) {
            centre.accounts().add(name, Role.ANALYST, Tlp.GREEN);
            centre.accounts().setSecret(name, SECRET.toCharArray(), 12);
        }
        centre.withAccount("olga", Role.OPERATOR).withAccount("vera", Role.ADMIN);
        centre.accounts().setSecret("vera", SECRET.toCharArray(), 12);
        centre.start();
    }

    private static JsonNode node(HttpResponse<String> response) {
        assertEquals(200, response.statusCode(), response.body());
        return CentreAnswers.parse(response.body().getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    @Test
    void theSignInPageShowsTheCentreAndNothingElse() throws Exception {
        HttpResponse<String> page = centre.get(centre.url() + "/api/sign-in", null);
        assertEquals(
                "{\"centre\":\"tashkent\",\"title\":\"Tashkent\",\"languages\":[\"uz-Latn\",\"uz-Cyrl\",\"ru\",\"en\","
                        + "\"hu\",\"ko\"],\"providers\":[]}",
                page.body());
    }

    @Test
    void nobodySignedOutGetsAnythingElse() throws Exception {
        Set<String> opened = new TreeSet<>();
        for (RouteTable.DeclaredRoute route : centre.routes()) {
            String name = route.method().name() + " " + route.path();
            String path = route.path().replaceAll(":[a-z_]+", "x");
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(centre.url() + path))
                    .method(route.method().name(), HttpRequest.BodyPublishers.noBody());
            if (RunningCentre.send(centre.client(null), request, null).statusCode() != 401) {
                opened.add(name);
            }
        }
        opened.removeAll(OPEN);
        assertEquals(Set.of(), opened);
    }

    @Test
    void theCookieIsBoundToTheHostAndHiddenFromScripts() throws Exception {
        HttpResponse<String> answer = WebSession.signIn(centre, "anna", SECRET, "");
        String cookie = answer.headers().firstValue("set-cookie").orElseThrow();
        assertTrue(
                cookie.matches("__Host-koprik-session=[A-Za-z0-9_-]{43}; Path=/; Secure; HttpOnly; SameSite=Strict"),
                cookie);
        assertEquals("anna", json(answer).string("account").orElseThrow());
        assertFalse(json(answer).has("needs"), answer.body());
        WebSession session = WebSession.of(centre, "anna", SECRET);
        JsonNode account = node(session.get("/api/account"));
        assertEquals("analyst", account.get("role").asText());
        assertEquals("session", account.get("sign_in").asText());
        assertEquals("tashkent", account.get("centre").asText());
        assertTrue(account.get("rights").toString().contains("\"cases\""));
    }

    @Test
    void wrongPasswordsAreRefusedAndSlowedDown() throws Exception {
        HttpResponse<String> wrong = WebSession.signIn(centre, "bob", "wrong wrong wrong", "");
        assertEquals(401, wrong.statusCode());
        assertTrue(wrong.headers().firstValue("set-cookie").isEmpty());
        HttpResponse<String> nobody = WebSession.signIn(centre, "nobody", "wrong wrong wrong", "");
        assertEquals(json(wrong).string("detail"), json(nobody).string("detail"), "the same for nobody");
        assertEquals(
                401, WebSession.signIn(centre, "bob", "wrong wrong wrong", "").statusCode());
        assertEquals(429, WebSession.signIn(centre, "bob", SECRET, "").statusCode());
        for (String body : List.of("{}", "nonsense", "{\"account\":\"bob\"}", "{\"account\":1,\"secret\":2}")) {
            HttpResponse<String> bad = centre.post(centre.url() + "/api/session", null, "application/json", body);
            assertEquals(400, bad.statusCode(), bad.body());
        }
        assertEquals(
                415,
                centre.post(centre.url() + "/api/session", null, "text/plain", "{}")
                        .statusCode(),
                "what a form of another site can send");
        assertEquals(
                413,
                centre.post(centre.url() + "/api/session", null, "application/json", " ".repeat(20_000))
                        .statusCode());
    }

    @Test
    void aChangeByCookieNeedsTheHeaderOfTheConsole() throws Exception {
        WebSession session = WebSession.of(centre, "anna", SECRET);
        String body = "{\"language\":\"ru\",\"theme\":\"dark\"}";
        HttpResponse<String> refused = session.send("PUT", "/api/account/preferences", body, false);
        assertEquals(403, refused.statusCode());
        assertEquals("Not from the console", json(refused).string("title").orElseThrow());
        assertEquals(
                200, session.send("PUT", "/api/account/preferences", body, true).statusCode());
        JsonNode account = node(session.send("GET", "/api/account", "", false));
        assertEquals("ru", account.get("language").asText());
        assertEquals("dark", account.get("theme").asText());
        assertEquals(
                400,
                session.send("PUT", "/api/account/preferences", "{\"language\":\"tlh\"}")
                        .statusCode());
    }

    @Test
    void signingOutEndsTheSessionAndTakesTheCookieAway() throws Exception {
        WebSession session = WebSession.of(centre, "anna", SECRET);
        HttpResponse<String> out = session.send("DELETE", "/api/session", "");
        assertEquals(204, out.statusCode());
        assertTrue(out.headers().firstValue("set-cookie").orElseThrow().contains("Max-Age=0"));
        HttpResponse<String> after = session.get("/api/account");
        assertEquals(401, after.statusCode());
        assertEquals("Session ended", json(after).string("title").orElseThrow());
        assertTrue(after.headers().firstValue("set-cookie").orElseThrow().contains("Max-Age=0"));
        assertFalse(after.headers().allValues("www-authenticate").toString().contains("Basic"), "no dialog");
        assertEquals(
                409,
                RunningCentre.send(
                                centre.client(null),
                                HttpRequest.newBuilder(URI.create(centre.url() + "/api/session"))
                                        .DELETE(),
                                basic("anna", SECRET))
                        .statusCode());
    }

    @Test
    void signingInAgainEndsTheSessionOfTheBrowser() throws Exception {
        WebSession session = WebSession.of(centre, "hugo", SECRET);
        HttpResponse<String> again =
                session.send("POST", "/api/session", "{\"account\":\"hugo\",\"secret\":\"" + SECRET + "\"}");
        assertEquals(201, again.statusCode(), again.body());
        assertEquals(401, session.get("/api/account").statusCode());
        session.take(again);
        assertEquals(1, node(session.get("/api/sessions")).get("sessions").size());
    }

    @Test
    void theOwnSessionsAreListedAndEnded() throws Exception {
        WebSession first = WebSession.of(centre, "carl", SECRET);
        WebSession second = WebSession.of(centre, "carl", SECRET);
        JsonNode all = node(second.get("/api/sessions")).get("sessions");
        assertEquals(2, all.size());
        int current = all.get(0).get("current").asBoolean() ? 0 : 1;
        JsonNode own = all.get(current);
        JsonNode other = all.get(1 - current);
        assertEquals("127.0.0.1", own.get("address").asText());
        assertEquals("password", own.get("way").asText());
        assertTrue(own.get("browser").asText().startsWith("Java-http-client"), own.toString());
        assertFalse(other.get("current").asBoolean());
        WebSession stranger = WebSession.of(centre, "anna", SECRET);
        assertEquals(
                404,
                stranger.send("DELETE", "/api/sessions/" + other.get("id").asText(), "")
                        .statusCode());
        assertEquals(
                204,
                second.send("DELETE", "/api/sessions/" + other.get("id").asText(), "")
                        .statusCode());
        assertEquals(401, first.get("/api/account").statusCode());
        WebSession third = WebSession.of(centre, "carl", SECRET);
        assertEquals(
                2, node(second.send("DELETE", "/api/sessions", "")).get("ended").asInt());
        assertEquals(401, second.get("/api/account").statusCode());
        assertEquals(401, third.get("/api/account").statusCode());
    }

    @Test
    void anOperatorListsAndEndsSessionsOfAnyAccount() throws Exception {
        WebSession session = WebSession.of(centre, "dora", SECRET);
        WebSession analyst = WebSession.of(centre, "anna", SECRET);
        assertEquals(403, analyst.get("/api/accounts/dora/sessions").statusCode());
        assertEquals(
                403, analyst.send("DELETE", "/api/accounts/dora/sessions", "").statusCode());
        String listed = centre.koprik("account", "sessions", "dora").out();
        assertTrue(listed.contains("127.0.0.1") && listed.contains("password"), listed);
        assertEquals(0, centre.koprik("account", "sign-out", "dora").code());
        assertEquals(401, session.get("/api/account").statusCode());
        assertTrue(Files.readString(centre.home().root().resolve("account-changes.jsonl"))
                .contains("\"account\":\"dora\",\"at\""));
        assertEquals(1, centre.koprik("account", "sign-out", "nobody-at-all").code());
    }

    @Test
    void anOperatorEndsNoSessionsOfAnAdministrator() throws Exception {
        WebSession vera = WebSession.of(centre, "vera", SECRET);
        assertEquals(
                403,
                centre.clientOf("olga").delete("/api/accounts/vera/sessions").status());
        assertEquals(200, vera.get("/api/account").statusCode());
        assertEquals(
                200,
                centre.clientOf("olga").delete("/api/accounts/dora/sessions").status());
        assertEquals(0, centre.koprik("account", "sign-out", "vera").code());
        assertEquals(401, vera.get("/api/account").statusCode());
    }

    @Test
    void anotherPasswordEndsAllSessionsButTheOneThatSetIt() throws Exception {
        WebSession other = WebSession.of(centre, "emil", SECRET);
        WebSession own = WebSession.of(centre, "emil", SECRET);
        String body = "{\"current\":\"" + SECRET + "\",\"secret\":\"" + OTHER + "\"}";
        assertEquals(
                403,
                own.send("PUT", "/api/account/secret", body.replace("correct", "wrong"))
                        .statusCode());
        assertEquals(
                400,
                own.send("PUT", "/api/account/secret", "{\"secret\":\"" + OTHER + "\"}")
                        .statusCode());
        String before = own.cookie();
        HttpResponse<String> set = own.send("PUT", "/api/account/secret", body);
        assertEquals(204, set.statusCode(), set.body());
        own.take(set);
        assertFalse(own.cookie().equals(before));
        assertEquals(200, own.get("/api/account").statusCode());
        assertEquals(401, other.get("/api/account").statusCode());
        centre.accounts().setSecret("emil", SECRET.toCharArray(), 12);
        RunningCentre.await(() -> own.get("/api/account").statusCode() == 401);
    }

    @Test
    void rightsAreThoseOfTheAccountNow() throws Exception {
        WebSession session = WebSession.of(centre, "fred", SECRET);
        assertEquals(200, session.get("/api/cases").statusCode());
        new AccountsFile(centre.home().accounts()).update(accounts -> {
            Account was = accounts.get("fred");
            accounts.put(
                    "fred",
                    new Account(
                            "fred",
                            Role.OPERATOR,
                            CaseUnits.ALL,
                            was.maxTlp(),
                            was.secret(),
                            false,
                            was.tokens(),
                            was.created()));
            return accounts;
        });
        RunningCentre.await(() -> session.get("/api/cases").statusCode() == 403);
        assertEquals("operator", node(session.get("/api/account")).get("role").asText());
        centre.accounts().remove("fred");
        RunningCentre.await(() -> session.get("/api/account").statusCode() == 401);
    }

    @Test
    void aOneTimePasswordOpensNothingButAnOwnOne() throws Exception {
        String oneTime = centre.accounts().add("ivan", Role.ANALYST, Tlp.GREEN);
        // Not by asking with the password again and again: too early, that counts as guessing.
        String token = "Bearer " + centre.accounts().addToken("ivan", "test", Optional.empty());
        RunningCentre.await(
                () -> centre.get(centre.url() + "/api/account", token).statusCode() == 200);
        HttpResponse<String> signedIn = WebSession.signIn(centre, "ivan", oneTime, "");
        assertEquals("own_secret", json(signedIn).string("needs").orElseThrow());
        WebSession session = WebSession.of(centre, "ivan", oneTime);
        HttpResponse<String> refused = session.get("/api/account");
        assertEquals(403, refused.statusCode());
        assertEquals("Own password needed", json(refused).string("title").orElseThrow());
        HttpResponse<String> set = session.send(
                "PUT", "/api/account/secret", "{\"current\":\"" + oneTime + "\",\"secret\":\"" + SECRET + "\"}");
        assertEquals(204, set.statusCode(), set.body());
        session.take(set);
        assertEquals(200, session.get("/api/account").statusCode());
    }

    @Test
    void aStreamEndsWithItsSession() throws Exception {
        WebSession session = WebSession.of(centre, "gina", SECRET);
        HttpRequest request = HttpRequest.newBuilder(URI.create(centre.url() + "/api/alerts/stream"))
                .header("Cookie", session.cookie())
                .build();
        HttpResponse<java.io.InputStream> stream =
                centre.client(null).send(request, HttpResponse.BodyHandlers.ofInputStream());
        assertEquals(200, stream.statusCode());
        assertEquals(200, session.send("DELETE", "/api/sessions", "").statusCode());
        try (java.io.InputStream body = stream.body()) {
            body.readAllBytes();
            assertEquals(-1, body.read(), "it ended");
        }
    }

    @Test
    void aSessionSurvivesARestart() throws Exception {
        RunningCentre seoul = centres.init("seoul");
        seoul.accounts().add("anna", Role.ANALYST, Tlp.GREEN);
        seoul.accounts().setSecret("anna", SECRET.toCharArray(), 12);
        seoul.start();
        WebSession session = WebSession.of(seoul, "anna", SECRET);
        seoul.stop();
        seoul.start();
        assertEquals(200, session.get("/api/account").statusCode());
    }
}
