package uz.koprik.indicators.observable.text;

import java.util.Locale;
import uz.koprik.indicators.observable.Ascii;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.observable.text.url.TextChars;

/** Names and addresses whose dots and at signs are written as words. */
final class SpelledOut {

    private static final int MAX_CHAIN = 12;

    private final String text;
    private final TextFindings found;
    private final KindGuesser cell;

    SpelledOut(TextFindings found, KindGuesser cell) {
        this.text = found.text();
        this.found = found;
        this.cell = cell;
    }

    /** Dots or at signs that stand as words between words: {@code user AT example DOT com}. */
    int at(int at, int to) {
        if (to == text.length() || !TextChars.isBlank(text.charAt(to))) {
            return -1;
        }
        int half = oneSided(at, to);
        if (half > 0 || !joins(to)) {
            return half;
        }
        StringBuilder joined = new StringBuilder();
        boolean capitals = true;
        boolean sign = false;
        int dots = 0;
        int end = at;
        int wordFrom = at;
        for (int i = 0; i < MAX_CHAIN; i++) {
            int wordTo = wordFrom;
            while (wordTo < text.length() && (TextChars.isLocal(text.charAt(wordTo)) || text.charAt(wordTo) == '@')) {
                wordTo++;
            }
            if (wordTo == wordFrom || wordTo - wordFrom > 64) {
                return -1;
            }
            joined.append(text, wordFrom, wordTo);
            end = wordTo;
            int from = blanks(wordTo);
            int stop = from;
            while (stop < text.length()
                    && stop - from < 4
                    && (Ascii.isLetter(text.charAt(stop)) || text.charAt(stop) == '@')) {
                stop++;
            }
            String joiner = text.substring(from, stop);
            int next = blanks(stop);
            if (from == wordTo || next == stop || next >= text.length()) {
                break;
            }
            String meant =
                    switch (joiner.toLowerCase(Locale.ROOT)) {
                        case "dot" -> ".";
                        case "at", "@" -> "@";
                        default -> null;
                    };
            if (meant == null || (meant.equals("@") && joined.indexOf("@") >= 0)) {
                break;
            }
            capitals &= joiner.equals("DOT") || joiner.equals("AT");
            sign |= joiner.equals("@");
            dots += meant.equals(".") ? 1 : 0;
            joined.append(meant);
            wordFrom = next;
        }
        String whole = joined.toString().replaceAll("\\.+$", "");
        end -= joined.length() - whole.length();
        boolean email = whole.indexOf('@') > 0;
        if (dots == 0 && !(email && (sign || capitals))) {
            return -1;
        }
        RecognisedValue value = cell.guess(whole);
        int ending = whole.length() - whole.lastIndexOf('.') - 1;
        if (value == null || value.doubtful() || (dots > 0 && !capitals && ending < 3)) {
            return -1; // "the dot in"
        }
        ObservableKind kind = value.observable().kind();
        if (kind != ObservableKind.DOMAIN && kind != ObservableKind.EMAIL && kind != ObservableKind.IPV4) {
            return -1;
        }
        found.add(capitals ? value : value.with(Remark.SPELLED_OUT), at, end);
        return end;
    }

    /** An at sign with a blank on one side, before a name in brackets: {@code user @example[.]com}. */
    private int oneSided(int at, int to) {
        boolean before = text.charAt(to - 1) == '@';
        int sign = before ? to - 1 : blanks(to);
        int from = before ? blanks(to) : sign + 1;
        if (sign >= text.length() || text.charAt(sign) != '@' || from >= text.length()) {
            return -1;
        }
        int end = from;
        while (end < text.length() && (TextChars.isAlnum(text.charAt(end)) || ".-_".indexOf(text.charAt(end)) >= 0)) {
            end++;
        }
        while (end > from && ".-_".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        int stop = before ? to - 1 : to;
        if (end == from || !found.isDefanged(from, end) || !TextChars.isLocal(text, at, stop)) {
            return -1;
        }
        RecognisedValue value = cell.guess(text.substring(at, stop) + '@' + text.substring(from, end));
        if (value == null || value.observable().kind() != ObservableKind.EMAIL) {
            return -1;
        }
        found.add(value.with(Remark.SPELLED_OUT), at, end);
        return end;
    }

    private boolean joins(int at) {
        int from = blanks(at);
        return text.regionMatches(true, from, "dot ", 0, 4)
                || text.regionMatches(true, from, "at ", 0, 3)
                || text.startsWith("@ ", from);
    }

    private int blanks(int from) {
        int at = from;
        while (at < text.length() && at < from + 3 && TextChars.isBlank(text.charAt(at))) {
            at++;
        }
        return at;
    }
}
