package uz.koprik.indicators.store.entries;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import uz.koprik.indicators.store.Entry;

/** Different entries, in any order, up to a number. */
public final class BoundedHits {

    private final int most;
    private Set<Long> seqs = Set.of(); // most places are empty

    public BoundedHits(int most) {
        this.most = most;
    }

    public void add(long seq) {
        if (seqs.isEmpty()) {
            seqs = new HashSet<>();
        }
        seqs.add(seq);
    }

    /** Whether there are more than were asked for. */
    public boolean full() {
        return seqs.size() > most;
    }

    /** One entry more than {@code most} shows that there are more; it does not count. */
    public long count() {
        return Math.min(seqs.size(), most);
    }

    /** Newest first. */
    public List<Entry> entries(EntryTable entryTable, int freshest) {
        List<Entry> entries = new ArrayList<>();
        seqs.stream().sorted(Comparator.reverseOrder()).limit(freshest).forEach(seq -> entryTable
                .found(seq)
                .ifPresent(entries::add));
        return entries;
    }
}
