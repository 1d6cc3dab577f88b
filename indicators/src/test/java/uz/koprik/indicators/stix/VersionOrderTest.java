package uz.koprik.indicators.stix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionOrderTest {

    @ParameterizedTest
    @CsvSource({
        "a3 a2 a1,       a1 a2 a3",
        "a2 b1 a1,       b1 a1 a2",
        "a1 b2 a2 b1,    a1 a2 b1 b2",
        "a1 b1 c1,       a1 b1 c1",
        "a2 - a1 - -,    - a1 a2 - -",
        "a2 a2 a1,       a1 a2 a2"
    })
    void versionsFollowOneAnotherWhereTheLastOfThemWas(String items, String ordered) {
        List<String> all = List.of(items.split(" "));
        assertEquals(List.of(ordered.split(" ")), VersionOrder.ascending(all, VersionOrderTest::version));
    }

    @Test
    void whatIsInOrderStaysTheSameList() {
        List<String> all = List.of("a1", "b1", "a2", "-");
        assertSame(all, VersionOrder.ascending(all, VersionOrderTest::version));
    }

    private static VersionOrder.Version version(String item) {
        return item.equals("-")
                ? new VersionOrder.Version("", 0)
                : new VersionOrder.Version(item.substring(0, 1), item.charAt(1));
    }

    @Test
    void textsAreOrderedByTheirTimesAndNotByTheirSpelling() {
        List<String> texts =
                List.of(text("2026-01-01T00:00:00.5Z"), "not JSON, \"modified\"", text("2026-01-01T00:00:00Z"));
        assertEquals(
                List.of(texts.get(1), texts.get(2), texts.get(0)),
                VersionOrder.ofTexts(texts, text -> text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String text(String modified) {
        return "{\"id\":\"indicator--1\",\"created\":\"2025-01-01T00:00:00Z\",\"modified\":\"" + modified + "\"}";
    }

    @Test
    void onlyWhatWasModifiedAfterItsCreationMayBeLater() {
        assertTrue(mayBeLater("{\"created\" : \"2026-01-01T00:00:00Z\", \"modified\" : \"2026-01-02T00:00:00Z\"}"));
        assertFalse(mayBeLater("{\"created\":\"2026-01-01T00:00:00Z\",\"modified\": \"2026-01-01T00:00:00Z\"}"));
        assertFalse(mayBeLater("{\"created\":\"2026-01-01T00:00:00Z\"}"));
        assertFalse(mayBeLater("{\"modified\":\"2026-01-01T00:00:00Z\"}"));
        assertFalse(mayBeLater("\"modified\""));
        assertFalse(mayBeLater(""));
    }

    private static boolean mayBeLater(String text) {
        return VersionOrder.mayBeLater(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void theFormOfATimeIsNoContent() throws Exception {
        StixObject whole = StixReader.read(Samples.indicator("x", "x"));
        StixObject shortened = StixReader.read(Samples.indicator("20:03:48.000Z", "20:03:48Z"), Set.of())
                .object();
        assertEquals(whole.version(), shortened.version());
        assertTrue(VersionOrder.sameContent(whole, shortened));
        StixObject other = StixReader.read(Samples.indicator("Example", "Another"));
        assertFalse(VersionOrder.sameContent(whole, other));
    }
}
