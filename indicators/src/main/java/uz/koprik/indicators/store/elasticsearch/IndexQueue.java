package uz.koprik.indicators.store.elasticsearch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import uz.koprik.indicators.store.StoreUnavailable;

/**
 * Commits whose entries are not in the index yet, bounded by bytes, and meanwhile the only place their entries are read
 * from. Those of other writers wait a while: most likely these index them.
 */
final class IndexQueue {

    private static final long OTHERS_HAVE = TimeUnit.SECONDS.toNanos(1);
    private static final int STEP_ENTRIES = 2000;

    private final int bytesAtMost;
    private final int stepBytes;
    private final long patience;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<WaitingCommit> waiting = new ArrayDeque<>();
    private final Map<Long, byte[]> records = new ConcurrentHashMap<>();
    private long bytes;
    private boolean hurry;
    private boolean closing;

    /** @param own whether this gateway wrote it */
    record WaitingCommit(long commit, List<IndexEntry> entries, long bytes, boolean own, long since) {
        long lastSeq() {
            return entries.getLast().seq();
        }
    }

    IndexQueue(int bytesAtMost, int stepBytes, long patienceNanos) {
        this.bytesAtMost = bytesAtMost;
        this.stepBytes = stepBytes;
        this.patience = patienceNanos;
    }

    /** Adds the entries of a commit, of which there is one at least, in the order of commits. */
    void add(long commit, List<IndexEntry> entries, boolean own) {
        long size = 0;
        for (IndexEntry entry : entries) {
            records.put(entry.seq(), entry.record());
            size += entry.record().length;
        }
        lock.lock();
        try {
            waiting.add(new WaitingCommit(commit, entries, size, own, System.nanoTime()));
            bytes += size;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Puts what remains of erased entries in the place of those that wait. */
    void erase(Set<Long> seqs, Predicate<String> keepsReference) {
        lock.lock();
        try {
            List<WaitingCommit> all = List.copyOf(waiting);
            waiting.clear();
            for (WaitingCommit one : all) {
                waiting.add(new WaitingCommit(
                        one.commit,
                        one.entries.stream()
                                .map(entry -> seqs.contains(entry.seq()) ? erased(entry, keepsReference) : entry)
                                .toList(),
                        one.bytes,
                        one.own,
                        one.since));
            }
        } finally {
            lock.unlock();
        }
    }

    private IndexEntry erased(IndexEntry entry, Predicate<String> keepsReference) {
        IndexEntry rest = IndexEntry.erased(entry.record(), keepsReference);
        records.replace(rest.seq(), rest.record());
        return rest;
    }

    /** Waits until there is room: back-pressure for writers. */
    void awaitRoom() throws StoreUnavailable {
        long left = patience;
        lock.lock();
        try {
            while (bytes > bytesAtMost) {
                hurry = true;
                changed.signalAll();
                if (closing || left <= 0) {
                    throw new StoreUnavailable(
                            "the index does not keep up: " + bytes + " bytes of entries wait to be indexed", null);
                }
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailable("interrupted while waiting to write", e);
        } finally {
            lock.unlock();
        }
    }

    /** The record of an entry that waits; null when it is not among them. */
    byte[] record(long seq) {
        return records.get(seq);
    }

    /** Others' commits are due now, too. */
    void hurry() {
        lock.lock();
        try {
            hurry = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * What to index next, of the commits later than {@code after}; nothing when nothing is due for a while. It stays
     * here until {@link #done}.
     */
    List<WaitingCommit> next(long after, long nanos) throws InterruptedException {
        long left = nanos;
        lock.lock();
        try {
            while (!closing && left > 0 && !due(after)) {
                left = changed.awaitNanos(left);
            }
            List<WaitingCommit> step = new ArrayList<>();
            if (due(after)) {
                long size = 0;
                int entries = 0;
                for (WaitingCommit one : waiting) {
                    if (one.commit <= after) {
                        continue;
                    }
                    if (!step.isEmpty()
                            && (size + one.bytes > stepBytes || entries + one.entries.size() > STEP_ENTRIES)) {
                        break;
                    }
                    step.add(one);
                    size += one.bytes;
                    entries += one.entries.size();
                }
            }
            return step;
        } finally {
            lock.unlock();
        }
    }

    private boolean due(long after) {
        return waiting.stream()
                .anyMatch(one -> one.commit > after
                        && (hurry || closing || one.own || System.nanoTime() - one.since >= OTHERS_HAVE));
    }

    /**
     * Forgets commits that are in the index: all up to that one. Returns the last entry that is therefore in the index.
     */
    long done(long commit) {
        long last = 0;
        lock.lock();
        try {
            while (!waiting.isEmpty() && waiting.peek().commit <= commit) {
                WaitingCommit one = waiting.remove();
                bytes -= one.bytes;
                last = Math.max(last, one.lastSeq());
                one.entries.forEach(entry -> records.remove(entry.seq()));
            }
            if (waiting.isEmpty()) {
                hurry = false;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        return last;
    }

    boolean isEmpty() {
        return records.isEmpty();
    }

    /** From now on everything is due, and nobody waits. */
    void close() {
        lock.lock();
        try {
            closing = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
