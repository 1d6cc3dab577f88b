package uz.koprik.gateway.http;

import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import uz.koprik.gateway.trouble.HealthTrouble;
import uz.koprik.indicators.wording.Sentence;

/**
 * Whether the threads that accept connections and serve them still do. Vert.x does not report a loop that ended by an
 * {@link Error}; its public interface does not name the loops either, so its internal one is asked.
 */
public final class EventLoops {

    private static final Duration SILENT = Duration.ofSeconds(15);

    private final List<EventExecutor> loops;
    /** When each loop last answered, by a clock that only moves forward. */
    private final Map<EventExecutor, Long> answered = new ConcurrentHashMap<>();

    public EventLoops(Vertx vertx) {
        VertxInternal internals = (VertxInternal) vertx;
        this.loops = Stream.of(internals.acceptorEventLoopGroup(), internals.nettyEventLoopGroup())
                .flatMap(EventLoops::each)
                .toList();
        long now = System.nanoTime();
        loops.forEach(loop -> answered.put(loop, now));
    }

    private static Stream<EventExecutor> each(EventLoopGroup group) {
        return StreamSupport.stream(group.spliterator(), false);
    }

    /**
     * Asks every loop for a sign of life. Call it every few seconds.
     *
     * @return whether all loops are alive; one that is not never comes back
     */
    public boolean beat() {
        for (EventExecutor loop : loops) {
            if (loop.isShuttingDown()) {
                return false;
            }
            loop.execute(() -> answered.put(loop, System.nanoTime()));
        }
        return true;
    }

    /** Whether a loop did not answer for {@code time}. */
    public boolean silentFor(Duration time) {
        long now = System.nanoTime();
        return answered.values().stream().anyMatch(at -> now - at > time.toNanos());
    }

    /** What is wrong; empty when every loop answered not long ago. */
    public Optional<Sentence> trouble() {
        return silent(SILENT);
    }

    /** What is wrong; empty when every loop runs and answered within {@code time}. */
    public Optional<Sentence> silent(Duration time) {
        long now = System.nanoTime();
        long silent = answered.entrySet().stream()
                .filter(loop -> loop.getKey().isShuttingDown() || now - loop.getValue() > time.toNanos())
                .count();
        return silent == 0
                ? Optional.empty()
                : Optional.of(HealthTrouble.EVENT_LOOPS.with(Map.of("count", silent, "all", loops.size())));
    }
}
