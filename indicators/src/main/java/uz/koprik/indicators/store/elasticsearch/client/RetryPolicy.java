package uz.koprik.indicators.store.elasticsearch.client;

import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import uz.koprik.indicators.store.StoreUnavailable;

/**
 * Makes calls again while the cluster is busy or partly away (429, 502, 503, 504, no connection, no answer), with
 * back-off and jitter, until patience is at an end. For calls that may be made twice.
 */
public final class RetryPolicy {

    private static final long FIRST_WAIT = 20;
    private static final long LONGEST_WAIT = 2000;

    private final Duration patience;

    public RetryPolicy(Duration patience) {
        this.patience = patience;
    }

    /** A call to the cluster. */
    public interface Call<T> {
        T make() throws IOException;
    }

    /**
     * The answer.
     *
     * @param what is being done, for the error: a verb and an object
     * @throws StoreUnavailable when patience is at an end, or at once for an answer that will not change by asking
     *     again
     */
    public <T> T make(String what, Call<T> call) throws StoreUnavailable {
        RetryRun retrying = retrying(what);
        while (true) {
            try {
                return call.make();
            } catch (IOException | ElasticsearchException failed) {
                retrying.pauseAfter(failed);
            }
        }
    }

    public RetryRun retrying(String what) {
        return new RetryRun(what, patience);
    }

    /** One thing that is tried again and again. */
    public static final class RetryRun {

        private final String what;
        private final Duration patience;
        private final long deadline;
        private long wait = FIRST_WAIT;

        private RetryRun(String what, Duration patience) {
            this.what = what;
            this.patience = patience;
            this.deadline = System.nanoTime() + patience.toNanos();
        }

        /** Waits before the next try; throws when there should be none. */
        public void pauseAfter(Exception failed) throws StoreUnavailable {
            if (failed instanceof ElasticsearchException answered && !passes(answered.status())) {
                throw new StoreUnavailable("cannot " + what + ": " + ErrorText.words(answered), answered);
            }
            if (System.nanoTime() - deadline >= 0) {
                throw new StoreUnavailable(
                        "cannot " + what + ", tried for " + patience.toSeconds() + " s: " + ErrorText.words(failed),
                        failed);
            }
            try {
                Thread.sleep(wait / 2 + ThreadLocalRandom.current().nextLong(wait));
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new StoreUnavailable("interrupted while trying to " + what, interrupted);
            }
            wait = Math.min(wait * 2, LONGEST_WAIT);
        }
    }

    /** Whether another try may have another answer. */
    public static boolean passes(int status) {
        return switch (status) {
            case 408, 429, 502, 503, 504 -> true;
            default -> false;
        };
    }
}
