package uz.koprik.indicators.store.entries;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongConsumer;
import uz.koprik.indicators.observable.network.NetworkKey;

/**
 * Which entries carry something at a place. Most are never asked about, so they are not put in order one by one but in
 * sorted runs, each longer than the next: an entry is moved a few times, and a question looks into a few runs. One
 * writer, any readers.
 */
final class PendingPlaces {

    /** How many are searched unsorted. */
    private static final int TAIL = 256;

    private record Posting(String place, long seq) {}

    /** Sorted runs, the longest first, and what came after them. */
    private static final class Postings {

        private final List<Posting[]> runs;
        private final Posting[] tail = new Posting[TAIL];
        private volatile int size;

        Postings(List<Posting[]> runs) {
            this.runs = runs;
        }
    }

    private volatile Postings postings = new Postings(List.of());

    /** Takes note of an entry; they come in ascending order. */
    void add(String place, long seq) {
        Postings now = postings;
        int size = now.size;
        now.tail[size] = new Posting(place, seq);
        now.size = size + 1; // from here on readers see it
        if (size + 1 == TAIL) {
            postings = new Postings(merged(now.runs, now.tail));
        }
    }

    private static List<Posting[]> merged(List<Posting[]> runs, Posting[] tail) {
        Posting[] last = sorted(tail.clone()); // readers may still be looking through it
        int kept = runs.size();
        while (kept > 0 && runs.get(kept - 1).length <= last.length) {
            Posting[] before = runs.get(--kept);
            Posting[] both = Arrays.copyOf(before, before.length + last.length);
            System.arraycopy(last, 0, both, before.length, last.length);
            last = sorted(both); // finds the two sorted halves and merges them
        }
        List<Posting[]> all = new ArrayList<>(runs.subList(0, kept));
        all.add(last);
        return List.copyOf(all);
    }

    private static Posting[] sorted(Posting[] postings) {
        Arrays.sort(postings, Comparator.comparing(Posting::place));
        return postings;
    }

    /** Those later than {@code after} that carry something within a place, in any order. */
    void within(NetworkKey.Span place, long after, LongConsumer found) {
        Postings now = postings;
        for (Posting[] run : now.runs) {
            for (int i = firstBehind(run, place.from()); i < run.length && place.has(run[i].place); i++) {
                tell(run[i], after, found);
            }
        }
        int size = now.size;
        for (int i = 0; i < size; i++) {
            if (place.has(now.tail[i].place)) {
                tell(now.tail[i], after, found);
            }
        }
    }

    private static void tell(Posting posting, long after, LongConsumer found) {
        if (posting.seq > after) {
            found.accept(posting.seq);
        }
    }

    /** The first that comes after a place. */
    private static int firstBehind(Posting[] run, String place) {
        int low = 0;
        int high = run.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (run[middle].place.compareTo(place) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
