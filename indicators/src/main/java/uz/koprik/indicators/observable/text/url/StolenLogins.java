package uz.koprik.indicators.observable.text.url;

import uz.koprik.indicators.observable.Ascii;
import uz.koprik.indicators.observable.network.HostPort;

/** The end of a URL in lists of stolen logins, where a name and a password follow after colons. */
final class StolenLogins {

    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_ROW = 400;

    private StolenLogins() {}

    /**
     * Whether an address and a password follow a colon: {@code URL:name@host:password}.
     *
     * @param whole whether the host of the URL ended before, so that the colon stands before no port
     */
    static boolean follow(String text, int colon, boolean whole, SureValues values) {
        int sign = colon + 1;
        while (sign < text.length() && sign - colon < LONGEST_NAME && TextChars.isLocal(text.charAt(sign))) {
            sign++;
        }
        if (sign == colon + 1 || sign >= text.length() || text.charAt(sign) != '@') {
            return false;
        }
        int end = sign + 1;
        while (end < text.length() && (TextChars.isAlnum(text.charAt(end)) || ".-".indexOf(text.charAt(end)) >= 0)) {
            end++;
        }
        boolean ends = end == text.length() || TextChars.isBreak(text.charAt(end));
        boolean more = !ends && text.charAt(end) == ':' && end + 1 < text.length();
        boolean port = more && HostPort.portEnd(text, end, text.length()) > end;
        return ((more && !port) || (whole && (ends || more))) && values.isOneValue(text.substring(colon + 1, end));
    }

    /** Whether a line is {@code URL:name:password}, and the line before or after it has this form as well. */
    static boolean isListed(String text, int begin, int colon) {
        if (!isRow(text, begin, colon)) {
            return false;
        }
        int line = TextChars.lastIndexOf(text, '\n', Math.max(0, begin - LONGEST_ROW), begin) + 1;
        int before = TextChars.lastIndexOf(text, '\n', Math.max(0, line - LONGEST_ROW), line - 1) + 1;
        int after = text.indexOf('\n', colon, Math.min(text.length(), colon + LONGEST_ROW));
        return (before < line && looksLikeRow(text, before)) || (after > 0 && looksLikeRow(text, after + 1));
    }

    /** Whether a name and a password follow a colon up to the end of a line that the URL begins. */
    static boolean isRow(String text, int begin, int colon) {
        int name = colon + 1;
        while (name < text.length() && name - colon <= LONGEST_NAME && isOfName(text.charAt(name))) {
            name++;
        }
        if (name == colon + 1 || name >= text.length() || text.charAt(name) != ':' || isTime(text, colon, name)) {
            return false;
        }
        int end = name + 1;
        while (end < text.length() && end - name <= LONGEST_NAME && text.charAt(end) > ' ') {
            end++;
        }
        boolean ends = end == text.length() || text.charAt(end) == '\n' || text.charAt(end) == '\r';
        return ends && end > name + 1 && LogEnds.isLineStart(text, begin);
    }

    private static boolean isOfName(char c) {
        return c > ' ' && ":/?#&=<>\"|".indexOf(c) < 0;
    }

    /** Whether two digits stand between colons after a digit, as in times. */
    private static boolean isTime(String text, int colon, int end) {
        return end - colon == 3
                && Ascii.isDigit(text.charAt(colon - 1))
                && Ascii.isDigit(text.charAt(colon + 1))
                && Ascii.isDigit(text.charAt(colon + 2));
    }

    private static boolean isPort(String text, int colon) {
        int end = HostPort.portEnd(text, colon, text.length());
        return end > colon && end < text.length() && text.charAt(end) == '/';
    }

    /** Whether a line has a host, no blank, and two colons besides those of the scheme and of a port. */
    private static boolean looksLikeRow(String text, int from) {
        int colons = 0;
        boolean dot = false;
        int at = from;
        while (at < text.length() && at - from < LONGEST_ROW && text.charAt(at) > ' ') {
            dot |= text.charAt(at) == '.';
            colons += text.charAt(at) == ':' && !text.startsWith("://", at) && !isPort(text, at) ? 1 : 0;
            at++;
        }
        boolean ends = at == text.length() || text.charAt(at) == '\n' || text.charAt(at) == '\r';
        return ends && dot && colons > 1;
    }
}
