package uz.koprik.gateway.concurrent;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait after failures: doubled each time up to a cap, with jitter, so that the partners of a centre that
 * comes back do not all call at once. Belongs to one thread.
 */
public final class Backoff {

    private final Duration first;
    private final Duration max;
    private final RandomGenerator random;
    private int failures;

    public Backoff(Duration first, Duration max, RandomGenerator random) {
        this.first = first;
        this.max = max;
        this.random = random;
    }

    /** The wait after one more failure: between half and the whole of the doubled time. */
    public Duration next() {
        failures++;
        return after(failures, first, max, random);
    }

    /**
     * The wait after a number of failures in succession.
     *
     * @param failures at least 1
     * @param first the longest wait after the first failure
     * @param max the longest wait at all
     */
    public static Duration after(int failures, Duration first, Duration max, RandomGenerator random) {
        long millis = first.toMillis() << Math.min(failures - 1, 30);
        long capped = Math.min(millis <= 0 ? Long.MAX_VALUE : millis, max.toMillis());
        return Duration.ofMillis(capped / 2 + random.nextLong(capped / 2 + 1));
    }

    public void reset() {
        failures = 0;
    }
}
