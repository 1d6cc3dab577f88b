package uz.koprik.indicators.store.elasticsearch;

import java.nio.ByteBuffer;
import java.util.function.Predicate;
import uz.koprik.indicators.store.EntryMetadata;
import uz.koprik.indicators.store.journal.EntryRecord;
import uz.koprik.indicators.store.journal.ErasedRecord;
import uz.koprik.indicators.store.journal.JournalRecord;

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

    /** What stays of an entry when it is erased; the same record when it was. */
    static IndexEntry erased(byte[] record, Predicate<String> keepsReference) {
        ByteBuffer whole = ByteBuffer.wrap(record);
        if (ErasedRecord.is(whole, 0)) {
            return of(record);
        }
        byte[] rest = ErasedRecord.of(whole, 0, keepsReference);
        JournalRecord.seal(rest, 0);
        return of(rest);
    }
}
