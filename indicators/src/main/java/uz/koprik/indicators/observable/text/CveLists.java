package uz.koprik.indicators.observable.text;

import uz.koprik.indicators.observable.Ascii;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.observable.text.url.TextChars;

/** Ids of CVE with dashes for hyphens, and the numbers that follow one: {@code CVE-2024-1234/5678}. */
final class CveLists {

    private static final String HYPHENS = "-\u2010\u2012\u2013\u2014\u2212";

    private final String text;
    private final TextFindings found;
    private final KindGuesser cell;

    CveLists(TextFindings found, KindGuesser cell) {
        this.text = found.text();
        this.found = found;
        this.cell = cell;
    }

    /** Where the ids end that begin at a position, or -1 when none begins. */
    int at(int at) {
        int year = at + 4;
        if (year + 6 > text.length() || HYPHENS.indexOf(text.charAt(at + 3)) < 0) {
            return -1;
        }
        int number = digitsEnd(year) + 1;
        if (number != year + 5 || number >= text.length() || HYPHENS.indexOf(text.charAt(number - 1)) < 0) {
            return -1;
        }
        String series = text.substring(year, number - 1);
        int end = digitsEnd(number);
        if (!add(series, at, number, end, false)) {
            return -1;
        }
        while (end < text.length() && (text.charAt(end) == '/' || text.charAt(end) == ',')) {
            int next = digitsEnd(end + 1);
            if (!add(series, end + 1, end + 1, next, true)) {
                break;
            }
            end = next;
        }
        return end;
    }

    private boolean add(String year, int from, int number, int end, boolean doubtful) {
        boolean ends = end == text.length()
                || (text.charAt(end) != '_'
                        && (text.charAt(end) != '-' || !followed(end))
                        && (!TextChars.isAlnum(text.charAt(end)) || TextChars.isUnspaced(text.charAt(end))));
        Observable id = ends && end - number >= 4 && end - number <= 7
                ? cell.attempt("CVE-" + year + '-' + text.substring(number, end), ObservableKind.CVE)
                : null;
        if (id == null) {
            return false;
        }
        RecognisedValue value = TextFindings.plainValue(id, from, end);
        found.add(doubtful ? value.with(Remark.NUMBER_ONLY) : value, from, end);
        return true;
    }

    /** Whether a word goes on after a hyphen, as in the name of a file. */
    private boolean followed(int hyphen) {
        return hyphen + 1 < text.length() && TextChars.isAlnum(text.charAt(hyphen + 1));
    }

    private int digitsEnd(int from) {
        int at = from;
        while (at < text.length() && at - from < 20 && Ascii.isDigit(text.charAt(at))) {
            at++;
        }
        return at;
    }
}
