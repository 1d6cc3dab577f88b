package uz.koprik.gateway.tracing;

import io.vertx.core.Handler;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** Begins a trace for each request that is sampled. Of the request it records method, route and status, no URL. */
public final class RequestSpans implements Handler<RoutingContext> {

    private static final String KEY = RequestSpans.class.getName();

    private final Tracing tracing;

    public RequestSpans(Tracing tracing) {
        this.tracing = tracing;
    }

    /** The span of a request. */
    public static Span of(RoutingContext request) {
        Span span = request.get(KEY);
        return span == null ? Span.NONE : span;
    }

    @Override
    public void handle(RoutingContext request) {
        String method = request.request().method().name();
        Span span = tracing.begin(
                "HTTP " + method, Optional.ofNullable(request.request().getHeader("traceparent")));
        if (span.recorded()) {
            request.put(KEY, span);
            span.with("http.request.method", method);
            request.addEndHandler(ignored -> {
                Route route = request.currentRoute();
                int status = request.response().getStatusCode();
                span.with("http.route", route == null || route.getPath() == null ? "" : route.getPath())
                        .with("http.response.status_code", status);
                (status >= 500 ? span.failed() : span).end();
            });
        }
        request.next();
    }
}
