package uz.koprik.gateway.feeds;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import uz.koprik.gateway.auth.Source;
import uz.koprik.gateway.concurrent.ThreadPools;
import uz.koprik.gateway.intake.Intake;
import uz.koprik.gateway.intake.Outcome;
import uz.koprik.gateway.intake.Refusal;
import uz.koprik.gateway.partners.PartnerFailure;
import uz.koprik.gateway.partners.PartnerSettings;
import uz.koprik.gateway.tracing.Span;
import uz.koprik.gateway.trouble.ExchangeTrouble;
import uz.koprik.indicators.stix.values.StixTimestamp;
import uz.koprik.indicators.store.StoreUnavailable;

/**
 * Fetches what is new at a partner. While one page goes through {@link Intake}, the next one is on its way; the
 * position in the partner's sequence is stored only after everything before it is durable here, so that a crash repeats
 * some objects (which are recognised) and loses none.
 *
 * <p>Objects that were refused for a reason that can pass are read again when it may have passed: after a start, after
 * a change of the trust list or of the settings of partners, at a moment, or when an object arrived (ADR 12).
 */
final class FeedPuller extends Feed {

    /** Alias of the collection in which a Koprik centre shows everything it releases to the asker. */
    static final String EVERYTHING = "exchange";

    /** Alias of the collection into which partners push; not for reading. */
    static final String INBOX = "inbox";

    /** How many pieces of pages wait for the intake. */
    private static final int AHEAD = 2;

    /** How often it is looked whether an awaited object arrived. */
    private static final Duration LOOK = Duration.ofMinutes(1);

    /** The trust list or the settings may differ from those by which objects were refused. */
    private final AtomicBoolean settingsChanged = new AtomicBoolean(true);

    FeedPuller(FeedContext context, String partner, PartnerState state, RefusalLog refusals) {
        super("pull", context, partner, state, refusals);
    }

    @Override
    Duration round(TaxiiClient client) throws PartnerFailure, StoreUnavailable, InterruptedException {
        PartnerSettings settings = context.partners().partner(partner);
        List<String> collections = collections(client, settings);
        contacted = true;
        readAllIfRulesChanged(client.releaseMark());
        forgetOthers(collections);
        boolean changed = settingsChanged.getAndSet(false);
        boolean done = false;
        try {
            for (String collection : collections) {
                WaitingPulls waiting = state.now().waitingPulls().get(collection);
                if (waiting != null && (changed || mayPass(waiting))) {
                    readAgain(client, collection, waiting);
                }
                pull(client, collection, settings.taxii().isPresent());
            }
            done = true;
        } finally {
            if (changed && !done) {
                settingsChanged.set(true);
            }
        }
        return pause(settings.pullInterval());
    }

    /** What the partner releases by other rules may lie before our positions. */
    private void readAllIfRulesChanged(String mark) throws StoreUnavailable {
        String before = state.now().pulledUnder();
        if (!mark.isEmpty() && !mark.equals(before)) {
            state.change(memory -> (before.isEmpty() ? memory : memory.withoutPulled()).withPulledUnder(mark));
        }
    }

    /** Lets the next round read again what waits, and begin at once. */
    @Override
    void settingsChanged() {
        settingsChanged.set(true);
        wake();
    }

    private Duration pause(Duration interval) {
        Duration pause = interval;
        Instant now = context.clock().instant();
        for (WaitingPulls waiting : state.now().waitingPulls().values()) {
            if (!waiting.awaited().isEmpty() && LOOK.compareTo(pause) < 0) {
                pause = LOOK;
            }
            Duration left = waiting.passesAt()
                    .map(at -> Duration.between(now, at).plusMillis(1))
                    .filter(until -> until.isPositive())
                    .orElse(pause);
            pause = left.compareTo(pause) < 0 ? left : pause;
        }
        return pause;
    }

    /** Whether a reason passed without a change of the settings. */
    private boolean mayPass(WaitingPulls waiting) throws StoreUnavailable {
        Instant now = context.clock().instant();
        return waiting.passesAt().filter(at -> !now.isBefore(at)).isPresent()
                || !arrived(waiting).isEmpty();
    }

    private List<String> arrived(WaitingPulls waiting) throws StoreUnavailable {
        List<String> arrived = new ArrayList<>();
        for (String id : waiting.awaited()) {
            if (context.intake().holds(id)) {
                arrived.add(id);
            }
        }
        return arrived;
    }

    /** What waits in collections that are not read any more waits for nothing. */
    private void forgetOthers(List<String> collections) throws StoreUnavailable {
        for (String collection : state.now().waitingPulls().keySet()) {
            if (!collections.contains(collection)) {
                state.change(memory -> memory.withWaiting(collection, Optional.empty()));
            }
        }
    }

    @Override
    void remember(UnaryOperator<PartnerState.Direction> change) throws StoreUnavailable {
        state.change(memory -> memory.in(change));
    }

    @Override
    String error() {
        return state.now().in().error();
    }

    private List<String> collections(TaxiiClient client, PartnerSettings settings) throws PartnerFailure {
        if (settings.taxii().isPresent()
                && !settings.taxii().get().collections().isEmpty()) {
            return settings.taxii().get().collections();
        }
        List<TaxiiClient.Collection> readable = client.collections().stream()
                .filter(c -> c.canRead() && !c.alias().equals(INBOX))
                .toList();
        if (readable.isEmpty()) {
            throw new PartnerFailure(ExchangeTrouble.PARTNER_NO_COLLECTION.with(Map.of("partner", partner)));
        }
        // Koprik's other collections are views of this one.
        return readable.stream()
                .filter(c -> c.alias().equals(EVERYTHING))
                .findFirst()
                .map(all -> List.of(all.id()))
                .orElseGet(
                        () -> readable.stream().map(TaxiiClient.Collection::id).toList());
    }

    private void pull(TaxiiClient client, String collection, boolean ordinary)
            throws PartnerFailure, StoreUnavailable, InterruptedException {
        Counts counts = new Counts();
        try {
            read(client, collection, state.now().pulled().getOrDefault(collection, ""), new Reading() {
                @Override
                public void take(PageReader.Objects objects) throws StoreUnavailable {
                    FeedPuller.this.take(objects, counts);
                }

                @Override
                public boolean end(PageReader.End end) throws StoreUnavailable {
                    remember(collection, end, ordinary, counts);
                    return true;
                }
            });
        } catch (PartnerFailure failure) {
            counts.waiting.clear();
            flush(counts);
            throw failure;
        }
    }

    /** Offers the objects of a range to the intake once more, and remembers those that are refused again. */
    private void readAgain(TaxiiClient client, String collection, WaitingPulls waiting)
            throws PartnerFailure, StoreUnavailable, InterruptedException {
        Again again = new Again(waiting, arrived(waiting));
        read(client, collection, waiting.after(), again);
        Instant now = context.clock().instant();
        state.change(memory -> memory.withWaiting(collection, again.left)
                .in(direction -> direction.contacted(now).counted(again.accepted, 0, Map.of())));
        refusals.add(again.lines);
    }

    /** What is done with the pages that are read. */
    private interface Reading {

        void take(PageReader.Objects objects) throws StoreUnavailable;

        /** @return whether the next page is wanted */
        boolean end(PageReader.End end) throws StoreUnavailable;
    }

    /** One more reading of a range. Refusals were counted by the first one. */
    private final class Again implements Reading {

        private final WaitingPulls waiting;
        private final List<String> arrived;
        private final WaitingPulls.Notes notes = new WaitingPulls.Notes();
        private final List<RefusalLog.Line> lines = new ArrayList<>();
        private Optional<WaitingPulls> left = Optional.empty();
        private String after;
        private long accepted;

        /** @param arrived awaited objects that are here: what is refused nevertheless does not wait for them */
        Again(WaitingPulls waiting, List<String> arrived) {
            this.waiting = waiting;
            this.arrived = arrived;
            this.after = waiting.after();
        }

        @Override
        public void take(PageReader.Objects objects) throws StoreUnavailable {
            state.requireOurs();
            Instant now = context.clock().instant();
            for (Outcome outcome : context.intake().take(objects.offered(), new Source.Partner(partner))) {
                if (outcome.status() == Outcome.Status.ACCEPTED) {
                    accepted++;
                } else if (outcome.status() == Outcome.Status.REFUSED) {
                    Refusal why = outcome.refusal().orElseThrow();
                    if (!(why.cure() instanceof Refusal.Cure.Arrival(String id) && arrived.contains(id))) {
                        notes.add(outcome, why);
                    }
                    // One that waited and will not come in: people read another reason than before.
                    if (!why.curable() && waiting.ids().contains(outcome.id())) {
                        lines.add(line(now, outcome, why));
                    }
                }
            }
        }

        @Override
        public boolean end(PageReader.End end) {
            Optional<WaitingPulls> page = notes.take(after, end.lastAdded());
            left = left.isPresent() && page.isPresent() ? Optional.of(left.get().and(page.get())) : left.or(() -> page);
            after = cursor(end, true);
            return !waiting.endsAt(end.lastAdded());
        }
    }

    private void read(TaxiiClient client, String collection, String after, Reading reading)
            throws PartnerFailure, StoreUnavailable, InterruptedException {
        BlockingQueue<PageReader.Piece> pieces = new ArrayBlockingQueue<>(AHEAD);
        PageReader pages = new PageReader(
                client, partner, collection, after, context.settings().pageSize(), pieces);
        Thread reader = ThreadPools.virtualOnce("read-" + partner, pages);
        try {
            while (true) {
                switch (next(pieces, reader)) {
                    case PageReader.Objects objects -> reading.take(objects);
                    case PageReader.End end -> {
                        if (!reading.end(end)) {
                            return;
                        }
                    }
                    case PageReader.Done done -> {
                        return;
                    }
                    case PageReader.PageFailure failed -> throw failed.failure();
                }
            }
        } finally {
            pages.abandon();
            reader.join();
        }
    }

    /** Waits as long as the reader lives: one that died says nothing more. */
    private PageReader.Piece next(BlockingQueue<PageReader.Piece> pieces, Thread reader)
            throws PartnerFailure, InterruptedException {
        while (true) {
            boolean alive = reader.isAlive();
            PageReader.Piece piece = pieces.poll(1, TimeUnit.SECONDS);
            if (piece != null) {
                return piece;
            }
            if (!alive) {
                throw new PartnerFailure(ExchangeTrouble.PARTNER_READER_ENDED.with(Map.of("partner", partner)));
            }
        }
    }

    /** What became of objects since it was last remembered. */
    private static final class Counts {
        long accepted;
        long unchanged;
        Map<String, Long> refused = new TreeMap<>();
        final WaitingPulls.Notes waiting = new WaitingPulls.Notes();
    }

    private void take(PageReader.Objects objects, Counts counts) throws StoreUnavailable {
        state.requireOurs();
        Instant now = context.clock().instant();
        List<RefusalLog.Line> lines = new ArrayList<>();
        for (PageReader.OversizedObject oversized : objects.oversized()) {
            counts.refused.merge(Refusal.Code.TOO_LARGE.name(), 1L, Long::sum);
            lines.add(new RefusalLog.Line(
                    now, "in", "", Refusal.Code.TOO_LARGE.name(), oversized.where(), oversized.reason()));
        }
        Span pulled = context.tracing().begin("pull", Optional.empty());
        List<Outcome> outcomes;
        try {
            outcomes = pulled.with("koprik.partner", partner)
                    .within(span -> context.intake().take(objects.offered(), new Source.Partner(partner)));
        } finally {
            pulled.end();
        }
        context.noteUnknownKeys(outcomes);
        for (Outcome outcome : outcomes) {
            switch (outcome.status()) {
                case ACCEPTED -> counts.accepted++;
                case UNCHANGED -> counts.unchanged++;
                case REFUSED -> {
                    Refusal why = outcome.refusal().orElseThrow();
                    counts.refused.merge(why.code().name(), 1L, Long::sum);
                    counts.waiting.add(outcome, why);
                    lines.add(line(now, outcome, why));
                }
            }
        }
        refusals.add(lines);
    }

    private static RefusalLog.Line line(Instant now, Outcome outcome, Refusal why) {
        String id = outcome.id().isEmpty() ? outcome.where() : outcome.id();
        return new RefusalLog.Line(now, "in", id, why.code().name(), why.pointer(), why.reason());
    }

    private void remember(String collection, PageReader.End end, boolean ordinary, Counts counts)
            throws StoreUnavailable {
        String cursor = cursor(end, ordinary);
        Instant now = context.clock().instant();
        PartnerState.Memory before = state.now();
        Optional<WaitingPulls> page =
                counts.waiting.take(before.pulled().getOrDefault(collection, ""), end.lastAdded());
        // Without a position, the next round reads this page anyway.
        Optional<WaitingPulls> waiting = cursor.isEmpty() ? Optional.empty() : page;
        state.change(memory -> waiting(
                        cursor.isEmpty() ? memory : memory.withPulled(collection, cursor), collection, waiting)
                .in(direction -> direction.contacted(now).counted(counts.accepted, counts.unchanged, counts.refused)));
        clear(counts);
    }

    private static PartnerState.Memory waiting(
            PartnerState.Memory memory, String collection, Optional<WaitingPulls> more) {
        if (more.isEmpty()) {
            return memory;
        }
        WaitingPulls before = memory.waitingPulls().get(collection);
        return memory.withWaiting(collection, Optional.of(before == null ? more.get() : before.and(more.get())));
    }

    private void flush(Counts counts) throws StoreUnavailable {
        if (counts.accepted + counts.unchanged + counts.refused.size() > 0) {
            remember(direction -> direction.counted(counts.accepted, counts.unchanged, counts.refused));
            clear(counts);
        }
    }

    private static void clear(Counts counts) {
        counts.accepted = 0;
        counts.unchanged = 0;
        counts.refused = new TreeMap<>();
    }

    /**
     * Where to go on after this page. In a Koprik sequence every object has a moment of its own; elsewhere a page may
     * end between objects of one moment, so unless it was the last page that moment is asked for again.
     */
    private static String cursor(PageReader.End end, boolean ordinary) {
        long last = StixTimestamp.parse(end.lastAdded());
        if (last == StixTimestamp.INVALID) {
            return "";
        }
        return ordinary && !end.last() ? StixTimestamp.format(last - 1) : end.lastAdded();
    }
}
