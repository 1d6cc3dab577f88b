package uz.koprik.indicators.store.lucene;

import java.nio.ByteBuffer;
import uz.koprik.indicators.store.entries.RowBlock;
import uz.koprik.indicators.store.entries.RowEntry;

/** An entry in a mapped journal segment; the mapping lives as long as anybody holds the entry or its bytes. */
final class StoredEntry extends RowEntry {

    private final ByteBuffer segment;
    private final int offset;

    StoredEntry(long seq, RowBlock block, int row, ByteBuffer segment, int offset) {
        super(seq, block, row);
        this.segment = segment;
        this.offset = offset;
    }

    @Override
    protected ByteBuffer buffer() {
        return segment;
    }

    @Override
    protected int offset() {
        return offset;
    }
}
