package uz.koprik.gateway.api.objects;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uz.koprik.gateway.centre.RunningCentre.ok;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;

/** Foreign objects with a value under the type of another kind keep their bytes and match what the value plainly is. */
class InterpretedValuesTest {

    private static final String JSON = "application/json";
    private static final String STIX = "application/stix+json;version=2.1";

    @RegisterExtension
    static final Centres centres = new Centres();

    private static CentreClient admin;

    @BeforeAll
    static void start() throws Exception {
        admin = centres.init("tashkent").start().adminClient();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "1 | domain-name:value = '192.0.2.195' | ipv4 | 192.0.2.195",
                "2 | ipv4-addr:value = '192.0.2.196:443' | ipv4 | 192.0.2.196",
                "3 | url:value = 'z3.example.net/a' | url | http://z3.example.net/a",
                "4 | domain-name:value = 'https://z4.example.net/a' | url | https://z4.example.net/a",
            })
    void aLooseValueMatchesAndIsMarked(int number, String comparison, String kind, String value) {
        String id = "indicator--00000000-0000-4000-8000-00000000010" + number;
        String object = "{\"type\": \"indicator\", \"spec_version\": \"2.1\", \"id\": \"" + id
                + "\", \"created\": \"2026-01-01T00:00:00.000Z\", \"modified\": \"2026-01-01T00:00:00.000Z\","
                + " \"pattern\": \"[" + comparison + "]\", \"pattern_type\": \"stix\","
                + " \"valid_from\": \"2026-01-01T00:00:00Z\"}";
        ok(admin.post("/api/objects", STIX, object.getBytes(StandardCharsets.UTF_8)));
        assertEquals(object, new String(admin.get("/api/objects/" + id, STIX).body(), StandardCharsets.UTF_8));

        JsonNode shown = ok(admin.get("/api/objects/" + id)).path("values").get(0);
        assertEquals(kind, shown.path("kind").asText());
        assertEquals(value, shown.path("value").asText());
        assertTrue(shown.path("interpreted").asBoolean());

        JsonNode match = ok(admin.post("/api/indicators", JSON, CentreAnswers.json(Map.of("value", value))))
                .path("objects")
                .get(0)
                .path("matches")
                .get(0);
        JsonNode met = match.path("met").get(0);
        assertEquals("same_value", match.path("rule").asText());
        assertEquals(id, met.path("id").asText());
        assertTrue(met.path("interpreted").asBoolean());
        assertTrue(CentreAnswers.sentence(met).contains("interpreted"), CentreAnswers.sentence(met));
    }

    @Test
    void aValueInItsPlaceIsNotMarked() {
        JsonNode reported = ok(admin.post(
                        "/api/indicators", JSON, CentreAnswers.json(Map.of("value", "z9.example.net", "tlp", "green"))))
                .path("objects")
                .get(0);
        JsonNode shown = ok(admin.get("/api/objects/" + reported.path("id").asText()))
                .path("values")
                .get(0);
        assertEquals("z9.example.net", shown.path("value").asText());
        assertFalse(shown.has("interpreted"));
    }
}
