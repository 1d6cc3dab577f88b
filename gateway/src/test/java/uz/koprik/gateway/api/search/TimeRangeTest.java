package uz.koprik.gateway.api.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeRangeTest {

    @ParameterizedTest
    @CsvSource({
        "2026, 2026-01-01T00:00:00Z, 2027-01-01T00:00:00Z",
        "2026-12, 2026-12-01T00:00:00Z, 2027-01-01T00:00:00Z",
        "2024-02-29, 2024-02-29T00:00:00Z, 2024-03-01T00:00:00Z",
        ">2026-01, 2026-02-01T00:00:00Z,",
        ">=2026-01, 2026-01-01T00:00:00Z,",
        "<2026-01, , 2026-01-01T00:00:00Z",
        "<=2026-01, , 2026-02-01T00:00:00Z",
        "2026-01..2026-03, 2026-01-01T00:00:00Z, 2026-04-01T00:00:00Z",
        "2025..2026-01-15, 2025-01-01T00:00:00Z, 2026-01-16T00:00:00Z",
        "2026-03.., 2026-03-01T00:00:00Z,",
        "..2026-03, , 2026-04-01T00:00:00Z",
        ">=2026-11-22T08:00:00Z, 2026-11-22T08:00:00Z,",
        ">2026-11-22T08:00:00Z, 2026-11-22T08:00:00.000001Z,",
    })
    void readsStretchesOfTime(String text, String from, String to) {
        assertEquals(
                Optional.of(new TimeRange(
                        Optional.ofNullable(from).map(Instant::parse),
                        Optional.ofNullable(to).map(Instant::parse))),
                TimeRange.read(text));
    }

    @Test
    void refusesWhatIsNoTime() {
        for (String text : List.of(
                "",
                "..",
                ">",
                "yesterday",
                "2026-13",
                "2026-02-30",
                "26-01",
                "2026-03..2026-01",
                "2026-1",
                "1.1.2026",
                "2026-01...2026-02",
                ">2026..2027")) {
            assertEquals(Optional.empty(), TimeRange.read(text), text);
        }
    }

    @Test
    void severalMeetWhereTheyOverlap() {
        TimeRange both = TimeRange.read(">=2026-01")
                .orElseThrow()
                .and(TimeRange.read("2025..2026-02").orElseThrow());
        assertEquals(TimeRange.read("2026-01..2026-02").orElseThrow(), both);
        assertEquals(both, both.and(new TimeRange(Optional.empty(), Optional.empty())));
    }
}
