package uz.koprik.gateway.tracing;

import java.util.List;
import java.util.Optional;
import uz.koprik.gateway.concurrent.CentreThreads;
import uz.koprik.gateway.config.Config;
import uz.koprik.indicators.store.Entry;

/**
 * Traces of objects on their way through this centre (docs/adr/0015-tracing.md). Off unless the settings name a
 * collector; then no class of OpenTelemetry is loaded. Safe for use by many threads at once.
 */
public interface Tracing extends AutoCloseable {

    /** Objects with spans of their own, of one submission or push. */
    int MOST_OBJECTS = 20;

    /** Records nothing. */
    Tracing OFF = new NoTracing();

    /** What the settings ask for. */
    static Tracing open(String centre, Config.Tracing config, CentreThreads threads) {
        return config.on() ? OpenTelemetryTracing.open(centre, config, threads) : OFF;
    }

    /** Whether anything is recorded. */
    boolean on();

    /**
     * Begins a trace, or does not: the settings say how often.
     *
     * @param sender the header {@code traceparent} of a request; it becomes a link, and decides nothing
     */
    Span begin(String name, Optional<String> sender);

    /**
     * Records for traced objects whether they were released to a partner.
     *
     * @param startedNanos {@link System#nanoTime()} before the decision
     * @param after the decision was about entries after this sequence number
     * @param to and up to this one
     * @param released those that go to the partner
     */
    void decided(String partner, long startedNanos, long after, long to, List<Entry> released);

    /** Begins a request that pushes entries to a partner. */
    PushSpan push(String partner, List<Entry> entries);

    /** Exports what is left, and stops. */
    @Override
    void close();
}
