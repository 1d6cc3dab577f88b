package uz.koprik.indicators.imports;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.values.StixTimestamp;

/** Reads the cells of tables. */
final class CellReader {

    private CellReader() {}

    /** A cell without the apostrophe that exports put before what a spreadsheet would take for a formula. */
    static String unarmed(String cell) {
        return cell.length() > 1 && cell.charAt(0) == '\'' && "=+-@|%".indexOf(cell.charAt(1)) >= 0
                ? cell.substring(1)
                : cell;
    }

    /** Words between commas, semicolons or bars. */
    static List<String> labels(String cell) {
        List<String> labels = new ArrayList<>();
        int from = 0;
        for (int to = 0; to <= cell.length(); to++) {
            if (to == cell.length() || cell.charAt(to) == ',' || cell.charAt(to) == ';' || cell.charAt(to) == '|') {
                String label = cell.substring(from, to).strip();
                if (!label.isEmpty()) {
                    labels.add(label);
                }
                from = to + 1;
            }
        }
        return labels;
    }

    static Tlp tlp(String cell) throws BadCell {
        return Tlp.parse(cell)
                .orElseThrow(() -> new BadCell("the marking is none of CLEAR, GREEN, AMBER, AMBER+STRICT and RED"));
    }

    /** A STIX timestamp, a day, or a day and a time as databases write it; all in UTC. */
    static long time(String cell) throws BadCell {
        String text = cell;
        if (text.length() == 10) {
            text += "T00:00:00Z";
        } else if (text.length() >= 19 && text.charAt(10) == ' ') {
            text = text.substring(0, 10) + 'T' + text.substring(11);
            text = text.endsWith(" UTC") ? text.substring(0, text.length() - 4) : text;
        }
        text = text.endsWith("Z") ? text : text + 'Z';
        long micros = StixTimestamp.parse(text);
        if (micros == StixTimestamp.INVALID) {
            throw new BadCell("the time is not of the form 2026-11-22 or 2026-11-22T08:30:00Z");
        }
        return micros;
    }

    static int confidence(String cell) throws BadCell {
        boolean digits = cell.length() <= 3 && cell.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!digits || Integer.parseInt(cell) > 100) {
            throw new BadCell("the confidence is not a whole number from 0 to 100");
        }
        return Integer.parseInt(cell);
    }

    static ObservableKind kind(String cell) throws BadCell {
        return ObservableKind.ofCode(cell.toLowerCase(Locale.ROOT))
                .orElseThrow(() -> new BadCell(
                        "no kind of observable has this code; leave it empty to have the value recognised"));
    }
}
