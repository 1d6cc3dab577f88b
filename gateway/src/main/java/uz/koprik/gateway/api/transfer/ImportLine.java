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

/** The kinds of lines an import answers with; together they are the schema {@code ImportLine}. */
final class ImportLine {

    private static final Pattern LINE = Pattern.compile("line (\\d+)");

    private ImportLine() {}

    /** How it goes. */
    record Progress(long accepted, long unchanged, long refused, long rate) {}

    /** A row or object that was not stored. */
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
            return new RefusalLine(
                    line.matches() ? Long.valueOf(line.group(1)) : null,
                    outcome.where(),
                    outcome.id().isEmpty() ? null : outcome.id(),
                    refusal.code().name().toLowerCase(Locale.ROOT),
                    refusal.pointer().isEmpty() ? null : refusal.pointer(),
                    refusal.reason(),
                    null,
                    null);
        }

        /** The same with what programs know of the reason; papers of imports are without it. */
        RefusalLine coded() {
            SentenceView said = SentenceView.ofImport(reason);
            return new RefusalLine(line, where, id, code, pointer, reason, said.code(), said.details());
        }
    }

    /**
     * What is to be said of something that was taken.
     *
     * @param id STIX id; null where the note is about a part that has none
     * @param noteCode see {@link SentenceView}, as {@code noteDetails}; null until {@link #coded}
     * @param whole whether all of it was taken; null where the part was left out, for which STIX has no words
     */
    record NoteLine(
            String where, String id, String note, String noteCode, Map<String, String> noteDetails, Boolean whole) {

        private static NoteLine of(String where, String id, String note, Boolean whole) {
            return new NoteLine(where, id, note, null, null, whole);
        }

        /** The same with what programs know of the note; papers of imports are without it. */
        NoteLine coded() {
            SentenceView said = SentenceView.ofImport(note);
            return new NoteLine(where, id, note, said.code(), said.details(), whole);
        }

        static NoteLine of(ImportItem.ImportNote item) {
            return of(item.where(), null, item.reason(), null);
        }

        /** About the file as a whole, before anything of it is stored. */
        static NoteLine ofFile(ImportItem.ImportNote item) {
            return of(item.where(), null, item.reason(), true);
        }

        static NoteLine forgiven(Outcome outcome, Fault fault) {
            return of(outcome.where(), outcome.id(), ForgivenFaults.sentence(fault), true);
        }

        static NoteLine converted(String where, String id, Conversion conversion) {
            int changes = conversion.changes().size();
            return of(
                    where,
                    id.isEmpty() ? null : id,
                    changes == 1 ? ImportSentence.CONVERTED_ONCE.say() : ImportSentence.CONVERTED.say(changes),
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
            String errorCode) {}

    /** A row that could not even be offered. */
    static Outcome refused(ImportItem.RefusedRow row) {
        Refusal refusal = new Refusal(Refusal.Code.UNRECOGNISED, "", row.reason());
        return Outcome.refused(row.where(), refusal);
    }
}
