package uz.koprik.gateway.casematch;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.gateway.concurrent.Backoff;
import uz.koprik.gateway.concurrent.CentreThread;
import uz.koprik.gateway.concurrent.CentreThreads;
import uz.koprik.gateway.concurrent.LowWatermark;
import uz.koprik.gateway.concurrent.WakeSignal;
import uz.koprik.gateway.intake.CorrelationResult;
import uz.koprik.gateway.intake.CorrelationResult.ObjectMatches;
import uz.koprik.gateway.intake.Intake;
import uz.koprik.indicators.correlation.Correlator;
import uz.koprik.indicators.policy.Audience;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.InternalStore;
import uz.koprik.indicators.store.Page;
import uz.koprik.indicators.store.Selection;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.Versions;

/**
 * Reports every match between a case file and another object at least once, also after failures.
 *
 * <p>Intake looks for the values of all objects it accepts and hands over what it finds, so that nothing is looked for
 * twice. This class looks for the values of entries that intake did not hand over. That happens when the centre was
 * killed or the store failed, when another gateway accepted the object, when the submitter must not learn of matches by
 * the time of the answer, or while the patterns stored before the start are still being read. One thread does the work
 * after intake has answered: no submitter waits for it.
 */
public final class CaseMatchMonitor implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CaseMatchMonitor.class);

    /** How often the end of the sequence is looked at when nobody rings. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    /** Findings that may wait; above, they are let go, and looked for again from the store. */
    private static final int MOST_WAITING = 10_000;

    private static final int PAGE = 500;

    private final InternalStore store;
    private final CaseMatchFinder caseMatchFinder;
    private final LowWatermark lowWatermark;
    private final Sink sink;
    private final Intake intake;
    private final Consumer<CorrelationResult> listener = this::looked;
    private final WakeSignal alarm = new WakeSignal();
    private final List<CorrelationResult> waiting = new ArrayList<>();
    private final SequenceRanges seen = new SequenceRanges();
    private final Backoff backoff =
            new Backoff(Duration.ofMillis(200), Duration.ofSeconds(30), RandomGenerator.getDefault());
    private int found;
    private boolean begun;
    private volatile long covered;
    private volatile boolean closed;
    private CentreThread thread;
    private final CentreThreads threads;

    /** Receives the matches. */
    public interface Sink {

        /**
         * Some case matches. One may come more than once.
         *
         * @param covered all matches of entries up to this sequence number have been reported
         * @throws IOException when they could not be kept; they are reported again
         * @throws StoreUnavailable when they may or may not be kept; they are reported again
         */
        void tell(List<CaseMatch> some, long covered) throws IOException, StoreUnavailable;
    }

    /** @param covered the sequence number up to which all matches were reported before */
    public CaseMatchMonitor(
            InternalStore store, Correlator correlator, Intake intake, long covered, Sink sink, CentreThreads threads) {
        this.store = store;
        this.caseMatchFinder = new CaseMatchFinder(store, correlator, intake.localCentre());
        this.lowWatermark = intake.lowWatermark();
        this.sink = sink;
        this.threads = threads;
        this.intake = intake;
        this.covered = covered;
        lowWatermark.reached(covered);
        intake.onLooked(listener);
    }

    /** Begins. */
    public synchronized void start() {
        thread = threads.start("the search for matches of case files", "case-watch", this::run);
    }

    /** All matches of entries up to this sequence number have been reported. */
    public long covered() {
        return covered;
    }

    /** Finishes the current step and stops; the next start reports the rest. */
    @Override
    public void close() {
        closed = true;
        intake.offLooked(listener);
        alarm.ring();
        CentreThread running;
        synchronized (this) {
            running = thread;
        }
        if (running != null) {
            try {
                running.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void looked(CorrelationResult batch) {
        synchronized (waiting) {
            if (found + batch.found().size() > MOST_WAITING) {
                if (batch.cases()) {
                    caseMatchFinder.caseCame();
                }
                return;
            }
            found += batch.found().size();
            waiting.add(batch);
        }
        alarm.ring();
    }

    private void run() throws InterruptedException {
        while (!closed) {
            Duration rest = LOOK;
            try {
                round();
                backoff.reset();
            } catch (StoreUnavailable | IOException failed) {
                rest = backoff.next();
                LOG.error("alerts wait, none is lost: {}", failed.getMessage());
            } catch (RuntimeException bug) {
                rest = backoff.next();
                LOG.error("alerts wait, none is lost", bug);
            }
            alarm.sleep(rest);
        }
    }

    private void round() throws StoreUnavailable, IOException {
        if (!begun) {
            caseMatchFinder.begin();
            begun = true;
        }
        // In this order: a batch hands over before it ends, and is stored after the end that was read before it began.
        long settled = lowWatermark.settled(store.status().lastSeq());
        List<CorrelationResult> batches = taken();
        List<ObjectMatches> all = new ArrayList<>();
        batches.forEach(batch -> all.addAll(batch.found()));
        if (batches.stream().anyMatch(CorrelationResult::cases)) {
            caseMatchFinder.caseCame();
        }
        List<CaseMatch> some = caseMatchFinder.of(all);
        if (!some.isEmpty()) {
            sink.tell(some, covered);
        }
        List<CaseMatch> again = caseMatchFinder.lookAgain(batches.stream()
                .flatMap(batch -> batch.judgedAnew().stream())
                .distinct()
                .toList());
        if (!again.isEmpty()) {
            sink.tell(again, covered);
        }
        batches.forEach(
                batch -> batch.seqs().stream().filter(seq -> seq > covered).forEach(seen::add));
        while (covered < settled && !closed && caseMatchFinder.complete()) {
            long end = seen.end(covered + 1);
            if (end <= covered) {
                end = unseen(Math.min(settled, seen.next(covered) - 1));
            }
            seen.forget(end);
            covered = end;
        }
        sink.tell(List.of(), covered);
    }

    /**
     * Looks for the values of entries after the covered ones that intake did not look for; returns the last sequence
     * number.
     */
    private long unseen(long end) throws StoreUnavailable, IOException {
        Selection everything = new Selection(Audience.HOUSEKEEPING, Set.of(), Set.of(), Set.of(), Versions.ALL, 0);
        Page page = store.page(everything, covered, (int) Math.min(PAGE, end - covered));
        List<Entry> entries =
                page.entries().stream().filter(entry -> entry.seq() <= end).toList();
        long reached = page.more() && !page.entries().isEmpty() ? Math.min(end, page.nextAfter()) : end;
        List<CaseMatch> some = new ArrayList<>(caseMatchFinder.look(entries));
        some.addAll(caseMatchFinder.lookAgain(caseMatchFinder.judgedAnew(entries)));
        if (!some.isEmpty()) {
            sink.tell(some, covered);
        }
        return reached;
    }

    private List<CorrelationResult> taken() {
        synchronized (waiting) {
            List<CorrelationResult> batches = List.copyOf(waiting);
            waiting.clear();
            found = 0;
            return batches;
        }
    }
}
