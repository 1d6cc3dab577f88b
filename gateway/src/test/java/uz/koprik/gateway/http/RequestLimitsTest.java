package uz.koprik.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uz.koprik.gateway.centre.RunningCentre.json;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.crypto.json.JsonNumber;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.indicators.policy.Tlp;

/** How much one request may hold, and how long its answer may be. */
final class RequestLimitsTest {

    @RegisterExtension
    static final Centres centres = new Centres();

    private static RunningCentre centre;

    @BeforeAll
    static void start() throws Exception {
        centre = centres.init("tashkent")
                .withConfig("objects_per_request: 10000", "objects_per_request: 20")
                .withConfig("refusals_listed: 1000", "refusals_listed: 3")
                .start();
    }

    private static HttpResponse<String> post(String path, String type, String body) throws Exception {
        return centre.post(centre.url() + path, centre.admin(), type, body);
    }

    private static HttpResponse<String> taxii(String body) throws Exception {
        return post("/taxii2/koprik/collections/inbox/objects/", RunningCentre.TAXII, body);
    }

    private static long number(JsonObject json, String name) {
        return ((JsonNumber) json.get(name)).longValue();
    }

    private static String good(int i) {
        return RunningCentre.indicator(RunningCentre.freshId(), "198.51.100." + i, Tlp.GREEN, 1);
    }

    @Test
    void tooManyObjectsAreRefusedWholeAndInWords() throws Exception {
        String many = "{\"objects\":[" + "{},".repeat(20) + "{}]}";
        HttpResponse<String> answer = taxii(many);
        assertEquals(413, answer.statusCode(), answer.body());
        assertTrue(json(answer).string("description").orElseThrow().contains("more than 20 objects"), answer.body());
        HttpResponse<String> analyst = post("/api/objects", "application/json", many);
        assertEquals(413, analyst.statusCode(), analyst.body());
        assertTrue(json(analyst).string("detail").orElseThrow().contains("/api/import"), analyst.body());
        assertEquals(202, taxii("{\"objects\":[" + "{},".repeat(19) + "{}]}").statusCode());
    }

    @Test
    void aStatusListsSomeFailuresAndCountsAll() throws Exception {
        String body = RunningCentre.envelope(List.of("{}", good(1), "{}", "{}", "{}", good(2), "{}"));
        JsonObject status = json(taxii(body));
        assertEquals(7, number(status, "total_count"));
        assertEquals(2, number(status, "success_count"));
        assertEquals(5, number(status, "failure_count"));
        assertEquals(2, status.items("successes").size());
        assertEquals(3, status.items("failures").size());
        assertEquals(2, number(status, "x_failures_not_listed"));
        HttpResponse<String> again =
                centre.get(centre.taxii("status/" + status.string("id").orElseThrow() + "/"), centre.admin());
        assertEquals(status, json(again));
    }

    @Test
    void anAnswerToAnalystsListsSomeRefusalsAndCountsAll() throws Exception {
        JsonObject some = json(post(
                "/api/objects", "application/json", RunningCentre.envelope(List.of("{}", "{}", good(3), "{}", "{}"))));
        assertEquals(1, number(some, "accepted"));
        assertEquals(4, number(some, "refused"));
        assertEquals(1, number(some, "refused_not_listed"));
        assertEquals(4, some.items("objects").size());
        HttpResponse<String> none =
                post("/api/objects", "application/json", RunningCentre.envelope(List.of("{}", "{}", "{}", "{}", "{}")));
        assertEquals(422, none.statusCode());
        assertEquals(3, json(none).items("errors").size());
        assertTrue(json(none).string("detail").orElseThrow().contains("all 5 objects"), none.body());
    }

    @Test
    void anImportListsSomeRefusalsAndCountsAll() throws Exception {
        HttpResponse<String> answer = post(
                "/api/import?format=stix", "application/octet-stream", "{\"objects\":[" + "{},".repeat(6) + "{}]}");
        List<String> lines = answer.body().lines().toList();
        assertEquals(
                3, lines.stream().filter(line -> line.contains("\"reason\"")).count(), answer.body());
        assertTrue(lines.getLast().contains("\"refused\":7"), answer.body());
        assertTrue(lines.getLast().contains("\"refused_not_listed\":4"), answer.body());
    }

    @Test
    void theApiRootSaysHowLargeABodyMayBe() throws Exception {
        assertEquals(10L << 20, number(json(centre.get(centre.taxii(""), centre.admin())), "max_content_length"));
    }

    @Test
    void memoryIsReservedBeforeItIsUsed() throws Exception {
        DecodeBudget budget = new DecodeBudget(1 << 20, Duration.ofMillis(50));
        try (DecodeBudget.Reservation _ = budget.reserve(1 << 20)) {
            Problem busy = assertThrows(Problem.class, () -> budget.reserve(1));
            assertEquals(503, busy.status());
            assertTrue(busy.retryAfter().isPresent());
        }
        for (int i = 0; i < 100; i++) {
            budget.reserve(1 << 20).close();
        }
    }

    @Test
    void aByteOrderMarkIsRefusedWithItsPlace() throws Exception {
        String marked = "\uFEFF" + RunningCentre.envelope(List.of(good(4)));
        for (HttpResponse<String> answer : List.of(
                taxii(marked),
                post("/api/objects", "application/json", marked),
                post("/api/cases", "application/json", "\uFEFF{}"))) {
            assertEquals(400, answer.statusCode(), answer.body());
            assertTrue(answer.body().contains("byte order mark (EF BB BF at byte 0)"), answer.body());
        }
    }

    @Test
    void jsonThatNoFormHasIsTheSendersFault() throws Exception {
        for (String body : List.of(
                "[".repeat(5000) + "]".repeat(5000),
                "{\"number\":" + "{\"a\":".repeat(2000) + "1" + "}".repeat(2000) + "}",
                "{\"value\":" + "1".repeat(1_000_000) + "}",
                "{\"confidence\":" + "1".repeat(1_000_000) + "}",
                "{\"value\":\"192.0.2.1\",\"name\":\"\\ud800\"}",
                "{\"value\":\"192.0.2.1\",\"labels\":[\"\\udc00x\"]}",
                "{\"" + "n".repeat(100_000) + "\":1}",
                "{\"number\":\"\\ud83d\",\"title\":\"x\"}")) {
            for (String path : List.of("/api/cases", "/api/indicators", "/api/search", "/api/search/values")) {
                HttpResponse<String> answer = post(path, "application/json", body);
                assertEquals(400, answer.statusCode(), path + " " + answer.body());
                assertTrue(json(answer).string("detail").orElseThrow().length() < 500, answer.body());
            }
        }
    }

    @Test
    void aSearchThatCannotBeKeptIsNoInternalError() throws Exception {
        Path searches = centre.home().state().resolve("searches");
        Files.deleteIfExists(searches);
        Files.writeString(searches, "in the way");
        HttpResponse<String> answer = RunningCentre.send(
                centre.client(null),
                java.net.http.HttpRequest.newBuilder(java.net.URI.create(centre.url() + "/api/searches/mine"))
                        .header("Content-Type", "application/json")
                        .PUT(java.net.http.HttpRequest.BodyPublishers.ofString("{\"q\":\"x\"}")),
                centre.admin());
        assertEquals(503, answer.statusCode(), answer.body());
        assertTrue(answer.headers().firstValue("retry-after").isPresent());
        assertFalse(answer.body().contains(centres.folder().toString()), "no paths of the centre: " + answer.body());
        Files.delete(searches);
    }
}
