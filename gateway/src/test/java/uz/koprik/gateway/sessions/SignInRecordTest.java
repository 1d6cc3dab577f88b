package uz.koprik.gateway.sessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.indicators.policy.Tlp;

/** Who signed in, who tried to and who signed out is in the access record, without any secret. */
final class SignInRecordTest {

    private static final String SECRET = "correct horse battery staple";

    @RegisterExtension
    static final Centres centres = new Centres();

    private static RunningCentre centre;

    @BeforeAll
    static void start() throws Exception {
        centre = centres.init("tashkent").withAccount("rustam", Role.AUDITOR);
        for (String name : new String[] {"anna", "bela"}) {
            centre.accounts().add(name, Role.ANALYST, Tlp.GREEN);
            centre.accounts().setSecret(name, SECRET.toCharArray(), 12);
        }
        centre.start();
    }

    /** The newest entry that a question finds. */
    private static JsonNode last(String query) {
        return RunningCentre.ok(centre.clientOf("rustam").get("/api/access?limit=1&" + query))
                .path("entries")
                .path(0);
    }

    @Test
    void aSignInAndItsEndAreRecorded() throws Exception {
        WebSession session = WebSession.of(centre, "anna", SECRET);
        JsonNode entry = last("account=anna");
        assertEquals("account anna", entry.path("by").asText());
        assertEquals("POST /api/session", entry.path("what").asText());
        assertEquals("127.0.0.1", entry.path("from").asText());
        assertEquals("password", entry.path("asked").path("way").asText());
        assertTrue(entry.path("refused").isMissingNode(), entry.toString());
        assertEquals(204, session.send("DELETE", "/api/session", "").statusCode());
        assertEquals("DELETE /api/session", last("account=anna").path("what").asText());
        noFileHas(session.cookie().substring(session.cookie().indexOf('=') + 1));
        noFileHas(SECRET);
    }

    @Test
    void aRefusedSignInIsRecordedByTheAccountThatWasTried() throws Exception {
        HttpResponse<String> refused = WebSession.signIn(centre, "bela", "wrong wrong wrong", "");
        assertEquals(401, refused.statusCode());
        JsonNode entry = last("account=bela");
        assertEquals("account bela", entry.path("by").asText());
        assertEquals(401, entry.path("refused").asInt(), entry.toString());
        assertEquals("Not authenticated", entry.path("asked").path("refusal").asText());
        noFileHas("wrong wrong wrong");
    }

    @Test
    void aNameThatNoAccountHasMayBeAPasswordAndIsNotRecorded() throws Exception {
        HttpResponse<String> refused = WebSession.signIn(centre, "password-in-the-wrong-field", "x", "");
        assertEquals(401, refused.statusCode());
        String request = RunningCentre.json(refused).string("request_id").orElseThrow();
        JsonNode entry = RunningCentre.ok(centre.clientOf("rustam").get("/api/access?route=/api/session"))
                .path("entries");
        JsonNode own = null;
        for (JsonNode one : entry) {
            own = one.path("request").asText().equals(request) ? one : own;
        }
        assertEquals(
                "unknown account", own == null ? "no entry" : own.path("by").asText());
        noFileHas("password-in-the-wrong-field");
    }

    private static void noFileHas(String secret) throws Exception {
        try (var files = Files.walk(centre.home().access())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertFalse(Files.readString(file).contains(secret), "a secret in " + file);
            }
        }
    }
}
