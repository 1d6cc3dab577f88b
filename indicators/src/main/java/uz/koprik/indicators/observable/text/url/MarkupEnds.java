package uz.koprik.indicators.observable.text.url;

import java.util.Locale;
import java.util.Set;
import uz.koprik.indicators.observable.Ascii;

/** The end of a URL in wikis, Markdown and HTML: brackets, macros and entities. */
final class MarkupEnds {

    private static final Set<String> MACROS = Set.of("code noformat quote color panel monospaced".split(" ", -1));

    private static final String[] ENTITIES = {"&quot;", "&lt;", "&gt;", "&#39;", "&#34;", "&apos;", "&nbsp;", "&#x27;"};

    private static final int LONGEST_MACRO = 24;
    private static final int LONGEST_INDEX = 40;
    private static final int LONGEST_PART = 200;
    private static final int LONGEST_VALUE = 400;

    private MarkupEnds() {}

    /** Whether a bracket of a path closes in it again, and holds more than another value. */
    static boolean isOfPath(String text, int open, char close, SureValues values) {
        return closes(text, open, close) && !holdsValue(text, open, close, values);
    }

    /** Whether a macro of a wiki ends here, such as {@code {code}}. */
    static boolean isMacro(String text, int open) {
        int end = open + 1;
        while (end < text.length() && end - open < LONGEST_MACRO && Ascii.isLetter(text.charAt(end))) {
            end++;
        }
        return end < text.length()
                && text.charAt(end) == '}'
                && MACROS.contains(text.substring(open + 1, end).toLowerCase(Locale.ROOT));
    }

    /** The end of an index in a query, {@code a[0]=1} or {@code a[]=1}; -1 when the bracket is of the text. */
    static int indexEnd(String text, int open) {
        int close = open + 1;
        while (close < text.length() && close < open + LONGEST_INDEX && isWord(text.charAt(close))) {
            close++;
        }
        boolean closed = close < text.length() && text.charAt(close) == ']';
        return closed && close + 1 < text.length() && "=[&".indexOf(text.charAt(close + 1)) >= 0 ? close : -1;
    }

    /** Whether HTML has a sign here that ends a URL, such as a quotation mark. */
    static boolean isEntity(String text, int at) {
        for (String entity : ENTITIES) {
            if (text.regionMatches(true, at, entity, 0, entity.length())) {
                return true;
            }
        }
        return false;
    }

    /** Whether a bar ends a cell of a table or the address of a link: bars or brackets stand around both. */
    static boolean isBarOfCell(String text, int begin, int bar) {
        if (begin > 0 && "|<[".indexOf(text.charAt(begin - 1)) >= 0) {
            return true;
        }
        int at = bar + 1;
        while (at < text.length() && at - bar < LONGEST_PART && text.charAt(at) > ' ') {
            at++;
        }
        return text.charAt(at - 1) == '|' || text.charAt(at - 1) == ']';
    }

    private static boolean isWord(char c) {
        return TextChars.isAlnum(c) || c == '_' || c == '-';
    }

    private static boolean closes(String text, int at, char close) {
        char open = text.charAt(at);
        int depth = 0;
        for (int i = at; i < text.length() && i < at + LONGEST_PART; i++) {
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

    /** Whether brackets hold another value and nothing else. */
    private static boolean holdsValue(String text, int open, char close, SureValues values) {
        int end = text.indexOf(close, open, Math.min(text.length(), open + LONGEST_VALUE));
        return end > open && values.isOneValue(text.substring(open + 1, end));
    }
}
