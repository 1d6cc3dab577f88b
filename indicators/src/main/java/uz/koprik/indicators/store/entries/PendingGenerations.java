package uz.koprik.indicators.store.entries;

import java.util.List;
import java.util.stream.Stream;
import uz.koprik.indicators.store.EntryMetadata;

/**
 * The entries that an index does not show yet, in generations, so that shown ones go together. One thread adds, another
 * one drops; any readers. A reader takes {@link #all} before it looks at the index: a generation goes only when the
 * index shows its entries.
 */
public final class PendingGenerations {

    private final int size;
    private volatile List<PendingPostings> all = List.of(new PendingPostings());

    /** @param size entries per generation */
    public PendingGenerations(int size) {
        this.size = size;
    }

    /** All generations, the newest last. */
    public List<PendingPostings> all() {
        return all;
    }

    /** Adds an entry to the newest generation, or to a new one when that is full. */
    public void add(long seq, EntryMetadata facts) {
        PendingPostings newest = all.getLast();
        if (newest.entries() >= size) {
            newest = new PendingPostings();
            begin(newest);
        }
        newest.add(seq, facts);
    }

    private synchronized void begin(PendingPostings next) {
        all = Stream.concat(all.stream(), Stream.of(next)).toList();
    }

    /** Has the next entry begin a new generation; the thread that adds calls it. */
    public void cut() {
        if (all.getLast().entries() > 0) {
            begin(new PendingPostings());
        }
    }

    /** Drops the generations of which the index shows every entry, but never the newest. */
    public synchronized void shown(long covered) {
        PendingPostings newest = all.getLast();
        all = all.stream()
                .filter(some -> some == newest || some.last() > covered)
                .toList();
    }
}
