package uz.koprik.gateway.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import uz.koprik.gateway.config.Config;

/**
 * What every request passes first: it gets its id and the security headers, is counted, and turned away when too many are in
 * flight already.
 */
final class Entrance implements Handler<RoutingContext> {

    private final Config.Limits limits;
    private final int limit;
    private final Connections connections;
    private final RequestLog log;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final Counter turnedAway;

    Entrance(Config.Limits limits, Connections connections, RequestLog log, MeterRegistry meters) {
        this.limits = limits;
        this.limit = limits.requestsInFlight();
        this.connections = connections;
        this.log = log;
        this.turnedAway = Counter.builder("koprik.http.turned.away")
                .description("Requests answered 503 because too many were in flight")
                .register(meters);
        Gauge.builder("koprik.http.in.flight", inFlight, AtomicInteger::get).description("Requests in flight").register(meters);
    }

    /** How many requests are in flight. */
    int inFlight() {
        return inFlight.get();
    }

    @Override
    public void handle(RoutingContext request) {
        long start = System.nanoTime();
        RequestId.assign(request);
        RequestLimits.set(request, limits);
        secure(request.response());
        int count = inFlight.incrementAndGet();
        connections.began(request.request().connection());
        Runnable alive = () -> connections.alive(request.request().connection());
        InFlight ticket = InFlight.begin(request, alive, () -> {
            inFlight.decrementAndGet();
            connections.ended(request.request().connection());
        });
        request.addEndHandler(ignored -> {
            ticket.answered();
            log.answered(request, System.nanoTime() - start);
        });
        if (count > limit && !request.normalizedPath().equals("/healthz")) {
            turnedAway.increment();
            throw Problem.later(503, "Busy", "too many requests are in flight; try again in a moment", Duration.ofSeconds(1));
        }
        QueryNames.checkEncoding(request.request().path(), request.request().query());
        request.next();
    }

    private static void secure(HttpServerResponse response) {
        response.putHeader("Strict-Transport-Security", "max-age=31536000")
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("X-Frame-Options", "DENY")
                .putHeader("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'");
    }
}
