package uz.koprik.gateway.alerts;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.gateway.alerts.log.AlertLog;
import uz.koprik.gateway.casematch.CaseMatchMonitor;
import uz.koprik.gateway.concurrent.CentreThread;
import uz.koprik.gateway.concurrent.CentreThreads;
import uz.koprik.gateway.concurrent.LeaderTask;
import uz.koprik.indicators.store.StoreUnavailable;

/**
 * The work of the leader among the gateways of a centre: emits alerts, delivers them, makes digests. One thread begins
 * and ends it.
 */
final class AlertLeader implements LeaderTask.Duty {

    private static final Logger LOG = LoggerFactory.getLogger(AlertLeader.class);

    /** Period of checks for subscriptions that another gateway changed. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final AlertLog log;
    private final Supplier<CaseMatchMonitor> watch;
    private final IdConflicts conflicts;
    private final OperatorNotices notices;
    private final Deliveries deliveries;
    private Semaphore ended;
    private CentreThread thread;
    private final CentreThreads threads;

    /** @param watch makes a search that continues after {@link AlertLog#covered}; it does not run yet */
    AlertLeader(
            AlertLog log,
            Supplier<CaseMatchMonitor> watch,
            IdConflicts conflicts,
            OperatorNotices notices,
            Deliveries deliveries,
            CentreThreads threads) {
        this.log = log;
        this.watch = watch;
        this.conflicts = conflicts;
        this.notices = notices;
        this.deliveries = deliveries;
        this.threads = threads;
    }

    @Override
    public void begin() {
        ended = new Semaphore(0);
        Semaphore end = ended;
        thread = threads.start("the emission of alerts", "alerts", () -> run(end));
    }

    private void run(Semaphore end) throws InterruptedException {
        CaseMatchMonitor watching = null;
        try {
            do {
                try {
                    if (watching == null) {
                        log.catchUp();
                        watching = watch.get();
                        watching.start();
                        deliveries.begin();
                    }
                    conflicts.emit(log);
                    notices.emit();
                    deliveries.reconcile();
                } catch (StoreUnavailable | IOException failed) {
                    LOG.error("alerts and deliveries wait, none is lost: {}", failed.getMessage());
                } catch (RuntimeException bug) {
                    LOG.error("alerts and deliveries wait, none is lost", bug);
                }
            } while (!end.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS));
        } finally {
            try {
                if (watching != null) {
                    watching.close();
                }
            } finally {
                deliveries.end();
            }
        }
    }

    @Override
    public void end() {
        if (thread == null) {
            return;
        }
        ended.release();
        try {
            thread.join();
            thread = null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
