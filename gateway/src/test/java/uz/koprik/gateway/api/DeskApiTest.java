package uz.koprik.gateway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.CommandResult;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.indicators.policy.Tlp;

/** The release desk by the API and the command line: who may see and do what, however something is submitted. */
final class DeskApiTest {

    private static final String JSON = "application/json";

    @RegisterExtension
    static final Centres centres = new Centres();

    private static RunningCentre centre;
    private static int made;

    @BeforeAll
    static void start() throws Exception {
        centre = centres.init("tashkent")
                .withConfig("  desk: false", "  desk: true")
                .withAccount("anna", Role.ANALYST)
                .withAccount("dilnoza", Role.ANALYST)
                .withAccount("botir", Role.RELEASER)
                .withAccount("chief", Role.ADMIN)
                .withAccount("siem", Role.WRITER)
                .withAccount("rustam", Role.AUDITOR);
        centre.partner("budapest", true);
        centre.start();
    }

    private static CentreClient.Reply post(String account, String path, Object body) {
        return centre.clientOf(account).post(path, JSON, CentreAnswers.json(body));
    }

    private static JsonNode get(String account, String path) {
        return RunningCentre.ok(centre.clientOf(account).get(path));
    }

    /** Submits an address of a person; the outcome. */
    private static JsonNode submit(String account) {
        return RunningCentre.ok(post(
                        account,
                        "/api/indicators",
                        Map.of("value", "victim" + ++made + "@example.com", "tlp", "green")))
                .at("/objects/0");
    }

    private static int answer(String account, String item, String act) {
        return post(account, "/api/releases/" + item + "/" + act, Map.of("comment", "looked at it"))
                .status();
    }

    @Test
    void oneSubmitsAndAnotherReleases() {
        JsonNode outcome = submit("anna");
        String item = outcome.path("waits").asText();
        String id = outcome.path("id").asText();
        JsonNode shown = get("botir", "/api/releases/" + item);
        assertEquals("anna", shown.at("/release/by").asText());
        assertEquals("personal", shown.at("/release/why/0/why").asText());
        assertEquals(id, shown.at("/held/0/id").asText());
        assertEquals("budapest", shown.at("/partners/0/partner").asText());
        assertEquals("no_purpose", shown.at("/partners/0/decisions/0/code").asText());
        JsonNode own = get("anna", "/api/releases/" + item);
        assertTrue(own.at("/release/mine").asBoolean());
        assertTrue(own.path("partners").isMissingNode());
        assertEquals(
                404, centre.clientOf("dilnoza").get("/api/releases/" + item).status());
        assertFalse(get("dilnoza", "/api/releases").toString().contains(item));
        assertEquals(
                "waits", get("anna", "/api/objects/" + id).at("/marking/held").asText());

        assertEquals(403, answer("anna", item, "approval"));
        assertEquals(403, answer("botir", item, "withdrawal"));
        assertEquals(
                400,
                post("botir", "/api/releases/" + item + "/refusal", Map.of()).status());
        assertEquals(200, answer("botir", item, "approval"));
        assertEquals(409, answer("chief", item, "refusal"));
        assertEquals(409, answer("anna", item, "withdrawal"));
        JsonNode decided = get("anna", "/api/releases/" + item);
        assertEquals("botir", decided.at("/release/outcome/by").asText());
        assertEquals("botir", decided.at("/record/decided_by").asText());
        assertEquals("anna", decided.at("/record/item/by").asText());
        assertTrue(get("anna", "/api/objects/" + id).at("/marking/held").isMissingNode());

        JsonNode entries = get("rustam", "/api/access?route=POST%20/api/releases/:id/approval&account=botir");
        assertTrue(
                entries.at("/entries/0/asked/decides").asText().startsWith("released: what anna submitted at "),
                entries::toString);
    }

    @Test
    void nobodyReleasesAnOwnSubmissionInAnyWay() throws Exception {
        String item = submit("chief").path("waits").asText();
        assertEquals(403, answer("chief", item, "approval"));
        CommandResult token = centre.koprik("account", "token", "chief", "--label", "second");
        String other = token.out().strip().lines().reduce((first, last) -> last).orElseThrow();
        Path file = Files.writeString(centres.folder().resolve("second.token"), other);
        RunningCentre.await(() -> centre.clientWith(other).get("/api/releases").status() == 200);
        CommandResult own = centre.koprik("release", "approve", item, "--token-file", file.toString());
        assertTrue(own.err().contains("another person has to release it"), own::toString);

        RunningCentre.ok(post(
                "chief",
                "/api/cases",
                Map.of("number", "D-1", "title", "T", "values", List.of("mule@example.com", "198.51.100.77"))));
        Map<String, Object> share =
                Map.of("tlp", "green", "values", List.of("mule@example.com", "198.51.100.77"), "name", "a part");
        JsonNode shared = RunningCentre.ok(post("chief", "/api/cases/D-1/shares", share));
        assertFalse(shared.path("objects").isEmpty());
        JsonNode waiting = get("botir", "/api/releases").path("releases");
        String ofShare = waiting.path(waiting.size() - 1).path("id").asText();
        assertEquals("chief", waiting.path(waiting.size() - 1).path("by").asText());
        assertEquals(403, answer("chief", ofShare, "approval"));
        assertEquals(200, answer("botir", ofShare, "approval"));
        assertEquals(200, answer("botir", item, "approval"));
    }

    private static int patched(String account, Map<String, ?> form) {
        return centre.clientOf("chief")
                .patch("/api/accounts/" + account, JSON, CentreAnswers.json(form))
                .status();
    }

    @Test
    void nothingIsReleasedWhoseSubmitterIsGone() throws Exception {
        centre.account("dora", Role.ANALYST, Tlp.GREEN);
        JsonNode outcome = submit("dora");
        String item = outcome.path("waits").asText();
        assertEquals(204, patched("dora", Map.of("disabled", true)));
        CentreClient.Reply refused =
                post("botir", "/api/releases/" + item + "/approval", Map.of("comment", "looked at it"));
        assertEquals(409, refused.status(), refused::text);
        assertTrue(refused.text().contains("dora is disabled since this was submitted: refuse it"), refused::text);
        assertEquals(200, answer("botir", item, "refusal"));
        JsonNode again = RunningCentre.ok(post(
                "anna",
                "/api/releases",
                Map.of("objects", List.of(outcome.path("id").asText()))));
        assertEquals(200, answer("botir", again.path("id").asText(), "approval"));

        centre.account("emil", Role.ANALYST, Tlp.GREEN);
        String second = submit("emil").path("waits").asText();
        assertEquals(204, patched("emil", Map.of("role", "caseworker", "units", List.of("Unit 3"))));
        assertEquals(409, answer("botir", second, "approval"), "a caseworker submits nothing");
        assertEquals(204, centre.clientOf("chief").delete("/api/accounts/emil").status());
        assertEquals(409, answer("botir", second, "approval"));
        assertEquals(200, answer("botir", second, "refusal"));
    }

    @Test
    void aCaseShareIsPreviewedBeforeItIsSent() {
        RunningCentre.ok(post(
                "anna",
                "/api/cases",
                Map.of("number", "D-2", "title", "T", "values", List.of("mule2@example.com", "198.51.100.78"))));
        JsonNode preview = RunningCentre.ok(post(
                "anna",
                "/api/cases/D-2/shares",
                Map.of(
                        "tlp",
                        "green",
                        "values",
                        List.of("mule2@example.com", "198.51.100.78"),
                        "name",
                        "a part",
                        "preview",
                        true)));
        List<JsonNode> objects = new java.util.ArrayList<>();
        preview.path("objects").forEach(one -> objects.add(one.path("object")));
        JsonNode forecast = RunningCentre.ok(post("anna", "/api/release-previews", Map.of("objects", objects)));
        assertEquals(objects.size(), forecast.path("objects").asInt(), forecast::toString);
        assertEquals(0, forecast.path("refused").asInt());
        assertTrue(forecast.path("held").asInt() >= 2, "the address and what groups it: " + forecast);
        JsonNode budapest = forecast.at("/partners/0");
        assertTrue(budapest.path("released").asInt() > 0, "the address of a machine goes out: " + forecast);
        assertTrue(budapest.toString().contains("no_purpose"), forecast::toString);
        String stored = get("anna", "/api/search?q=mule2@example.com").toString();
        assertFalse(stored.contains("\"indicator\""), "nothing was stored: " + stored);
    }

    @Test
    void programsSubmitAndSeeTheirOwnItems() {
        JsonNode outcome = submit("siem");
        String item = outcome.path("waits").asText();
        assertTrue(get("siem", "/api/releases").toString().contains(item));
        assertEquals(200, answer("siem", item, "withdrawal"));
        assertEquals(404, answer("siem", "0000000000000000", "withdrawal"));
        JsonNode decided = get("siem", "/api/releases?state=decided");
        assertEquals("withdrawn", decided.at("/releases/0/outcome/outcome").asText());
    }

    @Test
    void theCommandLineShowsAndDecides() throws Exception {
        Path botir = Files.writeString(centres.folder().resolve("botir.token"), centre.tokenOf("botir"));
        Path anna = Files.writeString(centres.folder().resolve("anna.token"), centre.tokenOf("anna"));
        JsonNode outcome = submit("anna");
        String item = outcome.path("waits").asText();
        String id = outcome.path("id").asText();
        CommandResult listed = centre.koprik("release", "list", "--token-file", botir.toString());
        assertTrue(listed.out().contains(item + "  1 object of anna, since "), listed::toString);
        CommandResult shown = centre.koprik("release", "show", item, "--token-file", botir.toString());
        assertTrue(shown.out().contains("not to budapest: 1 object: carries personal"), shown::toString);
        CommandResult explained = centre.koprik("explain", id, "--to", "budapest");
        assertTrue(explained.out().contains("is held at the release desk since 20"), explained::toString);
        CommandResult preview = centre.koprik("release", "preview", id, "--token-file", anna.toString());
        assertTrue(preview.out().startsWith("1 object; held at the release desk: 1"), preview::toString);
        CommandResult refused =
                centre.koprik("release", "refuse", item, "--comment", "too early", "--token-file", botir.toString());
        assertTrue(refused.out().contains("refused by botir at "), refused::toString);
        CommandResult again =
                centre.koprik("release", "request", id, "--comment", "now it is time", "--token-file", anna.toString());
        assertTrue(again.out().contains("\"now it is time\""), again::toString);
        String second = again.out().substring(0, 16);
        CommandResult done = centre.koprik("release", "approve", second, "--token-file", botir.toString());
        assertEquals(0, done.code(), done::toString);
        CommandResult decided = centre.koprik("release", "list", "--decided", "--token-file", anna.toString());
        assertTrue(decided.out().contains("released by botir at "), decided::toString);
    }

    @Test
    void whatWaitsOutlivesARestart() throws Exception {
        RunningCentre other = centres.init("samarkand")
                .withConfig("  desk: false", "  desk: true")
                .withAccount("anna", Role.ANALYST)
                .withAccount("botir", Role.RELEASER)
                .start();
        String item = RunningCentre.ok(other.clientOf("anna")
                        .post(
                                "/api/indicators",
                                JSON,
                                "{\"value\":\"victim@example.com\"}".getBytes(StandardCharsets.UTF_8)))
                .at("/objects/0/waits")
                .asText();
        other.stop();
        other.start();
        assertEquals(
                item,
                RunningCentre.ok(other.clientOf("botir").get("/api/releases"))
                        .at("/releases/0/id")
                        .asText());
        assertEquals(
                200,
                other.clientOf("botir")
                        .post("/api/releases/" + item + "/approval", JSON, "{}".getBytes(StandardCharsets.UTF_8))
                        .status());
    }
}
