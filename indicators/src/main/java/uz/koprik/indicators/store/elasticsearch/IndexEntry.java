package uz.koprik.indicators.store.elasticsearch;

import java.nio.ByteBuffer;
import uz.koprik.indicators.store.EntryMetadata;
import uz.koprik.indicators.store.journal.EntryRecord;

/**
 * An entry on its way into the index.
 *
 * @param facts what its record says, decoded once
 */
@SuppressWarnings("ArrayRecordComponent") // made once, never compared
record IndexEntry(long seq, EntryMetadata facts, byte[] record) {

    static IndexEntry of(byte[] record) {
        return of(record, EntryRecord.facts(ByteBuffer.wrap(record), 0));
    }

    static IndexEntry of(byte[] record, EntryMetadata facts) {
        return new IndexEntry(EntryRecord.seq(ByteBuffer.wrap(record), 0), facts, record);
    }
}
