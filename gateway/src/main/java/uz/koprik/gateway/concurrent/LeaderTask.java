package uz.koprik.gateway.concurrent;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.lease.Lease;

/**
 * Holds, or waits for, the lease of a duty that one gateway of a centre does at a time, on a virtual thread of its own;
 * the duty is done here while the lease is held, and begun anew whenever it was taken: another gateway may have gone on
 * meanwhile.
 */
public final class LeaderTask implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LeaderTask.class);

    /** Renewals per lease duration. */
    private static final int LOOKS = 4;

    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

    private final String what;
    private final Lease lease;
    private final Duty duty;
    private final Duration pause;
    private final WakeSignal alarm = new WakeSignal();
    private final CentreThreads threads;
    private CentreThread thread;
    private volatile boolean stopping;

    /** The term of the lease in which the duty is done; 0 when it is not. */
    private long running;

    /** What is done while the lease is held. */
    public interface Duty {

        /** Begins, and returns soon: the lease is looked after by the same thread. */
        void begin();

        /** Ends, and returns when nothing of it goes on any more; also called when it did not begin. */
        void end();
    }

    /**
     * @param what is done, in words, in the plural
     * @param length of the lease
     */
    public LeaderTask(String what, Lease lease, Duration length, Duty duty, CentreThreads threads) {
        this.what = what;
        this.lease = lease;
        this.duty = duty;
        this.pause = length.dividedBy(LOOKS);
        this.threads = threads;
    }

    /** Begins to look after the lease. Call it once. */
    public void start() {
        thread = threads.start("the lease of a duty", "lease of " + what, this::run);
    }

    private void run() throws InterruptedException {
        try {
            while (!stopping) {
                step();
                alarm.sleep(pause);
            }
        } catch (RuntimeException | Error failed) {
            running = 0; // a duty that is half begun is begun anew
            duty.end();
            throw failed;
        }
    }

    private void step() {
        boolean held = tend();
        if (running != 0 && !(held && lease.term() == running)) {
            LOG.warn(
                    "{} stop here: {}",
                    what,
                    lease.runner().map(name -> "gateway " + name + " runs them").orElse("the lease ran out"));
            duty.end();
            running = 0;
        }
        if (held && running == 0 && !stopping) {
            running = lease.term();
            LOG.info("{} run here", what);
            duty.begin();
        }
    }

    private boolean tend() {
        try {
            return lease.tend();
        } catch (StoreUnavailable away) {
            LOG.warn("the lease of {} cannot be looked after: {}", what, away.getMessage());
        } catch (RuntimeException bug) {
            LOG.error("the lease of {} cannot be looked after", what, bug);
        }
        return lease.held();
    }

    /** Ends the duty here and lets another gateway have them at once. */
    @Override
    public void close() {
        stopping = true;
        alarm.ring();
        try {
            if (thread != null && !thread.join(CLOSE_WITHIN)) {
                thread.interrupt(); // the cluster is away; the lease then ends by itself
                thread.join();
            }
            duty.end();
            lease.release();
        } catch (StoreUnavailable away) {
            LOG.warn("the lease of {} could not be released, it expires by itself: {}", what, away.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
