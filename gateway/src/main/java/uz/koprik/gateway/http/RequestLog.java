package uz.koprik.gateway.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** A line and a measurement for every answered request. Neither has query values, bodies or credentials in it. */
final class RequestLog {

    private static final Logger LOG = LoggerFactory.getLogger("uz.koprik.access");

    private final boolean lines;
    private final MeterRegistry meters;
    private final Map<Kind, Timer> timers = new ConcurrentHashMap<>();

    /** What requests are counted by. */
    private record Kind(String method, String route, int status) {}

    RequestLog(boolean lines, MeterRegistry meters) {
        this.lines = lines;
        this.meters = meters;
    }

    void answered(RoutingContext request, long nanos) {
        int status = request.response().getStatusCode();
        Kind kind = new Kind(method(request), route(request), status);
        timers.computeIfAbsent(kind, this::timer).record(nanos, TimeUnit.NANOSECONDS);
        if (lines && LOG.isInfoEnabled()) {
            MDC.put(RequestId.MDC_KEY, RequestId.of(request));
            try {
                LOG.info(
                        "{} {} {} {} B {} ms from {} by {}",
                        kind.method(),
                        request.request().path(),
                        status,
                        length(request),
                        nanos / 1_000_000,
                        ClientAddress.of(request),
                        CallerName.of(request));
            } finally {
                MDC.remove(RequestId.MDC_KEY);
            }
        }
    }

    /** As announced: what has been written so far differs between versions of HTTP. */
    private static String length(RoutingContext request) {
        String announced = request.response().headers().get(HttpHeaders.CONTENT_LENGTH);
        return announced == null ? Long.toString(request.response().bytesWritten()) : announced;
    }

    private Timer timer(Kind kind) {
        return Timer.builder("koprik.http.requests")
                .description("Answered requests")
                .tag("method", kind.method())
                .tag("route", kind.route())
                .tag("status", Integer.toString(kind.status()))
                .register(meters);
    }

    /** Clients may invent methods; they do not get to invent names of counters. */
    private static String method(RoutingContext request) {
        return switch (request.request().method().name()) {
            case "GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH" ->
                request.request().method().name();
            default -> "other";
        };
    }

    private static String route(RoutingContext request) {
        Route route = request.currentRoute();
        String path = route == null ? null : route.getPath();
        return path == null ? "other" : path;
    }
}
