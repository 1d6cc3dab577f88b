package uz.koprik.indicators.observable.text;

import java.util.HexFormat;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.observable.text.url.TextChars;

/** Hashes that a narrow column breaks over lines. Their first line may have the length of a shorter hash. */
final class WrappedHashes {

    private static final int SHORTEST_LINE = 16;
    private static final int MOST_LINES = 5;
    private static final int SHA256 = 64;
    private static final int SHA512 = 128;

    private final String text;
    private final TextFindings found;
    private final KindGuesser cell;

    WrappedHashes(TextFindings found, KindGuesser cell) {
        this.text = found.text();
        this.found = found;
        this.cell = cell;
    }

    /** A hash of which lines, or groups after the name of the hash, follow: where its last line ends, or -1. */
    int at(int at, int to) {
        if (to - at < SHORTEST_LINE || to - at >= SHA512) {
            return -1;
        }
        int end = hexEnd(at);
        if (end != to && (end != to - 1 || text.charAt(end) != '-')) {
            return -1;
        }
        boolean named = isNamed(at, SHA256) || isNamed(at, SHA512);
        int digits = end - at;
        boolean whole = isHashLength(digits);
        for (int line = 1; line < MOST_LINES; line++) {
            int next = nextLine(end, named);
            int stop = next < 0 ? -1 : hexEnd(next);
            if (stop <= next || (stop < text.length() && !isEnd(text.charAt(stop)))) {
                return -1;
            }
            digits += stop - next;
            whole &= isHashLength(stop - next);
            end = stop;
            boolean full = digits == SHA256 || digits == SHA512;
            if (full && (!whole || isNamed(at, digits))) {
                return accept(at, end, digits);
            }
            if (digits >= SHA512) {
                return -1;
            }
        }
        return -1;
    }

    private int accept(int from, int to, int digits) {
        String hash = text.substring(from, to).replaceAll("[\\s-]", "");
        ObservableKind kind = digits == SHA256 ? ObservableKind.SHA256 : ObservableKind.SHA512;
        boolean letter = hash.chars().anyMatch(c -> c > '9');
        Observable value = letter && !ContextWords.OTHER_HASH.before(text, from) ? cell.attempt(hash, kind) : null;
        if (value == null) {
            return -1;
        }
        found.add(TextFindings.plainValue(value, from, to), from, to);
        return to;
    }

    /** Whether the name of the long hash stands before lines that could be short hashes. */
    private boolean isNamed(int at, int digits) {
        int end = at;
        while (end > 0 && at - end < 4 && " :=\t\n\r".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        String name = digits == SHA256 ? "256" : "512";
        return end >= 6
                && text.startsWith(name, end - 3)
                && (text.regionMatches(true, end - 6, "SHA", 0, 3) || text.regionMatches(true, end - 7, "SHA-", 0, 4));
    }

    private static boolean isHashLength(int digits) {
        return digits == 32 || digits == 40 || digits == SHA256;
    }

    private int hexEnd(int from) {
        int at = from;
        while (at < text.length() && at - from <= SHA512 && HexFormat.isHexDigit(text.charAt(at))) {
            at++;
        }
        return at;
    }

    /** Where the next line begins when nothing but a hyphen and blanks stand before it; a blank may be one; or -1. */
    private int nextLine(int from, boolean named) {
        boolean hyphen = from + 1 < text.length() && text.charAt(from) == '-' && text.charAt(from + 1) < ' ';
        int at = hyphen ? from + 1 : from;
        int breaks = 0;
        while (at < text.length() && at - from < 80 && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            breaks += text.charAt(at) == '\n' ? 1 : 0;
            at++;
        }
        return breaks == 1 || (named && breaks == 0 && at == from + 1) ? at : -1;
    }

    private static boolean isEnd(char c) {
        return TextChars.isBreak(c) || c == ',' || c == ';' || c == ')' || c == '.';
    }
}
