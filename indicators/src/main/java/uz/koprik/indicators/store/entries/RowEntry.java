package uz.koprik.indicators.store.entries;

import java.nio.ByteBuffer;
import uz.koprik.indicators.policy.ReleaseTerms;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.EntryMetadata;
import uz.koprik.indicators.store.journal.EntryRecord;

/** An entry as its row said when it was asked for, over a record that a backend keeps in its own way. */
public abstract class RowEntry implements Entry {

    private final long seq;
    private final long added;
    private final long firstAdded;
    private final int release;
    private final boolean superseded;
    private EntryMetadata facts;

    protected RowEntry(long seq, RowBlock block, int row) {
        this.seq = seq;
        this.added = block.added[row];
        this.firstAdded = block.firstAdded(row);
        this.release = block.release[row];
        this.superseded = block.has(row, RowBlock.SUPERSEDED);
    }

    /** What the record lies in; read-only. */
    protected abstract ByteBuffer buffer();

    /** Where in {@link #buffer} it begins. */
    protected abstract int offset();

    @Override
    public final long seq() {
        return seq;
    }

    @Override
    public final long added() {
        return added;
    }

    @Override
    public final long firstAdded() {
        return firstAdded;
    }

    @Override
    public final ReleaseTerms release() {
        return ReleaseTerms.of(release);
    }

    @Override
    public final boolean superseded() {
        return superseded;
    }

    @Override
    public final ByteBuffer object() {
        return EntryRecord.object(buffer(), offset());
    }

    @Override
    public final EntryMetadata facts() {
        EntryMetadata decoded = facts; // immutable, so that two threads may decode it at once
        if (decoded == null) {
            decoded = EntryRecord.facts(buffer(), offset());
            facts = decoded;
        }
        return decoded;
    }

    @Override
    public final String toString() {
        return "entry " + seq;
    }
}
