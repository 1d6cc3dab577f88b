package uz.koprik.indicators.store.entries;

import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;
import uz.koprik.indicators.observable.network.NetworkKey;
import uz.koprik.indicators.store.EntryMetadata;

/**
 * Posting lists of entries that the Lucene index does not show yet, so that nothing acknowledged is missed and nobody
 * has to refresh the index for each small append. One writer, any readers.
 */
public final class PendingPostings {

    private final ConcurrentHashMap<String, Postings> observables = new ConcurrentHashMap<>();
    private final PendingPlaces places = new PendingPlaces();
    private final ConcurrentHashMap<String, Postings> refs = new ConcurrentHashMap<>();
    private int entries;
    private volatile long last;

    public void add(long seq, EntryMetadata facts) {
        facts.observables().forEach(key -> add(observables, key, seq));
        facts.observables()
                .forEach(key -> NetworkKey.ofKey(key).ifPresent(place -> places.add(IndexTerms.of(place), seq)));
        facts.refs().forEach(id -> add(refs, id, seq));
        entries++;
        last = seq;
    }

    private static void add(ConcurrentHashMap<String, Postings> lists, String key, long seq) {
        lists.computeIfAbsent(key, k -> new Postings()).add((int) seq);
    }

    public int entries() {
        return entries;
    }

    /** The last entry in here. */
    public long last() {
        return last;
    }

    /** Those later than {@code after} that carry an observable, ascending. */
    public void carriers(String observable, long after, LongConsumer found) {
        each(observables.get(observable), after, found);
    }

    /** Those later than {@code after} that carry something within a place, in any order. */
    public void within(NetworkKey.Span place, long after, LongConsumer found) {
        places.within(place, after, found);
    }

    /** Those later than {@code after} that refer to an id, ascending. */
    public void referrers(String id, long after, LongConsumer found) {
        each(refs.get(id), after, found);
    }

    private static void each(Postings list, long after, LongConsumer found) {
        if (list != null) {
            list.each(after, found);
        }
    }

    private static final class Postings {
        private int[] seqs = new int[2];
        private volatile int size;

        void add(int seq) {
            int count = size;
            if (count > 0 && seqs[count - 1] == seq) {
                return; // the same value twice in one entry
            }
            if (count == seqs.length) {
                seqs = Arrays.copyOf(seqs, count * 2);
            }
            seqs[count] = seq;
            size = count + 1;
        }

        void each(long after, LongConsumer found) {
            int count = size;
            int[] all = seqs;
            for (int i = 0; i < count; i++) {
                if (all[i] > after) {
                    found.accept(all[i]);
                }
            }
        }
    }
}
