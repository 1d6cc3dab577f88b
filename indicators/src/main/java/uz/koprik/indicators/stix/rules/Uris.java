package uz.koprik.indicators.stix.rules;

/** The syntax of URIs (RFC 3986, appendix A), read in one pass. */
final class Uris {

    /** Characters that may stand in a path, besides letters, digits and escapes. */
    private static final String PATH = "-._~!$&'()*+,;=:@/";

    private Uris() {}

    /** Whether {@code s} is a scheme, a colon and more text, all in characters of a URI. */
    static boolean isUri(String s) {
        int colon = schemeEnd(s);
        if (colon < 0 || colon == s.length() - 1) {
            return false;
        }
        int at = colon + 1;
        if (s.startsWith("//", at)) {
            int end = end(s, at + 2, "/?#");
            if (!isAuthority(s, at + 2, end)) {
                return false;
            }
            at = end;
        }
        int query = end(s, at, "?#");
        int fragment = end(s, query, "#");
        return isMadeOf(s, at, query, PATH)
                && isMadeOf(s, Math.min(query + 1, fragment), fragment, PATH + "?")
                && isMadeOf(s, Math.min(fragment + 1, s.length()), s.length(), PATH + "?");
    }

    /** Position of the colon after the scheme, or -1. */
    private static int schemeEnd(String s) {
        for (int i = 0; i < s.length(); i++) {
            char c = s.charAt(i);
            if (c == ':') {
                return i == 0 ? -1 : i;
            }
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            boolean other = (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
            if (!letter && (i == 0 || !other)) {
                return -1;
            }
        }
        return -1;
    }

    private static boolean isAuthority(String s, int from, int to) {
        int user = s.lastIndexOf('@', to - 1);
        int host = user >= from ? user + 1 : from;
        int close = host < to && s.charAt(host) == '[' ? s.indexOf(']', host) : -1;
        int port = close >= 0 && close < to ? close + 1 : end(s, host, to, ':');
        if (close >= 0 && close < to) {
            if (!Addresses.isIpv6(s.substring(host + 1, close))) {
                return false;
            }
        } else if (!isMadeOf(s, host, port, "-._~!$&'()*+,;=")) {
            return false;
        }
        if (port < to && s.charAt(port) != ':') {
            return false;
        }
        for (int i = port + 1; i < to; i++) {
            if (s.charAt(i) < '0' || s.charAt(i) > '9') {
                return false;
            }
        }
        return host == from || isMadeOf(s, from, host - 1, "-._~!$&'()*+,;=:");
    }

    private static boolean isMadeOf(String s, int from, int to, String marks) {
        for (int i = from; i < to; i++) {
            char c = s.charAt(i);
            if (c == '%') {
                if (i + 2 >= to
                        || Character.digit(s.charAt(i + 1), 16) < 0
                        || Character.digit(s.charAt(i + 2), 16) < 0) {
                    return false;
                }
                i += 2;
            } else if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))
                    && marks.indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    private static int end(String s, int from, String marks) {
        for (int i = from; i < s.length(); i++) {
            if (marks.indexOf(s.charAt(i)) >= 0) {
                return i;
            }
        }
        return s.length();
    }

    private static int end(String s, int from, int to, char mark) {
        int at = s.indexOf(mark, from);
        return at < 0 || at > to ? to : at;
    }
}
