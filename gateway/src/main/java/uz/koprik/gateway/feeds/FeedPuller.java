package uz.koprik.gateway.feeds;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import uz.koprik.gateway.auth.Source;
import uz.koprik.gateway.concurrent.ThreadPools;
import uz.koprik.gateway.intake.Intake;
import uz.koprik.gateway.intake.Outcome;
import uz.koprik.gateway.intake.Refusal;
import uz.koprik.gateway.partners.PartnerSettings;
import uz.koprik.indicators.stix.values.StixTimestamp;
import uz.koprik.indicators.store.StoreUnavailable;

/**
 * Fetches what is new at a partner. While one page goes through {@link Intake}, the next one is on its way; the
 * position in the partner's sequence is stored only after everything before it is durable here, so that a crash repeats
 * some objects (which are recognised) and loses none.
 */
final class FeedPuller extends Feed {

    /** Alias of the collection in which a Koprik centre shows everything it releases to the asker. */
    static final String EVERYTHING = "exchange";

    /** Alias of the collection into which partners push; not for reading. */
    static final String INBOX = "inbox";

    /** How many pieces of pages wait for the intake. */
    private static final int AHEAD = 2;

    FeedPuller(FeedContext context, String partner, PartnerState state, RefusalLog refusals) {
        super("pull", context, partner, state, refusals);
    }

    @Override
    Duration round(TaxiiClient client) throws PartnerFailure, StoreUnavailable, InterruptedException {
        PartnerSettings settings = context.partners().partner(partner);
        for (String collection : collections(client, settings)) {
            pull(client, collection, settings.taxii().isPresent());
            contacted = true;
        }
        return settings.pullInterval();
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
            throw new PartnerFailure(partner + " shows us no collection that we may read; ask its operators");
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
        BlockingQueue<PageReader.Piece> pieces = new ArrayBlockingQueue<>(AHEAD);
        String after = state.now().pulled().getOrDefault(collection, "");
        PageReader reading = new PageReader(
                client, partner, collection, after, context.settings().pageSize(), pieces);
        Thread reader = ThreadPools.virtualOnce("read-" + partner, reading);
        try {
            Counts counts = new Counts();
            while (true) {
                switch (next(pieces, reader)) {
                    case PageReader.Objects objects -> take(objects, counts);
                    case PageReader.End end -> remember(collection, end, ordinary, counts);
                    case PageReader.Done done -> {
                        return;
                    }
                    case PageReader.Failed failed -> {
                        flush(counts);
                        throw failed.failure();
                    }
                }
            }
        } finally {
            reading.abandon();
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
                throw new PartnerFailure(
                        "the thread that reads from " + partner + " ended unexpectedly, see the log of this centre");
            }
        }
    }

    /** What became of objects since it was last remembered. */
    private static final class Counts {
        long accepted;
        long unchanged;
        Map<String, Long> refused = new TreeMap<>();
    }

    private void take(PageReader.Objects objects, Counts counts) throws StoreUnavailable {
        state.requireOurs();
        Instant now = context.clock().instant();
        List<RefusalLog.Line> lines = new ArrayList<>();
        for (PageReader.Oversized oversized : objects.oversized()) {
            counts.refused.merge(Refusal.Code.TOO_LARGE.name(), 1L, Long::sum);
            lines.add(new RefusalLog.Line(
                    now, "in", "", Refusal.Code.TOO_LARGE.name(), oversized.where(), oversized.reason()));
        }
        for (Outcome outcome : context.intake().take(objects.offered(), new Source.Partner(partner))) {
            switch (outcome.status()) {
                case ACCEPTED -> counts.accepted++;
                case UNCHANGED -> counts.unchanged++;
                case REFUSED -> {
                    Refusal why = outcome.refusal().orElseThrow();
                    counts.refused.merge(why.code().name(), 1L, Long::sum);
                    String id = outcome.id().isEmpty() ? outcome.where() : outcome.id();
                    lines.add(new RefusalLog.Line(now, "in", id, why.code().name(), why.pointer(), why.reason()));
                }
            }
        }
        refusals.add(lines);
    }

    private void remember(String collection, PageReader.End end, boolean ordinary, Counts counts)
            throws StoreUnavailable {
        String cursor = cursor(end, ordinary);
        Instant now = context.clock().instant();
        state.change(memory -> (cursor.isEmpty() ? memory : memory.withPulled(collection, cursor))
                .in(direction -> direction.contacted(now).counted(counts.accepted, counts.unchanged, counts.refused)));
        clear(counts);
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
