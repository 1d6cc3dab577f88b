package uz.koprik.gateway.centre;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;
import uz.koprik.gateway.concurrent.CentreThreads;

/**
 * A start that fails after any of its steps closes what it has opened, the last part first, and the home can be started
 * again.
 */
@Isolated("it counts the threads of all centres in the JVM")
final class StartStepsTest {

    @RegisterExtension
    final Centres centres = new Centres();

    /** Notes what happens, and ends a start after one step. */
    private static final class Breaker implements StartObserver {

        private final String last;
        private final RuntimeException unchecked;
        private final List<String> steps = new ArrayList<>();
        private final List<String> opened = new ArrayList<>();
        private final List<String> closed = new ArrayList<>();

        Breaker(String last, RuntimeException unchecked) {
            this.last = last;
            this.unchecked = unchecked;
        }

        @Override
        public void done(String step) throws IOException {
            steps.add(step);
            if (step.equals(last)) {
                if (unchecked != null) {
                    throw unchecked;
                }
                throw new IOException("broken after " + step);
            }
        }

        @Override
        public void opened(String part) {
            opened.add(part);
        }

        @Override
        public void closed(String part) {
            closed.add(part);
        }
    }

    private static Gateway start(RunningCentre centre, Breaker breaker) throws Exception {
        return Gateway.start(
                centre.home(),
                CentreThreads.unwatched(),
                new Gateway.StartTerms(InstantSource.system(), false, false),
                breaker);
    }

    /** Names of threads that only a running centre has. */
    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .filter(name -> name.startsWith("koprik-")
                        || name.startsWith("vert.x-eventloop")
                        || name.equals("thread-watch"))
                .collect(Collectors.toCollection(HashSet::new));
    }

    @Test
    void failureAfterAnyStepClosesAllPartsInReverseOrder() throws Exception {
        RunningCentre centre = centres.init("tashkent");
        Breaker whole = new Breaker("", null);
        Set<String> before = threads();
        start(centre, whole).close();
        assertTrue(whole.steps.size() >= 15, whole.steps::toString);
        assertEquals(List.of(), whole.closed, "a start that succeeds leaves its parts open");
        for (int i = 0; i < whole.steps.size(); i++) {
            String step = whole.steps.get(i);
            Breaker breaker = new Breaker(step, null);
            StartFailure refused = assertThrows(
                    StartFailure.class, () -> start(centre, breaker).close(), step);
            assertTrue(refused.getMessage().contains("broken after " + step), refused.getMessage());
            assertEquals(whole.steps.subList(0, i + 1), breaker.steps);
            assertEquals(whole.opened.subList(0, breaker.opened.size()), breaker.opened, step);
            assertEquals(breaker.opened.reversed(), breaker.closed, step);
            assertFalse(
                    Files.exists(centre.home().url()), step + ": nobody may be sent to a centre that did not start");
            RunningCentre.await(() -> before.containsAll(threads()));
        }
        centre.start();
        assertTrue(Files.exists(centre.home().url()));
    }

    @Test
    void uncheckedFailureOfAStepClosesAllPartsToo() throws Exception {
        RunningCentre centre = centres.init("tashkent");
        IllegalStateException failure = new IllegalStateException("a fault");
        Breaker breaker = new Breaker("port", failure);
        assertEquals(failure, assertThrows(IllegalStateException.class, () -> start(centre, breaker)
                .close()));
        assertEquals(breaker.opened.reversed(), breaker.closed);
        centre.start();
    }

    @Test
    void partThatCannotBeClosedDoesNotKeepTheOthersOpen() {
        Breaker breaker = new Breaker("", null);
        OpenParts parts = new OpenParts(breaker);
        List<String> closed = new ArrayList<>();
        parts.add("first", () -> closed.add("first"));
        parts.add("second", () -> {
            throw new IOException("busy");
        });
        parts.add("third", () -> closed.add("third"));
        parts.close();
        assertEquals(List.of("third", "first"), closed);
        assertEquals(List.of("third", "second", "first"), breaker.closed);
    }
}
