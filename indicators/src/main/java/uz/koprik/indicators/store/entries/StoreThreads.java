package uz.koprik.indicators.store.entries;

import java.util.Optional;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.indicators.store.StoreUnavailable;

/**
 * The long-lived threads of an open store. One that ends by an exception or an {@link Error} is reported: what it kept
 * in memory may be half of a change, so only opening the store anew mends it.
 */
public final class StoreThreads {

    private static final Logger LOG = LoggerFactory.getLogger(StoreThreads.class);

    private record ThreadFailure(String thread, Throwable failure) {}

    private volatile ThreadFailure failed;
    private BiConsumer<String, Throwable> listener =
            (thread, failure) -> LOG.error("thread {} of the store ended", thread, failure);

    /** A thread that reports when its work throws. */
    public Thread unstarted(String name, Runnable work) {
        return Thread.ofPlatform().name(name).unstarted(() -> {
            try {
                work.run();
            } catch (Throwable failure) {
                report(name, failure);
            }
        });
    }

    /** Reports a thread that ended; only the first one counts. */
    public void report(String name, Throwable failure) {
        BiConsumer<String, Throwable> informed;
        synchronized (this) {
            if (failed != null) {
                return;
            }
            failed = new ThreadFailure(name, failure);
            informed = listener;
        }
        informed.accept(name, failure);
    }

    /** Who learns of a thread that ended unexpectedly, at once if one did before. */
    public void onFailure(BiConsumer<String, Throwable> informed) {
        synchronized (this) {
            listener = informed;
        }
        ThreadFailure before = failed;
        if (before != null) {
            informed.accept(before.thread, before.failure);
        }
    }

    /** The name of a thread that ended unexpectedly. */
    public Optional<String> failedThread() {
        return Optional.ofNullable(failed).map(ThreadFailure::thread);
    }

    /** @throws StoreUnavailable when a thread ended unexpectedly */
    public void requireAlive() throws StoreUnavailable {
        ThreadFailure one = failed;
        if (one != null) {
            throw new StoreUnavailable(
                    "the thread " + one.thread + " of the store ended unexpectedly; start the centre again",
                    one.failure);
        }
    }
}
