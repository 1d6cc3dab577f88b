package uz.koprik.indicators.store.entries;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What paging and judging need of {@value #SIZE} consecutive entries, 54 bytes each, and 8 more where there are case
 * files. The writer alone changes it; a value becomes visible with the next {@link EntryRows#publish}.
 */
public final class RowBlock {

    public static final int SHIFT = 12;
    public static final int SIZE = 1 << SHIFT;

    /** A later version of the object is in view. */
    public static final int SUPERSEDED = 1;
    /** An earlier version of the object is in view. */
    public static final int LATER = 2;

    public static final int WITHDRAWN = 4;
    public static final int SPEC_20 = 8;
    /** Its id has several statements; see {@link Statements}. */
    public static final int SIBLINGS = 16;
    /** A statement of another creator comes before it for those who may see that. */
    public static final int CONTESTED = 32;
    /** A member of this centre submitted it; entries of earlier versions do not say. */
    public static final int BY_MEMBER = 64;

    /** Number of the journal segment in the upper half, offset of the record in the lower. */
    public final long[] position = new long[SIZE];

    public final long[] added = new long[SIZE];
    /** The entry before this one of the same object, in view or not; 0 when it is the first. */
    public final int[] previous = new int[SIZE];

    public final int[] idHash = new int[SIZE];
    public final int[] type = new int[SIZE];
    public final int[] producer = new int[SIZE];
    public final int[] source = new int[SIZE];
    /** When the object was created, by its own word; microseconds since the epoch. */
    public final long[] created = new long[SIZE];
    /** Number of {@link uz.koprik.indicators.store.EntryMetadata#authority()}. */
    public final int[] authority = new int[SIZE];

    /** Number of {@link LostProofs#signers}. */
    final int[] signers = new int[SIZE];

    public final byte[] release = new byte[SIZE];
    public final byte[] flags = new byte[SIZE];

    /** Made with the first entry that never leaves the centre; see {@link CaseUnitIndex}. */
    int[] unit;
    /** The same with the unit that holds for the object now. */
    int[] unitNow;

    /** Bit n is set when class code n occurs, or did once: lets readers step over the whole block. */
    public long classes;
    /** The same for type numbers, modulo 64. */
    public long types;
    /** Counts changes of visibility. */
    public final AtomicLong stamp = new AtomicLong();

    public static int index(long seq) {
        return (int) (seq - 1) & (SIZE - 1);
    }

    /** The last sequence number that belongs in the same block. */
    public static long lastOf(long seq) {
        return ((seq - 1) | (SIZE - 1)) + 1;
    }

    public boolean has(int index, int flag) {
        return (flags[index] & flag) != 0;
    }

    public void set(int index, int flag, boolean on) {
        flags[index] = (byte) (on ? flags[index] | flag : flags[index] & ~flag);
    }
}
