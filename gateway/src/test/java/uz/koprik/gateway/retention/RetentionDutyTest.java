package uz.koprik.gateway.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.LocalTime;
import org.junit.jupiter.api.Test;

/** When the daily run is due. */
class RetentionDutyTest {

    private static final LocalTime AT = LocalTime.of(3, 30);

    @Test
    void isDueOnceADayAtItsTime() {
        assertEquals(
                Instant.parse("2026-11-21T03:30:00Z"), RetentionDuty.due(Instant.parse("2026-11-22T03:29:59Z"), AT));
        assertEquals(
                Instant.parse("2026-11-22T03:30:00Z"), RetentionDuty.due(Instant.parse("2026-11-22T03:30:00Z"), AT));
        assertEquals(
                Instant.parse("2026-11-22T03:30:00Z"), RetentionDuty.due(Instant.parse("2026-11-22T23:59:59Z"), AT));
    }
}
