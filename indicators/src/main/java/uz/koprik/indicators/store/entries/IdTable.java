package uz.koprik.indicators.store.entries;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * From STIX id and statement to the newest entry: open addressing over sequence numbers, four bytes a slot. The ids
 * themselves stay where the records are. Hashes are seeded anew at every start, so that nobody can choose ids that
 * collide.
 */
public final class IdTable {

    private final EntryRows rows;
    private final EntryHeads entryHeads;
    private final Statements statements;
    private final long seed = new SecureRandom().nextLong() | 1;
    private volatile AtomicIntegerArray slots = new AtomicIntegerArray(1 << 12);
    private int used;

    IdTable(EntryRows rows, EntryHeads entryHeads, Statements statements) {
        this.rows = rows;
        this.entryHeads = entryHeads;
        this.statements = statements;
    }

    /** @param statement number of the statement, 0 for the first of its id */
    public int hash(byte[] id, int statement) {
        long h = seed + statement;
        for (byte b : id) {
            h = (h ^ b) * 0x9E37_79B9_7F4A_7C15L;
            h ^= h >>> 29;
        }
        return (int) (h ^ h >>> 32);
    }

    /** The newest entry of a statement, in view or not; 0 when there is none. */
    public int find(byte[] id, int statement, int hash) {
        AtomicIntegerArray table = slots;
        int mask = table.length() - 1;
        for (int i = hash & mask; ; i = i + 1 & mask) {
            int seq = table.get(i);
            if (seq == 0 || holds(seq, id, statement, hash)) {
                return seq;
            }
        }
    }

    private boolean holds(int seq, byte[] id, int statement, int hash) {
        RowBlock block = rows.block(seq);
        int row = RowBlock.index(seq);
        if (block.idHash[row] != hash) {
            return false;
        }
        return statements.number(seq, block, row) == statement && entryHeads.isOf(seq, id);
    }

    /** Makes {@code seq}, whose row is filled, the newest entry of its statement. */
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
