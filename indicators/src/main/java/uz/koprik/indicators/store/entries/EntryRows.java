package uz.koprik.indicators.store.entries;

import java.util.Arrays;

/** One row per entry, addressed by sequence number. One writer, any number of readers without locks. */
public final class EntryRows {

    public final StringDictionary types = new StringDictionary();
    public final StringDictionary producers = new StringDictionary();
    public final StringDictionary sources = new StringDictionary();
    public final StringDictionary authorities = new StringDictionary();
    /** See {@link LostProofs#signers}. */
    final StringDictionary signers = new StringDictionary();
    /** Of case files; see {@link CaseUnitIndex}. */
    final StringDictionary units = new StringDictionary();

    private volatile RowBlock[] blocks = new RowBlock[16];
    private volatile long last;

    /** The highest sequence number that readers may see. */
    public long last() {
        return last;
    }

    public RowBlock block(long seq) {
        return blocks[(int) ((seq - 1) >>> RowBlock.SHIFT)];
    }

    /** The block in which the next entry goes. */
    public RowBlock blockToFill(long seq) {
        int number = (int) ((seq - 1) >>> RowBlock.SHIFT);
        RowBlock[] all = blocks;
        if (number == all.length) {
            all = Arrays.copyOf(all, number * 2);
        }
        if (all[number] == null) {
            all[number] = new RowBlock();
            blocks = all;
        }
        return all[number];
    }

    /** Lets readers see everything that was changed so far. */
    public void publish(long newLast) {
        last = newLast;
    }

    public long added(long seq) {
        return seq == 0 ? 0 : block(seq).added[RowBlock.index(seq)];
    }

    /** The last entry that was not added later than {@code moment}; 0 when there is none. */
    public long lastAddedBy(long moment) {
        long low = 0;
        long high = last;
        while (low < high) {
            long middle = (low + high + 1) >>> 1;
            if (added(middle) <= moment) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** The sum of the counters of all blocks that the range touches. */
    public long stamp(long first, long end) {
        long sum = 0;
        long to = Math.min(end, last);
        for (long seq = Math.max(first, 1); seq <= to; seq = RowBlock.lastOf(seq) + 1) {
            sum += block(seq).stamp.get();
        }
        return sum;
    }
}
