package uz.koprik.gateway.alerts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uz.koprik.gateway.centre.RunningCentre.ok;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.gateway.cli.CentreClient.Reply;
import uz.koprik.indicators.policy.CaseUnits;

/** Alerts as people work through them: grouped by case, counted, acknowledged. */
class AlertDeskTest {

    private static final String JSON = "application/json";

    @RegisterExtension
    final Centres centres = new Centres();

    private RunningCentre centre;
    private CentreClient admin;
    private CentreClient anna;

    @BeforeEach
    void start() throws Exception {
        centre = centres.init("tashkent")
                .withAccount("anna", Role.ANALYST, CaseUnits.of(Set.of("Unit 1")))
                .start();
        admin = centre.adminClient();
        anna = centre.clientOf("anna");
        openCase("A-1", "Unit 1", "one.example.com", "two.example.com");
        openCase("A-2", "Unit 2", "three.example.com");
        for (String value : List.of("one.example.com", "two.example.com", "three.example.com")) {
            ok(post(admin, "/api/indicators", Map.of("value", value, "name", "Reported")));
        }
        RunningCentre.await(() -> count(admin, "") == 3);
    }

    private void openCase(String number, String unit, String... values) {
        ok(post(
                admin,
                "/api/cases",
                Map.of("number", number, "title", "A case", "unit", unit, "values", List.of(values))));
    }

    private static Reply post(CentreClient who, String path, Object form) {
        return who.post(path, JSON, CentreAnswers.json(form));
    }

    private static int count(CentreClient who, String query) {
        return ok(who.get("/api/alerts/count" + query)).path("count").asInt();
    }

    private static List<String> ids(CentreClient who, String query) {
        return ok(who.get("/api/alerts" + query)).path("alerts").findValuesAsText("id").stream()
                .filter(id -> !id.contains("--"))
                .toList();
    }

    private static List<String> numbers(JsonNode groups) {
        List<String> numbers = new ArrayList<>();
        groups.path("groups").forEach(one -> numbers.add(one.at("/case/number").asText()));
        return numbers;
    }

    private static Reply acknowledge(CentreClient who, List<String> ids, boolean acknowledged) {
        return post(who, "/api/alerts/acknowledge", Map.of("alerts", ids, "acknowledged", acknowledged));
    }

    @Test
    void acknowledgedAlertsLeaveTheOpenOnesUntilThatIsTakenBack() throws Exception {
        List<String> ofOne = ids(admin, "?case=A-1");
        assertEquals(2, ofOne.size());
        JsonNode answer = ok(acknowledge(anna, ofOne.subList(0, 1), true));
        assertEquals("anna", answer.at("/alerts/0/acknowledged/by").asText());
        assertEquals(
                answer.at("/alerts/0/acknowledged"),
                ok(acknowledge(admin, ofOne.subList(0, 1), true)).at("/alerts/0/acknowledged"),
                "who was first stays");
        assertEquals(2, count(admin, "?state=open"));
        assertEquals(1, count(admin, "?state=acknowledged"));
        assertEquals(ofOne.subList(0, 1), ids(admin, "?state=acknowledged"));
        JsonNode groups = ok(admin.get("/api/alerts/groups?state=open"));
        assertEquals(List.of("A-2", "A-1"), numbers(groups));
        assertEquals(1, groups.at("/groups/1/count").asInt());
        centre.stop();
        centre.start();
        admin = centre.adminClient();
        anna = centre.clientOf("anna");
        assertEquals(ofOne.subList(0, 1), ids(admin, "?state=acknowledged"), "durable");
        ok(acknowledge(admin, ofOne, false));
        assertEquals(3, count(admin, "?state=open"));
        assertTrue(ids(admin, "?state=acknowledged").isEmpty());
    }

    @Test
    void nobodyAcknowledgesOrCountsTheAlertsOfOthers() {
        String hidden = ids(admin, "?case=A-2").getFirst();
        String hers = ids(anna, "").getFirst();
        assertEquals(2, count(anna, ""));
        assertEquals(List.of("A-1"), numbers(ok(anna.get("/api/alerts/groups"))));
        Reply refused = acknowledge(anna, List.of(hers, hidden), true);
        assertEquals(404, refused.status(), refused::text);
        Reply nothing = acknowledge(anna, List.of(hers, hidden.replace(hidden.charAt(0), 'f')), true);
        assertEquals(
                nothing.text().replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "").replaceAll("\"request_id\":\"[^\"]*\"", ""),
                refused.text().replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "").replaceAll("\"request_id\":\"[^\"]*\"", ""));
        assertEquals(3, count(admin, "?state=open"), "none of them was changed");
    }
}
