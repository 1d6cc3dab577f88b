package uz.koprik.gateway.exchange;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.lease.Lease;

/**
 * Holds, or waits for, the lease of one partner's exchange, on a virtual thread of its own; its feeds run here while the lease is
 * held. The state is read anew whenever the lease was taken: another gateway may have gone on meanwhile.
 */
final class Tenure implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Tenure.class);

    /** So often is the lease looked after in the time for which its holder may be silent. */
    private static final int LOOKS = 4;

    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

    private final String partner;
    private final Lease lease;
    private final PartnerExchange exchange;
    private final Duration pause;
    private final Alarm alarm = new Alarm();
    private final Thread thread;
    private volatile boolean stopping;

    /** The term of the lease in which the feeds run; 0 when they do not. */
    private long running;

    Tenure(String partner, Lease lease, Duration length, PartnerExchange exchange) {
        this.partner = partner;
        this.lease = lease;
        this.exchange = exchange;
        this.pause = length.dividedBy(LOOKS);
        this.thread = Thread.ofVirtual().name("lease-" + partner).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            while (!stopping) {
                step();
                alarm.sleep(pause);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void step() {
        boolean held = tend();
        if (running != 0 && !(held && lease.term() == running)) {
            LOG.warn("the feeds of {} stop here: {}", partner, lease.runner().map(name -> "gateway " + name + " runs them").orElse("the lease ran out"));
            exchange.permit(false);
            running = 0;
        }
        if (held && running == 0 && !stopping) {
            exchange.state.reload();
            running = lease.term();
            LOG.info("the feeds of {} run here", partner);
            exchange.permit(true);
        }
    }

    private boolean tend() {
        try {
            return lease.tend();
        } catch (StoreUnavailable away) {
            LOG.warn("the lease of the feeds of {} cannot be looked after: {}", partner, away.getMessage());
        } catch (RuntimeException bug) {
            LOG.error("the lease of the feeds of {} cannot be looked after", partner, bug);
        }
        return lease.held();
    }

    /** Stops the feeds here and lets another gateway have them at once. */
    @Override
    public void close() {
        stopping = true;
        alarm.ring();
        try {
            if (!thread.join(CLOSE_WITHIN)) {
                thread.interrupt(); // the cluster is away; the lease then ends by itself
                thread.join();
            }
            exchange.permit(false);
            lease.release();
        } catch (StoreUnavailable away) {
            LOG.warn("the lease of the feeds of {} could not be given back, it ends by itself: {}", partner, away.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
