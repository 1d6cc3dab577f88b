package uz.koprik.indicators.store.entries;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What paging and judging need of {@value #SIZE} consecutive entries, 57 bytes each, 8 more where there are case files,
 * and 4 more where something was erased. The writer alone changes it; a value becomes visible with the next
 * {@link EntryRows#publish}.
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
    /** It was stored once more, under a later sequence number; see {@link uz.koprik.indicators.store.Renewal}. */
    public static final int RENEWED = 128;
    /** In no view. */
    static final int HIDDEN = WITHDRAWN | RENEWED;

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

    /** Number of the {@link uz.koprik.indicators.policy.ReleaseTerms} in force. */
    public final int[] release = new int[SIZE];

    public final byte[] flags = new byte[SIZE];

    /** Made with the first entry that renews another: when its object was first added; 0 for all others. */
    private volatile long[] firstAdded;

    /** Made with the first entry that never leaves the centre; see {@link CaseUnitIndex}. */
    int[] unit;
    /** The same with the unit that holds for the object now. */
    int[] unitNow;

    /** Made with the first entry that is erased; see {@link Erasures}. */
    private volatile int[] erasure;

    /** Bit n is set when a number occurs, or did once, that is n modulo 64: lets readers step over the whole block. */
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

    /** When the object of an entry was first added. */
    long firstAdded(int index) {
        long[] renewed = firstAdded;
        return renewed == null || renewed[index] == 0 ? added[index] : renewed[index];
    }

    void setFirstAdded(int index, long moment) {
        if (firstAdded == null) {
            firstAdded = new long[SIZE];
        }
        firstAdded[index] = moment;
    }

    /** Whether {@link #erasure} may be another number than 0 for an entry. */
    public boolean anyErasure() {
        return erasure != null;
    }

    /** The number of an erasure, or another number of {@link Erasures}; 0 for most entries. */
    int erasure(int index) {
        int[] all = erasure;
        return all == null ? 0 : all[index];
    }

    void setErasure(int index, int number) {
        int[] all = erasure == null ? new int[SIZE] : erasure;
        all[index] = number;
        erasure = all;
    }

    public boolean has(int index, int flag) {
        return (flags[index] & flag) != 0;
    }

    public void set(int index, int flag, boolean on) {
        flags[index] = (byte) (on ? flags[index] | flag : flags[index] & ~flag);
    }
}
