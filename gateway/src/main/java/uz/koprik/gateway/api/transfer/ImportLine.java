package uz.koprik.gateway.api.transfer;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import uz.koprik.gateway.intake.Outcome;
import uz.koprik.gateway.intake.Refusal;
import uz.koprik.indicators.imports.ImportItem;

/** The kinds of lines an import answers with; together they are the schema {@code ImportLine}. */
final class ImportLine {

    private static final Pattern LINE = Pattern.compile("line (\\d+)");

    private ImportLine() {}

    /** How it goes. */
    record Progress(long accepted, long unchanged, long refused, long rate) {}

    /** A row or object that was not stored. */
    record Refused(Long line, String where, String id, String code, String pointer, String reason) {

        static Refused of(Outcome outcome) {
            Refusal refusal = outcome.refusal().orElseThrow();
            Matcher line = LINE.matcher(outcome.where());
            return new Refused(
                    line.matches() ? Long.valueOf(line.group(1)) : null,
                    outcome.where(),
                    outcome.id().isEmpty() ? null : outcome.id(),
                    refusal.code().name().toLowerCase(Locale.ROOT),
                    refusal.pointer().isEmpty() ? null : refusal.pointer(),
                    refusal.reason());
        }
    }

    /** A part of something that was taken otherwise, which STIX has no words for. */
    record Noted(String where, String note) {

        static Noted of(ImportItem.Noted item) {
            return new Noted(item.where(), item.reason());
        }
    }

    /** The last line; {@code refusedNotListed} of the refused had no line of their own. */
    record Summary(
            long accepted,
            long unchanged,
            long refused,
            Long refusedNotListed,
            long noted,
            long rate,
            boolean done,
            double seconds,
            String error) {}

    /** A row that could not even be offered. */
    static Outcome refused(ImportItem.Refused row) {
        Refusal refusal = new Refusal(Refusal.Code.UNRECOGNISED, "", row.reason());
        return Outcome.refused(row.where(), refusal);
    }
}
