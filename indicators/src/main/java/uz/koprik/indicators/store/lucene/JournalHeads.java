package uz.koprik.indicators.store.lucene;

import java.nio.ByteBuffer;
import uz.koprik.indicators.store.entries.EntryHeads;
import uz.koprik.indicators.store.entries.EntryRows;
import uz.koprik.indicators.store.entries.RowBlock;
import uz.koprik.indicators.store.journal.EntryRecord;
import uz.koprik.indicators.store.journal.Journal;

/** Reads everything from the mapped journal; a row says where. */
final class JournalHeads implements EntryHeads {

    private final EntryRows rows;
    private final Journal journal;

    JournalHeads(EntryRows rows, Journal journal) {
        this.rows = rows;
        this.journal = journal;
    }

    @Override
    public void keep(long seq, ByteBuffer segment, int offset, long position) {
        rows.block(seq).position[RowBlock.index(seq)] = position;
    }

    @Override
    public boolean isOf(long seq, byte[] id) {
        long position = position(seq);
        return EntryRecord.id(journal.buffer(position), Journal.offset(position))
                .equals(ByteBuffer.wrap(id));
    }

    @Override
    public long version(long seq) {
        long position = position(seq);
        return EntryRecord.version(journal.buffer(position), Journal.offset(position));
    }

    @Override
    public boolean hasDigest(long seq, String digest) {
        long position = position(seq);
        return EntryRecord.digest(journal.buffer(position), Journal.offset(position))
                .equals(digest);
    }

    @Override
    public StoredEntry entry(long seq, RowBlock block, int row) {
        return new StoredEntry(seq, block, row, journal.buffer(block.position[row]));
    }

    private long position(long seq) {
        return rows.block(seq).position[RowBlock.index(seq)];
    }
}
