package uz.koprik.indicators.store.elasticsearch;

import java.nio.ByteBuffer;
import uz.koprik.indicators.store.EntryFacts;
import uz.koprik.indicators.store.journal.EntryRecord;

/**
 * An entry on its way into the index.
 *
 * @param facts what its record says, decoded once
 */
@SuppressWarnings("ArrayRecordComponent") // made once, never compared
record Filed(long seq, EntryFacts facts, byte[] record) {

    static Filed of(byte[] record) {
        return of(record, EntryRecord.facts(ByteBuffer.wrap(record), 0));
    }

    static Filed of(byte[] record, EntryFacts facts) {
        return new Filed(EntryRecord.seq(ByteBuffer.wrap(record), 0), facts, record);
    }
}
