package uz.koprik.gateway.api.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uz.koprik.gateway.centre.RunningCentre.ok;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.CommandResult;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.gateway.cli.CentreClient.Reply;
import uz.koprik.indicators.policy.CaseUnits;

/** What an analyst sees of a value and of an object besides the object itself. */
class LookUpTest {

    private static final String JSON = "application/json";
    private static final String VALUE = "mule.example.com";

    @RegisterExtension
    static final Centres centres = new Centres();

    private static RunningCentre centre;
    private static CentreClient admin;
    private static CentreClient anna;
    private static CentreClient operator;
    private static String indicator;

    @BeforeAll
    static void start() throws Exception {
        centre = centres.init("tashkent")
                .withAccount("anna", Role.ANALYST, CaseUnits.of(Set.of("Unit 1")))
                .withAccount("night-shift", Role.OPERATOR);
        centre.partner("budapest", true);
        Path lists = Files.createDirectories(centre.home().config().resolveSibling("warning-lists"));
        Files.writeString(
                lists.resolve("ours.json"),
                "{\"name\":\"Our own hosts\",\"version\":1,\"type\":\"hostname\",\"category\":\"false_positive\","
                        + "\"matching_attributes\":[\"domain\",\"hostname\",\"url\"],\"list\":[\"example.net\"]}");
        centre.start();
        admin = centre.adminClient();
        anna = centre.clientOf("anna");
        operator = centre.clientOf("night-shift");
        caseFile("T-1", "Mule accounts", "Unit 1");
        caseFile("T-2", "Hidden goose", "Unit 2");
        indicator = report("Report 0");
        for (int i = 1; i < 8; i++) { // more than are listed of a value
            report("Report " + i);
        }
    }

    private static void caseFile(String number, String title, String unit) {
        ok(admin.post(
                "/api/cases",
                JSON,
                CentreAnswers.json(Map.of(
                        "number", number, "title", title, "type", "fraud", "unit", unit, "values", List.of(VALUE)))));
    }

    private static String report(String name) {
        return ok(admin.post(
                        "/api/indicators",
                        JSON,
                        CentreAnswers.json(Map.of("value", VALUE, "name", name, "tlp", "green"))))
                .path("objects")
                .get(0)
                .path("id")
                .asText();
    }

    private static JsonNode values(CentreClient client, String text) {
        return ok(client.post("/api/search/values", JSON, CentreAnswers.json(Map.of("text", text))));
    }

    private static String problem(int status, Reply reply) {
        assertEquals(status, reply.status(), reply::text);
        return CentreAnswers.parse(reply.body()).path("detail").asText();
    }

    @Test
    void aValueNamesItsCasesAlsoWhenNewerReportsFillTheList() {
        JsonNode one = values(admin, VALUE).path("values").get(0);
        assertEquals(2, one.path("cases").asInt(), one::toString);
        assertEquals(List.of("T-2", "T-1"), one.path("in_cases").findValuesAsText("number"));
        assertEquals(
                List.of("Hidden goose", "Mule accounts"), one.path("in_cases").findValuesAsText("title"));
        assertEquals(List.of("Unit 2", "Unit 1"), one.path("in_cases").findValuesAsText("unit"));
        assertEquals("open", one.path("in_cases").get(0).path("status").asText());
        assertFalse(one.path("met").findValuesAsText("case_number").contains("T-1"), "newer reports fill the list");
    }

    @Test
    void valuesOfOneCaseNameItWhereNoNewerReportIsLeftOut() {
        List<String> own = List.of("one.example.org", "other.example.org");
        ok(admin.post(
                "/api/cases",
                JSON,
                CentreAnswers.json(Map.of(
                        "number", "T-3", "title", "Two names", "type", "fraud", "unit", "Unit 2", "values", own))));
        for (JsonNode one : values(admin, String.join("\n", own)).path("values")) {
            assertEquals(1, one.path("cases").asInt(), one::toString);
            assertEquals(List.of("T-3"), one.path("in_cases").findValuesAsText("number"));
        }
        for (JsonNode one : values(anna, String.join("\n", own)).path("values")) {
            assertEquals(0, one.path("cases").asInt(1), one::toString);
            assertTrue(one.path("in_cases").isMissingNode(), one::toString);
        }
    }

    @Test
    void aValueShowsNoTraceOfCasesOfOtherUnits() {
        JsonNode one = values(anna, VALUE).path("values").get(0);
        assertEquals(1, one.path("cases").asInt(), one::toString);
        assertFalse(one.toString().contains("goose"), one::toString);
    }

    @Test
    void anAccountWithoutCasesSeesNoneOfThem() {
        JsonNode one = values(operator, VALUE).path("values").get(0);
        assertTrue(one.path("cases").isMissingNode(), one::toString);
        assertTrue(one.path("in_cases").isMissingNode(), one::toString);
        assertEquals(8, one.path("count").asInt());
    }

    @Test
    void aReportOfAValueNamesItsCentreAndItsMarking() {
        JsonNode met = values(operator, VALUE).path("values").get(0).path("met").get(0);
        assertEquals("tashkent", met.path("producer_centre").asText(), met::toString);
        assertEquals("TLP:GREEN", met.path("tlp").asText());
    }

    @Test
    void aSilencedValueNamesTheListAndItsEntry() {
        JsonNode answer = values(admin, "www.example.net\n" + VALUE);
        JsonNode known = answer.path("values").get(0);
        assertTrue(known.path("silenced").isMissingNode(), known::toString);
        JsonNode silenced = answer.path("values").get(1);
        assertEquals("Our own hosts", silenced.path("silenced").path("list").asText(), silenced::toString);
        assertEquals("example.net", silenced.path("silenced").path("entry").asText());
    }

    @Test
    void theFieldsOfTheSearchBoxAreThoseItUnderstands() {
        JsonNode fields = ok(admin.get("/api/search/fields")).path("fields");
        assertEquals(SearchQueryParser.FILTERS, fields.findValuesAsText("name"));
        for (JsonNode field : fields) {
            for (JsonNode value : field.path("values")) {
                String filter = field.path("name").asText() + ":" + value.asText();
                ok(admin.get("/api/search?q=" + CentreAnswers.encoded(filter)));
            }
        }
        assertTrue(fields.get(1).path("values").toString().contains("budapest"), fields::toString);
        assertEquals("choice", fields.get(0).path("takes").asText());
        assertEquals("time", fields.get(8).path("takes").asText());
    }

    @Test
    void theTypesToCompleteDoNotDiscloseCases() {
        assertTrue(ok(admin.get("/api/search/fields"))
                .path("fields")
                .get(0)
                .toString()
                .contains("incident"));
        assertFalse(ok(operator.get("/api/search/fields"))
                .path("fields")
                .get(0)
                .toString()
                .contains("incident"));
    }

    @Test
    void centresHaveTheirNamesForPeople() {
        JsonNode all = ok(anna.get("/api/centres")).path("centres");
        assertEquals(List.of("budapest", "tashkent"), all.findValuesAsText("name"));
        assertTrue(all.get(1).path("own").asBoolean());
        assertTrue(all.get(0).path("contacts").isArray());
    }

    @Test
    void theProducersOfAFacetHaveTheNameOfTheirCentre() {
        JsonNode facet =
                ok(operator.get("/api/search?q=" + VALUE)).path("facets").path("producer");
        assertEquals("tashkent", facet.get(0).path("centre").asText(), facet::toString);
    }

    @Test
    void anAnalystSeesWhoWouldReceiveAnObject() {
        JsonNode one = ok(anna.get("/api/objects/" + indicator + "/recipients"))
                .path("recipients")
                .get(0);
        assertEquals("budapest", one.path("name").asText());
        assertTrue(one.path("released").asBoolean(), one::toString);
        assertTrue(one.path("reason").asText().contains("within the agreement"), one::toString);
    }

    @Test
    void theProofIsABundleThatVerifyProvesWithoutTheCentre() throws Exception {
        Reply reply = admin.get("/api/objects/" + indicator + "/proof");
        assertEquals(200, reply.status(), reply::text);
        Path file = centres.folder().resolve("proof.json");
        Files.write(file, reply.body());
        CommandResult verified = centre.koprik("verify", file.toString());
        assertEquals(0, verified.code(), verified::toString);
        assertTrue(verified.out().contains("1 of 1 objects proven"), verified::toString);
        Files.writeString(file, Files.readString(file).replace("Report 0", "Report X"), StandardCharsets.UTF_8);
        assertEquals(1, centre.koprik("verify", file.toString()).code(), "a changed object is not proven");
    }

    @Test
    void theProofOfAnObservableHoldsItsCountersignature() throws Exception {
        String id = "ipv4-addr--ff26c055-6336-5bc5-b98d-13d6226742dd";
        String object =
                "{\"type\":\"ipv4-addr\",\"spec_version\":\"2.1\",\"id\":\"" + id + "\",\"value\":\"198.51.100.3\"}";
        ok(admin.post("/api/objects", JSON, object.getBytes(StandardCharsets.UTF_8)));
        Reply reply = admin.get("/api/objects/" + id + "/proof");
        assertEquals(200, reply.status(), reply::text);
        Path file = centres.folder().resolve("observable.json");
        Files.write(file, reply.body());
        CommandResult verified = centre.koprik("verify", file.toString());
        assertEquals(0, verified.code(), verified::toString);
        assertTrue(verified.out().contains("2 of 2 objects proven"), verified::toString);
    }

    @Test
    void theProofOfAHiddenCaseIsThatOfNothing() {
        String hidden = values(admin, VALUE)
                .path("values")
                .get(0)
                .path("in_cases")
                .get(0)
                .path("id")
                .asText();
        assertEquals(
                problem(404, anna.get("/api/objects/incident--00000000-0000-4000-8000-000000000009/proof")),
                problem(404, anna.get("/api/objects/" + hidden + "/proof")));
        problem(404, anna.get("/api/objects/" + hidden + "/remarks"));
        problem(404, anna.get("/api/objects/" + hidden + "/recipients"));
    }

    @Test
    void whatOthersSayOfAnObjectIsListed() {
        String other = report("Judged");
        ok(anna.post(
                "/api/objects/" + other + "/verdicts",
                JSON,
                CentreAnswers.json(Map.of("value", VALUE, "verdict", "confirmed", "note", "seen at a bank"))));
        JsonNode remark = ok(anna.get("/api/objects/" + other + "/remarks"))
                .path("remarks")
                .get(0);
        assertEquals("sighting", remark.path("type").asText(), remark::toString);
        assertEquals("tashkent", remark.path("producer_centre").asText());
        assertEquals("seen at a bank", remark.path("text").asText());
        assertEquals(1, remark.path("count").asInt());
    }
}
