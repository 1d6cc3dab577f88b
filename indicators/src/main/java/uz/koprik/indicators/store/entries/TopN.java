package uz.koprik.indicators.store.entries;

import java.util.ArrayList;
import java.util.List;
import uz.koprik.indicators.store.Entry;

/** Counts matches that come by in ascending order, and keeps the last few. */
public final class TopN {

    private final int limit;
    private long[] ring = {}; // of most values there is nothing to keep
    private long count;

    public TopN(int limit) {
        this.limit = limit;
    }

    public void add(long seq) {
        if (count == 0) {
            ring = new long[limit];
        }
        if (limit > 0) {
            ring[(int) (count % ring.length)] = seq;
        }
        count++;
    }

    public long count() {
        return count;
    }

    /** Newest first. */
    public List<Entry> entries(EntryTable entryTable) {
        List<Entry> entries = new ArrayList<>();
        for (long i = count - 1; i >= 0 && i >= count - ring.length; i--) {
            entryTable.found(ring[(int) (i % ring.length)]).ifPresent(entries::add);
        }
        return entries;
    }
}
