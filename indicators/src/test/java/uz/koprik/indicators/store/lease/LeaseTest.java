package uz.koprik.indicators.store.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import uz.koprik.indicators.store.StoreUnavailable;

/**
 * Who has a lease when gateways die, sleep, and do not hear from the register. The test sets the time and never waits.
 */
class LeaseTest {

    private static final long LENGTH = 1000;

    private final MemoryRegister register = new MemoryRegister();
    private final AtomicLong time = new AtomicLong();
    private final Lease one = lease("one", 0);
    private final Lease two = lease("two", 1_000_000_000_000L);

    /** @param ahead by how much its clock differs from the others' */
    private Lease lease(String holder, long ahead) {
        return new Lease(register, "feeds", holder, Duration.ofNanos(LENGTH), () -> time.get() + ahead);
    }

    @Test
    void oneHasItAndTheOtherSeesWho() throws StoreUnavailable {
        assertTrue(one.tend());
        assertFalse(two.tend());
        assertTrue(one.held());
        assertFalse(two.held());
        assertEquals(Optional.of("one"), two.runner());
        one.write("far");
        two.tend();
        assertEquals(Optional.of("far"), two.content());
        assertThrows(LeaseLost.class, () -> two.write("other"));
        assertThrows(LeaseLost.class, two::requireHeld);
        assertEquals(Optional.of("far"), one.content());
    }

    @Test
    void whoIsSilentForTheWholeLengthLosesItToWhoWatched() throws StoreUnavailable {
        one.tend();
        one.write("17");
        assertFalse(two.tend());
        time.addAndGet(LENGTH - 1);
        assertFalse(two.tend());
        time.addAndGet(1);
        assertTrue(two.tend());
        assertEquals(Optional.of("17"), two.content(), "it goes on where the silent one stopped");
        assertEquals(1, two.term());
    }

    @Test
    void whoComesLateWatchesForTheWholeLengthFirst() throws StoreUnavailable {
        one.tend();
        time.addAndGet(100 * LENGTH);
        assertFalse(two.tend(), "it has not watched yet");
        time.addAndGet(LENGTH);
        assertTrue(two.tend());
    }

    @Test
    void whoGivesASignKeepsIt() throws StoreUnavailable {
        one.tend();
        for (int i = 0; i < 20; i++) {
            time.addAndGet(LENGTH / 2);
            assertTrue(i % 2 == 0 ? one.tend() : written());
            assertTrue(one.held());
            assertFalse(two.tend());
        }
        assertEquals(1, one.term());
    }

    private boolean written() throws StoreUnavailable {
        one.write("x");
        return true;
    }

    @Test
    void aSleeperKnowsThatItIsLateAndCannotWriteAfterwards() throws StoreUnavailable {
        one.tend();
        one.write("before");
        two.tend();
        time.addAndGet(LENGTH / 4 * 3);
        assertFalse(one.held(), "it stops a quarter before another may begin");
        assertThrows(LeaseLost.class, one::requireHeld);
        time.addAndGet(LENGTH / 4);
        assertTrue(two.tend());
        two.write("after");
        assertThrows(LeaseLost.class, () -> one.write("late"));
        assertFalse(one.tend());
        assertEquals(Optional.of("after"), one.content());
        assertEquals(Optional.of("two"), one.runner());
    }

    @Test
    void aSleeperThatNobodyReplacedGoesOnInTheSameTerm() throws StoreUnavailable {
        one.tend();
        time.addAndGet(50 * LENGTH);
        assertFalse(one.held());
        assertTrue(one.tend());
        assertTrue(one.held());
        assertEquals(1, one.term());
    }

    @Test
    void whoHasItAgainIsInAnotherTerm() throws StoreUnavailable {
        one.tend();
        two.tend();
        time.addAndGet(LENGTH);
        two.tend();
        assertFalse(one.tend());
        time.addAndGet(LENGTH);
        assertTrue(one.tend());
        assertEquals(2, one.term());
        assertThrows(LeaseLost.class, () -> two.write("late"));
    }

    @Test
    void whatIsGivenBackCanBeTakenAtOnce() throws StoreUnavailable {
        one.tend();
        one.write("17");
        one.release();
        assertFalse(one.held());
        assertTrue(two.tend());
        assertEquals(Optional.of("17"), two.content());
        one.release();
        assertTrue(two.tend(), "whoever has it not gives nothing back");
    }

    @ParameterizedTest
    @EnumSource(
            value = MemoryRegister.Fault.class,
            names = {"AWAY", "ANSWER_LOST"})
    void aWriteThatFailsLosesNothing(MemoryRegister.Fault fault) throws StoreUnavailable {
        one.tend();
        register.next = fault;
        StoreUnavailable away = assertThrows(StoreUnavailable.class, () -> one.write("1"));
        assertFalse(away instanceof LeaseLost);
        one.write("2");
        one.write("3");
        two.look();
        assertEquals(Optional.of("3"), two.content());
        assertTrue(one.held());
    }

    @Test
    void itsOwnWriteIsRecognisedThoughAnsweredAsAnothers() throws StoreUnavailable {
        register.next = MemoryRegister.Fault.DONE_TWICE;
        assertTrue(one.tend());
        register.next = MemoryRegister.Fault.DONE_TWICE;
        one.write("1");
        assertEquals(Optional.of("1"), one.content());
        assertFalse(two.tend());
    }

    /**
     * Three gateways that act, die and do not hear at random: never two at a time, and no write is undone by a late
     * one.
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void neverTwoAtATimeAndNoWriteIsUndone(long seed) throws StoreUnavailable {
        SplittableRandom random = new SplittableRandom(seed);
        List<Lease> all = new ArrayList<>(List.of(one, two, lease("three", -77)));
        List<MemoryRegister.Fault> faults = List.of(MemoryRegister.Fault.values());
        int taken = 0;
        long last = 0;
        for (int step = 0; step < 20_000; step++) {
            time.addAndGet(random.nextInt((int) LENGTH / 5));
            Lease lease = all.get(random.nextInt(all.size()));
            if (random.nextInt(50) == 0) {
                register.next = faults.get(random.nextInt(faults.size()));
            }
            long before = content(lease);
            try {
                if (random.nextBoolean()) {
                    long term = lease.term();
                    lease.tend();
                    taken += lease.term() > term ? 1 : 0;
                } else if (lease.held()) {
                    assertTrue(
                            Math.abs(before - last) <= 1, "one answer was lost, at most: " + before + ", not " + last);
                    lease.write(Long.toString(last + 1));
                    last++;
                }
            } catch (StoreUnavailable failed) {
                // The next reader sees whether it was written.
            }
            register.next = MemoryRegister.Fault.NONE;
            Lease looker = lease("looker", 5);
            looker.look();
            last = Math.max(last, content(looker));
            assertEquals(last, content(looker), "undone");
            assertTrue(all.stream().filter(Lease::held).count() <= 1, "two at a time");
            if (random.nextInt(500) == 0) {
                all.set(random.nextInt(all.size()), lease("again", random.nextInt(1000)));
            }
        }
        assertTrue(taken > 10 && last > 1000, taken + " takeovers, " + last + " writes");
    }

    private static long content(Lease lease) {
        return lease.content().map(Long::parseLong).orElse(0L);
    }
}
