package uz.koprik.gateway.feeds;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.gateway.concurrent.LeaderTask;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.wording.Sentence;

/**
 * The exchange with one partner: its state, and those of its feeds that run at this gateway, which are the ones that
 * are wanted, if it may run any.
 */
final class PartnerExchange implements LeaderTask.Duty {

    private static final Logger LOG = LoggerFactory.getLogger(PartnerExchange.class);

    final PartnerState state;
    final RefusalLog refusals;
    final ReceivedObjects received;
    private final FeedContext context;
    private final String partner;
    private volatile FeedPuller puller;
    private volatile FeedPusher pusher;
    private boolean pull;
    private boolean push;
    private boolean permitted;

    /** When a trouble of a thread or of the clock was first reported; null when there is none. */
    private Instant inTroubleSince;

    private Instant outTroubleSince;

    /** @param permitted whether this gateway may run feeds from the beginning */
    PartnerExchange(
            FeedContext context,
            String partner,
            PartnerState state,
            RefusalLog refusals,
            ReceivedObjects received,
            boolean permitted) {
        this.received = received;
        this.context = context;
        this.partner = partner;
        this.state = state;
        this.refusals = refusals;
        this.permitted = permitted;
    }

    /** Says which feeds are wanted; those that run already look at once, since a new card may be what they wait for. */
    synchronized void want(boolean pulled, boolean pushed) {
        pull = pulled;
        push = pushed;
        each(Feed::settingsChanged);
        settle();
    }

    /** Forgets the errors of directions that operators switched off: nothing is tried there any more. */
    synchronized void forgetErrors(boolean pulled, boolean pushed) {
        PartnerState.Memory memory = state.now();
        boolean stale = (!pulled && !memory.in().error().isEmpty())
                || (!pushed && !memory.out().error().isEmpty());
        if (stale && state.ours()) {
            try {
                state.change(now -> now.in(in -> pulled ? in : in.stopped()).out(out -> pushed ? out : out.stopped()));
            } catch (StoreUnavailable later) {
                LOG.debug("errors of the stopped feeds of {} are kept", partner, later);
            }
        }
    }

    /** Says whether this gateway may run feeds; when it may not, returns when they have stopped. */
    synchronized void permit(boolean may) {
        permitted = may;
        settle();
    }

    @Override
    public void begin() {
        state.reload();
        permit(true);
    }

    @Override
    public void end() {
        permit(false);
    }

    private void settle() {
        puller = settled(pull && permitted, puller, () -> new FeedPuller(context, partner, state, refusals));
        pusher = settled(push && permitted, pusher, () -> new FeedPusher(context, partner, state, refusals));
    }

    private static <F extends Feed> F settled(boolean wanted, F running, Supplier<F> made) {
        if (wanted && running == null) {
            F feed = made.get();
            feed.start();
            return feed;
        }
        if (!wanted && running != null) {
            running.close();
            return null;
        }
        return running;
    }

    /** What is remembered, and what is wrong with a thread of it now. */
    synchronized PartnerState.Memory memory() {
        PartnerState.Memory memory = state.now();
        Instant now = context.clock().instant();
        Optional<Sentence> in = Optional.ofNullable(puller).flatMap(this::trouble);
        Optional<Sentence> out = Optional.ofNullable(pusher).flatMap(this::trouble);
        inTroubleSince = in.isEmpty() ? null : inTroubleSince == null ? now : inTroubleSince;
        outTroubleSince = out.isEmpty() ? null : outTroubleSince == null ? now : outTroubleSince;
        Instant inSince = inTroubleSince;
        Instant outSince = outTroubleSince;
        if (in.isPresent()) {
            memory = memory.in(direction -> direction.failed(in.get(), inSince, now));
        }
        return out.isPresent() ? memory.out(direction -> direction.failed(out.get(), outSince, now)) : memory;
    }

    private Optional<Sentence> trouble(Feed feed) {
        return feed.threadTrouble().or(context.clockTrouble());
    }

    /** Whether it is fetched from here. */
    boolean pulls() {
        return puller != null;
    }

    /** Takes no lock, as the next two: called by feeds, for which somebody who holds the lock may be waiting. */
    void wake() {
        each(Feed::settingsChanged);
    }

    /** There is something new in the store. */
    void news() {
        FeedPusher running = pusher;
        if (running != null) {
            running.news();
        }
    }

    /** The partner made contact. */
    void heardFromPartner() {
        each(Feed::heardFromPartner);
    }

    private void each(java.util.function.Consumer<Feed> what) {
        FeedPuller pulling = puller;
        if (pulling != null) {
            what.accept(pulling);
        }
        FeedPusher pushing = pusher;
        if (pushing != null) {
            what.accept(pushing);
        }
    }
}
