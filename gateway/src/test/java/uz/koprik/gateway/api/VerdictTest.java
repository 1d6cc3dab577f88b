package uz.koprik.gateway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uz.koprik.gateway.centre.RunningCentre.ok;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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

/** What analysts find out of matches, over HTTPS: remembered, shown, shared or not, and taken back. */
class VerdictTest {

    private static final String JSON = "application/json";

    @RegisterExtension
    static final Centres centres = new Centres();

    private static RunningCentre centre;
    private static CentreClient admin;
    private static CentreClient operator;
    private static CentreClient reader;

    @BeforeAll
    static void start() throws Exception {
        centre = centres.init("tashkent")
                .withAccount("night-shift", Role.OPERATOR)
                .withAccount("outside", Role.READER)
                .start();
        admin = centre.adminClient();
        operator = centre.clientOf("night-shift");
        reader = centre.clientOf("outside");
    }

    private static Reply post(String path, Object body) {
        return admin.post(path, JSON, CentreAnswers.json(body));
    }

    private static String report(String value, String name) {
        return ok(post("/api/indicators", Map.of("value", value, "name", name, "tlp", "clear")))
                .path("objects")
                .get(0)
                .path("id")
                .asText();
    }

    private static JsonNode met(String number) {
        return ok(admin.get("/api/cases/" + number + "/matches"))
                .path("matches")
                .get(0)
                .path("met")
                .get(0);
    }

    @Test
    void aVerdictIsRememberedChangedAndTakenBack() {
        String id = report("verdict.example.com", "Judged");
        ok(post("/api/cases", Map.of("number", "V-1", "title", "Judging", "values", List.of("verdict.example.com"))));
        assertTrue(met("V-1").path("verdict").isMissingNode());

        JsonNode confirmed = ok(post(
                "/api/objects/" + id + "/verdicts",
                Map.of("value", "verdict[.]example[.]com", "verdict", "confirmed", "note", "in our logs")));
        assertTrue(confirmed.path("id").asText().startsWith("sighting--"));
        assertEquals("TLP:RED", confirmed.path("tlp").asText());
        JsonNode shown = met("V-1").path("verdict");
        assertEquals("confirmed", shown.path("verdict").asText());
        assertEquals("in our logs", shown.path("note").asText());
        assertEquals("local", shown.path("by").asText());
        assertEquals(1, met("V-1").path("sightings").path("count").asInt());

        JsonNode dismissed = ok(post(
                "/api/objects/" + id + "/verdicts",
                Map.of("value", "verdict.example.com", "verdict", "dismissed", "tlp", "clear")));
        assertTrue(dismissed.path("id").asText().startsWith("opinion--"));
        assertEquals("dismissed", met("V-1").path("verdict").path("verdict").asText());
        assertTrue(met("V-1").path("sightings").isMissingNode(), "the sighting was revoked");
        JsonNode opinion = CentreAnswers.parse(
                admin.get("/api/objects/" + dismissed.path("id").asText(), "application/stix+json;version=2.1")
                        .body());
        assertEquals("strongly-disagree", opinion.path("opinion").asText());
        assertEquals(id, opinion.path("object_refs").get(0).asText());

        assertEquals(
                204,
                post("/api/objects/" + id + "/verdicts", Map.of("value", "verdict.example.com", "verdict", "none"))
                        .status());
        assertTrue(met("V-1").path("verdict").isMissingNode());
        assertEquals(
                404,
                post("/api/objects/" + id + "/verdicts", Map.of("value", "verdict.example.com", "verdict", "none"))
                        .status());
        ok(post("/api/objects/" + id + "/verdicts", Map.of("value", "verdict.example.com", "verdict", "confirmed")));
        assertEquals("confirmed", met("V-1").path("verdict").path("verdict").asText(), "and given again");
    }

    private static String judge(String object, String value, String verdict) {
        return ok(post("/api/objects/" + object + "/verdicts", Map.of("value", value, "verdict", verdict)))
                .path("id")
                .asText();
    }

    private static JsonNode stored(String id) {
        return CentreAnswers.parse(admin.get("/api/objects/" + id, "application/stix+json;version=2.1")
                .body());
    }

    /** STIX 2.1, section 3.6: a revoked object gets no further version. */
    @Test
    void verdictAfterARevokedOneIsANewObject() {
        String value = "to-and-fro.example.com";
        String id = report(value, "To and fro");
        ok(post("/api/cases", Map.of("number", "V-9", "title", "To and fro", "values", List.of(value))));
        String first = judge(id, value, "confirmed");
        assertEquals(first, judge(id, value, "confirmed"), "repeated while in force: another version");
        String dismissed = judge(id, value, "dismissed");
        assertTrue(stored(first).path("revoked").asBoolean());
        String second = judge(id, value, "confirmed");
        assertNotEquals(first, second);
        String dismissedAgain = judge(id, value, "dismissed");
        assertNotEquals(dismissed, dismissedAgain);
        String third = judge(id, value, "confirmed");
        assertEquals(3, Set.of(first, second, third).size());
        for (String revoked : List.of(first, second, dismissed, dismissedAgain)) {
            assertTrue(stored(revoked).path("revoked").asBoolean(), revoked);
        }
        assertEquals(third, met("V-9").path("verdict").path("id").asText());
        assertEquals(1, met("V-9").path("sightings").path("count").asInt());
    }

    /** As earlier versions left it: a version after the revoked one is in force. */
    @Test
    void verdictThatAnEarlierVersionRevivedIsInForceAndCanBeWithdrawn() {
        String value = "revived.example.com";
        String id = report(value, "Revived");
        ok(post("/api/cases", Map.of("number", "V-10", "title", "Revived", "values", List.of(value))));
        String first = judge(id, value, "confirmed");
        assertEquals(
                204,
                post("/api/objects/" + id + "/verdicts", Map.of("value", value, "verdict", "none"))
                        .status());
        ObjectNode revived = (ObjectNode) stored(first);
        revived.remove(List.of("revoked", "extensions"));
        revived.put(
                "modified",
                Instant.now().plusSeconds(2).truncatedTo(ChronoUnit.MILLIS).toString());
        ok(admin.post("/api/objects", JSON, revived.toString().getBytes(StandardCharsets.UTF_8)));
        assertEquals(first, met("V-10").path("verdict").path("id").asText());
        assertEquals(
                204,
                post("/api/objects/" + id + "/verdicts", Map.of("value", value, "verdict", "none"))
                        .status());
        assertTrue(met("V-10").path("verdict").isMissingNode());
        assertTrue(stored(first).path("revoked").asBoolean());
        assertNotEquals(first, judge(id, value, "confirmed"));
    }

    @Test
    void aVerdictLeavesTheCentreOnlyWhenTheAnalystSaysSo() {
        String id = report("shared-verdict.example.com", "Shared");
        String kept = ok(post(
                        "/api/objects/" + id + "/verdicts",
                        Map.of("value", "shared-verdict.example.com", "verdict", "confirmed")))
                .path("id")
                .asText();
        assertEquals(200, reader.get("/api/objects/" + id).status());
        assertEquals(404, reader.get("/api/objects/" + kept).status());
        ok(post(
                "/api/objects/" + id + "/verdicts",
                Map.of("value", "shared-verdict.example.com", "verdict", "confirmed", "tlp", "clear")));
        assertEquals(200, reader.get("/api/objects/" + kept).status());
    }

    @Test
    void saysWhatIsWrongWithAVerdict() {
        String id = report("wrong-verdict.example.com", "Wrong");
        String path = "/api/objects/" + id + "/verdicts";
        assertEquals(
                400, post(path, Map.of("value", "wrong-verdict.example.com")).status());
        assertEquals(
                400,
                post(path, Map.of("value", "wrong-verdict.example.com", "verdict", "maybe"))
                        .status());
        Reply other = post(path, Map.of("value", "other.example.com", "verdict", "confirmed"));
        assertEquals(422, other.status());
        assertTrue(other.text().contains("does not carry"), other::text);
        assertEquals(
                404,
                post(
                                "/api/objects/indicator--00000000-0000-4000-8000-000000000000/verdicts",
                                Map.of("value", "wrong-verdict.example.com", "verdict", "confirmed"))
                        .status());
        assertEquals(
                403,
                operator.post(
                                path,
                                JSON,
                                CentreAnswers.json(
                                        Map.of("value", "wrong-verdict.example.com", "verdict", "confirmed")))
                        .status());
        ok(post(
                "/api/cases",
                Map.of("number", "V-2", "title", "A case", "values", List.of("wrong-verdict.example.com"))));
        String file = ok(admin.get("/api/cases/V-2")).path("id").asText();
        assertEquals(
                422,
                post(
                                "/api/objects/" + file + "/verdicts",
                                Map.of("value", "wrong-verdict.example.com", "verdict", "confirmed"))
                        .status());
        String observable = "{\"type\":\"domain-name\",\"spec_version\":\"2.1\",\"id\":"
                + "\"domain-name--bedb4899-d24b-5401-bc86-8f6b4cc18ec7\",\"value\":\"example.com\"}";
        ok(admin.post("/api/objects", JSON, observable.getBytes(StandardCharsets.UTF_8)));
        assertEquals(
                422,
                post(
                                "/api/objects/domain-name--bedb4899-d24b-5401-bc86-8f6b4cc18ec7/verdicts",
                                Map.of("value", "example.com", "verdict", "confirmed"))
                        .status());
    }

    @Test
    void certaintyGrowsWithEachProducerAndShrinksWithTheRule() {
        report("certain.example.com", "One");
        ok(post(
                "/api/cases",
                Map.of(
                        "number",
                        "V-3",
                        "title",
                        "Certainty",
                        "values",
                        List.of("certain.example.com", "http://certain.example.com/x"))));
        JsonNode alone = certainty("V-3", "same_value");
        assertEquals(90, alone.path("score").asInt(), "one producer, signed, today");
        assertEquals(1, alone.path("producers").asInt());
        assertEquals(54, certainty("V-3", "url_on_host").path("score").asInt());
        String second =
                "{\"type\":\"indicator\",\"spec_version\":\"2.1\",\"id\":\"indicator--8d3b2b52-9b5c-4f0b-9b9f-0d6c3a7d4c11\","
                        + "\"created_by_ref\":\"identity--3f1b8a52-0c0a-4c38-8f5f-1f7b3b6b5d55\",\"created\":\"2000-01-01T00:00:00.000Z\","
                        + "\"modified\":\"2000-01-01T00:00:00.000Z\",\"pattern\":\"[domain-name:value = 'certain.example.com']\","
                        + "\"pattern_type\":\"stix\",\"valid_from\":\"2000-01-01T00:00:00Z\"}";
        ok(admin.post("/api/objects", JSON, second.getBytes(StandardCharsets.UTF_8)));
        JsonNode both = certainty("V-3", "same_value");
        assertEquals(2, both.path("producers").asInt());
        assertEquals(
                91, both.path("score").asInt(), "another one, countersigned, said so long ago: 1 - 0.1 * (1 - 0.075)");
    }

    private static JsonNode certainty(String number, String rule) {
        for (JsonNode match : ok(admin.get("/api/cases/" + number + "/matches")).path("matches")) {
            if (match.path("rule").asText().equals(rule)) {
                return match.path("certainty");
            }
        }
        throw new AssertionError("no match by " + rule);
    }
}
