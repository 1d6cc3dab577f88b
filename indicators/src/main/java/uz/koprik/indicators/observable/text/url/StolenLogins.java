package uz.koprik.indicators.observable.text.url;

import uz.koprik.indicators.observable.network.HostPort;

/** The end of a URL in lists of stolen logins, where a name and a password follow after colons. */
final class StolenLogins {

    private static final int LONGEST_NAME = 64;

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
}
