package uz.koprik.gateway.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.http.HttpConnection;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.gateway.config.Config;

/**
 * Watches all connections, so that slow or idle clients cannot hold them: a connection on which no request arrives for a
 * while is closed (however slowly its bytes trickle in), and so is one whose answer is not taken in time.
 */
final class Connections {

    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

    private final Map<HttpConnection, Watch> watches = new ConcurrentHashMap<>();
    private final int limit;
    private final long idleNanos;
    private final long requestNanos;
    private final Counter refused;
    private final Counter idle;
    private final Counter slow;

    /** One connection: how many of its requests are in flight, and since when nothing began or ended. */
    private static final class Watch {
        private final AtomicInteger inFlight = new AtomicInteger();
        private volatile long since = System.nanoTime();
    }

    Connections(Config.Limits limits, MeterRegistry meters) {
        this.limit = limits.connections();
        this.idleNanos = limits.idleTimeout().toNanos();
        this.requestNanos = limits.requestTimeout().toNanos();
        this.refused = closed(meters, "too many connections");
        this.idle = closed(meters, "idle");
        this.slow = closed(meters, "request not finished in time");
        Gauge.builder("koprik.http.connections", watches, Map::size).description("Open connections").register(meters);
    }

    private static Counter closed(MeterRegistry meters, String reason) {
        return Counter.builder("koprik.http.connections.closed")
                .description("Connections closed by the server")
                .tag("reason", reason)
                .register(meters);
    }

    void opened(HttpConnection connection) {
        if (watches.size() >= limit) {
            refused.increment();
            LOG.warn("connection from {} closed: {} are open already", connection.remoteAddress().hostAddress(), limit);
            connection.close();
            return;
        }
        watches.put(connection, new Watch());
        connection.closeHandler(ignored -> watches.remove(connection));
    }

    void began(HttpConnection connection) {
        Watch watch = watches.get(connection);
        if (watch != null) {
            watch.inFlight.incrementAndGet();
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
            if (watch.inFlight.get() == 0 ? age > idleNanos : age > requestNanos) {
                (watch.inFlight.get() == 0 ? idle : slow).increment();
                watches.remove(connection);
                connection.close();
            }
        });
    }

    /** How often {@link #sweep()} is due, in milliseconds. */
    long sweepMillis() {
        long shorter = Duration.ofNanos(Math.min(idleNanos, requestNanos)).toMillis();
        return Math.clamp(shorter / 4, 20, 1000);
    }
}
