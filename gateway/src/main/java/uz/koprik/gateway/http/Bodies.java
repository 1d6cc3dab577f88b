package uz.koprik.gateway.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import uz.koprik.gateway.config.Config;

/**
 * Reads the body of a request whose sender is known, within limits: so large (413), so long (408), so much memory for all
 * bodies together (503). Handlers find it in {@link RoutingContext#body()}.
 */
final class Bodies implements Handler<RoutingContext> {

    private static final Set<HttpMethod> BODILESS = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private final long maxBytes;
    private final Duration timeout;
    private final long budget;
    private final AtomicLong held = new AtomicLong();
    private final Counter late;

    Bodies(Config.Limits limits, MeterRegistry meters) {
        this.maxBytes = limits.maxContentLength().bytes();
        this.timeout = limits.bodyTimeout();
        this.budget = limits.bodiesInFlight().bytes();
        this.late = Counter.builder("koprik.http.bodies.late")
                .description("Requests whose body did not arrive in time")
                .register(meters);
        Gauge.builder("koprik.http.bodies.bytes", held, AtomicLong::get).description("Bytes of bodies in memory").register(meters);
    }

    @Override
    public void handle(RoutingContext request) {
        HttpServerRequest http = request.request();
        if (BODILESS.contains(http.method())) {
            request.next();
            return;
        }
        if (announced(http) > maxBytes) {
            throw tooLarge();
        }
        new Reading(request).start();
    }

    private static long announced(HttpServerRequest http) {
        String length = http.getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException malformed) {
            throw new Problem(400, "Bad request", "Content-Length is not a number");
        }
    }

    private Problem tooLarge() {
        return new Problem(
                413,
                "Too large",
                "the body is larger than " + maxBytes + " bytes, the most this server takes in one request; split it");
    }

    /** One body on its way in. All methods run on the event loop of its connection. */
    private final class Reading {

        private final RoutingContext request;
        private final HttpServerRequest http;
        private final Buffer body = Buffer.buffer();
        private final Runnable release;
        private long reserved;
        private long timer;
        private boolean done;

        Reading(RoutingContext request) {
            this.request = request;
            this.http = request.request();
            this.release = () -> held.addAndGet(-reserved);
        }

        void start() {
            request.addEndHandler(ignored -> release.run());
            if ("100-continue".equalsIgnoreCase(http.getHeader(HttpHeaders.EXPECT))) {
                request.response().writeContinue();
            }
            timer = request.vertx().setTimer(timeout.toMillis(), ignored -> {
                late.increment();
                stop(new Problem(
                        408, "Too slow", "the body did not arrive within " + timeout.toMillis() / 1000.0 + " s; send it faster or in parts"));
            });
            http.exceptionHandler(broken -> stop(new Problem(400, "Bad request", "the body ended before it was whole")));
            http.handler(this::part);
            http.endHandler(ignored -> end());
            http.resume();
        }

        private void part(Buffer part) {
            if (done) {
                return;
            }
            if (body.length() + (long) part.length() > maxBytes) {
                stop(tooLarge());
                return;
            }
            reserved += part.length();
            if (held.addAndGet(part.length()) > budget) {
                stop(Problem.later(
                        503, "Busy", "too many bodies are being worked on; try again in a moment", Duration.ofSeconds(1)));
                return;
            }
            body.appendBuffer(part);
        }

        private void end() {
            if (!done) {
                done = true;
                request.vertx().cancelTimer(timer);
                ((RoutingContextInternal) request).setBody(body);
                request.next();
            }
        }

        private void stop(Problem problem) {
            if (!done) {
                done = true;
                request.vertx().cancelTimer(timer);
                request.fail(problem);
            }
        }
    }
}
