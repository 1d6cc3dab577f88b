package uz.koprik.indicators.observable.text;

import java.util.Locale;
import java.util.Set;
import uz.koprik.indicators.observable.Ascii;
import uz.koprik.indicators.observable.network.HostPort;
import uz.koprik.indicators.observable.network.TopLevelDomains;

/** Where URLs begin and end in running text. */
final class TextUrl {

    /** Schemes whose URLs are values with any host. */
    private static final Set<String> KNOWN = Set.of(("http https ftp ftps sftp ws wss tcp udp ssh telnet tftp rtsp rtmp"
                    + " ldap ldaps smb irc ircs stratum stratum+tcp stratum+ssl stratum+tls socks4 socks5 socks5h"
                    + " mysql mongodb mongodb+srv redis amqp mqtt mqtts rmi iiop dns nfs gopher git svn rdp vnc")
            .split(" ", -1));

    /** Names of fields that hold values, after the URL in a line of a log. */
    private static final Set<String> FIELDS =
            Set.of("ip src dst dest server host hostname domain fqdn hash mail email md5 sha1 sha256".split(" ", -1));

    private static final Set<String> MACROS = Set.of("code noformat quote color panel monospaced".split(" ", -1));

    /** {@code &}, {@code =}, {@code /} and {@code ?} as JSON may have them. */
    private static final String[] SIGNS = {"\\u0026", "\\u003d", "\\u002f", "\\u003f"};

    private static final int ESCAPED_SIGN = 6;

    /** What may stand between a scheme and the host, beside a full stop. */
    private static final String BEFORE_HOST = " :;/\\[](){}\"'_\u2044\u2215";

    private static final String[] SECURE = {"https", "hxxps"};

    private static final String[] GLUED = {"https", "http", "ftp"};

    private static final int LONGEST_SCHEME = 24;
    private static final int LONGEST_USER = 120;
    private static final int LONGEST_ROW = 400;

    private final String text;
    private final KindGuesser cell;
    private final int begin;
    private final int hostFrom;
    private int hostEnd;
    private boolean backslashes;

    /**
     * @param begin where the URL begins
     * @param hostFrom where its host begins
     */
    TextUrl(String text, KindGuesser cell, int begin, int hostFrom) {
        this.text = text;
        this.cell = cell;
        this.begin = begin;
        this.hostFrom = hostFrom;
    }

    /** Where the scheme before {@code ://} begins, or -1 when none does. */
    static int schemeStart(String text, int from, int mark) {
        int start = mark;
        while (start > from && start > mark - LONGEST_SCHEME && isSchemeChar(text.charAt(start - 1))) {
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

    static boolean isKnownScheme(String url) {
        int mark = url.indexOf("://");
        return mark > 0 && KNOWN.contains(url.substring(0, mark).toLowerCase(Locale.ROOT));
    }

    private static boolean isSchemeChar(char c) {
        return Ascii.isLetter(c) || Ascii.isDigit(c) || c == '+' || c == '-' || c == '.';
    }

    /** Whether another URL begins in the middle of one, as when a separator was lost. */
    static boolean isGlued(String url, int from) {
        for (int mark = url.indexOf("://", from); mark >= 0; mark = url.indexOf("://", mark + 3)) {
            for (int at = mark - 5; at <= mark - 3; at++) {
                if (at > from && isUrlAt(url, at, mark)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isUrlAt(String text, int at, int mark) {
        for (String known : GLUED) {
            if (known.length() == mark - at && text.regionMatches(true, at, known, 0, known.length())) {
                return "/=?&#%:+!@-_~(".indexOf(text.charAt(at - 1)) < 0;
            }
        }
        return false;
    }

    /** One past the last character of the URL. */
    int end() {
        int end = path(host());
        return trimmed(end);
    }

    /** Whether a line ends here, and the next one begins with a word that is no value. */
    private boolean isBroken(int end) {
        int next = lineAfter(end);
        return next > 0 && TextChars.isAlnum(text.charAt(next)) && !cell.valueFollows(text, next);
    }

    /** Where the next line begins when one ends here; or -1. */
    private int lineAfter(int end) {
        int next = text.startsWith("\r\n", end) ? end + 2 : text.startsWith("\n", end) ? end + 1 : -1;
        return next < text.length() ? next : -1;
    }

    /** Where the bracket closes that was opened before the URL, when one line break stands between; or -1. */
    int bracketAfter(int end) {
        int next = begin > 0 && text.charAt(begin - 1) == '<' ? lineAfter(end) : -1;
        int at = next;
        while (next > 0 && at < text.length() && at - next < LONGEST_ROW && !TextChars.isBreak(text.charAt(at))) {
            at++;
        }
        boolean closes = at > next && at < text.length() && text.charAt(at) == '>';
        return closes && text.indexOf("://", next, at) < 0 ? at : -1;
    }

    /** Whether dots stand where the URL ends, or a line breaks after a sign that ends no URL: its rest is missing. */
    boolean isCutOff(int end) {
        boolean broken = "-=&_%".indexOf(text.charAt(end - 1)) >= 0 && isBroken(end);
        return broken || text.startsWith("...", end) || text.startsWith("…", end) || text.startsWith("[...]", end);
    }

    private int host() {
        int at = hostFrom;
        while (at < text.length()) {
            char c = text.charAt(at);
            char before = at == hostFrom ? 0 : text.charAt(at - 1);
            if (c == '[' && (before == 0 || before == '@')) {
                int close = text.indexOf(']', at, Math.min(text.length(), at + 60));
                if (close < 0) {
                    break;
                }
                at = close + 1;
            } else if (TextChars.isSymbol(c) && isLabelOfSymbols(at)) {
                at++;
            } else if (c > 0x7F && (isApostrophe(at) || isEndingOfHost(at))) {
                break;
            } else if (TextChars.isAlnum(c) || TextChars.isMark(c) || c == '-' || c == '.' || c == '_' || c == '~') {
                if (TextChars.isUnspaced(c) && before != 0 && !TextChars.isUnspaced(before) && before != '.') {
                    break;
                }
                if (before != 0 && TextChars.isUnspaced(before) && !TextChars.isUnspaced(c) && c != '.' && c != '-') {
                    break;
                }
                at++;
            } else if (c == ':') {
                boolean port = at + 1 < text.length() && Ascii.isDigit(text.charAt(at + 1));
                if (!port && !hasEmptyPort(at) && (!userFollows(at) || isLogin(at, false))) {
                    break;
                }
                at++;
            } else if (c == '@' || "%!$&+=*'(),;".indexOf(c) >= 0) {
                boolean goesOn = at + 1 < text.length() && (c == '@' ? isHostChar(at + 1) : userFollows(at));
                if (!goesOn) {
                    break;
                }
                at++;
            } else {
                break;
            }
        }
        hostEnd = at;
        return at;
    }

    /** Whether a host ends here with a colon without a number, and a path follows (RFC 3986, section 3.2.3). */
    private boolean hasEmptyPort(int colon) {
        return colon > hostFrom
                && TextChars.isAlnum(text.charAt(colon - 1))
                && colon + 2 < text.length()
                && text.charAt(colon + 1) == '/'
                && TextChars.isAlnum(text.charAt(colon + 2));
    }

    /** Whether symbols begin a label of the host before its last one, as in names of pictures. */
    private boolean isLabelOfSymbols(int from) {
        int first = from;
        while (first > hostFrom && TextChars.isSymbol(text.charAt(first - 1))) {
            first--;
        }
        if (first > hostFrom && text.charAt(first - 1) != '.') {
            return false;
        }
        int at = from;
        while (at < text.length()
                && at - from < 63
                && (TextChars.isSymbol(text.charAt(at))
                        || TextChars.isAlnum(text.charAt(at))
                        || text.charAt(at) == '-')) {
            at++;
        }
        return at + 1 < text.length() && text.charAt(at) == '.' && TextChars.isAlnum(text.charAt(at + 1));
    }

    private boolean isHostChar(int at) {
        return TextChars.isAlnum(text.charAt(at)) || text.charAt(at) == '[';
    }

    /** Whether the name of a user ends before the path begins. */
    private boolean userFollows(int at) {
        for (int i = at + 1; i < text.length() && i < hostFrom + LONGEST_USER; i++) {
            char c = text.charAt(i);
            if (c == '@') {
                return true;
            }
            if (c == '/' || c == '?' || c == '#' || TextChars.isBreak(c)) {
                return false;
            }
        }
        return false;
    }

    private int path(int from) {
        if (from >= text.length()) {
            return from;
        }
        char first = text.charAt(from);
        if (first == '\\') {
            // Two backslashes before the host: backslashes go on; one more before a slash is JSON.
            backslashes = from + 1 < text.length() && text.charAt(from + 1) != '/' && writtenWithBackslashes();
            if (!backslashes && !text.startsWith("\\/", from)) {
                return from;
            }
        } else if (first != '/' && first != '?' && first != '#') {
            return from;
        }
        return rest(from);
    }

    private boolean writtenWithBackslashes() {
        return cell != null && slashes;
    }

    private boolean slashes;

    /** Says that the text has backslashes for slashes. */
    TextUrl withBackslashes(boolean given) {
        slashes = given;
        return this;
    }

    private int rest(int from) {
        int mark = -2; // of the next URL
        boolean query = false;
        int round = 0;
        int curly = 0;
        int at = from;
        while (at < text.length()) {
            char c = text.charAt(at);
            char next = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
            if (c == '|' && query && !TextChars.isBreak(next) && !cell.valueFollows(text, at + 1)) {
                at++;
                continue;
            }
            if (round > 0 && TextChars.isSymbol(c)) {
                at++;
                continue;
            }
            if (TextChars.isBreak(c) || (c > 0x7F && isApostrophe(at))) {
                return at;
            }
            if (Ascii.isLetter(c)) {
                if ((c | 0x20) == 'h' || (c | 0x20) == 'f') {
                    mark = mark == -2 || (mark >= 0 && mark < at) ? text.indexOf("://", at) : mark;
                    if (mark > at && mark - at <= 5 && isUrlAt(text, at, mark)) {
                        return at;
                    }
                }
                at++;
                continue;
            }
            if (TextChars.isUnspaced(c)) {
                char before = text.charAt(at - 1);
                boolean first = at == from + 1;
                if ((first && !isPathOfScript(at)) || (TextChars.isAlnum(before) && !TextChars.isUnspaced(before))) {
                    return at;
                }
            }
            switch (c) {
                case '?' -> query = true;
                case '\'' -> {
                    return at;
                }
                case '(' -> {
                    if (at == hostEnd || !closes(at, '(', ')') || holdsValue(at, ')')) {
                        return at;
                    }
                    round++;
                }
                case ')' -> {
                    if (--round < 0) {
                        return at;
                    }
                }
                case '{' -> {
                    if (!closes(at, '{', '}') || holdsValue(at, '}') || isMacro(at)) {
                        return at;
                    }
                    curly++;
                }
                case '}' -> {
                    if (--curly < 0) {
                        return at;
                    }
                }
                case '[' -> {
                    int close = index(query, at);
                    if (close < 0) {
                        return at;
                    }
                    at = close;
                }
                case ']' -> {
                    return at;
                }
                case ':' -> {
                    if (isLogin(at, true)) {
                        return at;
                    }
                }
                case ',', ';' -> {
                    if (separates(c, at, next)) {
                        return at;
                    }
                }
                case '\\' -> {
                    if (next == 'u' && isEscapedSign(text, at)) {
                        at += ESCAPED_SIGN;
                        continue;
                    }
                    boolean escape = "nrtu0x\"'\\".indexOf(next) >= 0 || TextChars.isBreak(next);
                    if (escape && !backslashes) {
                        return at;
                    }
                }
                case '-', '=' -> {
                    if (next == '>') {
                        return at; // an arrow
                    }
                }
                case '.' -> {
                    if (next > 0x7F
                            && WordEndings.isOfOtherScript(next)
                            && Character.isUpperCase(next)
                            && isAscii(at)) {
                        return at; // the next sentence
                    }
                    if (TextChars.isUnspaced(next)
                            && !TextChars.isUnspaced(text.charAt(at - 1))
                            && !isPathOfScript(at + 1)) {
                        return at; // the next sentence
                    }
                }
                case '&' -> {
                    if (isEntity(at) || (!query && (next == '&' || isField(at + 1)))) {
                        return at;
                    }
                }
                case '*' -> {
                    if (next == '*') {
                        return at;
                    }
                }
                default -> {}
            }
            at++;
        }
        return at;
    }

    /** Whether JSON has a sign of URLs as a number, such as that of {@code &}. */
    private static boolean isEscapedSign(String text, int at) {
        for (String sign : SIGNS) {
            if (text.regionMatches(true, at, sign, 0, ESCAPED_SIGN)) {
                return true;
            }
        }
        return false;
    }

    /** A URL with the signs that JSON has as numbers. */
    static String unescaped(String url) {
        if (url.indexOf("\\u00") < 0) {
            return url;
        }
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < url.length(); i++) {
            if (url.charAt(i) == '\\' && isEscapedSign(url, i)) {
                out.append((char) Integer.parseInt(url, i + 2, i + ESCAPED_SIGN, 16));
                i += ESCAPED_SIGN - 1;
            } else {
                out.append(url.charAt(i));
            }
        }
        return out.toString();
    }

    private boolean isAscii(int to) {
        for (int i = hostFrom; i < to; i++) {
            if (text.charAt(i) > 0x7F) {
                return false;
            }
        }
        return true;
    }

    /** Whether letters of another script hang on a host as the ending of a language. */
    private boolean isEndingOfHost(int at) {
        if (at == hostFrom || !WordEndings.isOfOtherScript(text.charAt(at)) || text.charAt(at - 1) > 0x7F) {
            return false;
        }
        int dot = TextChars.lastIndexOf(text, '.', hostFrom, at);
        int end = at;
        while (end < text.length() && WordEndings.isOfOtherScript(text.charAt(end))) {
            end++;
        }
        boolean ends = end == text.length() || ".-_@".indexOf(text.charAt(end)) < 0;
        boolean whole = ends && dot > hostFrom && end - at <= Pieces.LONGEST_ENDING && isAscii(at);
        String last = whole ? text.substring(dot + 1, at).toLowerCase(Locale.ROOT) : "";
        return whole && (last.chars().allMatch(Ascii::isDigit) || TopLevelDomains.isKnown("x." + last));
    }

    /** Whether the scheme {@code https} stands before, and what follows it was written in an odd way. */
    static boolean isSecure(String text, int at) {
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

    /**
     * Whether an apostrophe that counts as a letter hangs an ending on the URL; after o and g it is part of a letter.
     */
    private boolean isApostrophe(int at) {
        char c = text.charAt(at);
        if (c != '\u02BC' && c != '\u02BB') {
            return false;
        }
        char before = text.charAt(at - 1);
        return at > hostFrom && before <= 0x7F && TextChars.isAlnum(before) && "oOgG".indexOf(before) < 0;
    }

    /** Whether a macro of a wiki ends here, such as {@code {code}}. */
    private boolean isMacro(int open) {
        int end = open + 1;
        while (end < text.length() && end - open < LONGEST_SCHEME && Ascii.isLetter(text.charAt(end))) {
            end++;
        }
        return end < text.length()
                && text.charAt(end) == '}'
                && MACROS.contains(text.substring(open + 1, end).toLowerCase(Locale.ROOT));
    }

    /** Whether an address and a password follow, as in lists of stolen logins: {@code URL:name@host:password}. */
    private boolean isLogin(int colon, boolean whole) {
        int sign = colon + 1;
        while (sign < text.length() && sign - colon < Pieces.MAX_LOCAL && TextChars.isLocal(text.charAt(sign))) {
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
        return ((more && !port) || (whole && (ends || more))) && cell.isOneValue(text.substring(colon + 1, end));
    }

    /** Whether a path in another script goes on with slashes; else words of the text follow the URL. */
    private boolean isPathOfScript(int from) {
        int at = from;
        while (at < text.length() && at < from + 60 && TextChars.isUnspaced(text.charAt(at))) {
            at++;
        }
        return at < text.length() && (text.charAt(at) == '/' || text.charAt(at) == '.');
    }

    private boolean closes(int at, char open, char close) {
        int depth = 0;
        for (int i = at; i < text.length() && i < at + 200; i++) {
            if (TextChars.isBreak(text.charAt(i)) && !TextChars.isSymbol(text.charAt(i))) {
                return false;
            }
            depth += text.charAt(i) == open ? 1 : text.charAt(i) == close ? -1 : 0;
            if (depth == 0) {
                return true;
            }
        }
        return false;
    }

    /** The end of an index in a query, {@code a[0]=1} or {@code a[]=1}; -1 when the bracket is of the text. */
    private int index(boolean query, int at) {
        if (!query) {
            return -1;
        }
        int close = at + 1;
        while (close < text.length() && close < at + 40 && isWord(text.charAt(close))) {
            close++;
        }
        boolean closed = close < text.length() && text.charAt(close) == ']';
        return closed && close + 1 < text.length() && "=[&".indexOf(text.charAt(close + 1)) >= 0 ? close : -1;
    }

    private static boolean isWord(char c) {
        return TextChars.isAlnum(c) || c == '_' || c == '-';
    }

    /** Whether a comma or semicolon ends the URL: at its end, before another value, in a row of a table. */
    private boolean separates(char separator, int at, char next) {
        if (TextChars.isBreak(next) || "'()[]{},;".indexOf(next) >= 0 || TextChars.isUnspaced(next)) {
            return true;
        }
        if (begin > 0 && text.charAt(begin - 1) == separator) {
            return true;
        }
        boolean date = text.length() > at + 5
                && Ascii.isDigit(next)
                && Ascii.isDigit(text.charAt(at + 4))
                && text.charAt(at + 5) == '-';
        return date
                || (separator == ';' && isCommand(at + 1))
                || cell.valueFollows(text, at + 1)
                || isField(at + 1)
                || (isLineStart() && isRow(separator, at));
    }

    /** Whether a word or a path follows as in a line of a shell, {@code ;chmod +x a} or {@code ;./a}. */
    private boolean isCommand(int from) {
        int at = from;
        while (at < text.length() && at - from < LONGEST_SCHEME && Ascii.isLetter(text.charAt(at))) {
            at++;
        }
        boolean path = at == from && (text.startsWith("./", at) || text.startsWith("/", at));
        return path || (at > from + 1 && at < text.length() && TextChars.isBlank(text.charAt(at)));
    }

    /** Whether brackets hold another value and nothing else. */
    private boolean holdsValue(int open, char close) {
        int end = text.indexOf(close, open, Math.min(text.length(), open + LONGEST_ROW));
        return end > open && cell.isOneValue(text.substring(open + 1, end));
    }

    /** Whether the name of a field and another value follow, as in {@code ;ip:192.0.2.5}. */
    private boolean isField(int from) {
        int at = from;
        while (at < text.length()
                && at - from < LONGEST_SCHEME
                && (Ascii.isLetter(text.charAt(at)) || Ascii.isDigit(text.charAt(at)))) {
            at++;
        }
        boolean named = at > from
                && at < text.length()
                && (text.charAt(at) == ':' || text.charAt(at) == '=')
                && FIELDS.contains(text.substring(from, at).toLowerCase(Locale.ROOT));
        int end = at + 1;
        while (named
                && end < text.length()
                && end - at < LONGEST_ROW
                && !TextChars.isBreak(text.charAt(end))
                && ",;&".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return named && cell.isOneValue(text.substring(at + 1, end));
    }

    private boolean isLineStart() {
        int at = begin;
        while (at > 0 && begin - at < 100 && TextChars.isBlank(text.charAt(at - 1))) {
            at--;
        }
        return at == 0 || text.charAt(at - 1) == '\n';
    }

    /** Whether what follows up to the end of the line reads as the fields of a row. */
    private boolean isRow(char separator, int at) {
        int end = text.indexOf('\n', at, Math.min(text.length(), at + LONGEST_ROW));
        end = end < 0 && text.length() - at < LONGEST_ROW ? text.length() : end;
        if (end < 0) {
            return false;
        }
        int fields = 0;
        boolean word = true;
        if (!Ascii.isLetter(text.charAt(at + 1))) {
            return false;
        }
        for (int i = at; i < end; i++) {
            char c = text.charAt(i);
            if (c == '/' || c == '?' || c == '=' || c == '&') {
                return false;
            }
            fields += c == separator ? 1 : 0;
            word &= c == separator || Ascii.isLetter(c) || c == '_' || c == ' ' || c == '-' || c == '\r';
        }
        return fields > 1 || (word && end - at > 3);
    }

    private boolean isEntity(int at) {
        for (String entity : new String[] {"&quot;", "&lt;", "&gt;", "&#39;", "&#34;", "&apos;", "&nbsp;", "&#x27;"}) {
            if (text.regionMatches(true, at, entity, 0, entity.length())) {
                return true;
            }
        }
        return false;
    }

    private int trimmed(int to) {
        int end = to;
        while (end > hostFrom) {
            char c = text.charAt(end - 1);
            boolean emphasis = (c == '_' || c == '*' || c == '~') && begin > 0 && text.charAt(begin - 1) == c;
            if (".,;:!?*'\\".indexOf(c) < 0 && !emphasis && !(end <= hostEnd && (c == '-' || c == '_'))) {
                break;
            }
            end--;
        }
        return end;
    }
}
