package uz.koprik.gateway.api.transfer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import uz.koprik.gateway.api.common.AnalystServices;
import uz.koprik.gateway.api.common.ReleaseWish;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.concurrent.ThreadPools;
import uz.koprik.gateway.http.DecodeBudget;
import uz.koprik.gateway.intake.IncomingObject;
import uz.koprik.gateway.intake.Outcome;
import uz.koprik.gateway.intake.Refusal;
import uz.koprik.indicators.imports.ImportItem;
import uz.koprik.indicators.imports.ImportReader;
import uz.koprik.indicators.imports.ImportRefused;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.rules.ForgivableRule;
import uz.koprik.indicators.store.StoreUnavailable;

/**
 * Imports files of any size in three stages that run at the same time: one thread reads and recognises rows, all cores
 * write indicators, and the caller's thread hands batches to intake in the order of the file. At most a few batches are
 * in memory; the slowest stage holds the others back, down to the sender.
 */
final class Importer {

    /**
     * Enough that one flush of the store serves many objects, few enough that progress is seen and memory stays small.
     */
    private static final int BATCH = 500;

    /** Bytes of the objects of a batch, unless one alone is longer. */
    private static final long BATCH_BYTES = 2 << 20;

    /** Batches between reading and intake. */
    private static final int AHEAD = 3;

    /** Half of the processors: reading and intake use the others, and other callers must not wait for an import. */
    private static final ExecutorService WRITERS = ThreadPools.platform(
            "import-write-", Math.max(1, Runtime.getRuntime().availableProcessors() / 2));

    private final AnalystServices services;
    private final Caller caller;
    private final ItemWriter itemWriter;

    private final WaitingObjects heldBack;
    private final LaterVersions laterVersions = new LaterVersions();
    private final ObjectTerms objectTerms;

    Importer(AnalystServices services, Caller caller, Defaults defaults, ObjectTerms objectTerms) {
        this.objectTerms = objectTerms;
        this.services = services;
        this.caller = caller;
        this.itemWriter = new ItemWriter(
                new IndicatorRows(services, caller, defaults, objectTerms.wish()),
                new ImportedObjects(services, caller, objectTerms, defaults.anyway()));
        this.heldBack = new WaitingObjects(marking ->
                services.release().latest(caller.recipient(), marking).isPresent());
    }

    /**
     * What indicators get whose row does not say.
     *
     * @param name name
     * @param description description
     * @param tlp marking
     * @param labels put before those of the row
     * @param validUntil microseconds since the epoch; empty for no end
     * @param confidence 0 to 100; empty for unspecified
     * @param anyway whether values that are never blocked are taken, too
     * @param doubtful whether values are taken that a person should confirm
     * @param without values in normal form whose rows are left out
     */
    record Defaults(
            String name,
            String description,
            Tlp tlp,
            List<String> labels,
            Optional<Long> validUntil,
            Optional<Integer> confidence,
            boolean anyway,
            boolean doubtful,
            Set<String> without) {

        Defaults {
            labels = List.copyOf(labels);
            without = Set.copyOf(without);
        }
    }

    /**
     * How objects of STIX are taken.
     *
     * @param fromStix20 whether those of STIX 2.0 are converted
     * @param forgiven rules whose breach they are forgiven
     * @param wish to whom and when they are released, and what is made of rows as well
     */
    record ObjectTerms(boolean fromStix20, Set<ForgivableRule> forgiven, Optional<ReleaseWish> wish) {

        ObjectTerms {
            forgiven = Set.copyOf(forgiven);
        }
    }

    /** Who wants to know how it goes; called on the thread of {@link #run}, in the order of the file. */
    interface Sink {
        /**
         * A batch has been dealt with.
         *
         * @param stored outcomes of what was offered and not refused
         * @param accepted newly stored
         * @param unchanged there already
         * @param refused rows and objects that were not stored
         * @param noted what is to be said of what was stored
         */
        void batch(
                List<Outcome> stored,
                int accepted,
                int unchanged,
                List<Outcome> refused,
                List<ImportLine.NoteLine> noted)
                throws IOException;
    }

    /** What the reading thread hands over: batches being written, and in the end why there are no more. */
    private sealed interface Step {
        record Writing(Future<ImportBatch> batch) implements Step {}

        record End(Optional<Exception> why) implements Step {}
    }

    /**
     * Imports everything that {@code rows} has.
     *
     * @throws ImportRefused when the file cannot be read on
     * @throws IOException when the sender or the one who wants to know went away
     * @throws StoreUnavailable when the store cannot serve; what was reported to {@code sink} is stored
     */
    void run(ImportReader rows, Sink sink) throws ImportRefused, IOException, StoreUnavailable, InterruptedException {
        if (objectTerms.wish().isPresent()) {
            objectTerms.wish().get().define(caller);
        }
        BlockingQueue<Step> steps = new ArrayBlockingQueue<>(AHEAD);
        Thread reading = ThreadPools.platformOnce("import-read", () -> read(rows, steps));
        try {
            for (Step step = steps.take(); ; step = steps.take()) {
                switch (step) {
                    case Step.Writing writing -> take(result(writing.batch()), sink);
                    case Step.End end -> {
                        // After a failure definitions may be missing, and the file is imported again.
                        takeHeldBack(end.why().isEmpty() ? heldBack.waited() : List.of(), sink);
                        rethrow(end.why());
                        return;
                    }
                }
            }
        } finally {
            reading.interrupt();
        }
    }

    /** How many values of the file were read as which kind, by the code of the kind. */
    Map<String, Long> kinds() {
        return itemWriter.kinds();
    }

    /** See {@link ItemWriter#remarks}. */
    Map<String, Long> remarks() {
        return itemWriter.remarks();
    }

    private void takeHeldBack(List<IncomingObject> others, Sink sink)
            throws StoreUnavailable, IOException, InterruptedException {
        List<IncomingObject> all = laterVersions.release(others);
        for (int from = 0, to; from < all.size(); from = to) {
            long bytes = all.get(from).object().length;
            to = from + 1;
            while (to < all.size() && to < from + BATCH && bytes < BATCH_BYTES) {
                bytes += all.get(to++).object().length;
            }
            take(all.subList(from, to), ImportBatch.of(List.of()), sink);
        }
    }

    private void take(ImportBatch batch, Sink sink) throws StoreUnavailable, IOException, InterruptedException {
        List<IncomingObject> offered = heldBack.withoutWaiting(batch.offered(), batch.marks());
        take(laterVersions.withoutLater(offered), batch, sink);
        if (laterVersions.full()) {
            takeHeldBack(List.of(), sink);
        }
    }

    /** @param batch what is reported beside the outcomes of {@code offered} */
    private void take(List<IncomingObject> offered, ImportBatch batch, Sink sink)
            throws StoreUnavailable, IOException, InterruptedException {
        long bytes = offered.stream().mapToLong(one -> one.object().length).sum();
        List<Outcome> outcomes;
        try (DecodeBudget.Reservation _ = DecodeBudget.PROCESS.reserve(bytes)) {
            outcomes = offered.isEmpty()
                    ? List.of()
                    : services.intake().take(offered, caller.source(), objectTerms.forgiven());
        }
        itemWriter.stored(batch.ids());
        int accepted = 0;
        int unchanged = batch.known();
        List<Outcome> refused = new ArrayList<>(batch.refused());
        List<ImportLine.NoteLine> noted = new ArrayList<>(batch.noted());
        for (Outcome outcome : outcomes) {
            outcome.forgiven().forEach(fault -> noted.add(ImportLine.NoteLine.forgiven(outcome, fault)));
            switch (outcome.status()) {
                case ACCEPTED -> accepted++;
                case UNCHANGED -> unchanged++;
                case REFUSED -> {
                    Optional<Refusal> older =
                            outcome.refusal().filter(refusal -> refusal.code() == Refusal.Code.OLD_VERSION);
                    if (older.isEmpty()) {
                        refused.add(outcome);
                    } else { // files of one source are often imported in another order
                        unchanged++;
                        noted.add(ImportLine.NoteLine.of(new ImportItem.ImportNote(
                                outcome.where(), older.get().sentence())));
                    }
                }
            }
        }
        List<Outcome> stored = outcomes.stream()
                .filter(outcome -> outcome.status() != Outcome.Status.REFUSED)
                .toList();
        sink.batch(stored, accepted, unchanged, refused, noted);
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
        } catch (Error e) { // who waits for the end learns of it
            why = Optional.of(new IllegalStateException("reading the file failed", e));
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
            steps.put(new Step.Writing(CompletableFuture.supplyAsync(() -> itemWriter.write(items), WRITERS)));
        }
    }

    private static ImportBatch result(Future<ImportBatch> batch) throws StoreUnavailable, InterruptedException {
        try {
            return batch.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case StoreGone gone -> throw gone.why();
                case RuntimeException bug -> throw bug;
                case Error error -> throw error;
                default -> throw new IllegalStateException(e.getCause());
            }
        }
    }

    private static void rethrow(Optional<Exception> why) throws ImportRefused, IOException, StoreUnavailable {
        switch (why.orElse(null)) {
            case null -> {}
            case StoreGone gone -> throw gone.why();
            case ImportRefused refused -> throw refused;
            case IOException gone -> throw gone;
            case RuntimeException bug -> throw bug;
            case Exception other -> throw new IllegalStateException(other);
        }
    }
}
