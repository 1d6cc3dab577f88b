package uz.koprik.gateway.tracing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The way of spans to a collector. */
class SpanExportTest {

    private final List<SpanData> taken = new ArrayList<>();
    private boolean away;

    private final SpanExport export = new SpanExport(
            new SpanExporter() {
                @Override
                public CompletableResultCode export(Collection<SpanData> spans) {
                    if (away) {
                        return CompletableResultCode.ofFailure();
                    }
                    taken.addAll(spans);
                    return CompletableResultCode.ofSuccess();
                }

                @Override
                public CompletableResultCode flush() {
                    return CompletableResultCode.ofSuccess();
                }

                @Override
                public CompletableResultCode shutdown() {
                    return CompletableResultCode.ofSuccess();
                }
            },
            "http://collector.example.com:4318");

    private final Tracer tracer =
            SdkTracerProvider.builder().addSpanProcessor(export).build().get("test");

    private void spans(int count) {
        for (int i = 0; i < count; i++) {
            tracer.spanBuilder("work").startSpan().end();
        }
    }

    @Test
    void whatACollectorDoesNotTakeIsLoggedOnceAMinute() {
        Logger logger = (Logger) LoggerFactory.getLogger(SpanExport.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        try {
            away = true;
            for (int i = 0; i < 5; i++) {
                spans(3);
                export.export();
            }
            assertEquals(1, lines.list.size(), () -> lines.list.toString());
            String line = lines.list.getFirst().getFormattedMessage();
            assertTrue(line.startsWith("3 spans were dropped: http://collector.example.com:4318"), line);
            assertTrue(line.contains("tracing.endpoint"), line);
        } finally {
            logger.detachAppender(lines);
        }
        away = false;
        spans(2);
        export.export();
        assertEquals(2, taken.size());
    }

    @Test
    void whatHasNoRoomIsDroppedAndNobodyWaits() {
        spans(5000);
        export.export();
        assertEquals(4096, taken.size());
    }

    @Test
    void theRestIsExportedAtTheStop() {
        spans(2);
        export.flush();
        assertEquals(2, taken.size());
    }
}
