package uz.koprik.gateway.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A log that a person can read in every situation. */
class RepeatLimitTest {

    private final LoggerContext context = new LoggerContext();
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final Logger logger = context.getLogger("io.netty.channel");
    private long now;
    private RepeatLimit limit;

    @BeforeEach
    void open() {
        RepeatLimit.stopping(false); // a centre of another test may have stopped in this process
        context.setMDCAdapter(new LogbackMDCAdapter());
        lines.start();
        limit = new RepeatLimit(lines, () -> now);
        limit.setContext(context);
        limit.start();
        logger.addAppender(limit);
        logger.setLevel(Level.INFO);
    }

    @AfterEach
    void close() {
        RepeatLimit.stopping(false);
    }

    private List<String> said() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    void oneTraceForManyFailuresToAcceptAndThenTheirCount() {
        for (int i = 0; i < 1260; i++) {
            logger.warn("cannot accept", new IOException("Too many open files"));
        }
        assertEquals(List.of("cannot accept"), said());
        now += TimeUnit.MINUTES.toNanos(1);
        limit.flush();
        assertEquals(List.of("cannot accept", "1259 more lines in 60 s: cannot accept"), said());
        logger.warn("cannot accept", new IOException("Too many open files"));
        assertEquals(3, said().size(), "a new interval");
    }

    @Test
    void anotherCauseIsAnotherLine() {
        logger.warn("cannot accept", new IOException("Too many open files"));
        logger.warn("cannot accept", new IOException("other"));
        logger.error("cannot accept at all");
        assertEquals(3, said().size());
    }

    @Test
    void linesThatDifferInTheirWordsOnlyPassAFewTimes() {
        for (int i = 0; i < 500; i++) {
            logger.error("equivocation: {} brought another object", "indicator--" + i);
        }
        assertEquals(20, said().size());
        now += TimeUnit.MINUTES.toNanos(1);
        limit.flush();
        assertEquals("480 more lines in 60 s: equivocation: {} brought another object", said().getLast());
    }

    @Test
    void informationIsNotLimited() {
        for (int i = 0; i < 100; i++) {
            logger.info("same");
        }
        assertEquals(100, said().size());
    }

    @Test
    void memoryForCausesIsBoundedAndCountsAreNotLost() {
        for (int i = 0; i < 5000; i++) {
            logger.warn("cause " + i / 2);
        }
        assertEquals(
                2500, said().stream().filter(line -> line.startsWith("cause ")).count());
        assertTrue(said().stream().anyMatch(line -> line.startsWith("1 more lines")));
    }

    @Test
    void refusalsOfEndedThreadsAreNotLoggedWhileTheCentreStops() {
        logger.error(
                "Failed to submit a listener notification task. Event loop shut down?",
                new RejectedExecutionException("event executor terminated"));
        RepeatLimit.stopping(true);
        logger.error(
                "other words", new IllegalStateException(new RejectedExecutionException("event executor terminated")));
        logger.error("a real failure", new IOException("disk"));
        assertEquals(
                List.of("Failed to submit a listener notification task. Event loop shut down?", "a real failure"),
                said());
    }

    @Test
    void aLineStaysALineWhateverIsInIt() {
        logger.warn(
                "partner {} failed",
                "bad\u001b[2J\r\n2026-01-01 ERROR forged\u202e",
                new IOException("why\u001b[2J\nbecause"));
        LineLayout layout = new LineLayout();
        String text = layout.doLayout(lines.list.getFirst());
        String first = text.lines().findFirst().orElseThrow();
        assertTrue(
                first.endsWith(
                        "WARN  channel [-] partner bad\\u001b[2J\\u000d\\u000a2026-01-01 ERROR forged\\u202e failed"),
                first);
        assertTrue(text.chars().noneMatch(c -> c == 0x1b || c == 0x202e || c == '\r'), text);
        assertTrue(text.contains("\tat uz.koprik."), "the trace follows");
    }
}
