package uz.koprik.indicators.store.elasticsearch;

import java.nio.ByteBuffer;
import uz.koprik.indicators.policy.ReleaseClass;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.EntryFacts;
import uz.koprik.indicators.store.journal.EntryRecord;
import uz.koprik.indicators.store.journal.RowBlock;

/** An entry as its row said when it was asked for; {@link Fetching} brings its record before anybody gets it. */
final class ClusterEntry implements Entry {

    private final long seq;
    private final long added;
    private final byte release;
    private final boolean superseded;
    private ByteBuffer record;
    private EntryFacts facts;

    ClusterEntry(long seq, RowBlock block, int row) {
        this.seq = seq;
        this.added = block.added[row];
        this.release = block.release[row];
        this.superseded = block.has(row, RowBlock.SUPERSEDED);
    }

    void bring(byte[] bytes) {
        record = ByteBuffer.wrap(bytes).asReadOnlyBuffer();
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
        return EntryRecord.object(record, 0);
    }

    @Override
    public EntryFacts facts() {
        EntryFacts decoded = facts; // immutable, so that two threads may decode it at once
        if (decoded == null) {
            decoded = EntryRecord.facts(record, 0);
            facts = decoded;
        }
        return decoded;
    }

    @Override
    public String toString() {
        return "entry " + seq;
    }
}
