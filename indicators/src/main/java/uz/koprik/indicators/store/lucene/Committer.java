package uz.koprik.indicators.store.lucene;

import java.io.IOException;
import java.util.List;
import java.util.function.LongSupplier;
import uz.koprik.indicators.store.AppendResult;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.entries.EncodedDraft;
import uz.koprik.indicators.store.entries.EntryTable;
import uz.koprik.indicators.store.entries.Placement;
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
        store(placement.accepted());
        return placement.outcomes();
    }

    private void store(List<EncodedDraft> accepted) throws IOException {
        if (accepted.isEmpty()) {
            return;
        }
        long[] positions = new long[accepted.size()];
        journal.append(accepted.stream().map(EncodedDraft::record).toList(), positions);
        for (int i = 0; i < positions.length; i++) {
            long seq = entryTable.rows.last() + 1;
            index.added(seq, accepted.get(i).facts()); // first, so that what is in view is also found
            apply(positions[i]);
        }
    }

    /** Writes one record that is not an entry; only from within a {@link WriteQueue.Change}. */
    void append(byte[] record) throws IOException {
        long[] position = new long[1];
        journal.append(List.of(record), position);
        apply(position[0]);
    }

    private void apply(long position) throws IOException {
        entryTable.apply(journal.buffer(position), Journal.offset(position), position);
    }
}
