package uz.koprik.gateway.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import uz.koprik.gateway.config.Config;

/**
 * What every request passes first: it gets its id and the security headers, is counted, and turned away when too many
 * are in flight already: of all, of its address, or of its caller.
 */
final class RequestGuard implements Handler<RoutingContext> {

    private static final long LINGER_MILLIS = 2000;

    private static final String KEY = RequestGuard.class.getName();

    /** RFC 9110, section 5.6.7. */
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final Config.Limits limits;
    private final Shares requests;
    private final Blocking.Queues queues;
    private final Connections connections;
    private final RequestLog log;
    private final InstantSource clock;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final Counter turnedAway;

    RequestGuard(
            Config.Limits limits, Connections connections, RequestLog log, MeterRegistry meters, InstantSource clock) {
        this.limits = limits;
        this.requests = new Shares("requests in flight", limits.requestsInFlight(), 1, limits);
        int processors = Runtime.getRuntime().availableProcessors();
        int set = limits.workPerCaller();
        // Half of the processors: the rest is left to the other callers.
        int work = set == 0 ? Math.max(1, processors / 2) : set;
        this.queues = new Blocking.Queues(
                Blocking.turns(work),
                Blocking.turns(set == 0 ? processors : set),
                Blocking.turns(work),
                // The other half is for the work itself: the connection ends after the whole.
                limits.requestTimeout().dividedBy(2));
        this.connections = connections;
        this.log = log;
        this.clock = clock;
        this.turnedAway = Counter.builder("koprik.http.turned.away")
                .description("Requests answered 503 because too many were in flight")
                .register(meters);
        Gauge.builder("koprik.http.in.flight", inFlight, AtomicInteger::get)
                .description("Requests in flight")
                .register(meters);
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
        request.addHeadersEndHandler(ignored -> date(request.response()));
        Blocking.take(request, queues);
        inFlight.incrementAndGet();
        Shares.Claim claim = requests.claim(ClientAddress.of(request));
        request.put(KEY, claim);
        connections.began(request.request().connection());
        Runnable alive = () -> connections.alive(request.request().connection());
        RequestTracker ticket = RequestTracker.begin(request, alive, () -> {
            inFlight.decrementAndGet();
            claim.release();
            connections.ended(request.request().connection());
        });
        request.addEndHandler(ignored -> {
            ticket.answered();
            log.answered(request, System.nanoTime() - start);
            letGo(request);
        });
        QueryNames.checkEncoding(request.request().path(), request.request().query());
        if (!RequestPath.of(request).equals("/healthz")) {
            turnAway(claim.take(1));
        }
        request.next();
    }

    /** Once it is known who sends the request: they answer for it, and for the connection. */
    void caller(RoutingContext request) {
        Shares.Claim claim = request.get(KEY);
        turnAway(claim.add(request));
        String crowded = connections.caller(request);
        if (crowded != null) {
            if (request.request().version() != HttpVersion.HTTP_2) {
                request.response().putHeader(HttpHeaders.CONNECTION, "close");
            }
            HttpConnection connection = request.request().connection();
            request.addEndHandler(ignored -> connection.shutdown());
            turnAway(crowded);
        }
        request.next();
    }

    private void turnAway(String why) {
        if (why != null) {
            turnedAway.increment();
            throw Problem.later(503, "Busy", why + "; try again in a moment", Duration.ofSeconds(1));
        }
    }

    /** RFC 9110, section 6.6.1: partners compare clocks by it. */
    private void date(HttpServerResponse response) {
        response.putHeader(HttpHeaders.DATE, HTTP_DATE.format(clock.instant()));
    }

    private static void secure(HttpServerResponse response) {
        response.putHeader("Strict-Transport-Security", "max-age=31536000")
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("X-Frame-Options", "DENY")
                .putHeader("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'");
    }

    /**
     * A body that is still on its way is thrown away for a moment, so that the client gets to read the answer; then the
     * connection is closed.
     */
    private static void letGo(RoutingContext request) {
        HttpServerRequest http = request.request();
        if (http.isEnded()) {
            return;
        }
        http.handler(ignored -> {});
        http.resume();
        if (http.version() != HttpVersion.HTTP_2) {
            long timer = request.vertx()
                    .setTimer(LINGER_MILLIS, ignored -> http.connection().close());
            http.endHandler(ignored -> request.vertx().cancelTimer(timer));
        }
    }
}
