package uz.koprik.gateway.feeds;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.gateway.clock.ClockWrong;
import uz.koprik.gateway.clock.TrustExpired;
import uz.koprik.gateway.concurrent.Backoff;
import uz.koprik.gateway.concurrent.CentreThread;
import uz.koprik.gateway.concurrent.WakeSignal;
import uz.koprik.gateway.partners.PartnerFailure;
import uz.koprik.gateway.trouble.ExchangeTrouble;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.lease.LeaseLost;
import uz.koprik.indicators.wording.Sentence;

/**
 * One direction of the exchange with one partner, on a virtual thread of its own: round after round, for ever. A
 * failure is described in the state of the partner, and the feed tries again later.
 */
abstract class Feed implements AutoCloseable {

    private static final Duration LONGEST_STOP = Duration.ofSeconds(5);
    private static final Duration LAST_WAIT = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(Feed.class);

    /** A partner that calls us but cannot be called is not tried more often than this because of its calls. */
    private static final Duration CALM = Duration.ofSeconds(1);

    /** How soon it is seen that a feed which another gateway may run is stopped here, or may go on. */
    private static final Duration ELSEWHERE = Duration.ofMillis(100);

    final FeedContext context;
    final String partner;
    final PartnerState state;
    final RefusalLog refusals;
    private final WakeSignal alarm = new WakeSignal();
    private final String name;
    private volatile CentreThread thread;
    private TaxiiClient client;
    private volatile boolean stopping;
    private volatile boolean failing;
    private volatile long failedAt;

    /** Whether the partner answered in this round. */
    boolean contacted;

    private Peer clientOf;
    private ClientTls clientShows;

    Feed(String kind, FeedContext context, String partner, PartnerState state, RefusalLog refusals) {
        this.context = context;
        this.partner = partner;
        this.state = state;
        this.refusals = refusals;
        this.name = kind + "-" + partner;
    }

    final void start() {
        thread = context.threads().start("the feed of a partner", name, this::run);
    }

    /** Lets the next round begin at once, also after a failure. */
    final void wake() {
        alarm.ring();
    }

    /** The trust list or the settings of partners changed, or somebody asks for a round now. */
    abstract void settingsChanged();

    /**
     * There is something new to do. A feed that waits after a failure goes on waiting: its next round sees it anyway.
     */
    final void news() {
        if (!failing) {
            alarm.ring();
        }
    }

    /** The partner made contact: a feed that waits after a failure tries again, though not without any pause. */
    final void heardFromPartner() {
        if (failing && System.nanoTime() - failedAt > CALM.toNanos()) {
            alarm.ring();
        }
    }

    /**
     * Does everything there is to do.
     *
     * @return how long to sleep before the next round, unless woken
     */
    abstract Duration round(TaxiiClient client) throws PartnerFailure, StoreUnavailable, InterruptedException;

    /** Changes what is remembered of this direction. */
    abstract void remember(UnaryOperator<PartnerState.Direction> change) throws StoreUnavailable;

    /** What last went wrong in this direction; empty when it was put right. */
    abstract String error();

    /** Whether a round should come to its end. */
    final boolean stopping() {
        return stopping;
    }

    @Override
    public final void close() {
        stopping = true;
        alarm.ring();
        CentreThread running = thread;
        if (running == null) {
            return;
        }
        try {
            if (!running.join(LONGEST_STOP)) {
                // It waits for the partner or the store, which may take longer than a stop may.
                running.interrupt();
                running.join(LAST_WAIT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What is wrong with its thread; empty when it runs. */
    final Optional<Sentence> threadTrouble() {
        CentreThread running = thread;
        return running != null && running.down()
                ? Optional.of(ExchangeTrouble.EXCHANGE_THREAD_FAILED.with(Map.of(Sentence.SAID, running.lastFailure())))
                : Optional.empty();
    }

    private void run() throws InterruptedException {
        Backoff backoff = new Backoff(
                context.settings().backoffFirst(), context.settings().backoffMax(), RandomGenerator.getDefault());
        try {
            while (!stopping) {
                Duration pause = state.ours() ? roundOrWait(backoff) : ELSEWHERE;
                if (!stopping) {
                    alarm.sleep(pause);
                }
            }
        } finally {
            dropClient();
        }
    }

    private Duration roundOrWait(Backoff backoff) throws InterruptedException {
        try {
            contacted = false;
            Duration pause = round(client());
            if (contacted || !error().isEmpty()) {
                Instant now = context.clock().instant();
                remember(direction -> direction.succeeded(now));
            }
            backoff.reset();
            failing = false;
            return pause;
        } catch (PartnerFailure failure) {
            return stopping ? Duration.ZERO : failed(failure.trouble(), failure.retryAfter(), backoff);
        } catch (LeaseLost lost) {
            LOG.info("{}: {}", name, lost.getMessage());
            return ELSEWHERE;
        } catch (ClockWrong | TrustExpired wrong) {
            return failed(said(ExchangeTrouble.EXCHANGE_WAITS, wrong.getMessage()), Optional.empty(), backoff);
        } catch (StoreUnavailable ours) {
            return failed(said(ExchangeTrouble.EXCHANGE_STORE_AWAY, ours.getMessage()), Optional.empty(), backoff);
        } catch (RuntimeException | Error bug) {
            LOG.error("{} failed unexpectedly", name, bug);
            dropClient(); // it may be in the middle of something
            return failed(
                    said(ExchangeTrouble.EXCHANGE_ERROR, bug.getClass().getSimpleName()), Optional.empty(), backoff);
        }
    }

    private static Sentence said(ExchangeTrouble kind, String words) {
        return kind.with(Map.of(Sentence.SAID, String.valueOf(words)));
    }

    private void dropClient() {
        TaxiiClient last = client;
        client = null;
        if (last != null) {
            last.close();
        }
    }

    private Duration failed(Sentence why, Optional<Duration> retryAfter, Backoff backoff) {
        Instant now = context.clock().instant();
        try {
            remember(direction -> direction.failed(why, now));
        } catch (StoreUnavailable unknown) {
            LOG.debug("{}: the failure is not remembered", name, unknown);
        }
        failedAt = System.nanoTime();
        failing = true;
        Duration wait = backoff.next();
        if (retryAfter.isPresent() && retryAfter.get().compareTo(wait) > 0) {
            // A partner does not decide that it is never asked again.
            Duration max = context.settings().backoffMax();
            wait = retryAfter.get().compareTo(max) > 0 ? max : retryAfter.get();
        }
        LOG.warn("{}: {}; next try in {} ms", name, why.text(), wait.toMillis());
        return wait;
    }

    /** The client for where the partner is now; a new one when its card or settings, or our certificate changed. */
    private TaxiiClient client() throws PartnerFailure {
        Peer peer = context.peer(partner);
        ClientTls shown = context.tls();
        if (client == null || !peer.equals(clientOf) || !shown.shows(clientShows)) {
            dropClient();
            client = new TaxiiClient(context, peer, () -> stopping);
            clientOf = peer;
            clientShows = shown;
        }
        return client;
    }
}
