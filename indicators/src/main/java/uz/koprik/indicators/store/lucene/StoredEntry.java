package uz.koprik.indicators.store.lucene;

import java.nio.ByteBuffer;
import uz.koprik.indicators.policy.ReleaseClass;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.EntryFacts;
import uz.koprik.indicators.store.journal.EntryRecord;
import uz.koprik.indicators.store.journal.Journal;
import uz.koprik.indicators.store.journal.RowBlock;

/** An entry in a mapped journal segment; the mapping lives as long as anybody holds the entry or its bytes. */
final class StoredEntry implements Entry {

    private final long seq;
    private final long added;
    private final byte release;
    private final boolean superseded;
    private final ByteBuffer segment;
    private final int offset;
    private EntryFacts facts;

    StoredEntry(long seq, RowBlock block, int row, ByteBuffer segment) {
        this.seq = seq;
        this.added = block.added[row];
        this.release = block.release[row];
        this.superseded = block.has(row, RowBlock.SUPERSEDED);
        this.segment = segment;
        this.offset = Journal.offset(block.position[row]);
    }

    @Override
    public long seq() {
        return seq;
    }

    @Override
    public long added() {
        return added;
    }

    @Override
    public ReleaseClass release() {
        return ReleaseClass.of(release);
    }

    @Override
    public boolean superseded() {
        return superseded;
    }

    @Override
    public ByteBuffer object() {
        return EntryRecord.object(segment, offset);
    }

    @Override
    public EntryFacts facts() {
        EntryFacts decoded = facts; // immutable, so that two threads may decode it at once
        if (decoded == null) {
            decoded = EntryRecord.facts(segment, offset);
            facts = decoded;
        }
        return decoded;
    }

    @Override
    public String toString() {
        return "entry " + seq;
    }
}
