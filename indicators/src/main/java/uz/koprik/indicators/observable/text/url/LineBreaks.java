package uz.koprik.indicators.observable.text.url;

import uz.koprik.indicators.observable.Ascii;

/** The end of a URL at the end of a line: whether it goes on in the next one. */
final class LineBreaks {

    private static final int LONGEST_REST = 400;
    private static final int MOST_LINES = 8;

    private LineBreaks() {}

    /** Whether a line breaks in the middle of a URL, by the sign before the break or the word behind it. */
    static boolean cut(String text, int hostFrom, int end, SureValues values) {
        int line = lineAfter(text, end);
        int next = withoutQuote(text, line);
        if (next < 0 || !TextChars.isAlnum(text.charAt(next))) {
            return false;
        }
        boolean sign = "-=&_%".indexOf(text.charAt(end - 1)) >= 0;
        boolean path = text.indexOf('/', hostFrom, end) >= 0 && isRestOfPath(text, next);
        return (sign || path) && !values.valueFollows(text, next);
    }

    /** Where the bracket closes that was opened before the URL, when nothing but line breaks stands between; or -1. */
    static int bracketAfter(String text, int begin, int end) {
        int next = begin > 0 && text.charAt(begin - 1) == '<' ? lineAfter(text, end) : -1;
        for (int line = 0; next > 0 && line < MOST_LINES; line++) {
            int at = next;
            while (at < text.length() && at - next < LONGEST_REST && !TextChars.isBreak(text.charAt(at))) {
                at++;
            }
            if (at == next || text.indexOf("://", next, at) >= 0) {
                return -1;
            }
            if (at < text.length() && text.charAt(at) == '>') {
                return at;
            }
            next = lineAfter(text, at);
        }
        return -1;
    }

    /** Where the next line begins when one ends here, with a blank before the break or without; or -1. */
    private static int lineAfter(String text, int end) {
        int at = end < text.length() && text.charAt(end) == ' ' ? end + 1 : end;
        int next = text.startsWith("\r\n", at) ? at + 2 : text.startsWith("\n", at) ? at + 1 : -1;
        return next < text.length() ? next : -1;
    }

    /** Where a line begins after the signs that answers put before what they quote; or -1. */
    private static int withoutQuote(String text, int line) {
        int at = line;
        while (at >= 0 && at < text.length() && (text.charAt(at) == '>' || (at > line && text.charAt(at) == ' '))) {
            at++;
        }
        return at < text.length() ? at : -1;
    }

    /** Whether a word reads as the middle of a path: {@code path/page.php}, {@code a/b/c}. */
    private static boolean isRestOfPath(String text, int from) {
        int at = from;
        boolean digits = true;
        while (at < text.length() && (TextChars.isAlnum(text.charAt(at)) || "._~%-".indexOf(text.charAt(at)) >= 0)) {
            digits &= Ascii.isDigit(text.charAt(at));
            at++;
        }
        if (digits || at >= text.length() || text.charAt(at) != '/') {
            return false;
        }
        int signs = 0;
        for (int i = at + 1; i < text.length() && i - at < LONGEST_REST && !TextChars.isBreak(text.charAt(i)); i++) {
            boolean joins = i + 1 < text.length() && TextChars.isAlnum(text.charAt(i + 1));
            signs += joins && "./?=".indexOf(text.charAt(i)) >= 0 ? 1 : 0;
        }
        return signs > 0;
    }
}
