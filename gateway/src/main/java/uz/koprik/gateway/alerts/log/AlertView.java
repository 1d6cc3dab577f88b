package uz.koprik.gateway.alerts.log;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.UUID;

/** What readers of the log see, and what they wait for. Does no I/O. Thread-safe. */
final class AlertView {

    private AlertIndex index = new AlertIndex(0);
    private long covered;
    private long wakes;

    /** After the whole log was read. */
    synchronized void replace(AlertIndex loaded, long searched) {
        index = loaded;
        covered = searched;
        notifyAll();
    }

    synchronized long covered() {
        return covered;
    }

    synchronized long last() {
        return index.last();
    }

    synchronized long first() {
        return index.first();
    }

    /** Returns whether the number is another one than before. */
    synchronized boolean cover(long seq) {
        boolean changed = seq != covered;
        covered = seq;
        return changed;
    }

    synchronized void adopt(AlertState state) {
        covered = state.covered();
        index.dropBefore(state.first());
    }

    /** Adds those alerts of the last record that are new here. */
    synchronized void add(AlertTail tail, List<Alert> alerts, long searched) {
        List<Alert> fresh =
                alerts.stream().filter(alert -> alert.seq() > index.last()).toList();
        if (!fresh.isEmpty()) {
            index.add(tail.first(), fresh, tail.size(), searched);
            notifyAll();
        }
    }

    /** Numbers those drafts that were not emitted before, at most {@link AlertBatch#MOST}. */
    synchronized List<Alert> fresh(List<AlertDraft> some, Instant now) {
        List<Alert> fresh = new ArrayList<>();
        Set<UUID> here = new HashSet<>();
        for (AlertDraft one : some) {
            if (fresh.size() < AlertBatch.MOST && !index.contains(one.id()) && here.add(one.id())) {
                fresh.add(one.numbered(index.last() + fresh.size() + 1, now));
            }
        }
        return fresh;
    }

    /** Takes the content of erased objects out of the alerts in memory. */
    synchronized void erase(AlertErasure erasure) {
        index.erase(erasure);
    }

    synchronized boolean contains(UUID id) {
        return index.contains(id);
    }

    synchronized Optional<AlertPlace> place(UUID id) {
        return index.place(id);
    }

    /** The next alerts after {@code seq} when they are in memory. */
    synchronized Optional<List<Alert>> recentAfter(long seq, int limit) {
        return index.remembers(seq + 1) ? Optional.of(index.recentAfter(seq, limit)) : Optional.empty();
    }

    /** Alerts of these numbers when all are in memory. */
    synchronized Optional<List<Alert>> recent(SortedSet<Long> seqs) {
        return seqs.isEmpty() || index.remembers(seqs.first()) ? Optional.of(index.recent(seqs)) : Optional.empty();
    }

    synchronized List<AlertIndex.Range> rangesAfter(long seq, int limit) {
        return index.rangesAfter(seq, limit);
    }

    synchronized Set<AlertIndex.Range> ranges(SortedSet<Long> seqs) {
        Set<AlertIndex.Range> ranges = new LinkedHashSet<>();
        seqs.forEach(seq -> index.range(seq).ifPresent(ranges::add));
        return ranges;
    }

    synchronized List<AlertIndex.Range> old(Instant since, long most) {
        return index.old(since, most);
    }

    synchronized List<AlertPlace> placesAfter(long seq, int limit) {
        return index.placesAfter(seq, limit);
    }

    synchronized List<AlertPlace> placesBefore(long seq, int limit) {
        return index.placesBefore(seq, limit);
    }

    synchronized long wakes() {
        return wakes;
    }

    synchronized void await(long seq, long wakesBefore, Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toMillis();
                index.last() <= seq && wakes == wakesBefore && left > 0;
                left = (end - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
    }

    synchronized void wake() {
        wakes++;
        notifyAll();
    }
}
