package uz.koprik.indicators.observable.text.url;

import java.util.Locale;
import java.util.Set;
import uz.koprik.indicators.observable.Ascii;

/** Schemes of URLs in running text: where they begin, and which are known. */
public final class UrlScheme {

    /** Schemes whose URLs are values with any host. */
    private static final Set<String> KNOWN = Set.of(("http https ftp ftps sftp ws wss tcp udp ssh telnet tftp rtsp rtmp"
                    + " ldap ldaps smb irc ircs stratum stratum+tcp stratum+ssl stratum+tls socks4 socks5 socks5h"
                    + " mysql mongodb mongodb+srv redis amqp mqtt mqtts rmi iiop dns nfs gopher git svn rdp vnc")
            .split(" ", -1));

    /** What may stand between a scheme and the host, beside a full stop. */
    private static final String BEFORE_HOST = " :;/\\[](){}\"'_\u2044\u2215";

    private static final String[] SECURE = {"https", "hxxps"};

    private static final String[] GLUED = {"https", "http", "ftp"};

    private static final int LONGEST = 24;

    private UrlScheme() {}

    /** Where the scheme before {@code ://} begins, or -1 when none does. */
    public static int start(String text, int from, int mark) {
        int start = mark;
        while (start > from && start > mark - LONGEST && isSchemeChar(text.charAt(start - 1))) {
            start--;
        }
        while (start < mark && !Ascii.isLetter(text.charAt(start))) {
            start++;
        }
        if (mark - start < 2) {
            return -1;
        }
        String word = text.substring(start, mark).toLowerCase(Locale.ROOT);
        if (KNOWN.contains(word)) {
            return start;
        }
        for (String known : GLUED) {
            if (word.endsWith(known)) {
                return mark - known.length();
            }
        }
        int cut = Math.max(word.lastIndexOf('.'), word.lastIndexOf('-'));
        return cut > 0 && KNOWN.contains(word.substring(cut + 1)) ? start + cut + 1 : start;
    }

    /** Whether a URL begins with a scheme whose URLs are values with any host. */
    public static boolean isKnown(String url) {
        int mark = url.indexOf("://");
        return mark > 0 && KNOWN.contains(url.substring(0, mark).toLowerCase(Locale.ROOT));
    }

    private static boolean isSchemeChar(char c) {
        return Ascii.isLetter(c) || Ascii.isDigit(c) || c == '+' || c == '-' || c == '.';
    }

    /** Whether another URL begins in the middle of one, as when a separator was lost. */
    public static boolean isGlued(String url, int from) {
        for (int mark = url.indexOf("://", from); mark >= 0; mark = url.indexOf("://", mark + 3)) {
            for (int at = mark - 5; at <= mark - 3; at++) {
                if (at > from && isUrlAt(url, at, mark)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether the scheme of a URL stands between two positions, and no sign before it that makes it a parameter. */
    static boolean isUrlAt(String text, int at, int mark) {
        for (String known : GLUED) {
            if (known.length() == mark - at && text.regionMatches(true, at, known, 0, known.length())) {
                return "/=?&#%:+!@-_~(".indexOf(text.charAt(at - 1)) < 0;
            }
        }
        return false;
    }

    /** Whether the scheme {@code https} stands before, and what follows it was written in an odd way. */
    public static boolean isSecureBefore(String text, int at) {
        int end = at;
        while (end > 0 && at - end < 6 && BEFORE_HOST.indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        for (String word : SECURE) {
            int from = end - word.length();
            if (from >= 0
                    && end < at
                    && text.regionMatches(true, from, word, 0, word.length())
                    && (from == 0 || !TextChars.isAlnum(text.charAt(from - 1)))) {
                return true;
            }
        }
        return false;
    }
}
