package uz.koprik.gateway.api.objects;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uz.koprik.gateway.centre.RunningCentre.ok;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;

/** Values that have several spellings match in each of them, and names of files are a weak match. */
class ComparedFormsTest {

    private static final String JSON = "application/json";

    @RegisterExtension
    static final Centres centres = new Centres();

    private static CentreClient admin;

    @BeforeAll
    static void start() throws Exception {
        admin = centres.init("tashkent").start().adminClient();
    }

    private static JsonNode report(String kind, String value) {
        return ok(admin.post("/api/indicators", JSON, CentreAnswers.json(Map.of("kind", kind, "value", value))))
                .path("objects")
                .get(0);
    }

    private static List<String> rules(JsonNode outcome) {
        List<String> rules = new ArrayList<>();
        outcome.path("matches")
                .forEach(match -> rules.add(match.path("rule").asText()
                        + ' '
                        + match.path("other_value").asText(match.path("value").asText())
                        + ' '
                        + match.path("certainty").path("score").asInt()));
        return rules;
    }

    @Test
    void namesOfFilesMatchWithoutCaseAndWeakly() {
        String first = report("file-name", "Order-77.PDF").path("id").asText();
        assertEquals(List.of("same_value order-77.pdf 27"), rules(report("file-name", "order-77.pdf")));
        assertEquals(List.of("same_value order-77.pdf 27"), rules(report("file-name", "ORDER-77.pdf")));
        JsonNode found = ok(admin.get("/api/search?q=" + CentreAnswers.encoded("file-name:oRdEr-77.Pdf")));
        assertEquals(3, found.path("total").asInt(), found.toString());
        JsonNode values = ok(admin.get("/api/objects/" + first)).path("values");
        assertEquals("Order-77.PDF", values.get(0).path("value").asText());
        assertEquals("order-77.pdf", values.get(1).path("value").asText());
        assertTrue(values.get(1).path("interpreted").asBoolean(), values.toString());
    }

    @Test
    void pathsOfWindowsMatchWithoutCaseAndThoseOfUnixWithCase() {
        report("file-path", "C:\\Users\\Public\\Run77.exe");
        assertEquals(
                List.of("same_value C:\\users\\public\\run77.exe 54"),
                rules(report("file-path", "c:\\USERS\\public\\run77.EXE")));
        report("file-path", "/tmp/Run77");
        assertEquals(List.of(), rules(report("file-path", "/tmp/run77")));
    }

    @Test
    void aHostThatIsANumberMatchesAsBrowsersReadIt() {
        report("url", "http://0xC6336407/a");
        assertEquals(List.of("same_value http://198.51.100.7/a 90"), rules(report("url", "http://198.51.100.7/a")));
        assertTrue(
                rules(report("url", "http://3325256711/a")).getFirst().startsWith("same_value http://198.51.100.7/a"));
        assertEquals(List.of("url_on_host"), kindsOfRules(report("ipv4", "198.51.100.7")));
    }

    private static List<String> kindsOfRules(JsonNode outcome) {
        return rules(outcome).stream()
                .map(rule -> rule.split(" ")[0])
                .distinct()
                .toList();
    }
}
