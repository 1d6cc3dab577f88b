package uz.koprik.gateway.http;

import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One request that counts as being in flight until its answer has ended, or, when a handler holds it, until the last
 * byte has been handed to the network: a large answer that a client takes slowly is not finished by being written.
 */
public final class RequestTracker {

    private static final String KEY = RequestTracker.class.getName();

    private final AtomicInteger parts = new AtomicInteger(1);
    private final AtomicBoolean answered = new AtomicBoolean();
    private final Runnable alive;
    private final Runnable end;

    private RequestTracker(Runnable alive, Runnable end) {
        this.alive = alive;
        this.end = end;
    }

    /**
     * @param alive called when the request makes progress
     * @param end called when it is over
     */
    static RequestTracker begin(RoutingContext request, Runnable alive, Runnable end) {
        RequestTracker inFlight = new RequestTracker(alive, end);
        request.put(KEY, inFlight);
        return inFlight;
    }

    /** Keeps {@code request} in flight until what is returned has been run once. */
    public static Runnable hold(RoutingContext request) {
        RequestTracker inFlight = request.get(KEY);
        inFlight.parts.incrementAndGet();
        return inFlight::release;
    }

    /**
     * Records progress of {@code request}, whose duration depends on the size of its body: its time starts again. May
     * be called on any thread.
     */
    public static void progress(RoutingContext request) {
        RequestTracker inFlight = request.get(KEY);
        inFlight.alive.run();
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
