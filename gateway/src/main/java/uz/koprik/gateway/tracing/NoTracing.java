package uz.koprik.gateway.tracing;

import java.util.List;
import java.util.Optional;
import uz.koprik.indicators.store.Entry;

/** See {@link Tracing#OFF}. */
final class NoTracing implements Tracing {

    @Override
    public boolean on() {
        return false;
    }

    @Override
    public Span begin(String name, Optional<String> sender) {
        return Span.NONE;
    }

    @Override
    public void decided(String partner, long startedNanos, long after, long to, List<Entry> released) {
        // Not recorded.
    }

    @Override
    public PushSpan push(String partner, List<Entry> entries) {
        return PushSpan.NONE;
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
