package uz.koprik.indicators.correlation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.indicators.pattern.match.Observation;
import uz.koprik.indicators.pattern.match.Observations;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.stix.StixReader;
import uz.koprik.indicators.stix.values.StixTimestamp;

/** Which patterns are held in memory. */
class PatternCacheTest {

    private static final long NOW = StixTimestamp.micros(Instant.parse("2026-11-22T08:00:00Z"));
    private static final String NAMED = "[file:hashes.MD5 = 'd41d8cd98f00b204e9800998ecf8427e' AND file:size > 3]";
    private static final String UNNAMED = "[file:size > 3]";

    private final PatternCache book = new PatternCache(10);

    private static String id(int number) {
        return "indicator--00000000-0000-4000-8000-%012d".formatted(number);
    }

    private static StixObject indicator(int number, int day, String pattern, String more) throws Exception {
        String json = "{\"type\":\"indicator\",\"spec_version\":\"2.1\",\"id\":\"" + id(number) + "\","
                + "\"created\":\"2026-11-01T00:00:00.000Z\",\"modified\":\"2026-11-%02dT00:00:00.000Z\",".formatted(day)
                + "\"pattern\":\"" + pattern + "\",\"pattern_type\":\"stix\",\"valid_from\":\"2026-11-01T00:00:00Z\""
                + more + "}";
        return StixReader.read(json.getBytes(StandardCharsets.UTF_8));
    }

    private void learn(int number, int day, String pattern, String more) throws Exception {
        book.learn(indicator(number, day, pattern, more), false, NOW);
    }

    private Set<String> matching() throws Exception {
        String bundle = "[{\"type\":\"observed-data\",\"id\":\"o\",\"first_observed\":\"2026-11-01T00:00:00Z\","
                + "\"last_observed\":\"2026-11-01T00:00:00Z\",\"number_observed\":1,\"objects\":{\"0\":{\"type\":\"file\",\"size\":5,"
                + "\"hashes\":{\"MD5\":\"d41d8cd98f00b204e9800998ecf8427e\"}}}}]";
        Observation observation = Observations.read(StrictJson.parse(bundle.getBytes(StandardCharsets.UTF_8)))
                .getFirst();
        return book.matching(observation);
    }

    @Test
    void holdsWhatHasToBeTestedInItsHighestVersion() throws Exception {
        learn(1, 2, UNNAMED, "");
        learn(2, 2, "[domain-name:value = 'example.com']", "");
        assertEquals(Set.of(id(1)), matching());
        learn(1, 3, "[file:size > 7]", "");
        learn(1, 2, UNNAMED, ""); // comes late
        assertEquals(Set.of(), matching());
        learn(1, 4, UNNAMED, "");
        learn(1, 5, UNNAMED, ",\"revoked\":true");
        assertEquals(Set.of(), matching());
        assertEquals(0, book.figures().held());
        learn(3, 1, UNNAMED, ",\"valid_until\":\"2026-11-20T00:00:00Z\"");
        assertEquals(0, book.figures().held(), "it will never hold again");
    }

    @Test
    void keepsRoomForPatternsThatNameNoValue() throws Exception {
        book.filled();
        for (int i = 1; i <= 10; i++) {
            learn(i, 1, NAMED, "");
        }
        assertEquals(8, book.figures().held());
        assertEquals(2, book.figures().leftOut());
        assertFalse(book.whole());
        learn(11, 1, UNNAMED, "");
        learn(12, 1, UNNAMED, "");
        learn(13, 1, UNNAMED, "");
        assertEquals(10, book.figures().held());
        assertEquals(10, matching().size());
        book.forget(id(1));
        learn(13, 1, UNNAMED, "");
        assertTrue(matching().contains(id(13)));
    }

    @Test
    void knowsWhetherAnythingWasObserved() throws Exception {
        assertTrue(book.observed(), "nothing has been read yet");
        assertFalse(book.whole());
        book.filled();
        assertFalse(book.observed());
        assertTrue(book.whole());
        book.learn(
                StixReader.read(
                        ("{\"type\":\"observed-data\",\"spec_version\":\"2.1\",\"id\":\"observed-data--00000000-0000-4000-8000-000000000001\","
                                        + "\"created\":\"2026-11-01T00:00:00.000Z\",\"modified\":\"2026-11-01T00:00:00.000Z\",\"first_observed\":\"2026-11-01T00:00:00Z\","
                                        + "\"last_observed\":\"2026-11-01T00:00:00Z\",\"number_observed\":1,"
                                        + "\"object_refs\":[\"file--00000000-0000-4000-8000-000000000001\"]}")
                                .getBytes(StandardCharsets.UTF_8)),
                false,
                NOW);
        assertTrue(book.observed());
    }
}
