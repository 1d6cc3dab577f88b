package uz.koprik.gateway.sources;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.gateway.sources.FetchedContent.Fault;
import uz.koprik.gateway.sources.FetchedContent.Validators;
import uz.koprik.gateway.trouble.SourceTrouble;
import uz.koprik.indicators.imports.layout.ImportSentence;
import uz.koprik.indicators.translate.misp.MispNote;
import uz.koprik.indicators.wording.Sentence;

/** What is kept of a feed, and the pauses after failures. */
class SourceStateTest {

    private static final Instant NOW = Instant.parse("2026-06-01T08:00:00Z");

    @Test
    void aStateIsReadAsItWasWritten() throws Exception {
        SourceContent content = new SourceContent(
                new Validators("\"e\"", "Mon"),
                "digest",
                7,
                2,
                List.of(new Fault("a.json", SourceTrouble.FEED_MEMBER_NO_EVENT.of(3))),
                1,
                List.of(new SourceNotes.Note("b.csv, header", ImportSentence.UNUSED_COLUMNS.of("x"))));
        SourceState state = SourceState.NEW
                .succeeded(NOW, content, new SourceFigures(1, 2, 3, 4, 5, Map.of("protected", 6L)))
                .stored(new SourceState.Papers(8, 9, 10))
                .accepting();
        assertEquals(state, again(state));
        SourceState failed = state.failed(
                        NOW.plusSeconds(60), SourceTrouble.FEED_BROKE_OFF.of(), false, Duration.ofSeconds(30))
                .failed(
                        NOW.plusSeconds(90),
                        SourceTrouble.FEED_STATUS.with(Map.of("status", 500)),
                        false,
                        Duration.ofSeconds(60));
        assertEquals(failed, again(failed));
        assertEquals(2, failed.health().failures());
        assertEquals(Optional.of(NOW.plusSeconds(60)), failed.health().failing().map(SourceHealth.Failing::since));
        assertEquals(Optional.of(NOW.plusSeconds(150)), failed.health().next(Duration.ofHours(1)));
        assertEquals(Optional.of(NOW.plusSeconds(3600)), state.health().next(Duration.ofHours(1)));
    }

    private static SourceState again(SourceState state) throws Exception {
        return SourceState.read(StrictJson.parseObject(state.json().toString().getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void sentencesThatAnEarlierVersionStoredHaveNoCode() throws Exception {
        SourceState state = SourceState.read(
                StrictJson.parseObject(("{\"faults\":[{\"file\":\"a.json\",\"reason\":\"it is cut\"}],\"faulty\":1,"
                                + "\"notes\":[{\"where\":\"b.csv, header\",\"text\":\"columns that are not used: x\"}]}")
                        .getBytes(StandardCharsets.UTF_8)));
        assertEquals(
                List.of(new Fault("a.json", Sentence.other("it is cut"))),
                state.content().faults());
        assertEquals(
                List.of(new SourceNotes.Note("b.csv, header", Sentence.other("columns that are not used: x"))),
                state.content().notes());
    }

    @Test
    void aNoteNamesAKindOfValuesByItsCode() {
        SourceNotes.Note note =
                new SourceNotes.Note("a.json", MispNote.MISP_INVALID_VALUE.of("IBAN", "its check digits are wrong"));
        assertEquals(
                "{\"kind\":\"iban\",\"said\":\"its check digits are wrong\"}",
                SourceNotes.json(List.of(note)).items().getFirst() instanceof JsonObject item
                        ? item.get("text_details").toString()
                        : "");
    }

    @Test
    void aPaperOfAnEarlierVersionIsRead() throws Exception {
        SourceState state = SourceState.read(StrictJson.parseObject(
                ("{\"accepted\":false,\"attempt\":\"2026-06-01T08:00:00Z\",\"entries\":3,\"error\":\"no answer\",\"etag\":\"\","
                                + "\"failing_since\":\"2026-06-01T07:00:00Z\",\"generation\":2,\"last\":{\"new\":3},"
                                + "\"last_modified\":\"\",\"parts\":1,\"settings\":\"d\",\"shrunk\":true,"
                                + "\"success\":\"2026-06-01T06:00:00Z\",\"totals\":{\"new\":3}}")
                        .getBytes(StandardCharsets.UTF_8)));
        assertEquals("no answer", state.error());
        assertTrue(state.shrunk());
        assertEquals(new SourceState.Papers(2, 1, 0), state.papers());
        assertEquals(3, state.content().entries());
        assertEquals(
                Optional.of(NOW.minusSeconds(3600)), state.health().next(Duration.ofHours(1)), "it is tried at once");
    }

    @Test
    void eventsAreReadAsTheyWereWrittenAlsoWhenOneFillsSeveralParts() {
        Map<UUID, SourceEvents.Taken> events = new HashMap<>();
        Set<UUID> many = new HashSet<>();
        for (int i = 0; i < 90_000; i++) {
            many.add(new UUID(i, ~i));
        }
        events.put(new UUID(1, 1), new SourceEvents.Taken(5, 100, Set.of()));
        events.put(new UUID(2, 2), new SourceEvents.Taken(6, 200, many));
        events.put(new UUID(3, 3), new SourceEvents.Taken(-7, 300, Set.of(new UUID(9, 9))));
        List<byte[]> parts = SourceEvents.write(events);
        assertEquals(3, parts.size());
        assertTrue(parts.stream().allMatch(part -> part.length <= 640_000));
        assertEquals(events, SourceEvents.read(parts));
        byte[] cut = Arrays.copyOf(parts.getFirst(), parts.getFirst().length - 1);
        assertThrows(IllegalArgumentException.class, () -> SourceEvents.read(List.of(cut)));
    }

    @Test
    void pausesGrowToABoundAndAreNotShorterThanTheServerWishes() {
        RandomGenerator least = () -> 0L;
        Duration hour = Duration.ofHours(1);
        List<Duration> pauses = new java.util.ArrayList<>();
        for (int failures = 1; failures <= 8; failures++) {
            pauses.add(SourceHealth.pause(failures, hour, Optional.empty(), least));
        }
        assertEquals(
                List.of(30L, 60L, 120L, 240L, 480L, 960L, 1800L, 1800L),
                pauses.stream().map(Duration::toSeconds).toList());
        RandomGenerator any = RandomGenerator.of("L64X128MixRandom");
        for (int i = 0; i < 1000; i++) {
            Duration pause = SourceHealth.pause(3, hour, Optional.empty(), any);
            assertTrue(pause.toSeconds() >= 120 && pause.toSeconds() <= 240, pause::toString);
        }
        assertEquals(
                Duration.ofSeconds(5),
                SourceHealth.pause(1, Duration.ofSeconds(10), Optional.empty(), least),
                "not longer than the interval at first");
        assertEquals(Duration.ofHours(12), SourceHealth.pause(30, Duration.ofDays(1), Optional.empty(), least));
        assertEquals(Duration.ofHours(3), SourceHealth.pause(1, hour, Optional.of(Duration.ofHours(3)), least));
        assertEquals(Duration.ofSeconds(30), SourceHealth.pause(1, hour, Optional.of(Duration.ofSeconds(1)), least));
        assertEquals(Duration.ofDays(7), SourceHealth.pause(1, hour, Optional.of(Duration.ofDays(400)), least));
    }
}
