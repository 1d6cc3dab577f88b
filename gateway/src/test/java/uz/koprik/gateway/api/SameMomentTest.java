package uz.koprik.gateway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static uz.koprik.gateway.centre.RunningCentre.ok;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;

/** Several people report the same at one moment: it is stored once, and no answer says that an id is taken. */
final class SameMomentTest {

    private static final int PEOPLE = 8;

    @RegisterExtension
    static final Centres centres = new Centres();

    private static CentreClient admin;

    @BeforeAll
    static void start() throws Exception {
        RunningCentre centre = centres.init("tashkent").start();
        admin = centre.adminClient();
    }

    /** How often each outcome came. */
    private static Map<String, Long> outcomes(Callable<List<String>> act) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(PEOPLE)) {
            List<Future<List<String>>> all = threads.invokeAll(
                    IntStream.range(0, PEOPLE).mapToObj(i -> act).toList());
            List<String> outcomes = new java.util.ArrayList<>();
            for (Future<List<String>> one : all) {
                outcomes.addAll(one.get());
            }
            return outcomes.stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        }
    }

    private static List<String> statuses(JsonNode answer) {
        return answer.path("objects").findValuesAsText("status");
    }

    @Test
    void oneValueByEight() throws Exception {
        for (int round = 0; round < 10; round++) {
            byte[] report = CentreAnswers.json(Map.of("value", "once-" + round + ".example.com", "name", "Once"));
            assertEquals(
                    Map.of("accepted", 1L, "unchanged", PEOPLE - 1L),
                    outcomes(() -> statuses(ok(admin.post("/api/indicators", "application/json", report)))));
        }
        assertEquals(0, ok(admin.get("/api/alerts")).path("alerts").size(), "no conflict of ids is reported");
    }

    @Test
    void theValuesOfADocumentByEight() throws Exception {
        String values = IntStream.range(0, 50)
                .mapToObj(i -> "{\"kind\":\"domain\",\"value\":\"document-" + i + ".example.com\"}")
                .collect(Collectors.joining(",", "{\"as\":\"indicators\",\"name\":\"Twice\",\"values\":[", "]}"));
        assertEquals(
                Map.of("accepted", 50L, "unchanged", 50L * (PEOPLE - 1)),
                outcomes(() -> statuses(ok(admin.post(
                        "/api/documents/values", "application/json", values.getBytes(StandardCharsets.UTF_8))))));
    }
}
