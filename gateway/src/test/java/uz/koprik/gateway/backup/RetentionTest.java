package uz.koprik.gateway.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uz.koprik.gateway.config.BackupConfig;

class RetentionTest {

    /** 2026-11-29 is a Sunday, the last day of its ISO week; 2027-01-01 is in week 53 of 2026. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // last | weekly | monthly | made | kept
                "1 | 0 | 0 | 2026-11-29 | 2026-11-29",
                "1 | 0 | 0 | 2026-11-29 2026-11-28 2026-11-27 | 2026-11-29",
                "2 | 0 | 0 | 2026-11-27 2026-11-29 2026-11-28 | 2026-11-29 2026-11-28",
                "9 | 0 | 0 | 2026-11-29 2026-11-28 | 2026-11-29 2026-11-28",
                "1 | 1 | 0 | 2026-11-29 2026-11-28 2026-11-22 | 2026-11-29",
                "1 | 2 | 0 | 2026-11-29 2026-11-28 2026-11-22 2026-11-21 | 2026-11-29 2026-11-22",
                "1 | 2 | 0 | 2026-11-30 2026-11-29 2026-11-23 | 2026-11-30 2026-11-29",
                "1 | 2 | 0 | 2027-01-01 2026-12-31 2026-12-28 2026-12-27 | 2027-01-01 2026-12-27",
                "1 | 2 | 0 | 2026-11-29 2026-06-03 2026-01-05 | 2026-11-29 2026-06-03",
                "1 | 0 | 2 | 2026-11-29 2026-11-01 2026-10-31 2026-10-30 2026-09-30 | 2026-11-29 2026-10-31",
                "1 | 0 | 3 | 2027-01-01 2026-12-31 2026-12-30 2025-12-31 | 2027-01-01 2026-12-31 2025-12-31",
                "2 | 2 | 2 | 2026-11-29 2026-11-28 2026-11-27 2026-11-22 2026-11-15 2026-10-31 2026-10-01"
                        + " | 2026-11-29 2026-11-28 2026-11-22 2026-10-31",
            })
    void theRuleKeeps(int last, int weekly, int monthly, String made, String kept) {
        assertEquals(Set.copyOf(days(kept)), Retention.kept(days(made), new BackupConfig.Keep(last, weekly, monthly)));
    }

    private static List<Instant> days(String text) {
        return Arrays.stream(text.split(" "))
                .map(day -> Instant.parse(day + "T02:30:00Z"))
                .collect(Collectors.toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // schedule | at | made | now | due
                "24 | | | 2026-11-29T00:00:00Z | true",
                "24 | | 2026-11-28T10:00:00Z | 2026-11-29T09:59:59Z | false",
                "24 | | 2026-11-28T10:00:00Z | 2026-11-29T10:00:00Z | true",
                "6 | | 2026-11-28T10:00:00Z 2026-11-28T04:00:00Z | 2026-11-28T15:59:59Z | false",
                // Made by a clock that was ahead.
                "24 | | 2027-05-01T00:00:00Z 2026-11-28T10:00:00Z | 2026-11-29T10:00:00Z | true",
                "24 | 02:30 | 2026-11-28T02:31:00Z | 2026-11-29T02:29:59Z | false",
                "24 | 02:30 | 2026-11-28T02:31:00Z | 2026-11-29T02:30:00Z | true",
                // The first one, at the start of the centre, or one that was late.
                "24 | 02:30 | 2026-11-28T10:00:00Z | 2026-11-29T02:30:00Z | true",
                "24 | 02:30 | 2026-11-28T20:00:00Z | 2026-11-29T02:30:00Z | false",
                "24 | 02:30 | 2026-11-28T20:00:00Z | 2026-11-30T02:30:00Z | true",
                "48 | 02:30 | 2026-11-28T02:30:00Z | 2026-11-29T02:30:00Z | false",
                "48 | 02:30 | 2026-11-28T02:30:00Z | 2026-11-30T02:30:00Z | true",
            })
    void aBackupIsDue(int hours, String at, String made, Instant now, boolean due) {
        BackupTimes times =
                new BackupTimes(Duration.ofHours(hours), Optional.ofNullable(at).map(LocalTime::parse));
        List<Instant> moments = Stream.ofNullable(made)
                .flatMap(text -> Arrays.stream(text.split(" ")))
                .map(Instant::parse)
                .toList();
        assertEquals(due, times.due(moments, now));
    }
}
