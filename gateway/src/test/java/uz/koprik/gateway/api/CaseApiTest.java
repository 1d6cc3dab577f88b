package uz.koprik.gateway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uz.koprik.gateway.centre.RunningCentre.ok;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.gateway.cli.CentreClient.Reply;

/** Case files over the API: changed under one another's eyes, listed, shown in a history, shared in parts. */
class CaseApiTest {

    private static final String JSON = "application/json";

    @RegisterExtension
    static final Centres centres = new Centres();

    private static RunningCentre centre;
    private static CentreClient admin;
    private static CentreClient reader;

    @BeforeAll
    static void start() throws Exception {
        centre = centres.init("tashkent").withAccount("neighbour", Role.READER).start();
        admin = centre.adminClient();
        reader = centre.clientOf("neighbour");
    }

    private static String refused(int status, Reply reply) {
        assertEquals(status, reply.status(), reply::text);
        return CentreAnswers.parse(reply.body()).path("detail").asText();
    }

    private static Reply post(String path, Object body) {
        return admin.post("/api/cases" + path, JSON, CentreAnswers.json(body));
    }

    private static Reply patch(String number, Object body) {
        return admin.patch("/api/cases/" + number, JSON, CentreAnswers.json(body));
    }

    private static String open(String number, Map<String, ?> more) {
        Map<String, Object> form = new HashMap<>(Map.of("number", number, "title", "Case " + number));
        form.putAll(more);
        return ok(post("", form)).path("case").path("version").asText();
    }

    @Test
    void aChangeMeantForAnotherVersionIsRefused() {
        String first = open("C-1", Map.of());
        String second = ok(patch("C-1", Map.of("summary", "seen by one", "expected_version", first)))
                .path("version")
                .asText();
        assertFalse(second.equals(first));
        String detail =
                refused(412, patch("C-1", Map.of("summary", "not seen by the other", "expected_version", first)));
        assertTrue(detail.contains("now at version " + second), detail);
        refused(412, post("/C-1/notes", Map.of("text", "late", "expected_version", first)));
        refused(412, post("/C-1/observables", Map.of("values", List.of("192.0.2.1"), "expected_version", first)));
        refused(412, post("/C-1/shares", Map.of("tlp", "green", "summary", "x", "expected_version", first)));
        refused(400, patch("C-1", Map.of("summary", "x", "expected_version", "the last one")));
        assertEquals(
                "seen by one", ok(admin.get("/api/cases/C-1")).path("summary").asText());
        assertEquals(
                second,
                ok(patch("C-1", Map.of("summary", "seen by one", "expected_version", second)))
                        .path("version")
                        .asText(),
                "a change that changes nothing makes no version");
    }

    @Test
    void theHistoryTellsWhoChangedWhatFromWhatToWhat() {
        open("C-2", Map.of("type", "phishing", "values", List.of("history.example.com")));
        ok(patch("C-2", Map.of("type", "fraud", "losses", List.of(Map.of("amount", "1200.5", "currency", "EUR")))));
        ok(post("/C-2/observables", Map.of("values", List.of("history.example.com"), "role", "infrastructure")));
        ok(post(
                "/C-2/observables/remove",
                Map.of(
                        "values",
                        List.of("hxxp://history[.]example.com", "history.example[.]com")
                                .subList(1, 2))));
        ok(post("/C-2/notes", Map.of("text", "Asked the bank")));
        ok(patch("C-2", Map.of("status", "closed")));
        JsonNode versions = ok(admin.get("/api/cases/C-2/history")).path("versions");
        List<String> told = new ArrayList<>();
        for (JsonNode version : versions) {
            assertEquals("local", version.path("by").asText());
            version.path("changes")
                    .forEach(c -> told.add(c.path("part").asText() + ": "
                            + c.path("from").asText() + " > " + c.path("to").asText()));
        }
        assertEquals(6, versions.size());
        assertTrue(
                told.containsAll(List.of(
                        "type: phishing > fraud",
                        "loss EUR:  > 1200.50 EUR",
                        "value domain history.example.com: no role > infrastructure",
                        "value domain history.example.com: infrastructure > ",
                        "note 1:  > Asked the bank",
                        "status: open > closed",
                        "title:  > Case C-2")),
                told::toString);
        assertEquals(
                "local",
                ok(admin.get("/api/cases/C-2"))
                        .path("notes")
                        .get(0)
                        .path("author")
                        .asText());
        refused(404, admin.get("/api/cases/C-none/history"));
        refused(409, post("/C-2/observables/remove", Map.of("values", List.of("history.example.com"))));
    }

    @Test
    void casesAreFoundByWhatTheyAre() {
        open(
                "F-1",
                Map.of(
                        "type",
                        "botnet",
                        "unit",
                        "Unit 7",
                        "values",
                        List.of("filter.example.com"),
                        "opened",
                        "2025-03-01T00:00:00Z"));
        open("F-2", Map.of("type", "botnet", "unit", "Unit 8"));
        open("F-3", Map.of("type", "ransomware", "unit", "Unit 7"));
        ok(post("/F-3/notes", Map.of("text", "xylophone")));
        assertEquals(List.of("F-2", "F-1"), numbers("?type=botnet"));
        assertEquals(List.of("F-3", "F-1"), numbers("?unit=Unit%207"));
        assertEquals(List.of("F-1"), numbers("?value=filter%5B.%5Dexample.com"));
        assertEquals(List.of("F-1"), numbers("?opened_to=2025-04-01T00:00:00Z"));
        assertEquals(List.of("F-3"), numbers("?q=xylophone"));
        assertEquals(List.of("F-1"), numbers("?q=F-1&type=botnet"));
        JsonNode page = ok(admin.get("/api/cases?type=botnet&limit=1"));
        assertEquals("F-2", page.path("cases").get(0).path("number").asText());
        assertEquals(
                "F-1",
                ok(admin.get("/api/cases?type=botnet&limit=1&cursor="
                                + page.path("next").asText()))
                        .path("cases")
                        .get(0)
                        .path("number")
                        .asText());
        refused(400, admin.get("/api/cases?status=lost"));
    }

    private static List<String> numbers(String query) {
        return ok(admin.get("/api/cases" + query)).path("cases").findValuesAsText("number").stream()
                .filter(number -> !number.isEmpty())
                .toList();
    }

    @Test
    void whatIsSharedReachesOthersAndTheCaseDoesNot() {
        open(
                "S-9000",
                Map.of(
                        "type",
                        "money-mule",
                        "summary",
                        "Calls",
                        "values",
                        List.of("shared.example.com", "kept.example.com")));
        ok(post("/S-9000/observables", Map.of("values", List.of("victim.example.com"), "role", "victim")));
        JsonNode preview = ok(post(
                "/S-9000/shares",
                Map.of("tlp", "green", "values", List.of("shared.example.com"), "name", "Lure", "preview", true)));
        assertEquals(0, ok(admin.get("/api/cases/S-9000")).path("shares").size(), "a preview stores nothing");
        assertEquals(3, preview.path("objects").size());
        assertTrue(refused(400, post("/S-9000/shares", Map.of("tlp", "green", "roles", List.of("victim"))))
                .contains("victim"));
        JsonNode shared = ok(post(
                "/S-9000/shares",
                Map.of(
                        "tlp",
                        "green",
                        "values",
                        List.of("shared.example.com"),
                        "as",
                        List.of("indicators", "observed-data"),
                        "name",
                        "Lure",
                        "summary",
                        "Callers pose as a bank")));
        assertEquals("TLP:GREEN", shared.path("tlp").asText());
        shared.path("objects")
                .forEach(made -> assertEquals("accepted", made.path("status").asText(), made::toString));
        Reply page = reader.get("/taxii2/koprik/collections/", "application/taxii+json;version=2.1");
        String collection = CentreAnswers.parse(page.body())
                .path("collections")
                .get(0)
                .path("id")
                .asText();
        String seen = reader.get(
                        "/taxii2/koprik/collections/" + collection + "/objects/?limit=1000",
                        "application/taxii+json;version=2.1")
                .text();
        shared.path("objects")
                .forEach(made -> assertTrue(seen.contains(made.path("id").asText()), made::toString));
        for (String secret : List.of(
                "S-9000",
                "kept.example.com",
                "victim.example.com",
                "Calls\"",
                ok(admin.get("/api/cases/S-9000")).path("id").asText())) {
            assertFalse(seen.contains(secret), secret);
        }
        assertTrue(seen.contains("shared.example.com"));
        JsonNode told = ok(admin.get("/api/cases/S-9000/history"))
                .path("versions")
                .get(0)
                .path("changes")
                .get(0);
        assertEquals("shared 1", told.path("part").asText());
        assertTrue(
                told.path("to")
                        .asText()
                        .startsWith("TLP:GREEN: 1 value as indicators and observed data, summary (domain-name--"),
                told::toString);
        assertEquals(1, ok(admin.get("/api/cases/S-9000")).path("shares").size());
    }
}
