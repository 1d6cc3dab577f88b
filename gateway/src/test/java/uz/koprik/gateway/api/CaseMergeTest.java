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
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.gateway.cli.CentreClient.Reply;
import uz.koprik.indicators.policy.CaseUnits;

/** Similar cases and the reason; two cases merged into one that keeps what both knew. */
class CaseMergeTest {

    private static final String JSON = "application/json";

    @RegisterExtension
    static final Centres centres = new Centres();

    private static CentreClient admin;
    private static CentreClient anna;

    @BeforeAll
    static void start() throws Exception {
        RunningCentre centre = centres.init("tashkent")
                .withAccount("anna", Role.ANALYST, CaseUnits.of(Set.of("Unit 1")))
                .start();
        admin = centre.adminClient();
        anna = centre.clientOf("anna");
    }

    private static String refused(int status, Reply reply) {
        assertEquals(status, reply.status(), reply::text);
        return CentreAnswers.parse(reply.body()).path("detail").asText();
    }

    private static Reply post(String path, Object form) {
        return admin.post("/api/cases" + path, JSON, CentreAnswers.json(form));
    }

    private static JsonNode open(String number, Map<String, ?> more, String... values) {
        Map<String, Object> form = new HashMap<>(
                Map.of("number", number, "title", "Case " + number, "type", "fraud", "values", List.of(values)));
        form.putAll(more);
        return ok(post("", form)).path("case");
    }

    private static void role(String number, String value, String role) {
        ok(post("/" + number + "/observables", Map.of("values", List.of(value), "role", role)));
    }

    private static List<String> numbers(JsonNode files) {
        List<String> numbers = new ArrayList<>();
        files.forEach(file -> numbers.add(file.path("number").asText()));
        return numbers;
    }

    private static JsonNode value(JsonNode file, String value) {
        for (JsonNode one : file.path("values")) {
            if (one.path("value").asText().equals(value)) {
                return one;
            }
        }
        throw new AssertionError(value + " is not in " + file);
    }

    @Test
    void similarCasesSayWhichValuesInWhichRole() {
        open("S-1", Map.of("unit", "Unit 1"), "rare.example.com", "common.example.com", "198.51.100.61");
        open("S-2", Map.of("unit", "Unit 1"), "common.example.com");
        open("S-3", Map.of("unit", "Unit 2"), "rare.example.com", "common.example.com");
        open("S-4", Map.of("unit", "Unit 1"), "nothing.example.org");
        role("S-1", "rare.example.com", "infrastructure");
        role("S-3", "rare.example.com", "suspect");
        JsonNode all = ok(admin.get("/api/cases/S-1/similar")).path("cases");
        assertEquals(List.of("S-3", "S-2"), all.findValuesAsText("number"), "two shared values before one");
        assertEquals(2, all.at("/0/shared").asInt());
        JsonNode rare = value(all.path(0), "rare.example.com");
        assertEquals("infrastructure", rare.path("role").asText());
        assertEquals("suspect", rare.path("other_role").asText());
        JsonNode hers = ok(anna.get("/api/cases/S-1/similar"));
        assertEquals(List.of("S-2"), hers.path("cases").findValuesAsText("number"), "nothing of another unit");
        assertFalse(hers.path("more").asBoolean());
        assertEquals(404, anna.get("/api/cases/S-3/similar").status());
        JsonNode one = ok(admin.get("/api/cases/S-1/similar?limit=1"));
        assertEquals(1, one.path("cases").size());
        assertTrue(one.path("more").asBoolean());
    }

    @Test
    void aMergeKeepsWhatBothKnewAndSaysWhoseItWas() {
        open(
                "M-1",
                Map.of("losses", List.of(Map.of("amount", "100", "currency", "EUR"))),
                "both.example.com",
                "first.example.com");
        open(
                "M-2",
                Map.of(
                        "losses",
                        List.of(
                                Map.of("amount", "250.5", "currency", "EUR"),
                                Map.of("amount", "7", "currency", "USD"))),
                "both.example.com",
                "second.example.com");
        role("M-1", "both.example.com", "infrastructure");
        role("M-2", "both.example.com", "suspect");
        ok(post("/M-1/notes", Map.of("text", "Of the first")));
        ok(post("/M-2/notes", Map.of("text", "Of the second")));
        ok(post("/M-2/shares", Map.of("tlp", "green", "values", List.of("second.example.com"))));
        ok(admin.patch("/api/cases/M-2", JSON, CentreAnswers.json(Map.of("cases", List.of("M-1", "M-9")))));
        JsonNode preview = ok(post("/M-2/merge", Map.of("into", "M-1", "preview", true)));
        assertEquals(3, preview.path("case").path("values").size());
        assertEquals(2, ok(admin.get("/api/cases/M-1")).path("values").size(), "a preview stores nothing");
        JsonNode merged = ok(post("/M-2/merge", Map.of("into", "M-1")));
        assertEquals(preview.path("remarks"), merged.path("remarks"));
        List<String> remarks = new ArrayList<>();
        merged.path("remarks").forEach(one -> remarks.add(one.asText()));
        assertEquals(
                List.of(
                        "The role of domain both.example.com was suspect in M-2; infrastructure holds.",
                        "The loss of 250.50 EUR of M-2 has the note and currency of 100.00 EUR; both are kept."),
                remarks);
        assertEquals(List.of("role", "like_loss"), merged.path("remark_codes").findValuesAsText("code"));
        assertEquals("suspect", merged.at("/remark_codes/0/details/was").asText());
        assertEquals("100.00 EUR", merged.at("/remark_codes/1/details/other").asText());
        assertEquals(merged.path("remark_codes"), merged.at("/case/merged/0/remark_codes"));

        JsonNode all = ok(admin.get("/api/cases/M-1"));
        assertEquals(merged.path("case"), all);
        assertEquals("M-2", value(all, "second.example.com").path("from_case").asText());
        assertTrue(value(all, "both.example.com").path("from_case").isMissingNode());
        assertEquals(3, all.path("losses").size());
        assertEquals(List.of("Of the first", "Of the second"), all.path("notes").findValuesAsText("text"));
        assertEquals("M-2", all.at("/notes/1/from_case").asText());
        assertEquals("M-2", all.at("/shares/0/from_case").asText());
        assertEquals("[\"M-9\"]", all.path("cases").toString());
        assertEquals("M-2", all.at("/merged/0/number").asText());

        JsonNode gone = ok(admin.get("/api/cases/M-2"));
        assertEquals("closed", gone.path("status").asText());
        assertEquals("M-1", gone.at("/merged_into/number").asText());
        assertEquals(2, gone.path("values").size(), "it stays as it was");
        JsonNode history = ok(admin.get("/api/cases/M-1/history"));
        assertEquals("M-2", history.at("/merged/0/number").asText());
        assertEquals(6, history.at("/merged/0/versions").size());
        assertTrue(history.at("/versions/0/changes").toString().contains("merged case M-2"), history::toString);

        String why = refused(409, post("/M-2/notes", Map.of("text", "Late")));
        assertTrue(why.contains("was merged into M-1"), why);
        refused(409, admin.patch("/api/cases/M-2", JSON, CentreAnswers.json(Map.of("status", "open"))));
        refused(409, post("/M-2/merge", Map.of("into", "M-1")));
        refused(409, post("/M-2/shares/1/withdraw", Map.of()));
        ok(post("/M-1/shares/1/withdraw", Map.of()));
        assertEquals(
                List.of("M-1"),
                numbers(ok(admin.get("/api/cases?value=second.example.com")).path("cases")),
                "only the case that holds all is found by a value");
        assertEquals(0, ok(admin.get("/api/cases/M-1/similar")).path("cases").size());
    }

    @Test
    void aMergeOfOtherVersionsOrOtherUnitsIsRefused() {
        String first = open("R-1", Map.of()).path("version").asText();
        String second = open("R-2", Map.of()).path("version").asText();
        ok(post("/R-1/notes", Map.of("text", "In the meantime")));
        refused(412, post("/R-2/merge", Map.of("into", "R-1", "into_version", first)));
        ok(post("/R-2/notes", Map.of("text", "Here, too")));
        refused(412, post("/R-2/merge", Map.of("into", "R-1", "expected_version", second)));
        assertEquals("open", ok(admin.get("/api/cases/R-2")).path("status").asText());
        open("R-3", Map.of("unit", "Unit 2"));
        String why = refused(409, post("/R-2/merge", Map.of("into", "R-3")));
        assertTrue(why.contains("different units (none and Unit 2)"), why);
        open("R-4", Map.of("unit", "Unit 1"));
        Reply hidden = anna.post("/api/cases/R-4/merge", JSON, CentreAnswers.json(Map.of("into", "R-3")));
        Reply nothing = anna.post("/api/cases/R-4/merge", JSON, CentreAnswers.json(Map.of("into", "R-none")));
        assertEquals(refused(404, nothing), refused(404, hidden));
    }
}
