package uz.koprik.indicators.store.journal;

import java.util.List;
import java.util.stream.Stream;
import uz.koprik.indicators.store.EntryFacts;

/**
 * The entries that an index does not show yet, in generations, so that shown ones go together. One thread adds, another one drops; any
 * readers. A reader takes {@link #all} before it looks at the index: a generation goes only when the index shows its entries.
 */
public final class RecentGenerations {

    private final int size;
    private volatile List<Recent> all = List.of(new Recent());

    /** @param size entries per generation */
    public RecentGenerations(int size) {
        this.size = size;
    }

    /** All generations, the newest last. */
    public List<Recent> all() {
        return all;
    }

    /** Adds an entry to the newest generation, or to a new one when that is full. */
    public void add(long seq, EntryFacts facts) {
        Recent newest = all.getLast();
        if (newest.entries() >= size) {
            newest = new Recent();
            begin(newest);
        }
        newest.add(seq, facts);
    }

    private synchronized void begin(Recent next) {
        all = Stream.concat(all.stream(), Stream.of(next)).toList();
    }

    /** Drops the generations of which the index shows every entry, but never the newest. */
    public synchronized void shown(long covered) {
        Recent newest = all.getLast();
        all = all.stream().filter(some -> some == newest || some.last() > covered).toList();
    }
}
