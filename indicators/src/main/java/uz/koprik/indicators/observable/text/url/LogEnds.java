package uz.koprik.indicators.observable.text.url;

import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import uz.koprik.indicators.observable.Ascii;

/** The end of a URL in logs, rows and command lines: a separator before a field, a value, a date or a command. */
final class LogEnds {

    /** Names of fields that hold values, after the URL in a line of a log. */
    private static final Set<String> FIELDS =
            Set.of("ip src dst dest server host hostname domain fqdn hash mail email md5 sha1 sha256".split(" ", -1));

    private static final int SHORTEST_ADDRESS = 7;
    private static final int LONGEST_WORD = 24;
    private static final int LONGEST_ROW = 400;
    private static final int LONGEST_INDENT = 100;

    private LogEnds() {}

    /** Whether a comma or semicolon ends the URL: at its end, before another value, in a row of a table. */
    static boolean separates(String text, int begin, int at, SureValues values) {
        char separator = text.charAt(at);
        char next = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
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
                || (separator == ';' && isCommand(text, at + 1))
                || values.valueFollows(text, at + 1)
                || isField(text, at + 1, values)
                || (isLineStart(text, begin) && isRow(text, at));
    }

    /** Whether the name of a field and another value follow, as in {@code ;ip:192.0.2.5}. */
    static boolean isField(String text, int from, SureValues values) {
        int at = from;
        while (at < text.length()
                && at - from < LONGEST_WORD
                && (Ascii.isLetter(text.charAt(at)) || Ascii.isDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            at++;
        }
        boolean named = at > from
                && at < text.length()
                && (text.charAt(at) == ':' || text.charAt(at) == '=')
                && isNameOfValue(text.substring(from, at).toLowerCase(Locale.ROOT));
        int end = at + 1;
        while (named
                && end < text.length()
                && end - at < LONGEST_ROW
                && !TextChars.isBreak(text.charAt(end))
                && ",;&".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return named && values.isOneValue(text.substring(at + 1, end));
    }

    /** Whether a name is one of those of values, or ends in one: {@code dstip}, {@code client_ip}. */
    private static boolean isNameOfValue(String name) {
        for (String field : FIELDS) {
            if (name.endsWith(field)) {
                return true;
            }
        }
        return false;
    }

    /** Whether an address in numbers or a hash follows, and nothing else. */
    static boolean isAddressOrHash(String text, int from, SureValues values) {
        int to = from;
        while (to < text.length() && (HexFormat.isHexDigit(text.charAt(to)) || text.charAt(to) == '.')) {
            to++;
        }
        boolean ends = to == text.length() || TextChars.isBreak(text.charAt(to)) || ",;".indexOf(text.charAt(to)) >= 0;
        return ends && to - from >= SHORTEST_ADDRESS && values.isOneValue(text.substring(from, to));
    }

    /** Whether a word or a path follows as in a line of a shell, {@code ;chmod +x a} or {@code ;./a}. */
    private static boolean isCommand(String text, int from) {
        int at = from;
        while (at < text.length() && at - from < LONGEST_WORD && Ascii.isLetter(text.charAt(at))) {
            at++;
        }
        boolean path = at == from && (text.startsWith("./", at) || text.startsWith("/", at));
        return path || (at > from + 1 && at < text.length() && TextChars.isBlank(text.charAt(at)));
    }

    /** Whether nothing but blanks stands before a URL in its line. */
    static boolean isLineStart(String text, int begin) {
        int at = begin;
        while (at > 0 && begin - at < LONGEST_INDENT && TextChars.isBlank(text.charAt(at - 1))) {
            at--;
        }
        return at == 0 || text.charAt(at - 1) == '\n';
    }

    /** Whether what follows up to the end of the line reads as the fields of a row. */
    private static boolean isRow(String text, int at) {
        int end = text.indexOf('\n', at, Math.min(text.length(), at + LONGEST_ROW));
        end = end < 0 && text.length() - at < LONGEST_ROW ? text.length() : end;
        if (end < 0 || !Ascii.isLetter(text.charAt(at + 1))) {
            return false;
        }
        char separator = text.charAt(at);
        int fields = 0;
        boolean word = true;
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
}
