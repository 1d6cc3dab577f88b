package uz.koprik.gateway.feeds;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.trust.TrustList;
import uz.koprik.gateway.auth.Source;
import uz.koprik.gateway.concurrent.CentreThreads;
import uz.koprik.gateway.concurrent.LeaderTask;
import uz.koprik.gateway.intake.AcceptedEvent;
import uz.koprik.gateway.intake.Intake;
import uz.koprik.gateway.intake.Outcome;
import uz.koprik.gateway.intake.Refusal;
import uz.koprik.gateway.partners.CardNews;
import uz.koprik.gateway.partners.CardOffers;
import uz.koprik.gateway.partners.PartnerFailure;
import uz.koprik.gateway.partners.PartnerSettings;
import uz.koprik.gateway.partners.Partners;
import uz.koprik.gateway.partners.Trust;
import uz.koprik.gateway.release.Release;
import uz.koprik.gateway.tracing.Tracing;
import uz.koprik.indicators.policy.PartnerSight;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.lease.Lease;
import uz.koprik.indicators.store.lease.Leases;
import uz.koprik.indicators.wording.Sentence;

/**
 * The feeds of all partners: started, stopped and woken as the settings say. Where several gateways may share the
 * store, those of a partner run at the one that has its lease. Safe for use by many threads at once.
 */
public final class PartnerFeeds implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PartnerFeeds.class);

    private final FeedContext context;
    private final String self;
    private final Path folder;
    private final Optional<Leases> leases;
    private final Map<String, Partner> partners = new ConcurrentHashMap<>();
    /** What the rules opened to each partner when they were last looked at. */
    private final Map<String, String> sights = new ConcurrentHashMap<>();

    private final AtomicLong known = new AtomicLong();
    private volatile boolean closed;
    private volatile CardFetches cards;

    /** What is kept of one partner. */
    private static final class Partner {
        final PartnerExchange exchange;
        final Optional<Lease> lease;
        LeaderTask leaderTask;

        Partner(PartnerExchange exchange, Optional<Lease> lease) {
            this.exchange = exchange;
            this.lease = lease;
        }
    }

    /**
     * @param self name of this centre, which is no partner of itself
     * @param tls what our client side shows now
     * @param state folder in which the feeds remember how far they got, when there are no leases, and what was refused
     * @param clockTrouble what is wrong with the clock: feeds do not go on meanwhile, and their reports say so
     * @param leases by which the gateways of this centre settle who runs feeds, and in which these remember how far
     *     they got; empty when there is one gateway only
     */
    public PartnerFeeds(
            String self,
            Vertx vertx,
            Supplier<ClientTls> tls,
            Intake intake,
            Release release,
            Trust trust,
            Partners partners,
            FeedSettings settings,
            Path state,
            Optional<Leases> leases,
            InstantSource clock,
            CentreThreads threads,
            Supplier<Optional<Sentence>> clockTrouble,
            Tracing tracing) {
        this.context = new FeedContext(
                self,
                vertx,
                tls,
                intake,
                release,
                trust,
                partners,
                settings,
                clock,
                threads,
                clockTrouble,
                new SeenCertificates(),
                new CardNews(),
                new AtomicBoolean(),
                tracing);
        this.self = self;
        this.folder = state;
        this.leases = leases;
        intake.onAccepted(this::news);
    }

    /**
     * Starts feeds that are wanted now and stops those that are not any more. Call it once at start and after every
     * change.
     */
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
        // Each of them may call from now on, and what it does is counted.
        names().forEach(this::partner);
        for (Map.Entry<String, Partner> one : partners.entrySet()) {
            if (!wanted.contains(one.getKey())) {
                stop(one.getValue());
            }
        }
    }

    private void reconcile(PartnerSettings settings) {
        Partner partner = partner(settings.name());
        boolean any = settings.pull() || settings.push();
        if (any && partner.leaderTask == null && partner.lease.isPresent()) {
            partner.leaderTask = new LeaderTask(
                    "the feeds of " + settings.name(),
                    partner.lease.get(),
                    leases.orElseThrow().length(),
                    partner.exchange,
                    context.threads());
            partner.leaderTask.start();
        } else if (!any) {
            stop(partner);
        }
        partner.exchange.want(settings.pull(), settings.push());
        partner.exchange.forgetErrors(settings.pull(), settings.push());
    }

    private Partner partner(String name) {
        return partners.computeIfAbsent(name, n -> {
            FileKeeper file = new FileKeeper(folder.resolve("partners").resolve(n + ".json"));
            Optional<Lease> lease = leases.map(all -> all.of("feeds-" + n));
            PartnerState state = PartnerState.open(
                    lease.<StateKeeper>map(l -> new LeaseKeeper(l, file)).orElse(file));
            RefusalLog refusals = new RefusalLog(folder.resolve("refusals").resolve(n + ".jsonl"), RefusalLog.FULL);
            ReceivedObjects received = new ReceivedObjects(
                    new FileKeeper(folder.resolve("partners").resolve(n + ".received")), refusals, context.clock());
            return new Partner(new PartnerExchange(context, n, state, refusals, received, lease.isEmpty()), lease);
        });
    }

    private static void stop(Partner partner) {
        if (partner.leaderTask != null) {
            partner.leaderTask.close();
            partner.leaderTask = null;
        }
        partner.exchange.want(false, false);
    }

    /** Takes no lock: it is called by feeds, for which somebody who holds the lock may be waiting. */
    private void news(AcceptedEvent accepted) {
        for (Map.Entry<String, Partner> one : partners.entrySet()) {
            boolean itsOwn = accepted.source() instanceof Source.Partner source
                    && source.name().equals(one.getKey());
            if (!itsOwn) {
                one.getValue().exchange.news();
            }
        }
    }

    /** Wakes the pushes to partners to whom the rules open something else by now. Cheap; call it often. */
    public void lookAtRules() {
        Instant now = context.clock().instant();
        for (PartnerSettings settings : context.partners().all()) {
            Partner partner = partners.get(settings.name());
            if (partner != null && settings.push()) {
                String sight = PartnerSight.of(context.trust().recipient(settings.name(), settings.agreement()), now)
                        .text();
                if (!sight.equals(sights.put(settings.name(), sight))) {
                    partner.exchange.news();
                }
            }
        }
    }

    /** Says how far the store is: what another gateway of this centre accepted is news, too. Cheap; call it often. */
    public void storeHas(long lastSeq) {
        if (known.getAndSet(lastSeq) != lastSeq) {
            partners.values().forEach(partner -> partner.exchange.news());
        }
    }

    /**
     * A partner came to us, so it is there: what waits after failures tries again. Cheap, for every request. Takes no
     * lock.
     */
    public void heardFrom(String name) {
        Partner partner = partners.get(name);
        if (partner != null) {
            partner.exchange.received.contacted();
            partner.exchange.heardFromPartner();
        }
    }

    /** A partner pushed objects to this gateway. Blocks. */
    public void received(String name, List<Outcome> outcomes) {
        context.noteUnknownKeys(outcomes);
        partner(name).exchange.received.add(outcomes);
    }

    /**
     * Fetches the cards of partners from now on, as often as {@link #lookForCards} is called and they are due.
     *
     * @param list the trust list as it is now
     * @param interval from one look at a partner to the next
     * @param own the sequence number of the card that this centre shows now; 0 when it shows none
     */
    public void fetchCards(CardOffers offers, Supplier<TrustList> list, Duration interval, LongSupplier own) {
        context.cards().show(own);
        cards = new CardFetches(context, list, offers, interval);
    }

    /** The sequence numbers of cards that this centre and its partners name in headers. */
    public CardNews cardNews() {
        return context.cards();
    }

    /** Begins to fetch the cards that are due. Returns at once; call it every second. */
    public void lookForCards() {
        CardFetches fetches = cards;
        if (fetches != null) {
            fetches.look();
        }
    }

    /**
     * Posts JSON to a partner centre over its authenticated connection.
     *
     * @param path of the address of the partner
     * @return the JSON of its answer; empty when the partner has no such path, as earlier versions
     * @throws PartnerFailure when it is not reached, or refuses
     */
    public Optional<byte[]> post(String partner, String path, byte[] body) throws PartnerFailure {
        try (TaxiiClient client = new TaxiiClient(context, context.peer(partner), () -> closed)) {
            return client.postJson(path, body);
        }
    }

    /**
     * Asks a partner centre for the versions of an object that it shows to this centre.
     *
     * @return the objects as they came, of all collections that it lets this centre read
     * @throws IOException with a sentence for operators when it is not reached, or refuses
     */
    public List<byte[]> versions(String partner, String id) throws IOException {
        List<byte[]> found = new ArrayList<>();
        TaxiiClient.Sink sink = new TaxiiClient.Sink() {
            @Override
            public void object(byte[] object, int index) {
                found.add(object);
            }

            @Override
            public void oversized(int index, String reason) {}
        };
        try (TaxiiClient client = new TaxiiClient(context, context.peer(partner), () -> closed)) {
            for (TaxiiClient.Collection collection : client.collections()) {
                if (collection.canRead()) {
                    client.versions(collection.id(), id, sink);
                }
            }
        }
        return found;
    }

    /** Makes the numbers of pushed objects durable; call it every few seconds. Blocks. */
    public void flushReceived() {
        partners.values().forEach(partner -> partner.exchange.received.flush(false));
    }

    /** What can be asked of a partner at once. */
    public enum PullAnswer {
        /** It is being asked for news now. */
        STARTED,
        /** Nothing is fetched from it: {@code pull} is false. */
        NOT_PULLED,
        /** Another gateway of this centre fetches from it, or one is about to. */
        ELSEWHERE,
        /** Nobody of that name is known. */
        UNKNOWN
    }

    /**
     * Asks a partner for news now instead of at the next turn.
     *
     * @param fromStart whether to read everything again, for what the partner did not release before
     * @throws StoreUnavailable when the wish could not be made durable
     */
    public synchronized PullAnswer pull(String name, boolean fromStart) throws StoreUnavailable {
        if (!names().contains(name)) {
            return PullAnswer.UNKNOWN;
        }
        PartnerExchange exchange = partner(name).exchange;
        if (!context.partners().partner(name).pull()) {
            return PullAnswer.NOT_PULLED;
        }
        if (!exchange.pulls() || !exchange.state.ours()) {
            return PullAnswer.ELSEWHERE;
        }
        if (fromStart) {
            exchange.state.change(PartnerState.Memory::withoutPulled);
        }
        exchange.wake();
        return PullAnswer.STARTED;
    }

    /** End of the TLS certificate that the partner last showed; empty before the first connection of this process. */
    public Optional<Instant> certificateEnd(String name) {
        return context.certificates().endOf(name);
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

    /**
     * A refusal of an object by a partner to which it was pushed.
     *
     * @param waiting whether the reason can pass, so that the object is pushed again
     */
    public record Refused(RefusalLog.Line line, boolean waiting) {}

    /** Why a Koprik centre refused what was pushed to it; empty for what this centre refused, and for other words. */
    public static Optional<Refusal.Code> partnerCode(RefusalLog.Line line) {
        return line.code().equals(FeedPusher.BY_PARTNER) ? FeedPusher.code(line.reason()) : Optional.empty();
    }

    /** The newest refusal of an object by a partner; empty when none is known, or the partner accepted it since. */
    public Optional<Refused> refusalOf(String partner, String id, long seq) {
        if (!names().contains(partner)) {
            return Optional.empty();
        }
        PartnerExchange exchange = partner(partner).exchange;
        boolean waits = exchange.memory().waits(seq);
        return exchange.refusals.newest(Integer.MAX_VALUE).stream()
                .filter(line -> line.direction().equals("out") && line.id().equals(id))
                .findFirst()
                .filter(line -> waits || !FeedPusher.mayPass(line.reason()))
                .map(line -> new Refused(line, waits));
    }

    private Set<String> names() {
        Set<String> names = new TreeSet<>();
        context.trust().centres().forEach(centre -> names.add(centre.name()));
        context.partners().all().forEach(settings -> names.add(settings.name()));
        names.remove(self);
        return names;
    }

    private PartnerReport report(String name, int refusals, long lastSeq) {
        PartnerExchange exchange = partner(name).exchange;
        PartnerState.Memory memory = exchange.memory();
        return new PartnerReport(
                context.partners().partner(name),
                context.trust().centre(name),
                memory,
                Math.max(0, lastSeq - memory.pushedSeq()),
                exchange.state.runner(),
                exchange.received.now(),
                context.certificates().endOf(name),
                Optional.ofNullable(cards).flatMap(fetches -> fetches.note(name)),
                Optional.ofNullable(cards).flatMap(fetches -> fetches.fingerprint(name)),
                refusals == 0 ? List.of() : exchange.refusals.newest(refusals));
    }

    /** Stops all feeds and returns when they have stopped; what they were doing is taken up again at the next start. */
    @Override
    public void close() {
        List<Partner> all;
        synchronized (this) {
            closed = true;
            if (cards != null) {
                cards.close();
            }
            all = List.copyOf(partners.values());
        }
        all.forEach(PartnerFeeds::stop);
        all.forEach(partner -> partner.exchange.received.flush(true));
        LOG.debug("feeds stopped");
    }
}
