package uz.koprik.indicators.observable.text.url;

import java.util.HexFormat;

/** Signs that a URL is not whole: dots, masks and brackets in it, and parts that a program puts in. */
final class CutOffs {

    private static final int LONGEST_BRACKET = 60;

    private CutOffs() {}

    /** Whether signs in a URL or behind it say that a part is missing. */
    static boolean isCutOff(String text, int begin, int end) {
        return isBeforeDots(text, end)
                || text.indexOf("...", begin, end) >= 0
                || endsInEscape(text, begin, end)
                || isMasked(text, begin, end)
                || isFilledIn(text, begin, end)
                || isJoined(text, end);
    }

    private static boolean isBeforeDots(String text, int end) {
        return text.startsWith("..", end)
                || text.startsWith("…", end)
                || text.startsWith("[...]", end)
                || text.startsWith("[…]", end);
    }

    /** Whether the last sign is the begin of an escape, such as {@code %2} of {@code %2F}. */
    private static boolean endsInEscape(String text, int begin, int end) {
        return text.charAt(end - 1) == '%'
                || (end - begin > 1 && text.charAt(end - 2) == '%' && HexFormat.isHexDigit(text.charAt(end - 1)));
    }

    /**
     * Whether stars or words in brackets stand for a part of the URL, as in {@code /[name]/a} or
     * {@code /***}{@code /a}.
     */
    private static boolean isMasked(String text, int begin, int end) {
        if (text.startsWith("**", end)) {
            int at = end;
            while (at < text.length() && text.charAt(at) == '*') {
                at++;
            }
            boolean emphasis = begin > 1 && text.startsWith("**", begin - 2);
            return !emphasis && at < text.length() && (TextChars.isAlnum(text.charAt(at)) || text.charAt(at) == '/');
        }
        char open = end + 1 < text.length() ? text.charAt(end) : ' ';
        if ((open != '[' && open != '<') || !TextChars.isAlnum(text.charAt(end + 1))) {
            return false;
        }
        int close = text.indexOf(open == '[' ? ']' : '>', end, Math.min(text.length(), end + LONGEST_BRACKET));
        char next = close + 1 < text.length() ? text.charAt(close + 1) : ' ';
        boolean joins =
                ".-_".indexOf(next) >= 0 && close + 2 < text.length() && TextChars.isAlnum(text.charAt(close + 2));
        boolean goesOn = joins || "/?&=".indexOf(next) >= 0;
        return close > 0 && (goesOn || text.charAt(end - 1) == '=');
    }

    /** Whether a shell puts in a part: {@code $(id)}, {@code ${HOST}} or a command between backticks. */
    private static boolean isFilledIn(String text, int begin, int end) {
        char next = end < text.length() ? text.charAt(end) : ' ';
        boolean dollar = text.charAt(end - 1) == '$' && (next == '(' || next == '{');
        boolean backtick = next == '`'
                && "/=".indexOf(text.charAt(end - 1)) >= 0
                && !(begin > 0 && text.charAt(begin - 1) == '`')
                && end + 1 < text.length()
                && TextChars.isAlnum(text.charAt(end + 1));
        int sign = text.indexOf('$', begin, end);
        return dollar || backtick || (sign >= 0 && (text.startsWith("(", sign + 1) || text.startsWith("{", sign + 1)));
    }

    /** Whether program text joins another part to it: {@code 'http://a.example/' + name}. */
    private static boolean isJoined(String text, int end) {
        char quote = end < text.length() ? text.charAt(end) : ' ';
        if (quote != '"' && quote != '\'') {
            return false;
        }
        int at = end + 1;
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        char sign = at < text.length() ? text.charAt(at) : ' ';
        char after = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
        int part = at + (after == ' ' ? 2 : 1);
        char first = part < text.length() ? text.charAt(part) : ' ';
        return sign == '+'
                || (sign == '&' && at > end + 1 && after == ' ')
                || (sign == '.' && (first == '$' || first == '"' || first == '\''));
    }
}
