package uz.koprik.gateway.alerts;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Counts open streams: a limited number per account, and none while the centre stops. Thread-safe. */
final class Streams {

    private final int limit;
    private final Map<String, Integer> open = new HashMap<>();
    private boolean closing;

    Streams(int limit) {
        this.limit = limit;
    }

    /** Whether another stream may be opened; if so, {@link #leave} must follow. */
    synchronized boolean enter(String account) {
        int now = open.getOrDefault(account, 0);
        if (now >= limit) {
            return false;
        }
        open.put(account, now + 1);
        return true;
    }

    synchronized void leave(String account) {
        open.computeIfPresent(account, (name, count) -> count == 1 ? null : count - 1);
        notifyAll();
    }

    synchronized void close() {
        closing = true;
    }

    /** Waits until none is open, at most {@code most}. */
    synchronized void awaitNone(Duration most) throws InterruptedException {
        long end = System.nanoTime() + most.toNanos();
        for (long left = most.toMillis(); !open.isEmpty() && left > 0; left = (end - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
    }

    synchronized boolean closing() {
        return closing;
    }

    synchronized int count() {
        return open.values().stream().mapToInt(Integer::intValue).sum();
    }
}
