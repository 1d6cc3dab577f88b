package uz.koprik.indicators.store.lucene;

import java.io.IOException;
import java.util.List;
import java.util.function.LongSupplier;
import uz.koprik.indicators.store.AppendResult;
import uz.koprik.indicators.store.EntryMetadata;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.entries.EncodedDraft;
import uz.koprik.indicators.store.entries.EntryTable;
import uz.koprik.indicators.store.entries.Placement;
import uz.koprik.indicators.store.entries.RenewedDraft;
import uz.koprik.indicators.store.entries.WriteQueue;
import uz.koprik.indicators.store.journal.Journal;

/** Judges the drafts of a flush, writes what is new, flushes once, and updates the views. */
final class Committer implements WriteQueue.Writer {

    private final EntryTable entryTable;
    private final Journal journal;
    private final Index index;
    private final LongSupplier micros;

    Committer(EntryTable entryTable, Journal journal, Index index, LongSupplier micros) {
        this.entryTable = entryTable;
        this.journal = journal;
        this.index = index;
        this.micros = micros;
    }

    @Override
    public List<List<AppendResult>> write(List<List<EncodedDraft>> batches) throws IOException, StoreUnavailable {
        index.follow();
        Placement placement = Placement.of(batches, entryTable, micros);
        List<EncodedDraft> accepted = placement.accepted();
        store(
                accepted.stream().map(EncodedDraft::record).toList(),
                accepted.stream().map(EncodedDraft::facts).toList());
        return placement.outcomes();
    }

    private void store(List<byte[]> records, List<EntryMetadata> facts) throws IOException {
        if (records.isEmpty()) {
            return;
        }
        long[] positions = new long[records.size()];
        journal.append(records, positions);
        for (int i = 0; i < positions.length; i++) {
            long seq = entryTable.rows.last() + 1;
            index.added(seq, facts.get(i)); // first, so that what is in view is also found
            apply(positions[i]);
        }
    }

    /** Stores entries once more; only from within a {@link WriteQueue.Change}. */
    List<RenewedDraft> renew(List<RenewedDraft> drafts) throws IOException, StoreUnavailable {
        index.follow();
        List<RenewedDraft> placed = RenewedDraft.placed(drafts, entryTable, micros);
        store(
                placed.stream().map(RenewedDraft::record).toList(),
                placed.stream().map(RenewedDraft::facts).toList());
        return placed;
    }

    /** Writes one record that is not an entry; only from within a {@link WriteQueue.Change}. */
    void append(byte[] record) throws IOException {
        append(List.of(record));
    }

    /** Writes several of them together. */
    void append(List<byte[]> records) throws IOException {
        long[] positions = new long[records.size()];
        journal.append(records, positions);
        for (long position : positions) {
            apply(position);
        }
    }

    private void apply(long position) throws IOException {
        entryTable.apply(journal.buffer(position), Journal.offset(position), position);
    }
}
