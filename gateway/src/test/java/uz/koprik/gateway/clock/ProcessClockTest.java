package uz.koprik.gateway.clock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import uz.koprik.gateway.centre.CommandResult;
import uz.koprik.gateway.centre.MovedClock;

/** The clock of a process moves in rehearsals only. */
@Isolated("it moves the clock of all centres in the JVM")
class ProcessClockTest {

    private static Duration offset(Map<String, String> environment) {
        return ProcessClock.offset(variable -> null, environment);
    }

    private static Map<String, String> allowed(String offset) {
        return Map.of(ProcessClock.OFFSET, offset, ProcessClock.REHEARSAL, "yes");
    }

    @Test
    void isTheClockOfTheMachineUnlessMoved() {
        assertEquals(Duration.ZERO, offset(Map.of()));
        assertEquals(Duration.ZERO, offset(Map.of(ProcessClock.REHEARSAL, "yes")));
        assertEquals(Duration.ofDays(400), offset(allowed("400d")));
        assertEquals(Duration.ofHours(-36), offset(allowed("-36h")));
        assertEquals(Duration.ofMinutes(90), offset(allowed("+90m")));
        assertEquals(Duration.ofSeconds(5), offset(allowed(" 5s ")));
    }

    @Test
    void refusesAnOffsetThatNobodyAllowed() {
        String words = assertThrows(ClockNotAllowed.class, () -> offset(Map.of(ProcessClock.OFFSET, "400d")))
                .getMessage();
        assertTrue(words.contains("KOPRIK_CLOCK_REHEARSAL=yes"), words);
        assertThrows(
                ClockNotAllowed.class, () -> offset(Map.of(ProcessClock.OFFSET, "400d", ProcessClock.REHEARSAL, "no")));
        assertThrows(ClockNotAllowed.class, () -> offset(allowed("a year")));
    }

    @Test
    void everyCommandSaysThatItsClockIsMoved() throws Exception {
        try (MovedClock moved = MovedClock.by(Duration.ofDays(400))) {
            CommandResult result = CommandResult.of(List.of("--version"));
            assertTrue(
                    result.err()
                            .contains("rehearsal: the clock of this process shows "
                                    + moved.now().toString().substring(0, 4)),
                    result::all);
            assertTrue(Duration.between(Instant.now(), ProcessClock.get().instant())
                            .toDays()
                    >= 399);
            moved.withdrawConsent();
            CommandResult refused = CommandResult.of(List.of("--version"));
            assertEquals(2, refused.code(), refused::all);
            assertTrue(refused.err().contains("KOPRIK_CLOCK_REHEARSAL=yes"), refused::all);
        }
        assertEquals("", CommandResult.of(List.of("--version")).err());
    }
}
