package uz.koprik.gateway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uz.koprik.gateway.centre.RunningCentre.ok;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.gateway.cli.CentreClient.Reply;

/** What lies around an object and what happened there, over HTTPS. */
class GraphTest {

    private static final String JSON = "application/json";
    private static final String MALWARE = "malware--31b940d4-6f7f-459a-80ea-9c1f17b5891b";
    private static final String USES = "relationship--44298a74-ba52-4f0c-87a3-1824e67d7fad";
    private static final String SIGHTING = "sighting--ee20065d-2555-424f-ad9e-0f8428623c75";

    @RegisterExtension
    static final Centres centres = new Centres();

    private static RunningCentre centre;
    private static CentreClient admin;
    private static CentreClient operator;
    private static CentreClient reader;

    private static String indicator;
    private static String other;

    @BeforeAll
    static void start() throws Exception {
        centre = centres.init("tashkent")
                .withAccount("night-shift", Role.OPERATOR)
                .withAccount("outside", Role.READER)
                .start();
        admin = centre.adminClient();
        operator = centre.clientOf("night-shift");
        reader = centre.clientOf("outside");
        indicator = report("graph.example.com", "First");
        other = report("graph.example.com", "Second");
        String times = "\"created\":\"2026-11-01T00:00:00.000Z\",\"modified\":\"2026-11-01T00:00:00.000Z\"";
        String malware = "{\"type\":\"malware\",\"spec_version\":\"2.1\",\"id\":\"" + MALWARE + "\"," + times
                + ",\"name\":\"loader\",\"is_family\":false}";
        String uses = "{\"type\":\"relationship\",\"spec_version\":\"2.1\",\"id\":\"" + USES + "\"," + times
                + ",\"relationship_type\":\"indicates\",\"source_ref\":\"" + indicator + "\",\"target_ref\":\""
                + MALWARE + "\"}";
        String sighting = "{\"type\":\"sighting\",\"spec_version\":\"2.1\",\"id\":\"" + SIGHTING + "\"," + times
                + ",\"sighting_of_ref\":\"" + indicator
                + "\",\"first_seen\":\"2025-10-01T00:00:00Z\",\"last_seen\":\"2025-10-02T00:00:00Z\"}";
        ok(admin.post(
                "/api/objects",
                JSON,
                ("{\"objects\":[" + malware + "," + uses + "," + sighting + "]}").getBytes(StandardCharsets.UTF_8)));
        ok(admin.post(
                "/api/cases",
                JSON,
                CentreAnswers.json(
                        Map.of("number", "G-1", "title", "Hidden goose", "values", List.of("graph.example.com")))));
    }

    private static String report(String value, String name) {
        return ok(admin.post(
                        "/api/indicators",
                        JSON,
                        CentreAnswers.json(Map.of("value", value, "name", name, "tlp", "green"))))
                .path("objects")
                .get(0)
                .path("id")
                .asText();
    }

    private static List<String> edges(JsonNode graph) {
        List<String> edges = new ArrayList<>();
        graph.path("edges")
                .forEach(e -> edges.add(e.path("from").asText() + " "
                        + e.path("label").asText() + " " + e.path("to").asText()));
        return edges;
    }

    private static List<String> ids(JsonNode graph) {
        return StreamSupport.stream(graph.path("nodes").spliterator(), false)
                .map(n -> n.path("id").asText())
                .toList();
    }

    @Test
    void leadsFromCaseToCaseBothWays() {
        String first = ok(admin.post("/api/cases", JSON, CentreAnswers.json(Map.of("number", "L-1", "title", "First"))))
                .path("case")
                .path("id")
                .asText();
        String second = ok(admin.post(
                        "/api/cases",
                        JSON,
                        CentreAnswers.json(
                                Map.of("number", "L-2", "title", "Second", "cases", List.of("L-1", "L-none")))))
                .path("case")
                .path("id")
                .asText();
        for (String id : List.of(first, second)) {
            JsonNode graph = ok(admin.get("/api/objects/" + id + "/graph"));
            assertTrue(edges(graph).contains(second + " case " + first), graph::toString);
            assertEquals(
                    List.of("L-1", "L-2"),
                    graph.path("nodes").findValuesAsText("case_number").stream()
                            .sorted()
                            .toList());
        }
        assertTrue(
                ok(admin.get("/api/objects/" + first + "/timeline"))
                        .findValuesAsText("id")
                        .contains(second),
                "that it is named by the other");
    }

    @Test
    void showsRelationshipsSightingsSharedValuesAndCases() {
        JsonNode graph = ok(admin.get("/api/objects/" + indicator + "/graph"));
        assertEquals(indicator, ids(graph).getFirst());
        List<String> edges = edges(graph);
        assertTrue(edges.contains(indicator + " indicates " + MALWARE), edges::toString);
        assertTrue(edges.contains(SIGHTING + " sighting_of " + indicator), edges::toString);
        assertTrue(edges.contains(indicator + " carries domain:graph.example.com"), edges::toString);
        assertTrue(edges.contains(other + " carries domain:graph.example.com"), edges::toString);
        assertTrue(edges.stream().noneMatch(e -> e.contains("relationship--")), "a relationship is an edge");
        assertTrue(graph.path("nodes").findValuesAsText("case_number").contains("G-1"));
        assertEquals(3, graph.path("values").get(0).path("count").asInt());
        assertEquals(1, graph.path("limits").path("depth").asInt());
        assertEquals(0, graph.path("cut").size(), graph::toString);
        JsonNode fromAfar = ok(admin.get("/api/objects/" + MALWARE + "/graph?depth=2"));
        assertTrue(ids(fromAfar).contains(other), "two steps: by the indicator and its value");
        assertTrue(!ids(ok(admin.get("/api/objects/" + MALWARE + "/graph"))).contains(other));
    }

    @Test
    void saysWhatWasCutOff() {
        JsonNode graph = ok(admin.get("/api/objects/" + indicator + "/graph?limit=2"));
        assertEquals(2, graph.path("nodes").size());
        JsonNode cut = graph.path("cut").get(0);
        assertEquals("nodes", cut.path("what").asText());
        assertEquals(2, cut.path("shown").asInt());
        assertTrue(cut.path("there").asInt() > 2);
        for (String edge : edges(graph)) {
            assertTrue(ids(graph).contains(edge.substring(0, edge.indexOf(' '))), "an edge leads nowhere: " + edge);
        }
        assertEquals(
                400, admin.get("/api/objects/" + indicator + "/graph?depth=9").status());
        assertEquals(
                400, admin.get("/api/objects/" + indicator + "/graph?limit=0").status());
    }

    @Test
    void showsNothingOfCasesToWhoDoesNotWorkOnThem() {
        for (String view : List.of("graph?depth=3", "timeline")) {
            Reply reply = operator.get("/api/objects/" + indicator + "/" + view);
            if (reply.ok()) {
                assertTrue(
                        !reply.text().contains("goose")
                                && !reply.text().contains("G-1")
                                && !reply.text().contains("incident"),
                        reply::text);
            } else {
                assertEquals(403, reply.status());
            }
        }
        JsonNode graph = ok(operator.get("/api/objects/" + indicator + "/graph"));
        assertEquals(2, graph.path("values").get(0).path("count").asInt(), "not in counts either");
        String caseId = ok(admin.get("/api/cases/G-1")).path("id").asText();
        assertEquals(404, operator.get("/api/objects/" + caseId + "/graph").status());
    }

    @Test
    void tellsWhatHappenedInOrder() {
        JsonNode timeline = ok(admin.get("/api/objects/" + indicator + "/timeline"));
        List<Instant> times = timeline.path("events").findValuesAsText("at").stream()
                .map(Instant::parse)
                .toList();
        assertEquals(times.stream().sorted().toList(), times);
        JsonNode first = timeline.path("events").get(0);
        assertEquals("first_seen", first.path("what").asText());
        assertEquals(SIGHTING, first.path("id").asText());
        List<String> what = timeline.path("events").findValuesAsText("what");
        assertTrue(
                what.containsAll(List.of("created", "received", "valid_from", "last_seen", "same_value")),
                what::toString);
        assertEquals(
                404,
                admin.get("/api/objects/indicator--00000000-0000-4000-8000-000000000000/timeline")
                        .status());
    }

    @Test
    void countsWhatIsReportedButNotCases() {
        for (int i = 0; i < 6; i++) {
            report("burst" + i + ".example.uz", "Wave");
        }
        JsonNode bursts = ok(operator.get("/api/bursts"));
        JsonNode region = null;
        for (JsonNode burst : bursts.path("bursts")) {
            if (burst.path("dimension").asText().equals("region")
                    && burst.path("name").asText().equals("UZ")) {
                region = burst;
            }
        }
        assertEquals(6, region.path("observed").asInt(), "the centre's past is empty, so six are many");
        assertEquals(0, region.path("expected").asInt());
        ok(admin.post(
                "/api/cases",
                JSON,
                CentreAnswers.json(
                        Map.of("number", "G-2", "title", "Another", "values", List.of("in-a-case.example.uz")))));
        for (JsonNode burst : ok(operator.get("/api/bursts")).path("bursts")) {
            assertTrue(
                    !burst.path("name").asText().equals("UZ")
                            || burst.path("observed").asInt() == 6,
                    "the case is not counted");
        }
        assertEquals(403, reader.get("/api/bursts").status());
        assertEquals(400, admin.get("/api/bursts?days=0").status());
    }
}
