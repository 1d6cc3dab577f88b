package uz.koprik.gateway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.gateway.cli.CentreClient.Reply;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.indicators.policy.Tlp;

/** The description says what the centre does: every route, every example, every answer. */
class OpenApiTest {

    private static final String JSON = "application/json";

    @RegisterExtension
    static final Centres centres = new Centres();

    private static RunningCentre centre;
    private static CentreClient admin;
    private static JsonNode document;
    private static Schemas schemas;

    @BeforeAll
    static void start() throws Exception {
        centre = centres.init("tashkent")
                .withConfig("sources: []", "sources: [{name: list, path: none, tlp: green, interval: 30d}]")
                .start();
        admin = centre.adminClient();
        document = CentreAnswers.parse(admin.get("/api/openapi.json").body());
        schemas = new Schemas(document);
    }

    private static Set<String> described() {
        Set<String> described = new TreeSet<>();
        document.path("paths").properties().forEach(path -> path.getValue()
                .properties()
                .forEach(method -> described.add(method.getKey() + " " + path.getKey())));
        return described;
    }

    /** The query parameters that the document has for an operation. */
    private static Set<String> parameters(String operation) {
        String[] parts = operation.split(" ", 2);
        Set<String> names = new TreeSet<>();
        for (JsonNode one : document.path("paths").path(parts[1]).path(parts[0]).path("parameters")) {
            JsonNode whole =
                    one.has("$ref") ? document.at(one.path("$ref").asText().substring(1)) : one;
            if (whole.path("in").asText().equals("query")) {
                names.add(whole.path("name").asText());
            }
        }
        return names;
    }

    /** All routes of the running centre but those of TAXII, which its specification describes. */
    @Test
    void describesEveryRouteAndNoOther() {
        Set<String> mounted = new TreeSet<>();
        for (RouteTable.DeclaredRoute route : centre.routes()) {
            if (!route.path().startsWith("/taxii2/")) {
                String operation = route.method().name().toLowerCase(Locale.ROOT) + " "
                        + route.path().replaceAll(":(\\w+)", "{$1}");
                mounted.add(operation);
                assertEquals(parameters(operation), new TreeSet<>(route.parameters()), operation);
            }
        }
        assertEquals(described(), mounted);
    }

    @Test
    void theCentreServesEveryDescribedRoute() {
        for (String operation : described()) {
            String path = operation.substring(operation.indexOf(' ') + 1).replaceAll("\\{\\w+}", "none");
            if (path.endsWith("/stream")) {
                path += "?last_event_id=none"; // else the answer would not end
            }
            Reply reply =
                    switch (operation.substring(0, operation.indexOf(' '))) {
                        case "get" -> admin.get(path);
                        case "post" -> admin.post(path, JSON, "{}".getBytes(StandardCharsets.UTF_8));
                        case "put" -> admin.put(path, JSON, "{}".getBytes(StandardCharsets.UTF_8));
                        case "patch" -> admin.patch(path, JSON, "{}".getBytes(StandardCharsets.UTF_8));
                        case "delete" -> admin.delete(path);
                        default -> throw new AssertionError("a method this test does not know: " + operation);
                    };
            assertTrue(reply.status() < 500, () -> operation + " answered " + reply.status());
            assertFalse(reply.text().contains("there is nothing at"), () -> operation + " is not served");
            assertFalse(reply.status() == 405, () -> operation + " is not served");
            if (!reply.ok()) {
                assertEquals(
                        List.of(),
                        schemas.faults(schemas.named("Problem"), CentreAnswers.parse(reply.body())),
                        operation);
            }
        }
    }

    @Test
    void everythingReferredToIsThereAndEverySchemaIsUsed() {
        String text = document.toString();
        Set<String> unused = new TreeSet<>();
        document.path("components").path("schemas").properties().forEach(schema -> {
            if (!text.contains("#/components/schemas/" + schema.getKey() + "\"")) {
                unused.add(schema.getKey());
            }
        });
        assertEquals(Set.of(), unused);
        List<String> dangling = new ArrayList<>();
        document.findValuesAsText("$ref").forEach(ref -> {
            if (document.at(ref.substring(1)).isMissingNode()) {
                dangling.add(ref);
            }
        });
        assertEquals(List.of(), dangling);
        Set<String> ids = new TreeSet<>(document.findValuesAsText("operationId"));
        assertEquals(described().size(), ids.size(), "operation ids are unique");
    }

    /** Sends the example of the description, and holds the answer to the schema of that status. */
    private JsonNode example(String method, String described, String path) {
        JsonNode operation = document.path("paths").path(described).path(method);
        JsonNode example =
                operation.path("requestBody").path("content").path(JSON).path("example");
        assertFalse(example.isMissingNode(), described + " has no example");
        JsonNode request =
                operation.path("requestBody").path("content").path(JSON).path("schema");
        assertEquals(List.of(), schemas.faults(request, example), "the example of " + described);
        byte[] body = CentreAnswers.json(example);
        return answer(operation, method.equals("post") ? admin.post(path, JSON, body) : admin.patch(path, JSON, body));
    }

    private JsonNode read(String described, String path) {
        return answer(document.path("paths").path(described).path("get"), admin.get(path));
    }

    private JsonNode answer(JsonNode operation, Reply reply) {
        assertTrue(reply.ok(), reply::text);
        JsonNode schema = operation
                .path("responses")
                .path(String.valueOf(reply.status()))
                .path("content")
                .path(JSON)
                .path("schema");
        assertFalse(
                schema.isMissingNode(),
                () -> reply.status() + " is not described for " + operation.path("operationId"));
        JsonNode value = CentreAnswers.parse(reply.body());
        assertEquals(List.of(), schemas.faults(schema, value), () -> operation
                .path("operationId")
                .asText());
        return value;
    }

    @Test
    void examplesWorkAndAnswersAreAsDescribed() throws Exception {
        example("post", "/api/objects", "/api/objects");
        example("post", "/api/cases", "/api/cases");
        JsonNode reported = example("post", "/api/indicators", "/api/indicators");
        String id = reported.path("objects").get(0).path("id").asText();
        example("post", "/api/search/values", "/api/search/values");
        assertEquals(
                2, example("post", "/api/search", "/api/search").path("total").asInt());
        example("post", "/api/cases/{number}/observables", "/api/cases/T-2026-014/observables");
        example("patch", "/api/cases/{number}", "/api/cases/T-2026-014");
        example("post", "/api/cases/{number}/notes", "/api/cases/T-2026-014/notes");
        example("post", "/api/cases/{number}/shares", "/api/cases/T-2026-014/shares");
        answer(
                document.at("/paths/~1api~1cases~1{number}~1shares/post"),
                admin.post(
                        "/api/cases/T-2026-014/shares",
                        JSON,
                        "{\"tlp\":\"green\",\"summary\":\"Calls\"}".getBytes(StandardCharsets.UTF_8)));
        JsonNode more = CentreAnswers.parse(
                CentreAnswers.json(java.util.Map.of("value", "login.example.com", "name", "Shares a value")));
        JsonNode shared = answer(
                document.at("/paths/~1api~1indicators/post"),
                admin.post("/api/indicators", JSON, CentreAnswers.json(more)));
        String sharing = shared.path("objects").get(0).path("id").asText();
        assertEquals(
                List.of("same_value", "url_on_host"),
                shared.path("objects").get(0).path("matches").findValuesAsText("rule"),
                "the case has this value, and a URL on it was reported");
        read("/api/objects/{id}", "/api/objects/" + id);
        read("/api/objects/{id}/versions", "/api/objects/" + id + "/versions");
        assertEquals(
                2,
                read("/api/objects/{id}/related", "/api/objects/" + sharing + "/related")
                        .path("matches")
                        .size());
        example("post", "/api/objects/{id}/verdicts", "/api/objects/" + sharing + "/verdicts");
        read("/api/partners", "/api/partners");
        example("post", "/api/explain", "/api/explain");
        JsonNode job = answer(
                document.at("/paths/~1api~1imports/post"),
                admin.post(
                        "/api/imports?tlp=green",
                        "application/octet-stream",
                        "job.example.com\nreadme.md\n".getBytes(StandardCharsets.UTF_8)));
        String ofJob = "/api/imports/" + job.path("id").asText();
        RunningCentre.await(() -> read("/api/imports/{id}", ofJob).has("ended"));
        read("/api/imports", "/api/imports");
        answer(document.at("/paths/~1api~1imports~1{id}/delete"), admin.delete(ofJob));
        JsonNode documents = document.at("/paths/~1api~1documents/post");
        answer(
                documents,
                admin.post(
                        "/api/documents",
                        "application/octet-stream",
                        "See job.example.com, readme.md and 10.0.0.1".getBytes(StandardCharsets.UTF_8)));
        read("/api/feeds", "/api/feeds");
        read("/api/feeds/{name}", "/api/feeds/list");
        answer(
                document.at("/paths/~1api~1feeds~1{name}~1run/post"),
                admin.post("/api/feeds/list/run", JSON, new byte[0]));
        read("/api/takeovers", "/api/takeovers");
        centre.account("rustam", Role.AUDITOR, Tlp.GREEN);
        answer(
                document.at("/paths/~1api~1access/get"),
                centre.clientOf("rustam").get("/api/access"));
        read("/healthz", "/healthz");
        read("/readyz", "/readyz");
        read("/api/cases/{number}/matches", "/api/cases/T-2026-014/matches");
        read("/api/objects/{id}/graph", "/api/objects/" + sharing + "/graph?depth=2");
        read("/api/objects/{id}/timeline", "/api/objects/" + sharing + "/timeline");
        JsonNode keep = document.at("/paths/~1api~1searches~1{name}/put");
        answer(
                keep,
                admin.put(
                        "/api/searches/weekly",
                        JSON,
                        CentreAnswers.json(keep.at("/requestBody/content/application~1json/example"))));
        read("/api/searches", "/api/searches");
        read("/api/searches/{name}", "/api/searches/weekly");
        assertTrue(read("/api/search", "/api/search?q=login&limit=1&histogram=week")
                        .path("hits")
                        .size()
                == 1);
        read("/api/search", "/api/search?q=" + CentreAnswers.encoded("login[.]example[.]com type:indicator"));
        read("/api/cases", "/api/cases");
        assertEquals(
                List.of("T-2026-014"),
                read("/api/cases", "/api/cases?status=closed&q=mule")
                        .path("cases")
                        .findValuesAsText("number"));
        example("post", "/api/cases/{number}/observables/remove", "/api/cases/T-2026-014/observables/remove");
        assertEquals(
                6,
                read("/api/cases/{number}/history", "/api/cases/T-2026-014/history")
                        .path("versions")
                        .size());
        read("/api/cases/{number}", "/api/cases/T-2026-014");
        assertFalse(read("/api/cases/{number}/matches", "/api/cases/T-2026-014/matches")
                .path("matches")
                .isEmpty());
        read("/api/bursts", "/api/bursts?days=7");
        RunningCentre.await(() -> admin.get("/api/alerts").text().contains("T-2026-014"));
        assertFalse(read("/api/alerts", "/api/alerts").path("alerts").isEmpty());
        String contested = RunningCentre.indicator(RunningCentre.freshId(), "198.51.100.7", Tlp.GREEN, 0);
        for (String object : List.of(
                contested,
                contested
                        .replace("\"created\":\"2026", "\"created\":\"2025")
                        .replace("00:00.000Z\",\"pattern", "01:00.000Z\",\"pattern"))) {
            admin.post(
                    "/api/objects",
                    JSON,
                    RunningCentre.envelope(List.of(object)).getBytes(StandardCharsets.UTF_8));
        }
        RunningCentre.await(() -> read("/api/alerts", "/api/alerts")
                .path("alerts")
                .findValuesAsText("kind")
                .contains("contested_id"));
        example("post", "/api/alerts/subscriptions", "/api/alerts/subscriptions");
        assertFalse(read("/api/alerts/subscriptions", "/api/alerts/subscriptions")
                .path("subscriptions")
                .isEmpty());
        read("/api/alerts/digests", "/api/alerts/digests");
        JsonNode groups = read("/api/alerts/groups", "/api/alerts/groups?state=open");
        String alert = groups.at("/groups/0/alerts/0/id").asText();
        assertTrue(read("/api/alerts/count", "/api/alerts/count?state=open")
                        .path("count")
                        .asInt()
                > 0);
        answer(
                document.at("/paths/~1api~1alerts~1acknowledge/post"),
                admin.post(
                        "/api/alerts/acknowledge",
                        JSON,
                        CentreAnswers.json(java.util.Map.of("alerts", List.of(alert)))));
        assertEquals(
                alert,
                read("/api/alerts", "/api/alerts?state=acknowledged")
                        .at("/alerts/0/id")
                        .asText());
        admin.post(
                "/api/cases",
                JSON,
                "{\"number\":\"T-2026-013\",\"title\":\"Similar\",\"values\":[\"login.example.com\"]}"
                        .getBytes(StandardCharsets.UTF_8));
        assertEquals(
                1,
                read("/api/cases/{number}/similar", "/api/cases/T-2026-014/similar")
                        .at("/cases/0/shared")
                        .asInt());
        example("post", "/api/cases/{number}/merge", "/api/cases/T-2026-014/merge");
        read("/api/account", "/api/account");
        read("/api/status", "/api/status");
    }

    @Test
    void theExampleOfAnImportOfCasesWorksLineByLine() throws Exception {
        JsonNode operation = document.at("/paths/~1api~1cases~1import/post");
        String table =
                operation
                                .path("requestBody")
                                .path("content")
                                .path("application/octet-stream")
                                .path("example")
                                .asText() + "R 2,No number,,,,\n";
        for (String type : List.of(JSON, "application/x-ndjson")) {
            List<String> lines = new ArrayList<>();
            Reply reply = admin.upload(
                    "/api/cases/import" + (type.equals(JSON) ? "?preview=5" : ""),
                    "application/octet-stream",
                    new ByteArrayInputStream(table.getBytes(StandardCharsets.UTF_8)),
                    lines::add);
            assertEquals(200, reply.status(), reply::text);
            JsonNode schema = operation
                    .path("responses")
                    .path("200")
                    .path("content")
                    .path(type)
                    .path("schema");
            for (String line : lines) {
                assertEquals(
                        List.of(),
                        schemas.faults(schema, CentreAnswers.parse(line.getBytes(StandardCharsets.UTF_8))),
                        line);
            }
            assertEquals(
                    1,
                    CentreAnswers.parse(lines.getLast().getBytes(StandardCharsets.UTF_8))
                            .path("refused")
                            .asInt());
        }
        assertEquals(200, admin.get("/api/cases/R-1").status());
    }

    @Test
    void theExampleOfAnImportWorksLineByLine() throws Exception {
        JsonNode operation = document.at("/paths/~1api~1import/post");
        String file =
                operation
                                .path("requestBody")
                                .path("content")
                                .path("application/octet-stream")
                                .path("example")
                                .asText() + "not a value at all !\n";
        List<String> lines = new ArrayList<>();
        Reply reply = admin.upload(
                "/api/import?tlp=green",
                "application/octet-stream",
                new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)),
                lines::add);
        assertEquals(200, reply.status());
        JsonNode schema = operation
                .path("responses")
                .path("200")
                .path("content")
                .path("application/x-ndjson")
                .path("schema");
        for (String line : lines) {
            assertEquals(
                    List.of(),
                    schemas.faults(schema, CentreAnswers.parse(line.getBytes(StandardCharsets.UTF_8))),
                    line);
        }
        assertEquals(2, lines.size(), "one refused row and the summary");
    }
}
