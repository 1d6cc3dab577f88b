package uz.koprik.gateway.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uz.koprik.gateway.centre.RunningCentre.ok;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
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

/** The analyst API of a real centre, over HTTPS. */
class ApiTest {

    private static final String JSON = "application/json";

    @RegisterExtension
    static final Centres centres = new Centres();

    private static RunningCentre centre;
    private static CentreClient admin;
    private static CentreClient writer;
    private static CentreClient operator;

    @BeforeAll
    static void start() throws Exception {
        centre = centres.init("tashkent")
                .withAccount("feeder", Role.WRITER)
                .withAccount("night-shift", Role.OPERATOR)
                .start();
        admin = centre.adminClient();
        writer = centre.clientOf("feeder");
        operator = centre.clientOf("night-shift");
    }

    private static Reply post(CentreClient client, String path, Object body) {
        return client.post(path, JSON, CentreAnswers.json(body));
    }

    private static JsonNode problem(int status, Reply reply) {
        assertEquals(status, reply.status(), reply::text);
        JsonNode problem = CentreAnswers.parse(reply.body());
        assertEquals(status, problem.path("status").asInt());
        assertFalse(problem.path("detail").asText().isEmpty());
        return problem;
    }

    private static String report(String value, String name) {
        JsonNode answer = ok(post(admin, "/api/indicators", Map.of("value", value, "name", name, "tlp", "green")));
        return answer.path("objects").get(0).path("id").asText();
    }

    @Test
    void reportsAValueSignedAndTellsWhereItWasMetBefore() {
        String first = report("hxxp://met[.]example[.]com/a", "First report");
        JsonNode answer = ok(
                post(admin, "/api/indicators", Map.of("value", "http://met.example.com/a", "name", "Second report")));
        JsonNode outcome = answer.path("objects").get(0);
        assertEquals("accepted", outcome.path("status").asText());
        JsonNode match = outcome.path("matches").get(0);
        assertEquals("url", match.path("kind").asText());
        assertEquals("http://met.example.com/a", match.path("value").asText());
        assertEquals(first, match.path("met").get(0).path("id").asText());
        assertEquals(
                "tashkent",
                match.path("met").get(0).path("signed_by").get(0).path("centre").asText());
    }

    @Test
    void reportingTheSameTwiceChangesNothing() {
        String id = report("198.51.100.17", "Twice");
        JsonNode again = ok(post(admin, "/api/indicators", Map.of("value", "198.51.100[.]17", "name", "Twice")));
        assertEquals(1, again.path("unchanged").asInt());
        assertEquals(id, again.path("objects").get(0).path("id").asText());
        assertEquals(
                1,
                ok(admin.get("/api/objects/" + id + "/versions"))
                        .path("versions")
                        .size());
    }

    @Test
    void showsAnObjectWithItsProvenanceAndItsBytesUntouched() {
        String id = report("provenance.example.net", "Provenance");
        JsonNode object = ok(admin.get("/api/objects/" + id));
        assertEquals("signed", object.path("origin").asText());
        assertEquals("tashkent", object.path("signed_by").get(0).path("centre").asText());
        assertEquals("tashkent", object.path("producer_centre").asText());
        assertEquals("local", object.path("submitted_by").asText());
        assertEquals("TLP:GREEN", object.path("marking").path("tlp").asText());
        assertTrue(object.path("marking").path("own").asBoolean());
        assertTrue(object.path("verification").asText().contains("tashkent with Ed25519"));
        Reply raw = admin.get("/api/objects/" + id, "application/stix+json;version=2.1");
        assertTrue(new String(admin.get("/api/objects/" + id).body(), StandardCharsets.UTF_8).contains(raw.text()));
        assertEquals(id, CentreAnswers.parse(raw.body()).path("id").asText());
    }

    @Test
    void takesABundleObjectByObject() {
        String good =
                "{\"type\":\"domain-name\",\"spec_version\":\"2.1\",\"id\":\"domain-name--ecb120bf-2694-4902-a737-62b74539a41b\","
                        + "\"value\":\"bundle.example.org\"}";
        String bad =
                "{\"type\":\"indicator\",\"spec_version\":\"2.1\",\"id\":\"indicator--26ffb872-1dd9-446e-b6f5-d58527e5b5d2\"}";
        String bundle = "{\"type\":\"bundle\",\"id\":\"bundle--5d0092c5-5f74-4287-9642-33f4c354e56d\",\"objects\":["
                + good + "," + bad + "]}";
        JsonNode answer = ok(admin.post("/api/objects", JSON, bundle.getBytes(StandardCharsets.UTF_8)));
        assertEquals(1, answer.path("accepted").asInt());
        assertEquals(1, answer.path("refused").asInt());
        JsonNode refused = answer.path("objects").get(1);
        assertEquals(
                "indicator--26ffb872-1dd9-446e-b6f5-d58527e5b5d2",
                refused.path("id").asText());
        assertEquals("invalid_stix", refused.path("refusal").path("code").asText());
        assertArrayEquals(
                good.getBytes(StandardCharsets.UTF_8),
                admin.get(
                                "/api/objects/domain-name--ecb120bf-2694-4902-a737-62b74539a41b",
                                "application/stix+json;version=2.1")
                        .body());
    }

    @Test
    void refusesInProblemDetailsThatNameThePlace() {
        JsonNode problem = problem(
                422,
                admin.post(
                        "/api/objects", JSON, "{\"type\":\"malware\",\"id\":\"x\"}".getBytes(StandardCharsets.UTF_8)));
        JsonNode fault = problem.path("errors").get(0);
        assertEquals("invalid_stix", fault.path("code").asText());
        assertTrue(fault.has("pointer") && fault.has("reason") && fault.has("where"));
        problem(400, admin.post("/api/objects", JSON, "value\n1.2.3.4".getBytes(StandardCharsets.UTF_8)));
        assertTrue(problem(400, post(admin, "/api/indicators", Map.of("valu", "x")))
                .path("detail")
                .asText()
                .contains("\"valu\""));
        JsonNode unknown = problem(400, post(admin, "/api/indicators", Map.of("value", "no such value at all")));
        assertFalse(unknown.path("detail").asText().contains("no such value at all"), "what was typed is not repeated");
        problem(400, post(admin, "/api/indicators", Map.of("value", "192.0.2.1", "tlp", "purple")));
        problem(404, admin.get("/api/objects/indicator--00000000-0000-4000-8000-000000000000"));
        problem(401, centre.clientWith("wrong").get("/api/search"));
    }

    @Test
    void searchesWordsValuesAndFilters() {
        String id = report("search-me.example.com", "Quokka campaign");
        JsonNode byWord = ok(admin.get("/api/search?q=quokka"));
        assertEquals(id, byWord.path("hits").get(0).path("id").asText());
        JsonNode byValue =
                ok(admin.get("/api/search?q=" + CentreAnswers.encoded("search-me[.]example[.]com type:indicator")));
        assertEquals(1, byValue.path("total").asInt());
        assertEquals(
                "search-me.example.com",
                byValue.path("understood").path("values").get(0).path("value").asText());
        assertEquals(
                0,
                ok(admin.get("/api/search?q=" + CentreAnswers.encoded("quokka type:malware")))
                        .path("total")
                        .asInt());
        assertEquals(
                1,
                ok(admin.get("/api/search?q=" + CentreAnswers.encoded("quokka producer:tashkent from:here tlp:green")))
                        .path("total")
                        .asInt());
        assertEquals(
                "indicator",
                byWord.path("facets").path("type").get(0).path("value").asText());
        assertEquals(
                "TLP:GREEN",
                byWord.path("facets").path("tlp").get(0).path("value").asText());
        problem(400, admin.get("/api/search?q=producer:atlantis"));
        problem(400, admin.get("/api/search?limit=0"));
    }

    @Test
    void pagesWithoutLosingOrRepeating() {
        for (int i = 0; i < 7; i++) {
            report("page" + i + ".example.org", "Pagination wombat " + i);
        }
        java.util.Set<String> seen = new java.util.HashSet<>();
        String cursor = "";
        int pages = 0;
        do {
            JsonNode page = ok(admin.get("/api/search?q=wombat&limit=3" + cursor));
            page.path("hits").forEach(hit -> assertTrue(seen.add(hit.path("id").asText())));
            cursor = page.has("next") ? "&cursor=" + page.path("next").asText() : "";
            pages++;
        } while (!cursor.isEmpty());
        assertEquals(7, seen.size());
        assertEquals(3, pages);
    }

    @Test
    void looksUpAPastedList() {
        report("203.0.113.77", "Pasted");
        StringBuilder text = new StringBuilder("Seen: 203.0.113[.]77 and others\nno values here\n");
        for (int i = 0; i < 1200; i++) {
            text.append("host").append(i).append(".example.com\n");
        }
        JsonNode answer = ok(
                admin.post("/api/search/values", "text/plain", text.toString().getBytes(StandardCharsets.UTF_8)));
        assertEquals(1201, answer.path("recognised").asInt());
        assertEquals(1, answer.path("hits").asInt());
        assertEquals("203.0.113.77", answer.path("values").get(0).path("value").asText());
        assertEquals(
                "203.0.113[.]77", answer.path("values").get(0).path("spelling").asText());
        assertEquals(List.of(2), List.of(answer.path("unrecognised").get(0).asInt()));
    }

    @Test
    void looksAroundPastedValuesWhenAsked() {
        report("near.example.net", "Whole domain");
        report("http://deep.near.example.net/x", "Deep page");
        ok(post(
                admin,
                "/api/cases",
                Map.of("number", "N-1", "title", "Near case", "values", List.of("case.near.example.net"))));
        String text = "www[.]near[.]example[.]net\nnear.example.net\nfar.example.net\n";
        JsonNode plain = ok(admin.post("/api/search/values", "text/plain", text.getBytes(StandardCharsets.UTF_8)));
        assertFalse(plain.path("values").get(0).has("near"));
        JsonNode answer =
                ok(admin.post("/api/search/values?near=true", "text/plain", text.getBytes(StandardCharsets.UTF_8)));
        assertEquals(
                List.of("www.near.example.net", "near.example.net", "far.example.net"),
                answer.path("values").findValuesAsText("spelling").stream()
                        .map(spelling -> spelling.replace("[.]", "."))
                        .toList(),
                "what is near comes first, too");
        assertEquals(1, answer.path("hits").asInt());
        JsonNode www = answer.path("values").get(0).path("near");
        assertEquals(List.of("subdomain"), www.findValuesAsText("rule"));
        assertEquals("near.example.net", www.get(0).path("other_value").asText());
        assertTrue(answer.path("values")
                .get(1)
                .path("near")
                .findValuesAsText("other_value")
                .containsAll(List.of("http://deep.near.example.net/x", "case.near.example.net")));
        JsonNode cut =
                ok(operator.post("/api/search/values?near=true", "text/plain", text.getBytes(StandardCharsets.UTF_8)));
        assertFalse(
                cut.toString().contains("case.near.example.net")
                        || cut.toString().contains("N-1"),
                cut::toString);
        problem(
                400,
                admin.post("/api/search/values?near=perhaps", "text/plain", text.getBytes(StandardCharsets.UTF_8)));
        String many = java.util.stream.IntStream.range(0, 1001)
                .mapToObj(i -> "h" + i + ".example.com")
                .collect(java.util.stream.Collectors.joining("\n"));
        problem(413, admin.post("/api/search/values?near=true", "text/plain", many.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void keepsCasesAndTellsTheirMatches() {
        report("HU94999000096610656129846770", "Mule account");
        JsonNode opened = ok(post(
                admin,
                "/api/cases",
                Map.of(
                        "number",
                        "A-1",
                        "title",
                        "Transfers",
                        "type",
                        "bank-transfer-fraud",
                        "values",
                        List.of("hu94 9990 0009 6610 6561 2984 6770", "gibberish !"))));
        assertEquals(
                "HU94999000096610656129846770",
                opened.path("case").path("values").get(0).path("value").asText());
        assertEquals(
                "Mule account",
                opened.path("matches").get(0).path("met").get(0).path("title").asText());
        assertEquals("values/1", opened.path("refused").get(0).path("where").asText());
        problem(409, post(admin, "/api/cases", Map.of("number", "A-1", "title", "Again")));
        JsonNode more = ok(post(
                admin,
                "/api/cases/A-1/observables",
                Map.of("values", List.of("mule[.]example[.]net"), "role", "infrastructure")));
        assertEquals(2, more.path("case").path("values").size());
        assertEquals(1, ok(admin.get("/api/cases/A-1/matches")).path("matches").size());
        JsonNode closed = ok(admin.patch("/api/cases/A-1", JSON, CentreAnswers.json(Map.of("status", "closed"))));
        assertTrue(closed.has("closed"));
        assertEquals("closed", ok(admin.get("/api/cases/A-1")).path("status").asText());
        assertTrue(ok(admin.get("/api/cases"))
                .path("cases")
                .findValuesAsText("number")
                .contains("A-1"));
        problem(404, admin.get("/api/cases/none"));
    }

    @Test
    void tellsANewObjectThatItsValueIsInACase() {
        ok(post(
                admin,
                "/api/cases",
                Map.of("number", "A-2", "title", "Later report", "values", List.of("later.example.com"))));
        JsonNode met = ok(post(admin, "/api/indicators", Map.of("value", "later.example.com", "name", "Later")))
                .path("objects")
                .get(0)
                .path("matches")
                .get(0)
                .path("met")
                .get(0);
        assertEquals("A-2", met.path("case_number").asText());
    }

    @Test
    void whoDoesNotWorkOnCasesSeesNeitherThemNorThatAValueIsInOne() {
        ok(post(
                admin,
                "/api/cases",
                Map.of("number", "A-3", "title", "Secretive zebra", "values", List.of("secret-case.example.com"))));
        problem(403, operator.get("/api/cases"));
        problem(403, operator.get("/api/cases/A-3/matches"));
        assertEquals(0, ok(operator.get("/api/search?q=zebra")).path("total").asInt());
        assertEquals(
                0,
                ok(operator.get("/api/search?q=secret-case.example.com"))
                        .path("total")
                        .asInt());
        JsonNode pasted = ok(operator.post(
                "/api/search/values", "text/plain", "secret-case.example.com".getBytes(StandardCharsets.UTF_8)));
        assertEquals(0, pasted.path("hits").asInt());
        String incident = ok(admin.get("/api/cases/A-3")).path("id").asText();
        problem(404, operator.get("/api/objects/" + incident));
        String id = ok(post(
                        admin,
                        "/api/indicators",
                        Map.of("value", "secret-case.example.com", "name", "Zebra crossing", "tlp", "green")))
                .path("objects")
                .get(0)
                .path("id")
                .asText();
        assertEquals(
                0,
                ok(operator.get("/api/objects/" + id + "/related"))
                        .path("matches")
                        .size());
        assertEquals(
                1,
                ok(admin.get("/api/objects/" + id + "/related")).path("matches").size());
        JsonNode brought =
                ok(post(writer, "/api/indicators", Map.of("value", "secret-case.example.com", "name", "By a client")));
        assertEquals(0, brought.path("objects").get(0).path("matches").size());
        problem(403, writer.get("/api/search?q=zebra"));
    }

    @Test
    void relatesByReference() {
        String malware =
                "{\"type\":\"malware\",\"spec_version\":\"2.1\",\"id\":\"malware--31b940d4-6f7f-459a-80ea-9c1f17b5891b\","
                        + "\"created\":\"2026-11-01T00:00:00.000Z\",\"modified\":\"2026-11-01T00:00:00.000Z\",\"name\":\"Related\",\"is_family\":true}";
        String indicator = report("related.example.com", "Points at it");
        String relation =
                "{\"type\":\"relationship\",\"spec_version\":\"2.1\",\"id\":\"relationship--44298a74-ba52-4f0c-87a3-1824e67d7fad\","
                        + "\"created\":\"2026-11-01T00:00:00.000Z\",\"modified\":\"2026-11-01T00:00:00.000Z\",\"relationship_type\":\"indicates\","
                        + "\"source_ref\":\"" + indicator
                        + "\",\"target_ref\":\"malware--31b940d4-6f7f-459a-80ea-9c1f17b5891b\"}";
        ok(admin.post(
                "/api/objects",
                JSON,
                ("{\"objects\":[" + malware + "," + relation + "]}").getBytes(StandardCharsets.UTF_8)));
        JsonNode related = ok(admin.get("/api/objects/malware--31b940d4-6f7f-459a-80ea-9c1f17b5891b/related"));
        assertTrue(related.path("referred_by")
                .findValuesAsText("id")
                .contains("relationship--44298a74-ba52-4f0c-87a3-1824e67d7fad"));
        JsonNode other = ok(admin.get("/api/objects/relationship--44298a74-ba52-4f0c-87a3-1824e67d7fad/related"));
        assertTrue(other.path("refers_to").findValuesAsText("id").contains(indicator));
    }
}
