package uz.koprik.indicators.store.elasticsearch;

import java.nio.ByteBuffer;
import uz.koprik.indicators.store.ErasedVersion;
import uz.koprik.indicators.store.entries.RowBlock;
import uz.koprik.indicators.store.entries.RowEntry;
import uz.koprik.indicators.store.journal.ErasedRecord;

/** An entry on the cluster; {@link EntryFetcher} adds its record before a caller gets it. */
final class ClusterEntry extends RowEntry {

    private ByteBuffer record;

    ClusterEntry(long seq, RowBlock block, int row) {
        super(seq, block, row);
    }

    void bring(byte[] bytes) {
        record = ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    /** Whether it was erased: there is no object, and no more facts than stay. */
    boolean erased() {
        return ErasedRecord.is(record, 0);
    }

    /** What stays of it when it is erased. */
    ErasedVersion rest() {
        return ErasedRecord.version(record, 0, release());
    }

    @Override
    protected ByteBuffer buffer() {
        return record;
    }

    @Override
    protected int offset() {
        return 0;
    }
}
