package uz.koprik.gateway.alerts.log;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import uz.koprik.gateway.casematch.CaseMatch;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.state.StateStore;

/**
 * All alerts of a centre, in order, each once, in records of the state store ({@code docs/adr/0005}). The gateway that
 * replaces the last record, or creates the next one, owns the numbers in it; only one can. So a number means the same
 * alert at every gateway, independently of leases and clocks. The gateway that comes second reads what the first wrote
 * and emits what is still new. Thread-safe.
 */
public final class AlertLog implements AutoCloseable {

    /** In place of a sequence number: how far the sequence of objects was searched does not change. */
    public static final long AS_BEFORE = -1;

    private final StateStore stateStore;
    private final AlertView view = new AlertView();
    private final AlertWriter writer;

    /** The objects that alerts are about. */
    public interface Objects {

        /** Reads all objects stored before this call: readers of an alert are checked by its objects. */
        void catchUp() throws StoreUnavailable;
    }

    private AlertLog(StateStore stateStore, Optional<Objects> shared, int fullBytes)
            throws IOException, StoreUnavailable {
        this.stateStore = stateStore;
        this.writer = new AlertWriter(stateStore, shared, fullBytes, view);
    }

    /**
     * Opens the log of a centre with one gateway and reads all of it.
     *
     * @throws IOException when the log is missing or damaged as a whole
     */
    public static AlertLog open(StateStore stateStore) throws IOException, StoreUnavailable {
        return open(stateStore, AlertBatch.FULL_BYTES);
    }

    static AlertLog open(StateStore stateStore, int fullBytes) throws IOException, StoreUnavailable {
        return new AlertLog(stateStore, Optional.empty(), fullBytes);
    }

    /** The same while other gateways write: {@link #catchUp} reads what they emit. */
    public static AlertLog openShared(StateStore stateStore, Objects objects) throws IOException, StoreUnavailable {
        return openShared(stateStore, objects, AlertBatch.FULL_BYTES);
    }

    static AlertLog openShared(StateStore stateStore, Objects objects, int fullBytes)
            throws IOException, StoreUnavailable {
        return new AlertLog(stateStore, Optional.of(objects), fullBytes);
    }

    /**
     * Creates an empty log; does nothing when it exists.
     *
     * @param covered matches of objects up to this sequence number lead to no alerts
     */
    public static void create(StateStore stateStore, long covered) throws StoreUnavailable {
        stateStore.replace(AlertState.NAME, "", new AlertState(covered, 1, 0, covered).write());
    }

    /** The sequence of objects was searched for matches up to this number. */
    public long covered() {
        return view.covered();
    }

    /** The number of the newest alert; 0 when there was none. */
    public long last() {
        return view.last();
    }

    /** The number of the oldest alert that is kept; one more than {@link #last} when none is. */
    public long first() {
        return view.first();
    }

    /** Reads all alerts that any gateway of the centre emitted before this call. */
    public void catchUp() throws StoreUnavailable {
        writer.catchUp();
    }

    /** Whether an alert of that id was emitted, also one that was dropped since. Does no I/O. */
    public boolean contains(UUID id) {
        return view.contains(id);
    }

    /** Where the alert of that id is kept; empty when there was none, or when it was dropped since. Does no I/O. */
    public Optional<AlertPlace> place(UUID id) {
        return view.place(id);
    }

    /** Emits the alerts of matches: see {@link #emit}. */
    public int append(List<CaseMatch> some, long seq, Instant now) throws IOException, StoreUnavailable {
        return emit(some.stream().map(AlertDraft::of).toList(), seq, now);
    }

    /**
     * Emits those alerts that were not emitted before, durably.
     *
     * @param seq the sequence of objects was searched for matches up to this number, or {@link #AS_BEFORE}
     * @return how many were new
     * @throws IOException when the log is damaged
     * @throws StoreUnavailable when it is not known whether they were emitted; a repetition does no harm
     */
    public int emit(List<AlertDraft> some, long seq, Instant now) throws IOException, StoreUnavailable {
        return writer.emit(some, seq, now);
    }

    /** The next alerts after {@code seq}, oldest first, at most {@code limit}; empty when there are none yet. */
    public List<Alert> after(long seq, int limit) throws StoreUnavailable {
        Optional<List<Alert>> recent = view.recentAfter(seq, limit);
        if (recent.isPresent()) {
            return recent.get();
        }
        List<AlertIndex.Range> wanted = view.rangesAfter(seq, limit);
        List<Alert> found = AlertBatch.read(stateStore, wanted).stream()
                .filter(alert -> alert.seq() > seq)
                .limit(limit)
                .toList();
        // When all of them were dropped meanwhile, or are damaged, later ones can exist.
        return wanted.isEmpty() || !found.isEmpty()
                ? found
                : after(wanted.getLast().next() - 1, limit);
    }

    /**
     * Sequence numbers and subjects of the next alerts after {@code seq}, oldest first, at most {@code limit}. Does no
     * I/O.
     */
    public List<AlertPlace> placesAfter(long seq, int limit) {
        return view.placesAfter(seq, limit);
    }

    /**
     * Sequence numbers and subjects of the alerts before {@code seq}, newest first, at most {@code limit}. Does no I/O.
     */
    public List<AlertPlace> placesBefore(long seq, int limit) {
        return view.placesBefore(seq, limit);
    }

    /** The alerts of these sequence numbers, oldest first, without those that were dropped meanwhile. */
    public List<Alert> read(List<AlertPlace> places) throws StoreUnavailable {
        TreeSet<Long> numbers = new TreeSet<>();
        places.forEach(place -> numbers.add(place.seq()));
        Optional<List<Alert>> recent = view.recent(numbers);
        if (recent.isPresent()) {
            return recent.get();
        }
        return AlertBatch.read(stateStore, view.ranges(numbers)).stream()
                .filter(alert -> numbers.contains(alert.seq()))
                .toList();
    }

    /**
     * Drops the oldest records: those from before {@code since}, and as many as there are above {@code most} bytes.
     * Only for the leader.
     */
    public void prune(Instant since, long most) throws StoreUnavailable, IOException {
        writer.prune(since, most);
    }

    /**
     * Takes the content of erased objects out of all alerts, also of those in memory; durable when this returns.
     * Numbers and ids stay. Every gateway may call it.
     *
     * @return number of alerts that were changed in the records
     */
    public int erase(AlertErasure erasure) throws StoreUnavailable {
        return writer.erase(erasure);
    }

    /** Number of calls of {@link #wake}. Read it before checking for work, then pass it to {@link #await}. */
    public long wakes() {
        return view.wakes();
    }

    /** Waits until there is an alert after {@code seq}, or {@link #wakes} has grown, at most {@code time}. */
    public void await(long seq, long wakesBefore, Duration time) throws InterruptedException {
        view.await(seq, wakesBefore, time);
    }

    /** Wakes all waiting threads, so that they check whether to stop. */
    public void wake() {
        view.wake();
    }

    /** Writes the last searched sequence number if this gateway searched. */
    @Override
    public void close() throws IOException {
        writer.close();
    }
}
