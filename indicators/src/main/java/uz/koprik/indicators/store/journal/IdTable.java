package uz.koprik.indicators.store.journal;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * From STIX id to the newest entry of that object: open addressing over sequence numbers, four bytes a slot. The ids
 * themselves stay where the records are. Hashes are seeded anew at every start, so that nobody can choose ids that collide.
 */
public final class IdTable {

    private final Rows rows;
    private final Heads heads;
    private final long seed = new SecureRandom().nextLong() | 1;
    private volatile AtomicIntegerArray slots = new AtomicIntegerArray(1 << 12);
    private int used;

    public IdTable(Rows rows, Heads heads) {
        this.rows = rows;
        this.heads = heads;
    }

    public int hash(byte[] id) {
        long h = seed;
        for (byte b : id) {
            h = (h ^ b) * 0x9E37_79B9_7F4A_7C15L;
            h ^= h >>> 29;
        }
        return (int) (h ^ h >>> 32);
    }

    /** The newest entry of the object, in view or not; 0 when there is none. */
    public int find(byte[] id, int hash) {
        AtomicIntegerArray table = slots;
        int mask = table.length() - 1;
        for (int i = hash & mask;; i = i + 1 & mask) {
            int seq = table.get(i);
            if (seq == 0 || holds(seq, id, hash)) {
                return seq;
            }
        }
    }

    private boolean holds(int seq, byte[] id, int hash) {
        RowBlock block = rows.block(seq);
        int row = RowBlock.index(seq);
        if (block.idHash[row] != hash) {
            return false;
        }
        return heads.isOf(seq, id);
    }

    /** Makes {@code seq}, whose row is filled, the newest entry of its object. */
    public void put(int hash, int previous, int seq) {
        AtomicIntegerArray table = slots;
        if (previous == 0 && ++used > table.length() * 6L / 10) {
            table = grow(table);
        }
        int mask = table.length() - 1;
        int i = hash & mask;
        while (table.get(i) != previous) {
            i = i + 1 & mask;
        }
        table.set(i, seq);
    }

    private AtomicIntegerArray grow(AtomicIntegerArray old) {
        AtomicIntegerArray larger = new AtomicIntegerArray(old.length() * 2);
        int mask = larger.length() - 1;
        for (int from = 0; from < old.length(); from++) {
            int seq = old.get(from);
            if (seq != 0) {
                int i = rows.block(seq).idHash[RowBlock.index(seq)] & mask;
                while (larger.get(i) != 0) {
                    i = i + 1 & mask;
                }
                larger.setPlain(i, seq);
            }
        }
        slots = larger;
        return larger;
    }
}
