package uz.koprik.indicators.store.entries;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import uz.koprik.indicators.store.Draft;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.EntryMetadata;
import uz.koprik.indicators.store.Renewal;
import uz.koprik.indicators.store.journal.EntryRecord;

/**
 * An entry that is to be stored once more.
 *
 * @param statement number of its statement
 * @param seq its new sequence number; 0 until it is placed
 */
@SuppressWarnings("ArrayRecordComponent") // made once, used by one thread after the other, never compared
public record RenewedDraft(Renewal renewal, EntryMetadata facts, byte[] record, int statement, long seq) {

    static RenewedDraft of(Renewal renewal, Entry entry, int statement) {
        byte[] object = new byte[entry.object().remaining()];
        entry.object().get(object);
        EncodedDraft draft = EncodedDraft.of(new Draft(entry.facts().with(renewal.to()), object));
        return new RenewedDraft(renewal, draft.facts(), draft.record(), statement, 0);
    }

    /** Those that still may be renewed, with sequence numbers after the last entry of the catalogue. */
    public static List<RenewedDraft> placed(List<RenewedDraft> drafts, EntryTable entryTable, LongSupplier micros) {
        List<RenewedDraft> placed = new ArrayList<>(drafts.size());
        Set<Long> renewed = new HashSet<>();
        long seq = entryTable.rows.last();
        long added = entryTable.rows.added(seq);
        for (RenewedDraft draft : drafts) {
            if (entryTable.renewable(draft.renewal) && renewed.add(draft.renewal.seq())) {
                seq++;
                added = Math.max(micros.getAsLong(), added + 1);
                EntryRecord.placeRenewal(draft.record, seq, added, draft.statement);
                placed.add(new RenewedDraft(draft.renewal, draft.facts, draft.record, draft.statement, seq));
            }
        }
        return placed;
    }
}
