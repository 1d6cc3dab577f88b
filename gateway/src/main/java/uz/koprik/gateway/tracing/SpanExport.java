package uz.koprik.gateway.tracing;

import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Level;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes ended spans into a bounded queue and exports them from a periodic task. Work that is traced never waits: what
 * has no room is dropped and counted. A collector that does not take spans is logged once a minute.
 */
final class SpanExport implements SpanProcessor {

    private static final Logger LOG = LoggerFactory.getLogger(SpanExport.class);

    /** The library logs every failed export by itself, past the log of this centre. */
    private static final java.util.logging.Logger LIBRARY = java.util.logging.Logger.getLogger("io.opentelemetry");

    private static final int WAITING = 4096;
    private static final int BATCH = 512;
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration LAST = Duration.ofSeconds(1);
    private static final Duration LOG_EVERY = Duration.ofMinutes(1);

    private final SpanExporter exporter;
    private final String collector;
    private final BlockingQueue<SpanData> waiting = new ArrayBlockingQueue<>(WAITING);
    private final AtomicLong dropped = new AtomicLong();
    private final ReentrantLock exporting = new ReentrantLock();
    private volatile boolean failing;
    private long logged = System.nanoTime() - LOG_EVERY.toNanos();

    SpanExport(SpanExporter exporter, String collector) {
        this.exporter = exporter;
        this.collector = collector;
    }

    /** @param endpoint base URL of an OTLP receiver */
    static SpanExport to(String endpoint) {
        LIBRARY.setLevel(Level.OFF);
        String base = endpoint.endsWith("/") ? endpoint.substring(0, endpoint.length() - 1) : endpoint;
        return new SpanExport(
                OtlpHttpSpanExporter.builder()
                        .setEndpoint(base + "/v1/traces")
                        .setConnectTimeout(CONNECT)
                        .setTimeout(PATIENCE)
                        .setRetryPolicy(null)
                        .build(),
                endpoint);
    }

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {
        // Only ended spans are exported.
    }

    @Override
    public boolean isStartRequired() {
        return false;
    }

    @Override
    public void onEnd(ReadableSpan span) {
        if (!waiting.offer(span.toSpanData())) {
            dropped.incrementAndGet();
        }
    }

    @Override
    public boolean isEndRequired() {
        return true;
    }

    /** Exports what waits. For one thread. */
    void export() {
        exporting.lock();
        try {
            while (!waiting.isEmpty() && batch(PATIENCE.plus(CONNECT))) {
                // Until nothing waits.
            }
        } finally {
            exporting.unlock();
        }
    }

    /** Exports one batch at the stop, unless the collector failed before. */
    void flush() {
        if (!failing && exporting.tryLock()) {
            try {
                batch(LAST);
            } finally {
                exporting.unlock();
            }
        }
    }

    private boolean batch(Duration patience) {
        List<SpanData> batch = new ArrayList<>();
        waiting.drainTo(batch, BATCH);
        if (batch.isEmpty()) {
            return true;
        }
        boolean taken = exporter.export(batch)
                .join(patience.toMillis(), TimeUnit.MILLISECONDS)
                .isSuccess();
        failing = !taken;
        if (!taken) {
            dropped.addAndGet(batch.size());
        }
        report();
        return taken;
    }

    private void report() {
        if (dropped.get() > 0 && System.nanoTime() - logged >= LOG_EVERY.toNanos()) {
            logged = System.nanoTime();
            LOG.warn(
                    "{} spans were dropped: {} (tracing.endpoint) does not take them; look at the collector, or remove"
                            + " the setting",
                    dropped.getAndSet(0),
                    collector);
        }
    }

    @Override
    public CompletableResultCode shutdown() {
        return exporter.shutdown();
    }
}
