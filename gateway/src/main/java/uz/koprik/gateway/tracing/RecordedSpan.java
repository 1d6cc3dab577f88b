package uz.koprik.gateway.tracing;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A span that OpenTelemetry records. */
final class RecordedSpan implements Span {

    private final OpenTelemetryTracing tracing;
    private final io.opentelemetry.api.trace.Span span;
    private final long started;
    private final AtomicInteger objects = new AtomicInteger();

    /** @param started nanoseconds since the epoch */
    RecordedSpan(OpenTelemetryTracing tracing, io.opentelemetry.api.trace.Span span, long started) {
        this.tracing = tracing;
        this.span = span;
        this.started = started;
    }

    SpanContext context() {
        return span.getSpanContext();
    }

    @Override
    public boolean recorded() {
        return true;
    }

    @Override
    public <R, X extends Exception> R during(String name, Work<R, X> work) throws X {
        RecordedSpan child = new RecordedSpan(
                tracing, tracing.child(name, span.getSpanContext()).startSpan(), Instants.now());
        boolean done = false;
        try {
            R result = child.within(work);
            done = true;
            return result;
        } finally {
            (done ? child : child.failed()).end();
        }
    }

    @Override
    public <R, X extends Exception> R within(Work<R, X> work) throws X {
        ScopedValue.CallableOp<R, X> call = () -> work.run(this);
        return ScopedValue.where(CurrentSpan.VALUE, this).call(call);
    }

    @Override
    public Span with(String attribute, String value) {
        span.setAttribute(attribute, value);
        return this;
    }

    @Override
    public Span with(String attribute, long value) {
        span.setAttribute(attribute, value);
        return this;
    }

    @Override
    public void object(String id, String outcome, long seq) {
        if (objects.getAndIncrement() >= Tracing.MOST_OBJECTS) {
            return;
        }
        io.opentelemetry.api.trace.Span object = tracing.child("object", span.getSpanContext())
                .setStartTimestamp(started, TimeUnit.NANOSECONDS)
                .setAttribute("koprik.object.id", id)
                .setAttribute("koprik.object.outcome", outcome)
                .startSpan();
        object.end();
        if (seq > 0) {
            tracing.remember(seq, object.getSpanContext());
        }
    }

    @Override
    public Optional<String> header() {
        return tracing.header(span.getSpanContext());
    }

    @Override
    public Span failed() {
        span.setStatus(StatusCode.ERROR);
        return this;
    }

    @Override
    public void end() {
        span.end();
    }
}
