package uz.koprik.gateway.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.http.HttpConnection;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.gateway.config.Config;

/**
 * Watches all connections, so that slow or idle clients cannot hold them: a connection on which no request arrives for
 * a while is closed (however slowly its bytes trickle in), and so is one whose answer is not taken in time.
 */
final class Connections {

    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

    private final Map<HttpConnection, Watch> watches = new ConcurrentHashMap<>();
    private final Shares shares;
    private final long firstNanos;
    private final long idleNanos;
    private final long requestNanos;
    private final Counter refused;
    private final Counter idle;
    private final Counter slow;

    /** One connection: how many of its requests are in flight, and since when nothing began or ended. */
    private static final class Watch {
        private final AtomicInteger inFlight = new AtomicInteger();
        private final Shares.Claim claim;
        private volatile boolean asked;
        private String caller;
        private volatile long since = System.nanoTime();

        Watch(Shares.Claim claim) {
            this.claim = claim;
        }

        /** The caller of its latest request answers for it. */
        synchronized String caller(RoutingContext request) {
            if (caller == null || !caller.equals(CallerName.key(request))) {
                claim.keepAddress();
                caller = CallerName.key(request);
            }
            return claim.add(request);
        }

        synchronized void release() {
            claim.release();
        }
    }

    Connections(Config.Limits limits, MeterRegistry meters) {
        this.shares = new Shares("connections", limits.connections(), 1, limits);
        this.firstNanos = Math.min(
                limits.idleTimeout().toNanos(), limits.handshakeTimeout().toNanos());
        this.idleNanos = limits.idleTimeout().toNanos();
        this.requestNanos = limits.requestTimeout().toNanos();
        this.refused = closed(meters, "too many connections");
        this.idle = closed(meters, "idle");
        this.slow = closed(meters, "request not finished in time");
        Gauge.builder("koprik.http.connections", watches, Map::size)
                .description("Open connections")
                .register(meters);
    }

    private static Counter closed(MeterRegistry meters, String reason) {
        return Counter.builder("koprik.http.connections.closed")
                .description("Connections closed by the server")
                .tag("reason", reason)
                .register(meters);
    }

    void opened(HttpConnection connection) {
        String address = connection.remoteAddress().hostAddress();
        Shares.Claim claim = shares.claim(address);
        String crowded = claim.take(1);
        if (crowded != null) {
            claim.release();
            refused.increment();
            LOG.warn("connection from {} closed: {}", address, crowded);
            connection.close();
            return;
        }
        Watch watch = new Watch(claim);
        watches.put(connection, watch);
        connection.closeHandler(ignored -> {
            watches.remove(connection);
            watch.release();
        });
    }

    /**
     * Lets the caller of a request answer for its connection; null when that is within its share, else in words why
     * not.
     */
    String caller(RoutingContext request) {
        Watch watch = watches.get(request.request().connection());
        return watch == null ? null : watch.caller(request);
    }

    void began(HttpConnection connection) {
        Watch watch = watches.get(connection);
        if (watch != null) {
            watch.inFlight.incrementAndGet();
            watch.asked = true;
            watch.since = System.nanoTime();
        }
    }

    /** What is in flight on it has got on. */
    void alive(HttpConnection connection) {
        Watch watch = watches.get(connection);
        if (watch != null) {
            watch.since = System.nanoTime();
        }
    }

    void ended(HttpConnection connection) {
        Watch watch = watches.get(connection);
        if (watch != null) {
            watch.since = System.nanoTime();
            watch.inFlight.decrementAndGet();
        }
    }

    /** Closes what has taken too long. Called a few times in the shorter of the two spans. */
    void sweep() {
        long now = System.nanoTime();
        watches.forEach((connection, watch) -> {
            long age = now - watch.since;
            if (watch.inFlight.get() == 0 ? age > (watch.asked ? idleNanos : firstNanos) : age > requestNanos) {
                (watch.inFlight.get() == 0 ? idle : slow).increment();
                watches.remove(connection);
                watch.release();
                connection.close();
            }
        });
    }

    /** How often {@link #sweep()} is due, in milliseconds. */
    long sweepMillis() {
        long shorter = Duration.ofNanos(Math.min(firstNanos, requestNanos)).toMillis();
        return Math.clamp(shorter / 4, 20, 1000);
    }
}
