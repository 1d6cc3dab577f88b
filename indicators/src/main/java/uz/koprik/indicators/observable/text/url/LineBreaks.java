package uz.koprik.indicators.observable.text.url;

/** The end of a URL at the end of a line or before dots: whether its rest is missing. */
final class LineBreaks {

    private static final int LONGEST_REST = 400;

    private LineBreaks() {}

    /** Whether dots stand where the URL ends, or a line breaks after a sign that ends no URL: its rest is missing. */
    static boolean cutOff(String text, int end, SureValues values) {
        boolean broken = "-=&_%".indexOf(text.charAt(end - 1)) >= 0 && isBroken(text, end, values);
        return broken || text.startsWith("...", end) || text.startsWith("…", end) || text.startsWith("[...]", end);
    }

    /** Where the bracket closes that was opened before the URL, when one line break stands between; or -1. */
    static int bracketAfter(String text, int begin, int end) {
        int next = begin > 0 && text.charAt(begin - 1) == '<' ? lineAfter(text, end) : -1;
        int at = next;
        while (next > 0 && at < text.length() && at - next < LONGEST_REST && !TextChars.isBreak(text.charAt(at))) {
            at++;
        }
        boolean closes = at > next && at < text.length() && text.charAt(at) == '>';
        return closes && text.indexOf("://", next, at) < 0 ? at : -1;
    }

    /** Whether a line ends here, and the next one begins with a word that is no value. */
    private static boolean isBroken(String text, int end, SureValues values) {
        int next = lineAfter(text, end);
        return next > 0 && TextChars.isAlnum(text.charAt(next)) && !values.valueFollows(text, next);
    }

    /** Where the next line begins when one ends here; or -1. */
    private static int lineAfter(String text, int end) {
        int next = text.startsWith("\r\n", end) ? end + 2 : text.startsWith("\n", end) ? end + 1 : -1;
        return next < text.length() ? next : -1;
    }
}
