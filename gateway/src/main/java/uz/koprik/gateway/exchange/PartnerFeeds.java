package uz.koprik.gateway.exchange;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.trust.TrustedCentre;

/** The feeds of all partners: started, stopped and woken as the settings say. Safe for use by many threads at once. */
public final class PartnerFeeds implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PartnerFeeds.class);

    private final FeedContext context;
    private final String self;
    private final Path folder;
    private final Map<String, Partner> partners = new ConcurrentHashMap<>();
    private boolean closed;

    /** What is kept of one partner. */
    private static final class Partner {
        final PartnerState state;
        final RefusalLog refusals;
        volatile FeedPuller puller;
        volatile FeedPusher pusher;

        Partner(PartnerState state, RefusalLog refusals) {
            this.state = state;
            this.refusals = refusals;
        }
    }

    /**
     * @param self name of this centre, which is no partner of itself
     * @param state folder in which the feeds remember how far they got
     */
    public PartnerFeeds(
            String self,
            Vertx vertx,
            ClientTls tls,
            Intake intake,
            Release release,
            Trust trust,
            Partners partners,
            FeedSettings settings,
            Path state,
            InstantSource clock) {
        this.context = new FeedContext(vertx, tls, intake, release, trust, partners, settings, clock);
        this.self = self;
        this.folder = state;
        intake.onAccepted(this::news);
    }

    /** Starts feeds that are wanted now and stops those that are not any more. Call it once at start and after every change. */
    public synchronized void reconcile() {
        if (closed) {
            return;
        }
        Set<String> wanted = new TreeSet<>();
        for (PartnerSettings settings : context.partners().all()) {
            if (!settings.name().equals(self)) {
                wanted.add(settings.name());
                reconcile(settings);
            }
        }
        for (Map.Entry<String, Partner> known : partners.entrySet()) {
            if (!wanted.contains(known.getKey())) {
                stop(known.getValue());
            }
        }
    }

    private void reconcile(PartnerSettings settings) {
        Partner partner = partner(settings.name());
        if (settings.pull() && partner.puller == null) {
            partner.puller = new FeedPuller(context, settings.name(), partner.state, partner.refusals);
            partner.puller.start();
        } else if (!settings.pull() && partner.puller != null) {
            partner.puller.close();
            partner.puller = null;
        } else if (partner.puller != null) {
            // A new card or another endpoint may be what it is waiting for.
            partner.puller.wake();
        }
        if (settings.push() && partner.pusher == null) {
            partner.pusher = new FeedPusher(context, settings.name(), partner.state, partner.refusals);
            partner.pusher.start();
        } else if (!settings.push() && partner.pusher != null) {
            partner.pusher.close();
            partner.pusher = null;
        } else if (partner.pusher != null) {
            partner.pusher.wake();
        }
    }

    private Partner partner(String name) {
        return partners.computeIfAbsent(name, n -> {
            try {
                return new Partner(
                        PartnerState.open(folder.resolve("partners").resolve(n + ".json")),
                        new RefusalLog(folder.resolve("refusals").resolve(n + ".jsonl"), RefusalLog.FULL));
            } catch (IOException e) {
                throw new UncheckedIOException("the state of the exchange with " + n + " cannot be read in " + folder, e);
            }
        });
    }

    private static void stop(Partner partner) {
        if (partner.puller != null) {
            partner.puller.close();
            partner.puller = null;
        }
        if (partner.pusher != null) {
            partner.pusher.close();
            partner.pusher = null;
        }
    }

    /** Takes no lock: it is called by feeds, for which somebody who holds the lock may be waiting. */
    private void news(Accepted accepted) {
        for (Map.Entry<String, Partner> known : partners.entrySet()) {
            boolean itsOwn = accepted.source() instanceof Source.Partner source && source.name().equals(known.getKey());
            FeedPusher pusher = known.getValue().pusher;
            if (pusher != null && !itsOwn) {
                pusher.news();
            }
        }
    }

    /** A partner came to us, so it is there: what waits after failures tries again. Cheap, for every request. Takes no lock. */
    public void heardFrom(String name) {
        Partner partner = partners.get(name);
        if (partner != null) {
            FeedPuller puller = partner.puller;
            FeedPusher pusher = partner.pusher;
            if (puller != null) {
                puller.heardFromPartner();
            }
            if (pusher != null) {
                pusher.heardFromPartner();
            }
        }
    }

    /** What can be asked of a partner at once. */
    public enum Asked {
        /** It is being asked for news now. */
        STARTED,
        /** Nothing is fetched from it: {@code pull} is false. */
        NOT_PULLED,
        /** Nobody of that name is known. */
        UNKNOWN
    }

    /**
     * Asks a partner for news now instead of at the next turn.
     *
     * @param fromStart whether to read everything again, for what the partner did not release before
     */
    public synchronized Asked pull(String name, boolean fromStart) {
        if (!names().contains(name)) {
            return Asked.UNKNOWN;
        }
        Partner partner = partner(name);
        if (partner.puller == null) {
            return Asked.NOT_PULLED;
        }
        if (fromStart) {
            partner.state.change(PartnerState.Memory::withoutPulled);
        }
        partner.puller.wake();
        return Asked.STARTED;
    }

    /** All partners: those on the trust list and those in {@code partners.yaml}. */
    public List<PartnerReport> reports(long lastSeq) {
        List<PartnerReport> all = new ArrayList<>();
        for (String name : names()) {
            all.add(report(name, 0, lastSeq));
        }
        return all;
    }

    /** One partner, with its newest refusals; empty when nobody of that name is known. */
    public Optional<PartnerReport> find(String name, int refusals, long lastSeq) {
        return names().contains(name) ? Optional.of(report(name, refusals, lastSeq)) : Optional.empty();
    }

    private Set<String> names() {
        Set<String> names = new TreeSet<>();
        context.trust().centres().forEach(centre -> names.add(centre.name()));
        context.partners().all().forEach(settings -> names.add(settings.name()));
        names.remove(self);
        return names;
    }

    private PartnerReport report(String name, int refusals, long lastSeq) {
        Partner partner = partner(name);
        Optional<TrustedCentre> centre = context.trust().centre(name);
        return new PartnerReport(
                context.partners().partner(name),
                centre,
                partner.state.now(),
                Math.max(0, lastSeq - partner.state.now().pushedSeq()),
                refusals == 0 ? List.of() : partner.refusals.newest(refusals));
    }

    /** Stops all feeds and returns when they have stopped; what they were doing is taken up again at the next start. */
    @Override
    public void close() {
        List<Partner> all;
        synchronized (this) {
            closed = true;
            all = List.copyOf(partners.values());
        }
        all.forEach(PartnerFeeds::stop);
        LOG.debug("feeds stopped");
    }
}
