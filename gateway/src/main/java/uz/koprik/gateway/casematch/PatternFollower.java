package uz.koprik.gateway.casematch;

import java.time.Duration;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.gateway.concurrent.Backoff;
import uz.koprik.gateway.concurrent.CentreThread;
import uz.koprik.gateway.concurrent.CentreThreads;
import uz.koprik.gateway.concurrent.WakeSignal;
import uz.koprik.indicators.correlation.Correlator;
import uz.koprik.indicators.policy.Audience;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.InternalStore;
import uz.koprik.indicators.store.Page;
import uz.koprik.indicators.store.Selection;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.StoredObject;
import uz.koprik.indicators.store.Versions;

/**
 * Adds the indicators and observed data to the correlator that intake does not add: those stored before this process
 * began, read once in the background, and those that other gateways of this centre store.
 */
public final class PatternFollower implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PatternFollower.class);
    private static final Set<String> TYPES = Set.of("indicator", "observed-data");
    private static final int PAGE = 1000;

    private final InternalStore store;
    private final Correlator correlator;
    private final Duration look;
    private final WakeSignal alarm = new WakeSignal();
    private final Backoff backoff =
            new Backoff(Duration.ofMillis(200), Duration.ofSeconds(30), RandomGenerator.getDefault());
    private CentreThread thread;
    private long covered;
    private long lastEnd;
    private long others = -1;
    private volatile boolean closed;

    /**
     * Begins at once.
     *
     * @param look how often the store is asked what others wrote
     */
    public static PatternFollower start(
            InternalStore store, Correlator correlator, Duration look, CentreThreads threads) {
        PatternFollower follower = new PatternFollower(store, correlator, look);
        follower.thread = threads.start("the reading of patterns", "pattern-follower", follower::run);
        return follower;
    }

    private PatternFollower(InternalStore store, Correlator correlator, Duration look) {
        this.store = store;
        this.correlator = correlator;
        this.look = look;
    }

    private void run() throws InterruptedException {
        while (!closed) {
            Duration rest = look;
            try {
                round();
                backoff.reset();
            } catch (StoreUnavailable failed) {
                rest = backoff.next();
                LOG.warn("patterns wait to be read: {}", failed.getMessage());
            } catch (RuntimeException bug) {
                rest = backoff.next();
                LOG.error("patterns wait to be read", bug);
            }
            alarm.sleep(rest);
        }
    }

    /**
     * What others write is in view a moment before it is counted, so that it is looked for from where the round before
     * the last ended.
     */
    private void round() throws StoreUnavailable {
        long before = store.othersWrote();
        long end = store.status().lastSeq();
        if (before != others) {
            read(end);
            if (closed) {
                return;
            }
        }
        covered = lastEnd;
        lastEnd = end;
        others = before;
        if (!correlator.patterns().figures().complete()) {
            correlator.patterns().filled();
            LOG.info(
                    "{} patterns are held to be tested against observed data",
                    correlator.patterns().figures().held());
        }
    }

    private void read(long end) throws StoreUnavailable {
        Selection selection = new Selection(Audience.HOUSEKEEPING, TYPES, Set.of(), Set.of(), Versions.LAST, 0);
        long at = covered;
        boolean more = true;
        while (more && at < end && !closed) {
            Page page = store.page(selection, at, PAGE);
            for (Entry entry : page.entries()) {
                correlator.learn(
                        StoredObject.stix(entry), !entry.facts().observables().isEmpty());
            }
            at = page.nextAfter();
            more = page.more();
        }
    }

    /** Stops. */
    @Override
    public void close() {
        closed = true;
        alarm.ring();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
