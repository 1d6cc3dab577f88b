package uz.koprik.gateway.alerts.log;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.gateway.concurrent.CentreThread;
import uz.koprik.gateway.concurrent.CentreThreads;
import uz.koprik.indicators.store.StoreUnavailable;

/** Reads periodically what other gateways emit. */
public final class AlertFollower implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AlertFollower.class);

    private final AlertLog log;
    private final Duration follow;
    private final CentreThread thread;
    private volatile boolean closed;

    private AlertFollower(AlertLog log, Duration follow, CentreThreads threads) {
        this.log = log;
        this.follow = follow;
        this.thread = threads.start("the reading of alerts of other gateways", "alerts-follow", this::run);
    }

    /** @param follow period of reading */
    public static AlertFollower start(AlertLog log, Duration follow, CentreThreads threads) {
        return new AlertFollower(log, follow, threads);
    }

    private void run() throws InterruptedException {
        while (!closed) {
            try {
                log.catchUp();
            } catch (StoreUnavailable away) {
                LOG.warn("alerts of other gateways wait: {}", away.getMessage());
            } catch (RuntimeException bug) {
                LOG.error("alerts of other gateways wait", bug);
            }
            Thread.sleep(follow);
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
