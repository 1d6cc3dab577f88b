package uz.koprik.gateway.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Errors of loading classes, also those that a library caught and logged. */
class LinkageFailuresTest {

    private final List<String> reported = new ArrayList<>();

    @AfterEach
    void forget() {
        LinkageFailures.report((thread, failure) -> {});
    }

    @Test
    void anErrorThatALibraryCaughtIsReportedAndAMissingNativeLibraryIsNot() {
        LinkageFailures.report(
                (thread, failure) -> reported.add(failure.getClass().getSimpleName()));
        log(new IllegalStateException(new NoClassDefFoundError("a/B")));
        log(new UnsatisfiedLinkError("no such library"));
        log(new IllegalStateException("other"));
        log(null);
        assertEquals(List.of("NoClassDefFoundError"), reported);
    }

    private static void log(Throwable failure) {
        LoggerContext context = new LoggerContext();
        Logger logger = context.getLogger("io.netty");
        LinkageFailures failures = new LinkageFailures();
        failures.setContext(context);
        failures.start();
        failures.doAppend(new LoggingEvent("x", logger, Level.WARN, "failed", failure, null));
    }
}
