package uz.koprik.indicators.store.entries;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import uz.koprik.indicators.store.AppendResult;
import uz.koprik.indicators.store.journal.EntryRecord;

/**
 * What becomes of the drafts of one flush if it succeeds.
 *
 * @param outcomes of each batch, one a draft
 * @param accepted those to be stored, with their sequence numbers, in that order
 */
public record Placement(List<List<AppendResult>> outcomes, List<EncodedDraft> accepted) {

    /** Judges batches one after the other and assigns sequence numbers after the last entry of the catalogue. */
    public static Placement of(List<List<EncodedDraft>> batches, EntryTable entryTable, LongSupplier micros) {
        List<List<AppendResult>> outcomes = new ArrayList<>(batches.size());
        List<EncodedDraft> accepted = new ArrayList<>();
        VersionRules judge = new VersionRules(entryTable);
        long seq = entryTable.rows.last();
        long added = entryTable.rows.added(seq);
        for (List<EncodedDraft> batch : batches) {
            List<AppendResult> outcome = new ArrayList<>(batch.size());
            for (EncodedDraft draft : batch) {
                switch (judge.rule(draft)) {
                    case VersionRules.Ruling.Refused(AppendResult why) -> outcome.add(why);
                    case VersionRules.Ruling.Accepted ruling -> {
                        seq++;
                        added = Math.max(micros.getAsLong(), added + 1);
                        EntryRecord.place(draft.record(), seq, added, ruling.statement(), ruling.rightful());
                        judge.accepted(draft, ruling, seq, added);
                        accepted.add(draft);
                        outcome.add(new AppendResult.NewEntry(seq, added, ruling.contests()));
                    }
                }
            }
            outcomes.add(List.copyOf(outcome));
        }
        return new Placement(outcomes, accepted);
    }
}
