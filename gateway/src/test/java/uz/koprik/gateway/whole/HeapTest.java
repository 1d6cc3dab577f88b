package uz.koprik.gateway.whole;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A centre with little heap is sent small bodies that become large in memory, several at one time. */
@Tag("long")
final class HeapTest {

    private static final int AT_ONCE = 4;
    private static final String TAXII = "application/taxii+json;version=2.1";

    @TempDir
    Path folder;

    /** A request that costs memory. */
    private record Attack(String name, String path, String type, String body) {}

    private static List<Attack> attacks() {
        String posts = "/taxii2/koprik/collections/inbox/objects/";
        String empty = "{\"objects\":[" + "{},".repeat(500_000) + "{}]}";
        String ones = "{\"objects\":[" + "1,".repeat(500_000) + "1]}";
        String wide =
                "{\"objects\":[" + ("{\"type\":\"x-wide\",\"a\":[" + "1,".repeat(700_000) + "1]},").repeat(1) + "{}]}";
        String objects = "{\"objects\":[" + ("{\"a\":[" + "{},".repeat(400_000) + "{}]},").repeat(1) + "{}]}";
        return List.of(
                new Attack("empty objects", posts, TAXII, empty),
                new Attack("numbers in an envelope", posts, TAXII, ones),
                new Attack("wide objects", posts, TAXII, wide),
                new Attack("objects in objects", posts, TAXII, objects),
                new Attack("empty objects for analysts", "/api/objects", "application/json", empty),
                new Attack("numbers for analysts", "/api/objects", "application/json", ones),
                new Attack("wide objects for analysts", "/api/objects", "application/json", wide),
                new Attack(
                        "many labels",
                        "/api/indicators",
                        "application/json",
                        "{\"value\":\"192.0.2.1\",\"labels\":[" + "\"a\",".repeat(1_000_000) + "\"a\"]}"),
                new Attack(
                        "many values of a case",
                        "/api/cases",
                        "application/json",
                        "{\"number\":\"1\",\"values\":[" + "\"a\",".repeat(1_000_000) + "\"a\"]}"),
                new Attack("a paste of line ends", "/api/search/values", "text/plain", "\n".repeat(4_000_000)),
                new Attack("a paste of one line", "/api/search/values", "text/plain", "192.0.2.1 ".repeat(500_000)),
                new Attack("a search of one line", "/api/search", "text/plain", "type:a ".repeat(400_000)),
                new Attack("an import of wide objects", "/api/import?format=stix", "application/octet-stream", wide),
                new Attack("an import of numbers", "/api/import?format=stix", "application/octet-stream", ones));
    }

    @Test
    void smallBodiesThatBecomeLargeDoNotExhaustTheHeap() throws Exception {
        try (ChildCentre centre = ChildCentre.init(
                        "tashkent", folder, "-Xmx256m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError");
                ExecutorService clients = Executors.newFixedThreadPool(AT_ONCE)) {
            centre.start();
            for (Attack attack : attacks()) {
                List<Future<HttpResponse<String>>> answers = new ArrayList<>();
                for (int i = 0; i < AT_ONCE; i++) {
                    answers.add(clients.submit(() -> centre.send(centre.request(attack.path())
                            .header("Content-Type", attack.type())
                            .POST(BodyPublishers.ofString(attack.body())))));
                }
                for (Future<HttpResponse<String>> one : answers) {
                    HttpResponse<String> answer = one.get();
                    assertTrue(
                            answer.statusCode() < 500 || answer.statusCode() == 503,
                            attack.name() + ": " + answer.statusCode());
                    assertTrue(
                            answer.body().length() < 4_000_000,
                            attack.name() + " is answered with " + answer.body().length());
                }
                assertEquals("{\"status\":\"running\"}", centre.get("/healthz"), attack.name());
            }
            String log = Files.readString(folder.resolve("tashkent.log"));
            assertFalse(log.contains("OutOfMemory"), log.substring(0, Math.min(log.length(), 4000)));
        }
    }
}
