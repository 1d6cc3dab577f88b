package uz.koprik.gateway.http;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The memory that decoded JSON may take in this process. Who decodes reserves first, by the most that text of this
 * length can become, and waits in turn when it does not fit. Safe for use by many threads.
 */
public final class DecodeBudget {

    /** A quarter of the heap. */
    public static final DecodeBudget PROCESS =
            new DecodeBudget(Runtime.getRuntime().maxMemory() / 4, Duration.ofSeconds(20));

    /** Bytes of memory that a byte of JSON can become: "{}," is an object with its tables. */
    private static final int FACTOR = 32;

    private static final int UNIT = 4096;

    private final int units;
    private final Semaphore free;
    private final Duration patience;

    /** Memory that was reserved; closing it gives it back. */
    public interface Reservation extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * @param bytes of memory
     * @param patience how long a reservation waits
     */
    DecodeBudget(long bytes, Duration patience) {
        this.units = Math.clamp(bytes / UNIT, 1, Integer.MAX_VALUE);
        this.free = new Semaphore(units, true);
        this.patience = patience;
    }

    /**
     * Reserves the memory for decoding text. A text that alone takes more than there is waits for all of it.
     *
     * @param length of the text in bytes
     * @throws Problem 503 when there is no room for a while
     */
    public Reservation reserve(long length) throws InterruptedException {
        int wanted = Math.clamp(length * FACTOR / UNIT + 1, 1, units);
        if (!free.tryAcquire(wanted, patience.toMillis(), TimeUnit.MILLISECONDS)) {
            throw Problem.later(
                    503,
                    "Busy",
                    "there is no memory for this request now; try again in a moment",
                    Duration.ofSeconds(2));
        }
        return () -> free.release(wanted);
    }
}
