package uz.koprik.gateway.alerts.log;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import uz.koprik.gateway.casematch.CaseMatch;
import uz.koprik.indicators.store.StoreUnavailable;

/** All alerts of a centre, in order, each once. Thread-safe. */
public abstract class AlertLog implements AutoCloseable {

    /** In place of a sequence number: how far the sequence of objects was searched does not change. */
    public static final long AS_BEFORE = -1;

    private long wakes;

    /** The sequence of objects was searched for matches up to this number; -1 when this log is new. */
    public abstract long covered();

    /** The number of the newest alert; 0 when there was none. */
    public abstract long last();

    /** The number of the oldest alert that is kept; one more than {@link #last} when none is. */
    public abstract long first();

    /** Emits the alerts of matches: see {@link #emit}. */
    public final int append(List<CaseMatch> some, long seq, Instant now) throws IOException, StoreUnavailable {
        return emit(some.stream().map(AlertDraft::of).toList(), seq, now);
    }

    /**
     * Emits those alerts that were not emitted before, durably.
     *
     * @param seq the sequence of objects was searched for matches up to this number, or {@link #AS_BEFORE}
     * @return how many were new
     * @throws IOException when they could not be written; then none was emitted
     * @throws StoreUnavailable when that is not known; a repetition does no harm
     */
    public abstract int emit(List<AlertDraft> some, long seq, Instant now) throws IOException, StoreUnavailable;

    /** Reads all alerts that any gateway of the centre emitted before this call. */
    public abstract void catchUp() throws StoreUnavailable;

    /** The next alerts after {@code seq}, oldest first, at most {@code limit}; empty when there are none yet. */
    public abstract List<Alert> after(long seq, int limit) throws IOException, StoreUnavailable;

    /**
     * Sequence numbers and subjects of the next alerts after {@code seq}, oldest first, at most {@code limit}. Does no
     * I/O.
     */
    public abstract List<AlertSegment.Place> placesAfter(long seq, int limit);

    /**
     * Sequence numbers and subjects of the alerts before {@code seq}, newest first, at most {@code limit}. Does no I/O.
     */
    public abstract List<AlertSegment.Place> placesBefore(long seq, int limit);

    /** The alerts of these sequence numbers, oldest first, without those that were dropped meanwhile. */
    public abstract List<Alert> read(List<AlertSegment.Place> places) throws IOException, StoreUnavailable;

    /** Drops the oldest alerts: those from before {@code since}, and as many as there are above {@code most} bytes. */
    public abstract void prune(Instant since, long most) throws IOException, StoreUnavailable;

    /** Number of calls of {@link #wake}. Read it before checking for work, then pass it to {@link #await}. */
    public final synchronized long wakes() {
        return wakes;
    }

    /** Waits until there is an alert after {@code seq}, or {@link #wakes} has grown, at most {@code time}. */
    public final synchronized void await(long seq, long wakesBefore, Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toMillis();
                last() <= seq && wakes == wakesBefore && left > 0;
                left = (end - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
    }

    /** Wakes all waiting threads, so that they check whether to stop. */
    public final synchronized void wake() {
        wakes++;
        notifyAll();
    }

    /** Writes the last searched sequence number and releases resources. */
    @Override
    public abstract void close() throws IOException;
}
