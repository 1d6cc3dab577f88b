package uz.koprik.indicators.store.lucene;

import java.nio.ByteBuffer;
import uz.koprik.indicators.policy.ReleaseTerms;
import uz.koprik.indicators.store.ErasedVersion;
import uz.koprik.indicators.store.entries.EntryHeads;
import uz.koprik.indicators.store.entries.EntryRows;
import uz.koprik.indicators.store.entries.RowBlock;
import uz.koprik.indicators.store.journal.EntryRecord;
import uz.koprik.indicators.store.journal.ErasedRecord;
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
        Place place = place(seq);
        return EntryRecord.id(place.segment, place.offset).equals(ByteBuffer.wrap(id));
    }

    @Override
    public long version(long seq) {
        Place place = place(seq);
        return EntryRecord.version(place.segment, place.offset);
    }

    @Override
    public boolean hasDigest(long seq, String digest) {
        Place place = place(seq);
        return EntryRecord.digest(place.segment, place.offset).equals(digest);
    }

    @Override
    public StoredEntry entry(long seq, RowBlock block, int row) {
        Place place = place(block, row);
        return new StoredEntry(seq, block, row, place.segment, place.offset);
    }

    /** The id of the object of an entry. */
    String id(long seq) {
        Place place = place(seq);
        return EntryRecord.idText(place.segment, place.offset);
    }

    /** What stays of an entry that was erased. */
    ErasedVersion erased(long seq) {
        Place place = place(seq);
        ReleaseTerms release = ReleaseTerms.of(rows.block(seq).release[RowBlock.index(seq)]);
        return ErasedRecord.version(place.segment, place.offset, release);
    }

    /** A record in a mapped file. */
    private record Place(ByteBuffer segment, int offset) {}

    private Place place(long seq) {
        return place(rows.block(seq), RowBlock.index(seq));
    }

    /** Where an entry lies; asks again when the file is rewritten at this moment. */
    private Place place(RowBlock block, int row) {
        while (true) {
            long position = block.position[row];
            ByteBuffer segment = journal.buffer(position);
            if (segment != null) {
                return new Place(segment, Journal.offset(position));
            }
            Thread.onSpinWait();
        }
    }
}
