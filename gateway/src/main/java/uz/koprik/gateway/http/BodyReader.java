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
import uz.koprik.gateway.config.Config;

/**
 * Reads the body of a request whose sender is known, within limits: size (413), time (408), memory of all bodies
 * together (503). Handlers find it in {@link RoutingContext#body()}.
 */
final class BodyReader implements Handler<RoutingContext> {

    private static final Set<HttpMethod> BODILESS = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private final long maxBytes;
    private final Duration timeout;
    private final Shares budget;
    private final long rate;
    private final Duration rateWindow;
    private final Counter late;

    BodyReader(Config.Limits limits, MeterRegistry meters) {
        this.maxBytes = limits.maxContentLength().bytes();
        this.timeout = limits.bodyTimeout();
        long most = Math.max(
                maxBytes,
                Math.min(limits.bodiesInFlight().bytes(), Runtime.getRuntime().maxMemory() / 8));
        this.budget = new Shares("bytes in bodies", most, maxBytes, limits);
        this.rate = limits.bodyRate().bytes();
        this.rateWindow = limits.bodyRateWindow();
        this.late = Counter.builder("koprik.http.bodies.late")
                .description("Requests whose body did not arrive in time")
                .register(meters);
        Gauge.builder("koprik.http.bodies.bytes", budget, Shares::held)
                .description("Bytes of bodies in memory")
                .register(meters);
    }

    @Override
    public void handle(RoutingContext request) {
        HttpServerRequest http = request.request();
        if (BODILESS.contains(http.method())) {
            request.next();
            return;
        }
        if (BodyStream.announced(http) > maxBytes) {
            throw tooLarge();
        }
        new BodyAssembly(request).start();
    }

    private Problem tooLarge() {
        return new Problem(
                413,
                "Too large",
                "the body is larger than " + maxBytes + " bytes, the most this server takes in one request; split it");
    }

    /** One body on its way in. All methods run on the event loop of its connection. */
    private final class BodyAssembly {

        private final RoutingContext request;
        private final HttpServerRequest http;
        private Buffer body = Buffer.buffer();
        private long announced;
        private final Shares.Claim claim;
        private long timer;
        private long rateTimer;
        private int before;
        private boolean done;

        BodyAssembly(RoutingContext request) {
            this.request = request;
            this.http = request.request();
            this.claim = budget.claim(ClientAddress.of(request));
            claim.add(request);
        }

        void start() {
            request.addEndHandler(ignored -> claim.release());
            announced = BodyStream.announced(http);
            reserve(announced);
            if (done) {
                return;
            }
            body = Buffer.buffer((int) announced);
            if ("100-continue".equalsIgnoreCase(http.getHeader(HttpHeaders.EXPECT))) {
                request.response().writeContinue();
            }
            timer = request.vertx().setTimer(timeout.toMillis(), ignored -> {
                late.increment();
                stop(new Problem(
                        408,
                        "Too slow",
                        "the body did not arrive within " + timeout.toMillis() / 1000.0
                                + " s; send it faster or in parts"));
            });
            lookAtRate();
            http.exceptionHandler(
                    broken -> stop(new Problem(400, "Bad request", "the body ended before it was whole")));
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
            // What was announced is reserved already.
            reserve(Math.min(part.length(), body.length() + (long) part.length() - announced));
            if (!done) {
                body.appendBuffer(part);
            }
        }

        private void reserve(long bytes) {
            String refused = bytes <= 0 ? null : claim.take(bytes);
            if (refused != null) {
                stop(Problem.later(503, "Busy", refused + "; try again in a moment", Duration.ofSeconds(1)));
            }
        }

        private void lookAtRate() {
            rateTimer = request.vertx().setTimer(rateWindow.toMillis(), ignored -> checkRate());
        }

        private void checkRate() {
            if (!done && (body.length() - before) * 1000L < rate * rateWindow.toMillis()) {
                late.increment();
                stop(new Problem(
                        408,
                        "Too slow",
                        "the body came slower than " + rate
                                + " bytes per second, the least that this server waits for"));
            }
            before = body.length();
            if (!done) {
                lookAtRate();
            }
        }

        private void cancelTimers() {
            request.vertx().cancelTimer(timer);
            request.vertx().cancelTimer(rateTimer);
        }

        private void end() {
            if (!done) {
                done = true;
                cancelTimers();
                ((RoutingContextInternal) request).setBody(body);
                request.next();
            }
        }

        private void stop(Problem problem) {
            if (!done) {
                done = true;
                cancelTimers();
                request.fail(problem);
            }
        }
    }
}
