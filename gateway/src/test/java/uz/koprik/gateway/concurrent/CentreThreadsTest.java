package uz.koprik.gateway.concurrent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.indicators.wording.Sentence;

/** What happens when a thread of a centre fails. */
class CentreThreadsTest {

    private final List<String> ends = new CopyOnWriteArrayList<>();
    private final CentreThreads threads = new CentreThreads(ends::add);

    @AfterEach
    void close() {
        threads.close();
    }

    private static List<String> sentences(CentreThreads threads) {
        return threads.troubles().stream().map(Sentence::text).toList();
    }

    @Test
    void aThreadThatFailsByAnErrorBeginsAnewAndIsReportedMeanwhile() throws Exception {
        AtomicInteger begun = new AtomicInteger();
        CountDownLatch stop = new CountDownLatch(1);
        CentreThread thread = threads.start("the feed of a partner", "pull-budapest", () -> {
            if (begun.incrementAndGet() < 3) {
                throw new OutOfMemoryError("no room");
            }
            stop.await();
        });
        RunningCentre.await(() -> !threads.troubles().isEmpty());
        assertEquals(List.of("the feed of a partner failed; see the log"), sentences(threads), "no name of a partner");
        RunningCentre.await(() -> begun.get() == 3 && !thread.down());
        assertEquals(List.of(), threads.troubles());
        assertEquals(2, thread.failures());
        assertEquals("OutOfMemoryError", thread.lastFailure());
        stop.countDown();
        thread.join();
        assertEquals(List.of(), threads.all());
        assertEquals(List.of(), ends, "a feed does not end the process");
    }

    @Test
    void aThreadThatIsStoppedWhileItWaitsAfterAFailureDoesNotBeginAnew() throws Exception {
        AtomicInteger begun = new AtomicInteger();
        CentreThread thread = threads.start("a watched folder", "watch", () -> {
            begun.incrementAndGet();
            throw new StackOverflowError();
        });
        RunningCentre.await(thread::down);
        assertTrue(thread.join(Duration.ofSeconds(5)));
        int before = begun.get();
        assertEquals(before, begun.get());
        assertFalse(thread.down(), "it ended as it should");
    }

    @Test
    void aPeriodicTaskGoesOnAfterErrorsAndLogsEachCauseOnce() throws Exception {
        Logger logger = (Logger) LoggerFactory.getLogger(CentreThreads.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        try {
            AtomicInteger runs = new AtomicInteger();
            threads.every("accounts", Duration.ofMillis(1), () -> {
                int run = runs.incrementAndGet();
                if (run <= 50) {
                    if (run % 2 == 0 && run > 40) {
                        throw new IllegalStateException("other");
                    }
                    throw new OutOfMemoryError("same");
                }
            });
            RunningCentre.await(() -> !threads.troubles().isEmpty() || runs.get() > 40);
            RunningCentre.await(() -> runs.get() > 60 && threads.troubles().isEmpty());
            assertEquals(50, threads.failures(), "each is counted");
            long errors = List.copyOf(lines.list).stream()
                    .filter(line -> line.getFormattedMessage().contains("accounts failed"))
                    .count();
            assertTrue(errors <= 11, errors + " lines: one when the cause changes");
        } finally {
            logger.detachAppender(lines);
        }
    }

    @Test
    void aPeriodicTaskThatFailsAgainAndAgainMakesTheCentreNotReady() throws Exception {
        threads.every("partners", Duration.ofMillis(1), () -> {
            throw new OutOfMemoryError("always");
        });
        RunningCentre.await(() -> sentences(threads).equals(List.of("periodic task partners failed; see the log")));
    }

    @Test
    void whatCannotBeMendedEndsTheProcessOnceAndIsNotReadyFromThenOn() {
        threads.fatal("koprik-writer", new OutOfMemoryError("no room"));
        threads.fatal("koprik-index", new OutOfMemoryError("no room"));
        assertEquals(1, ends.size());
        assertEquals(
                "thread koprik-writer ended unexpectedly (OutOfMemoryError): the process ends with exit code 5, start it again;"
                        + " nothing acknowledged is lost",
                ends.getFirst());
        assertEquals(1, threads.troubles().size());
    }
}
