package uz.koprik.gateway.api.objects;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uz.koprik.gateway.centre.RunningCentre.ok;

import com.fasterxml.jackson.databind.JsonNode;
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

/** An object of this centre is revoked with a reason, and its value may be reported anew. */
class RevocationTest {

    private static final String JSON = "application/json";
    private static final String STIX = "application/stix+json;version=2.1";

    @RegisterExtension
    static final Centres centres = new Centres();

    private static CentreClient admin;
    private static CentreClient writer;

    @BeforeAll
    static void start() throws Exception {
        RunningCentre centre =
                centres.init("tashkent").withAccount("sensor", Role.WRITER).start();
        admin = centre.adminClient();
        writer = centre.clientOf("sensor");
    }

    private static JsonNode report(CentreClient by, String value) {
        return ok(by.post("/api/indicators", JSON, CentreAnswers.json(Map.of("value", value, "tlp", "green"))))
                .path("objects")
                .get(0);
    }

    private static Reply revoke(CentreClient by, String id, String reason) {
        return by.post("/api/objects/" + id + "/revocation", JSON, CentreAnswers.json(Map.of("reason", reason)));
    }

    @Test
    void theRevokedVersionAndTheReasonKeepTheMarking() {
        String id = report(admin, "cleaned.example.com").path("id").asText();
        JsonNode before =
                CentreAnswers.parse(admin.get("/api/objects/" + id, STIX).body());
        JsonNode done = ok(revoke(admin, id, "the host was cleaned"));
        assertEquals(2, done.path("accepted").asInt());

        JsonNode after =
                CentreAnswers.parse(admin.get("/api/objects/" + id, STIX).body());
        assertTrue(after.path("revoked").asBoolean());
        assertEquals(before.path("created"), after.path("created"));
        assertEquals(before.path("pattern"), after.path("pattern"));
        assertTrue(after.path("modified")
                        .asText()
                        .compareTo(before.path("modified").asText())
                > 0);
        assertEquals(before.path("object_marking_refs"), after.path("object_marking_refs"));
        JsonNode note = CentreAnswers.parse(admin.get(
                        "/api/objects/" + done.path("objects").get(1).path("id").asText(), STIX)
                .body());
        assertEquals("the host was cleaned", note.path("content").asText());
        assertEquals(id, note.path("object_refs").get(0).asText());
        assertEquals(after.path("object_marking_refs"), note.path("object_marking_refs"));
        assertTrue(ok(admin.get("/api/objects/" + id)).path("revoked").asBoolean());

        assertEquals(1, ok(revoke(admin, id, "again")).path("unchanged").asInt());
    }

    @Test
    void aNewReportOfARevokedValueIsANewObjectThatKnowsOfTheOld() {
        String first = report(admin, "back.example.com").path("id").asText();
        ok(revoke(admin, first, "clean"));
        JsonNode second = report(admin, "back.example.com");
        assertEquals("accepted", second.path("status").asText());
        assertNotEquals(first, second.path("id").asText());
        JsonNode met = second.path("matches").get(0).path("met").get(0);
        assertEquals(first, met.path("id").asText());
        assertTrue(met.path("revoked").asBoolean());
        assertTrue(CentreAnswers.sentence(met).endsWith(", revoked by its creator"), CentreAnswers.sentence(met));
        JsonNode third = report(admin, "back.example.com");
        assertEquals("unchanged", third.path("status").asText());
        assertEquals(second.path("id").asText(), third.path("id").asText());
        assertFalse(ok(admin.get("/api/objects/" + third.path("id").asText()))
                .path("revoked")
                .asBoolean());
    }

    @Test
    void aRevokedObjectClaimsNothing() {
        String id = report(admin, "once.example.com").path("id").asText();
        ok(revoke(admin, id, "a mistake"));
        ok(admin.post(
                "/api/cases",
                JSON,
                CentreAnswers.json(Map.of("number", "R-1", "title", "After", "values", List.of("once.example.com")))));
        JsonNode match = ok(admin.get("/api/cases/R-1/matches")).path("matches").get(0);
        assertTrue(match.path("met").get(0).path("revoked").asBoolean());
        assertEquals(0, match.path("certainty").path("score").asInt());
    }

    @Test
    void onlyWhoIsResponsibleRevokes() {
        String ours = report(admin, "ours.example.com").path("id").asText();
        assertEquals(403, revoke(writer, ours, "x").status());
        String own = report(writer, "own.example.com").path("id").asText();
        assertEquals(
                2, ok(revoke(writer, own, "a false alarm")).path("accepted").asInt());

        Reply without = admin.post("/api/objects/" + ours + "/revocation", JSON, CentreAnswers.json(Map.of()));
        assertEquals(400, without.status());
        assertTrue(without.text().contains("reason"), without::text);
        assertEquals(
                404,
                revoke(admin, "indicator--11111111-1111-4111-8111-111111111111", "x")
                        .status());
        String address = "ipv4-addr--28bb3599-77cd-5a82-a950-b5bc3caf07c4";
        ok(admin.post(
                "/api/objects",
                JSON,
                CentreAnswers.json(
                        Map.of("type", "ipv4-addr", "spec_version", "2.1", "id", address, "value", "198.51.100.3"))));
        Reply observable = revoke(admin, address, "x");
        assertEquals(422, observable.status());
        assertTrue(observable.text().contains("cannot be revoked"), observable::text);

        String foreign = "indicator--22222222-2222-4222-8222-222222222222";
        ok(admin.post(
                "/api/objects",
                JSON,
                CentreAnswers.json(Map.of(
                        "type",
                        "indicator",
                        "spec_version",
                        "2.1",
                        "id",
                        foreign,
                        "created",
                        "2026-11-01T00:00:00.000Z",
                        "modified",
                        "2026-11-01T00:00:00.000Z",
                        "pattern",
                        "[domain-name:value = 'foreign.example.com']",
                        "pattern_type",
                        "stix",
                        "valid_from",
                        "2026-11-01T00:00:00Z"))));
        Reply others = revoke(admin, foreign, "x");
        assertEquals(422, others.status());
        assertTrue(others.text().contains("only its creator"), others::text);
    }

    @Test
    void twoCasesWithOneValueAreSureOfEachOther() {
        for (String number : List.of("S-1", "S-2")) {
            ok(admin.post(
                    "/api/cases",
                    JSON,
                    CentreAnswers.json(Map.of(
                            "number", number, "title", "Shared", "values", List.of("shared-by-cases.example.com")))));
        }
        JsonNode match = ok(admin.get("/api/cases/S-1/matches")).path("matches").get(0);
        assertEquals("S-2", match.path("met").get(0).path("case_number").asText());
        assertEquals(100, match.path("certainty").path("score").asInt());
        JsonNode value = ok(admin.get("/api/cases/S-1")).path("values").get(0);
        assertTrue(value.path("role").isMissingNode(), "nobody gave it a role");
    }
}
