package uz.koprik.indicators.store.elasticsearch;

import java.nio.ByteBuffer;
import uz.koprik.indicators.store.entries.RowBlock;
import uz.koprik.indicators.store.entries.RowEntry;

/** An entry on the cluster; {@link EntryFetcher} adds its record before a caller gets it. */
final class ClusterEntry extends RowEntry {

    private ByteBuffer record;

    ClusterEntry(long seq, RowBlock block, int row) {
        super(seq, block, row);
    }

    void bring(byte[] bytes) {
        record = ByteBuffer.wrap(bytes).asReadOnlyBuffer();
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
