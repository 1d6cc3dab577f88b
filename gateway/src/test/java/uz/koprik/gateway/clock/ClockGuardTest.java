package uz.koprik.gateway.clock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.indicators.wording.Sentence;

class ClockGuardTest {

    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

    @TempDir
    private Path folder;

    private Instant now = NOW;
    private long nanos;
    private Instant last = NOW.minusSeconds(60);

    private ClockGuard guard(boolean accept) throws IOException {
        ClockGuard guard = new ClockGuard(
                () -> now,
                () -> nanos,
                NOW.minus(Duration.ofDays(30)),
                () -> last == null ? 0 : ChronoUnit.MICROS.between(Instant.EPOCH, last),
                folder.resolve("accepted"));
        guard.begin(accept);
        return guard;
    }

    private void pass(Duration time) {
        now = now.plus(time);
        nanos += time.toNanos();
    }

    private static void wrong(ClockGuard guard, String words) {
        guard.look();
        String said = guard.trouble().orElse(Sentence.NONE).text();
        assertTrue(said.contains(words), said);
        assertTrue(said.contains("set the clock right"), said);
        assertThrows(ClockWrong.class, guard::requireRight);
    }

    private static void right(ClockGuard guard) throws ClockWrong {
        guard.look();
        assertEquals(Optional.empty(), guard.trouble());
        guard.requireRight();
    }

    @Test
    void timeThatPassesIsRightAndSoAreSmallSteps() throws Exception {
        ClockGuard guard = guard(false);
        right(guard);
        pass(Duration.ofDays(1));
        right(guard);
        now = now.minusSeconds(30);
        right(guard);
        now = now.plusSeconds(3600);
        right(guard);
    }

    @Test
    void aClockBeforeTheKeyIsWrongUntilItIsNot() throws Exception {
        last = null;
        now = NOW.minus(Duration.ofDays(31));
        ClockGuard guard = guard(false);
        wrong(guard, "before the signing key of this centre became valid (2026-10-29T12:00:00Z)");
        pass(Duration.ofDays(2));
        right(guard);
    }

    @Test
    void aClockThatWentBackIsWrongUntilItIsAfterTheLastEntryAgain() throws Exception {
        ClockGuard guard = guard(false);
        right(guard);
        now = NOW.minus(Duration.ofHours(5));
        wrong(guard, "went back");
        now = NOW.plusSeconds(5);
        right(guard);
        now = NOW.minus(Duration.ofHours(5));
        wrong(guard(false), "before the last object was taken in (2026-11-28T11:59:00Z)");
        last = null;
        right(guard(false));
    }

    @Test
    void aClockThatJumpedAheadIsWrong() throws Exception {
        ClockGuard guard = guard(false);
        right(guard);
        now = NOW.plus(Duration.ofDays(400));
        wrong(guard, "jumped ahead to 2028-01-02T12:00:00Z, by 400 days");
        wrong(guard(false), "more than 366 days after the last object was taken in");
        now = NOW.plusSeconds(10);
        right(guard);
    }

    @Test
    void theOperatorAcceptsAndNewEntriesFollowUntilTheClockHasCaughtUp() throws Exception {
        last = NOW.plus(Duration.ofDays(20));
        wrong(guard(false), "before the last object");
        right(guard(true));
        last = last.plus(1, ChronoUnit.MICROS);
        right(guard(false));
        last = NOW.plus(Duration.ofDays(40));
        wrong(guard(false), "before the last object");
    }
}
