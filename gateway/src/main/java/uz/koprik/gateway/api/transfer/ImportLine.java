package uz.koprik.gateway.api.transfer;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import uz.koprik.gateway.api.common.ImportFailure;
import uz.koprik.gateway.api.common.SentenceView;
import uz.koprik.gateway.intake.Outcome;
import uz.koprik.gateway.intake.Refusal;
import uz.koprik.indicators.imports.ImportItem;
import uz.koprik.indicators.imports.layout.ImportSentence;
import uz.koprik.indicators.stix.ForgivenFaults;
import uz.koprik.indicators.stix.conversion.Conversion;
import uz.koprik.indicators.stix.rules.Fault;
import uz.koprik.indicators.wording.Sentence;

/** The kinds of lines an import answers with; together they are the schema {@code ImportLine}. */
final class ImportLine {

    private static final Pattern LINE = Pattern.compile("line (\\d+)");

    private ImportLine() {}

    /** How it goes. */
    record Progress(long accepted, long unchanged, long refused, long rate) {}

    /**
     * A row or object that was not stored.
     *
     * @param reasonCode see {@link SentenceView}, as {@code reasonDetails}; null in papers of earlier versions
     */
    record RefusalLine(
            Long line,
            String where,
            String id,
            String code,
            String pointer,
            String reason,
            String reasonCode,
            Map<String, String> reasonDetails) {

        static RefusalLine of(Outcome outcome) {
            Refusal refusal = outcome.refusal().orElseThrow();
            Matcher line = LINE.matcher(outcome.where());
            SentenceView said = SentenceView.of(refusal.sentence());
            return new RefusalLine(
                    line.matches() ? Long.valueOf(line.group(1)) : null,
                    outcome.where(),
                    outcome.id().isEmpty() ? null : outcome.id(),
                    refusal.code().name().toLowerCase(Locale.ROOT),
                    refusal.pointer().isEmpty() ? null : refusal.pointer(),
                    refusal.reason(),
                    said.code(),
                    said.details());
        }
    }

    /**
     * What is to be said of something that was taken.
     *
     * @param id STIX id; null where the note is about a part that has none
     * @param noteCode see {@link SentenceView}, as {@code noteDetails}; null in papers of earlier versions
     * @param whole whether all of it was taken; null where the part was left out, for which STIX has no words
     */
    record NoteLine(
            String where, String id, String note, String noteCode, Map<String, String> noteDetails, Boolean whole) {

        private static NoteLine of(String where, String id, Sentence note, Boolean whole) {
            SentenceView said = SentenceView.of(note);
            return new NoteLine(where, id, note.text(), said.code(), said.details(), whole);
        }

        static NoteLine of(ImportItem.ImportNote item) {
            return of(item.where(), null, item.sentence(), null);
        }

        /** About the file as a whole, before anything of it is stored. */
        static NoteLine ofFile(ImportItem.ImportNote item) {
            return of(item.where(), null, item.sentence(), true);
        }

        static NoteLine forgiven(Outcome outcome, Fault fault) {
            return of(outcome.where(), outcome.id(), ForgivenFaults.sentence(fault), true);
        }

        static NoteLine converted(String where, String id, Conversion conversion) {
            int changes = conversion.changes().size();
            return of(
                    where,
                    id.isEmpty() ? null : id,
                    changes == 1 ? ImportSentence.CONVERTED_ONCE.of() : ImportSentence.CONVERTED.of(changes),
                    true);
        }
    }

    /**
     * The last line; {@code refusedNotListed} of the refused had no line of their own.
     *
     * @param readAs counts the values of a table or list by the kind as which they were read; null for none
     * @param remarks counts the values of which the same is to be said, such as all coins that share the form of an
     *     address; null for none
     * @param error why it was broken off; null when it was not
     * @param errorCode the code of one of {@link ImportFailure}; null when it was not
     * @param errorSentence the error for programs; null for one of no known kind
     */
    record Summary(
            long accepted,
            long unchanged,
            long refused,
            Long refusedNotListed,
            long noted,
            long rate,
            boolean done,
            double seconds,
            Map<String, Long> readAs,
            Map<String, Long> remarks,
            String error,
            String errorCode,
            SentenceView errorSentence) {}

    /** A row that could not even be offered. */
    static Outcome refused(ImportItem.RefusedRow row) {
        Refusal refusal = new Refusal(Refusal.Code.UNRECOGNISED, "", row.sentence(), new Refusal.Cure.None());
        return Outcome.refused(row.where(), refusal);
    }
}
