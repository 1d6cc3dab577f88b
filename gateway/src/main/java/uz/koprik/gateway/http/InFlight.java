package uz.koprik.gateway.http;

import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One request that counts as being in flight until its answer has ended, or, when a handler holds it, until the last byte has
 * been handed to the network: a large answer that a client takes slowly is not finished by being written.
 */
public final class InFlight {

    private static final String KEY = InFlight.class.getName();

    private final AtomicInteger parts = new AtomicInteger(1);
    private final AtomicBoolean answered = new AtomicBoolean();
    private final Runnable end;

    private InFlight(Runnable end) {
        this.end = end;
    }

    static InFlight begin(RoutingContext request, Runnable end) {
        InFlight inFlight = new InFlight(end);
        request.put(KEY, inFlight);
        return inFlight;
    }

    /** Keeps {@code request} in flight until what is returned has been run once. */
    public static Runnable hold(RoutingContext request) {
        InFlight inFlight = request.get(KEY);
        inFlight.parts.incrementAndGet();
        return inFlight::release;
    }

    void answered() {
        if (answered.compareAndSet(false, true)) {
            release();
        }
    }

    private void release() {
        if (parts.decrementAndGet() == 0) {
            end.run();
        }
    }
}
