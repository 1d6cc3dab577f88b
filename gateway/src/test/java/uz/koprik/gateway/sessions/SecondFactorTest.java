package uz.koprik.gateway.sessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uz.koprik.gateway.centre.RunningCentre.basic;
import static uz.koprik.gateway.centre.RunningCentre.json;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.indicators.policy.Tlp;

/** Second factors at running centres: one where they are optional, one that requires them. */
final class SecondFactorTest {

    private static final String SECRET = "correct horse battery staple";
    private static final String PATH = "/api/account/second-factor";

    @RegisterExtension
    static final Centres centres = new Centres();

    private static RunningCentre optional;
    private static RunningCentre required;

    @BeforeAll
    static void start() throws Exception {
        optional = centre("tashkent").withConfig("attempts: 5", "attempts: 2").start();
        required = centre("seoul")
                .withConfig("second_factor: optional", "second_factor: required")
                .start();
    }

    private static RunningCentre centre(String name) throws Exception {
        RunningCentre centre = centres.init(name);
        for (String account : List.of("anna", "bob", "carl", "dana")) {
            add(centre, account, Role.ANALYST);
        }
        add(centre, "olga", Role.OPERATOR);
        add(centre, "vera", Role.ADMIN);
        return centre;
    }

    private static void add(RunningCentre centre, String account, Role role) throws Exception {
        centre.accounts().add(account, role, Tlp.GREEN);
        centre.accounts().setSecret(account, SECRET.toCharArray(), 12);
    }

    /** The code of now, or of a step after it. */
    private static String code(String secret, int stepsLater) {
        return Totp.code(secret, Instant.now().getEpochSecond() / 30 + stepsLater);
    }

    private static String body(String code) {
        return "{\"code\":\"" + code + "\"}";
    }

    private static String started(WebSession session) throws Exception {
        HttpResponse<String> started = session.send("POST", PATH, "");
        assertEquals(200, started.statusCode(), started.body());
        String secret = json(started).string("secret").orElseThrow();
        assertTrue(json(started).string("uri").orElseThrow().contains("secret=" + secret));
        return secret;
    }

    private static List<String> confirmed(WebSession session, String secret) throws Exception {
        HttpResponse<String> done = session.send("POST", PATH + "/confirmation", body(code(secret, -1)));
        assertEquals(200, done.statusCode(), done.body());
        return json(done).items("recovery_codes").stream()
                .map((Json item) -> ((JsonString) item).value())
                .toList();
    }

    private static String title(HttpResponse<String> answer) throws Exception {
        return json(answer).string("title").orElseThrow();
    }

    @Test
    void signingInNeedsACodeOnceItIsSetUp() throws Exception {
        WebSession session = WebSession.of(optional, "anna", SECRET);
        assertEquals("{\"set_up\":false,\"required\":false}", session.get(PATH).body());
        String secret = started(session);
        assertEquals(
                400,
                session.send("POST", PATH + "/confirmation", body("000000")).statusCode());
        assertEquals(201, WebSession.signIn(optional, "anna", SECRET, "").statusCode(), "it is not confirmed");
        List<String> codes = confirmed(session, secret);
        assertEquals(10, codes.size());
        assertTrue(session.get(PATH).body().contains("\"recovery_codes\":10"));

        HttpResponse<String> without = WebSession.signIn(optional, "anna", SECRET, "");
        assertEquals(401, without.statusCode());
        assertEquals("Second factor needed", title(without));
        String now = code(secret, 0);
        WebSession.of(optional, "anna", SECRET, now);
        HttpResponse<String> again = WebSession.signIn(optional, "anna", SECRET, now);
        assertEquals(401, again.statusCode(), "a code serves once");
        assertEquals("Wrong code", title(again));
        WebSession.of(optional, "anna", SECRET, codes.getFirst());
        assertEquals(
                401,
                WebSession.signIn(optional, "anna", SECRET, codes.getFirst()).statusCode(),
                "so does a recovery code");
        assertEquals(
                401,
                WebSession.signIn(optional, "anna", "wrong wrong wrong", code(secret, 1))
                        .statusCode());
        HttpResponse<String> locked = WebSession.signIn(optional, "anna", SECRET, "000000");
        assertTrue(locked.statusCode() == 401 || locked.statusCode() == 429, locked.body());
        HttpResponse<String> more = WebSession.signIn(optional, "anna", SECRET, "000000");
        assertEquals(429, more.statusCode());
        assertEquals("Too many wrong codes", title(more));
    }

    @Test
    void aPasswordAloneIsRefusedAndATokenIsNot() throws Exception {
        String url = optional.url() + "/api/account";
        assertEquals(200, optional.get(url, basic("bob", SECRET)).statusCode());
        WebSession session = WebSession.of(optional, "bob", SECRET);
        confirmed(session, started(session));
        HttpResponse<String> refused = optional.get(url, basic("bob", SECRET));
        assertEquals(403, refused.statusCode(), "also when the password is remembered");
        assertEquals("Password alone refused", title(refused));
        assertTrue(json(refused).string("detail").orElseThrow().contains("koprik account token bob"));
        String token = "Bearer " + optional.accounts().addToken("bob", "script", Optional.empty());
        RunningCentre.await(() -> optional.get(url, token).statusCode() == 200);
        assertEquals(
                403, optional.get(optional.url() + PATH, token).statusCode(), "a program does not see second factors");
    }

    @Test
    void anOperatorResetsItAndItIsRecorded() throws Exception {
        WebSession session = WebSession.of(optional, "carl", SECRET);
        String secret = started(session);
        confirmed(session, secret);
        assertEquals(401, WebSession.signIn(optional, "carl", SECRET, "").statusCode());
        assertEquals(
                403,
                session.send("DELETE", "/api/accounts/carl/second-factor", "").statusCode());
        var reset = optional.koprik("account", "second-factor", "reset", "carl");
        assertEquals(0, reset.code(), reset.all());
        assertEquals(201, WebSession.signIn(optional, "carl", SECRET, "").statusCode());
        String record = Files.readString(optional.home().root().resolve("account-changes.jsonl"));
        assertTrue(record.contains("second factor set up") && record.contains("second factor reset"), record);
        assertEquals(
                1,
                optional.koprik("account", "second-factor", "reset", "nobody").code());
    }

    @Test
    void thatOfAnAdministratorIsResetByAdministratorsAlone() throws Exception {
        WebSession vera = WebSession.of(optional, "vera", SECRET);
        confirmed(vera, started(vera));
        WebSession olga = WebSession.of(optional, "olga", SECRET);
        HttpResponse<String> refused = olga.send("DELETE", "/api/accounts/vera/second-factor", "");
        assertEquals(403, refused.statusCode(), refused.body());
        assertTrue(json(refused).string("detail").orElseThrow().contains("administer accounts"), refused.body());
        assertEquals(401, WebSession.signIn(optional, "vera", SECRET, "").statusCode(), "a code is still needed");
        assertEquals(
                204, olga.send("DELETE", "/api/accounts/dana/second-factor", "").statusCode(), "others are");
        assertEquals(
                0,
                optional.koprik("account", "second-factor", "reset", "vera").code(),
                "the command line is an administrator");
        assertEquals(201, WebSession.signIn(optional, "vera", SECRET, "").statusCode());
    }

    @Test
    void thatOfADisabledAccountIsReset() throws Exception {
        WebSession dana = WebSession.of(required, "dana", SECRET);
        confirmed(dana, started(dana));
        required.accounts().setDisabled("dana", true);
        RunningCentre.await(() -> dana.get("/api/account").statusCode() == 401);
        assertEquals(
                0, required.koprik("account", "second-factor", "reset", "dana").code());
        required.accounts().setDisabled("dana", false);
        // Who tries again and again is refused for that: one try, when the centre has noticed.
        RunningCentre.await(
                () -> RunningCentre.ok(required.adminClient().get("/api/accounts")).findParents("name").stream()
                        .anyMatch(one -> one.path("name").asText().equals("dana")
                                && !one.path("disabled").asBoolean()));
        assertEquals(
                "second_factor",
                json(WebSession.signIn(required, "dana", SECRET, ""))
                        .string("needs")
                        .orElseThrow());
    }

    @Test
    void whereItIsRequiredNothingElseOpensBeforeItIsSetUp() throws Exception {
        HttpResponse<String> signedIn = WebSession.signIn(required, "anna", SECRET, "");
        assertEquals("second_factor", json(signedIn).string("needs").orElseThrow());
        WebSession session = WebSession.of(required, "anna", SECRET);
        HttpResponse<String> refused = session.get("/api/account");
        assertEquals(403, refused.statusCode());
        assertEquals("Second factor not set up", title(refused));
        assertEquals(
                403,
                required.get(required.url() + "/api/cases", basic("anna", SECRET))
                        .statusCode());
        String secret = started(session);
        confirmed(session, secret);
        assertEquals(200, session.get("/api/account").statusCode());
        assertEquals(
                204,
                session.send("POST", PATH + "/removal", body(code(secret, 0))).statusCode());
        assertEquals(403, session.get("/api/account").statusCode());
        assertEquals(204, session.send("DELETE", "/api/session", "").statusCode(), "signing out always works");
    }

    @Test
    void recoveryCodesAreRenewedAndTheSecondFactorRemovedByACode() throws Exception {
        WebSession session = WebSession.of(required, "bob", SECRET);
        String secret = started(session);
        List<String> before = confirmed(session, secret);
        HttpResponse<String> renewed = session.send("POST", PATH + "/recovery-codes", body(code(secret, 0)));
        assertEquals(10, json(renewed).items("recovery_codes").size(), renewed.body());
        assertEquals(
                400,
                session.send("POST", PATH + "/removal", body(before.getFirst())).statusCode());
        assertEquals(400, session.send("POST", PATH + "/removal", "{}").statusCode());
        assertEquals(409, session.send("POST", PATH, "").statusCode());
    }
}
