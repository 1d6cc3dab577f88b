package uz.koprik.indicators.store.lucene;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What paging and judging need of {@value #SIZE} consecutive entries, 38 bytes each. The writer alone changes it; a value
 * becomes visible with the next {@link Rows#publish}.
 */
final class RowBlock {

    static final int SHIFT = 12;
    static final int SIZE = 1 << SHIFT;

    /** A later version of the object is in view. */
    static final int SUPERSEDED = 1;
    /** An earlier version of the object is in view. */
    static final int LATER = 2;
    static final int WITHDRAWN = 4;
    static final int SPEC_20 = 8;

    /** Number of the journal segment in the upper half, offset of the record in the lower. */
    final long[] position = new long[SIZE];
    final long[] added = new long[SIZE];
    /** The entry before this one of the same object, in view or not; 0 when it is the first. */
    final int[] previous = new int[SIZE];
    final int[] idHash = new int[SIZE];
    final int[] type = new int[SIZE];
    final int[] producer = new int[SIZE];
    final int[] source = new int[SIZE];
    final byte[] release = new byte[SIZE];
    final byte[] flags = new byte[SIZE];

    /** Bit n is set when class code n occurs, or did once: lets readers step over the whole block. */
    long classes;
    /** The same for type numbers, modulo 64. */
    long types;
    /** Counts changes of visibility. */
    final AtomicLong stamp = new AtomicLong();

    static int index(long seq) {
        return (int) (seq - 1) & (SIZE - 1);
    }

    /** The last sequence number that belongs in the same block. */
    static long lastOf(long seq) {
        return ((seq - 1) | (SIZE - 1)) + 1;
    }

    boolean has(int index, int flag) {
        return (flags[index] & flag) != 0;
    }

    void set(int index, int flag, boolean on) {
        flags[index] = (byte) (on ? flags[index] | flag : flags[index] & ~flag);
    }
}
