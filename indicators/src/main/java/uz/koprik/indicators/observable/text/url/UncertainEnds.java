package uz.koprik.indicators.observable.text.url;

import uz.koprik.indicators.observable.Ascii;

/** Places in a URL where it may end as well, of which only a reader can say. */
final class UncertainEnds {

    private UncertainEnds() {}

    /** The first such place between the host and the end of a URL, or -1. */
    static int in(String text, int begin, int hostFrom, int end, boolean backslashes) {
        int bar = -1;
        int bars = 0;
        boolean path = false;
        boolean query = false;
        for (int i = hostFrom; i < end; i++) {
            char c = text.charAt(i);
            query |= c == '?';
            path |= query || c == '/' || c == '#';
            boolean place =
                    switch (c) {
                        case ':' -> path && StolenLogins.isRow(text, begin, i);
                        case ',', ';' -> path && !query && isLastNumber(text, begin, i, end);
                        case '\\' -> !backslashes && !UrlEscapes.isSign(text, i) && isWord(text, i + 1, i + 2);
                        default -> false;
                    };
            if (place) {
                return i;
            }
            bar = c == '|' && bars++ == 0 ? i : bar;
        }
        char before = begin > 0 ? text.charAt(begin - 1) : ' ';
        boolean quoted = (before == '"' || before == '\'') && end < text.length() && text.charAt(end) == before;
        return bars == 1 && !quoted && isWord(text, bar + 1, end) ? bar : -1;
    }

    /** Whether a line consists of a URL and a number, which may be a column of a table. */
    private static boolean isLastNumber(String text, int begin, int separator, int end) {
        for (int i = separator + 1; i < end; i++) {
            if (!Ascii.isDigit(text.charAt(i))) {
                return false;
            }
        }
        boolean lineEnd = end == text.length() || text.charAt(end) == '\n' || text.charAt(end) == '\r';
        return lineEnd && LogEnds.isLineStart(text, begin);
    }

    private static boolean isWord(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (i >= text.length() || !Ascii.isLetter(text.charAt(i))) {
                return false;
            }
        }
        return to > from;
    }
}
