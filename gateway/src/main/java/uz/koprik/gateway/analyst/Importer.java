package uz.koprik.gateway.analyst;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.gateway.access.Caller;
import uz.koprik.gateway.exchange.Offered;
import uz.koprik.gateway.exchange.Outcome;
import uz.koprik.gateway.http.DecodeBudget;
import uz.koprik.indicators.imports.ImportItem;
import uz.koprik.indicators.imports.ImportReader;
import uz.koprik.indicators.imports.ImportRefused;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.IndicatorWriter;
import uz.koprik.indicators.stix.NewIndicator;
import uz.koprik.indicators.store.StoreUnavailable;

/**
 * Brings files of any size in three stages that run at the same time: one thread reads and recognises rows, all cores write
 * indicators, and the caller's thread hands batches to intake in the order of the file. At most a few batches are
 * in memory; whichever stage is slowest holds the others back, down to the sender.
 */
final class Importer {

    /** Enough that one flush of the store serves many objects, few enough that progress is seen and memory stays small. */
    private static final int BATCH = 2000;

    /** Bytes of the objects of a batch, unless one alone is longer. */
    private static final long BATCH_BYTES = 2 << 20;

    /** Batches between reading and intake. */
    private static final int AHEAD = 3;

    private static final ExecutorService WRITERS = Executors.newFixedThreadPool(
            Runtime.getRuntime().availableProcessors(),
            Thread.ofPlatform().name("import-write-", 0).daemon().factory());

    private final Desk desk;
    private final Caller caller;
    private final Defaults defaults;
    private final IndicatorWriter writer;

    /** One moment for the whole import, so that a row that comes twice is the same object twice. */
    private final Instant now;

    /** Ids that were written and are not stored yet: the store cannot tell of them. */
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();

    Importer(Desk desk, Caller caller, Defaults defaults) {
        this.desk = desk;
        this.caller = caller;
        this.defaults = defaults;
        this.writer = new IndicatorWriter(desk.us().identity(), desk.us().signer());
        this.now = desk.clock().instant();
    }

    /**
     * What indicators get whose row does not say.
     *
     * @param name name
     * @param tlp marking
     * @param labels put before those of the row
     */
    record Defaults(String name, Tlp tlp, List<String> labels) {

        Defaults {
            labels = List.copyOf(labels);
        }
    }

    /** Who wants to know how it goes; called on the thread of {@link #run}, in the order of the file. */
    interface Sink {
        /**
         * A batch has been dealt with.
         *
         * @param accepted newly stored
         * @param unchanged there already
         * @param refused rows and objects that were not stored
         * @param noted what could not be translated of something that was
         */
        void batch(int accepted, int unchanged, List<Outcome> refused, List<ImportItem.Noted> noted) throws IOException;
    }

    /** A part of the file: what goes to intake, how many are known, and what cannot be used. */
    private record Batch(
            List<Offered> offered, List<String> ids, int known, List<Outcome> refused, List<ImportItem.Noted> noted) {}

    /** What the reading thread hands over: batches being written, and in the end why there are no more. */
    private sealed interface Step {
        record Writing(Future<Batch> batch) implements Step {}

        record End(Optional<Exception> why) implements Step {}
    }

    /**
     * Brings everything that {@code rows} has.
     *
     * @throws ImportRefused when the file cannot be read on
     * @throws IOException when the sender or the one who wants to know went away
     * @throws StoreUnavailable when the store cannot serve; what was told to {@code sink} is stored
     */
    void run(ImportReader rows, Sink sink) throws ImportRefused, IOException, StoreUnavailable, InterruptedException {
        BlockingQueue<Step> steps = new ArrayBlockingQueue<>(AHEAD);
        Thread reading = Thread.ofPlatform().name("import-read").daemon().start(() -> read(rows, steps));
        try {
            for (Step step = steps.take(); ; step = steps.take()) {
                switch (step) {
                    case Step.Writing writing -> take(result(writing.batch()), sink);
                    case Step.End end -> {
                        rethrow(end.why());
                        return;
                    }
                }
            }
        } finally {
            reading.interrupt();
        }
    }

    private void take(Batch batch, Sink sink) throws StoreUnavailable, IOException, InterruptedException {
        long bytes = batch.offered().stream().mapToLong(offered -> offered.object().length).sum();
        List<Outcome> outcomes;
        try (DecodeBudget.Reserved _ = DecodeBudget.PROCESS.reserve(bytes)) {
            outcomes = batch.offered().isEmpty() ? List.of() : desk.intake().take(batch.offered(), caller.source());
        }
        batch.ids().forEach(underWay::remove);
        int accepted = 0;
        int unchanged = batch.known();
        List<Outcome> refused = new ArrayList<>(batch.refused());
        for (Outcome outcome : outcomes) {
            switch (outcome.status()) {
                case ACCEPTED -> accepted++;
                case UNCHANGED -> unchanged++;
                case REFUSED -> refused.add(outcome);
            }
        }
        sink.batch(accepted, unchanged, refused, batch.noted());
    }

    private void read(ImportReader rows, BlockingQueue<Step> steps) {
        Optional<Exception> why = Optional.empty();
        try {
            List<ImportItem> items = new ArrayList<>(BATCH);
            long bytes = 0;
            for (ImportItem item = rows.next(); item != null; item = rows.next()) {
                items.add(item);
                bytes += item instanceof ImportItem.ObjectBytes object ? object.object().length : 0;
                if (items.size() == BATCH || bytes >= BATCH_BYTES) {
                    hand(items, steps);
                    items = new ArrayList<>(BATCH);
                    bytes = 0;
                }
            }
            hand(items, steps);
        } catch (IOException | ImportRefused | RuntimeException e) {
            why = Optional.of(e);
        } catch (InterruptedException e) {
            return; // the other side has given up and waits for nothing
        }
        try {
            steps.put(new Step.End(why));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void hand(List<ImportItem> items, BlockingQueue<Step> steps) throws InterruptedException {
        if (!items.isEmpty()) {
            steps.put(new Step.Writing(CompletableFuture.supplyAsync(() -> write(items), WRITERS)));
        }
    }

    private Batch write(List<ImportItem> items) {
        List<Offered> offered = new ArrayList<>(items.size());
        List<String> ids = new ArrayList<>(items.size());
        List<Outcome> refused = new ArrayList<>();
        List<ImportItem.Noted> noted = new ArrayList<>();
        int known = 0;
        for (ImportItem item : items) {
            switch (item) {
                case ImportItem.ObjectBytes object -> offered.add(new Offered(object.object(), object.where()));
                case ImportItem.Refused row -> refused.add(ImportLine.refused(row));
                case ImportItem.Noted note -> noted.add(note);
                case ImportItem.Value value -> {
                    NewIndicator indicator = indicator(value);
                    String id = writer.id(indicator);
                    if (isKnown(id) || !underWay.add(id)) {
                        known++;
                    } else {
                        ids.add(id);
                        // Unsigned: intake signs what is ours, and would have to verify a signature made here.
                        offered.add(new Offered(CanonicalJson.bytes(writer.draft(indicator, now)), value.where()));
                    }
                }
            }
        }
        return new Batch(offered, ids, known, refused, noted);
    }

    private boolean isKnown(String id) {
        try {
            return desk.release().latest(caller.recipient(), id).isPresent();
        } catch (StoreUnavailable e) {
            throw new StoreGone(e);
        }
    }

    /** Carries the checked exception through the pool. */
    private static final class StoreGone extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final StoreUnavailable why;

        StoreGone(StoreUnavailable why) {
            super(why);
            this.why = why;
        }
    }

    private NewIndicator indicator(ImportItem.Value row) {
        List<String> labels = new ArrayList<>(defaults.labels());
        row.labels().stream().filter(label -> !labels.contains(label)).forEach(labels::add);
        return new NewIndicator(
                List.of(row.value().observable()),
                row.value().port(),
                row.name().isEmpty() ? defaults.name() : row.name(),
                row.description(),
                labels,
                row.tlp().orElse(defaults.tlp()),
                row.validFrom(),
                row.confidence());
    }

    private static Batch result(Future<Batch> batch) throws StoreUnavailable, InterruptedException {
        try {
            return batch.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case StoreGone gone -> throw gone.why;
                case RuntimeException bug -> throw bug;
                case Error error -> throw error;
                default -> throw new IllegalStateException(e.getCause());
            }
        }
    }

    private static void rethrow(Optional<Exception> why) throws ImportRefused, IOException {
        switch (why.orElse(null)) {
            case null -> { }
            case ImportRefused refused -> throw refused;
            case IOException gone -> throw gone;
            case RuntimeException bug -> throw bug;
            case Exception other -> throw new IllegalStateException(other);
        }
    }
}
