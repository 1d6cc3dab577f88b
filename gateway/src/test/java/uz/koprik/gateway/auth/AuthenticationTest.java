package uz.koprik.gateway.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uz.koprik.gateway.centre.RunningCentre.basic;
import static uz.koprik.gateway.centre.RunningCentre.json;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.indicators.policy.Tlp;

/** Who gets access, and what the others get as an answer. */
final class AuthenticationTest {

    private static final String PASSWORD = "correct horse battery staple";

    @RegisterExtension
    static final Centres centres = new Centres();

    private static RunningCentre centre;
    private static CentreKeys budapest;

    @BeforeAll
    static void start() throws Exception {
        centre = centres.init("tashkent")
                .withConfig("attempts: 5", "attempts: 2")
                .withConfig("lockout: 10s", "lockout: 1h");
        budapest = centre.partner("budapest", true);
        centre.start();
    }

    private static HttpResponse<String> ask(String authorization) throws Exception {
        return centre.get(centre.url() + "/taxii2/", authorization);
    }

    private static HttpResponse<String> setSecret(String authorization, String body) throws Exception {
        return RunningCentre.send(
                centre.client(null),
                HttpRequest.newBuilder(URI.create(centre.url() + "/api/account/secret"))
                        .header("Content-Type", "application/json")
                        .PUT(HttpRequest.BodyPublishers.ofString(body)),
                authorization);
    }

    @Test
    void withoutCredentialsTheSchemesAreNamed() throws Exception {
        HttpResponse<String> response = ask(null);
        assertEquals(401, response.statusCode());
        assertEquals(2, response.headers().allValues("www-authenticate").size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Digest x", "Basic", "Basic !!!", "Basic YWRtaW4=", "Bearer x", "Bearer "})
    void malformedOrUnknownCredentialsAre401(String authorization) throws Exception {
        assertEquals(401, ask(authorization).statusCode());
    }

    @Test
    void aOneTimePasswordOnlySetsAnOwnOne() throws Exception {
        String oneTime = basic("admin", centre.oneTimeSecret());
        HttpResponse<String> refused = ask(oneTime);
        assertEquals(403, refused.statusCode());
        assertTrue(json(refused).string("description").orElseThrow().contains("koprik account passwd"), refused.body());

        assertEquals(400, setSecret(oneTime, "{\"secret\":\"short\"}").statusCode());
        assertEquals(400, setSecret(oneTime, "nonsense").statusCode());
        assertEquals(
                204, setSecret(oneTime, "{\"secret\":\"" + PASSWORD + "\"}").statusCode());
        assertEquals(401, ask(oneTime).statusCode(), "used up");
        assertEquals(200, ask(basic("admin", PASSWORD)).statusCode());
        assertEquals(200, ask(basic("admin", PASSWORD)).statusCode(), "remembered");
        assertEquals(
                403,
                setSecret(centre.admin(), "{\"secret\":\"" + PASSWORD + "\"}").statusCode(),
                "a token is not enough");
    }

    @Test
    void aRememberedPasswordIsVoidOnceTheAccountIsGone() throws Exception {
        centre.accounts().add("guest", Role.READER, Tlp.GREEN);
        centre.accounts().setSecret("guest", PASSWORD.toCharArray(), 12);
        // Not by asking with the password again and again: too early, that counts as guessing.
        String token = "Bearer " + centre.accounts().addToken("guest", "test", Optional.empty());
        RunningCentre.await(() -> ask(token).statusCode() == 200);
        assertEquals(200, ask(basic("guest", PASSWORD)).statusCode());
        centre.accounts().remove("guest");
        RunningCentre.await(() -> ask(basic("guest", PASSWORD)).statusCode() != 200);
    }

    @Test
    void aBodyThatIsReadAsItComesSurvivesTheCheckOfAPassword() throws Exception {
        centre.accounts().add("importer", Role.ANALYST, Tlp.AMBER);
        centre.accounts().setSecret("importer", PASSWORD.toCharArray(), 12);
        String token = "Bearer " + centre.accounts().addToken("importer", "test", Optional.empty());
        RunningCentre.await(() -> ask(token).statusCode() == 200);
        String rows = "evil.example.com\n".repeat(20_000);
        String said = centre.post(
                        centre.url() + "/api/import?format=list&name=Door",
                        basic("importer", PASSWORD),
                        "text/plain",
                        rows)
                .body();
        assertTrue(said.contains("\"accepted\":1,\"unchanged\":19999,\"refused\":0"), said);
    }

    @Test
    void aTokenIsVoidOnceItIsTakenBack() throws Exception {
        String token = centre.account("siem", Role.READER, Tlp.GREEN);
        assertEquals(200, ask(token).statusCode());
        centre.accounts().removeToken("siem", "test");
        RunningCentre.await(() -> ask(token).statusCode() == 401);
    }

    @Test
    void guessingIsSlowedDown() throws Exception {
        centre.accounts().add("target", Role.READER, Tlp.GREEN);
        assertEquals(401, ask(basic("target", "guess 1 guess 1")).statusCode());
        assertEquals(401, ask(basic("target", "guess 2 guess 2")).statusCode());
        HttpResponse<String> third = ask(basic("target", "guess 3 guess 3"));
        assertEquals(429, third.statusCode());
        assertTrue(Integer.parseInt(third.headers().firstValue("retry-after").orElseThrow()) > 3000);
        assertFalse(third.body().contains("target"), "does not tell whether there is such an account");
    }

    @Test
    void aPartnerIsKnownByItsCertificate() throws Exception {
        HttpResponse<String> response = RunningCentre.send(
                centre.client(budapest), HttpRequest.newBuilder(URI.create(centre.taxii("collections/"))), null);
        assertEquals(200, response.statusCode(), response.body());
        assertEquals(2, json(response).items("collections").size());
    }

    @Test
    void anUnknownCertificateIsToldItsPin() throws Exception {
        CentreKeys stranger = centre.partner("stranger", false);
        HttpResponse<String> response = RunningCentre.send(
                centre.client(stranger), HttpRequest.newBuilder(URI.create(centre.url() + "/taxii2/")), null);
        assertEquals(401, response.statusCode());
        String why = json(response).string("description").orElseThrow();
        assertTrue(why.contains(stranger.tlsPin()) && why.contains("CN=stranger"), why);
        assertTrue(why.contains("belongs to no centre on the trust list"), why);
    }
}
