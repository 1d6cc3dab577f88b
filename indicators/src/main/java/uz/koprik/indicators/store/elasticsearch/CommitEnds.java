package uz.koprik.indicators.store.elasticsearch;

import java.util.Arrays;

/** With which entry each commit ends, four bytes a commit: the way from an entry to its commit. One writer. */
final class CommitEnds {

    private int[] ends = new int[1 << 10];
    private int count = 1;

    /** Notes the next commit, and the last entry that there is with it. */
    synchronized void add(long commit, long lastSeq) {
        if (commit != count) {
            throw new IllegalStateException("commit " + commit + " does not follow " + (count - 1));
        }
        if (count == ends.length) {
            ends = Arrays.copyOf(ends, count * 2);
        }
        ends[count++] = (int) lastSeq;
    }

    /** The number of the commit that holds an entry. */
    synchronized long of(long seq) {
        int low = 1;
        int high = count - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ends[middle] < seq) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
