package uz.koprik.gateway.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import java.util.Map;
import java.util.Set;

/** A push with traced objects. */
final class RecordedPush implements PushSpan {

    private final RecordedSpan request;
    private final Map<String, Span> objects;
    private boolean acknowledged;

    /** @param objects the spans of the traced objects, by id */
    RecordedPush(RecordedSpan request, Map<String, Span> objects) {
        this.request = request;
        this.objects = objects;
    }

    @Override
    public uz.koprik.gateway.tracing.Span request() {
        return request;
    }

    @Override
    public void acknowledged(Set<String> refused) {
        acknowledged = true;
        request.with("koprik.refused", refused.size());
        objects.forEach((id, span) ->
                span.setAttribute("koprik.object.outcome", refused.contains(id) ? "refused" : "acknowledged"));
    }

    @Override
    public void close() {
        if (!acknowledged) {
            request.failed();
            objects.values().forEach(span -> span.setStatus(StatusCode.ERROR));
        }
        objects.values().forEach(Span::end);
        request.end();
    }
}
