package uz.koprik.indicators.observable.forms;

/**
 * A dot with brackets around it that are not one pair: {@code [[.]]}, {@code ].[}, {@code [.)}, {@code .]]}. One
 * bracket of prose is none of these: at least two stand around the dot, or the text before says that it is a value.
 */
public final class DressedDot {

    /** What may stand around a dot. */
    public static final String SIGNS = "[](){}";

    private static final int LONGEST = 12;

    /** One past what stands for the dot. */
    public final int end;

    private final int start;
    private final int dotEnd;

    /** Brackets before and after the dot. */
    private final int before;

    private final int after;
    private final boolean named;

    private DressedDot(int start, int end, int dotEnd, int before, int after, boolean named) {
        this.start = start;
        this.end = end;
        this.dotEnd = dotEnd;
        this.before = before;
        this.after = after;
        this.named = named;
    }

    /**
     * What begins at a position, where a bracket, a backslash or the dot itself stands; null when it is no such dot.
     */
    public static DressedDot at(String text, int start) {
        int at = skip(text, start);
        int before = brackets(text, start, at);
        boolean dot = at < text.length() && text.charAt(at) == '.';
        boolean named =
                before > 0 && (text.regionMatches(true, at, "dot", 0, 3) || text.regionMatches(true, at, "d0t", 0, 3));
        if (!dot && !named) {
            return null;
        }
        int dotEnd = at + (dot ? 1 : 3);
        int end = skip(text, dotEnd);
        int after = brackets(text, dotEnd, end);
        boolean goesOn = end < text.length() && isLetterOrDigit(text.charAt(end));
        return goesOn && before + after > 0 ? new DressedDot(start, end, dotEnd, before, after, named) : null;
    }

    /**
     * Whether it joins two parts of a name or an address.
     *
     * @param word what stands before it, without blanks
     * @param text the whole text
     */
    public boolean joins(String word, String text) {
        boolean blank = text.substring(start, end).indexOf(' ') >= 0 || (start > 0 && text.charAt(start - 1) == ' ');
        boolean address = word.indexOf('@') > 0 || word.contains("://");
        if (named || blank) {
            boolean both = before > 0 && after > 0;
            return (both && (before + after > 2 || !isPair(text)))
                    || (address && before > 0 && isOpening(text.charAt(start)));
        }
        if (isPair(text)) {
            return false; // what a pair of brackets means is said by the word in it
        }
        boolean digits = isDigit(text.charAt(end)) && isDigit(word.charAt(word.length() - 1));
        char first = text.charAt(start);
        if (before == 0) {
            char next = text.charAt(dotEnd);
            boolean opens = isOpening(next);
            return next == ']' || digits || after > 1 || (next == '[' && opens && !closes(text, end));
        }
        if (isOpening(first) || first == '\\') {
            return before + after > 1 || digits || first == '\\' || (first == '[' && after == 0 && !closes(text, end));
        }
        // A closing bracket ends something only when something was opened.
        return !opened(text, start) && (before + after > 1 || first == ']');
    }

    private boolean isPair(String text) {
        char first = text.charAt(start);
        char last = text.charAt(end - 1);
        return before == 1
                && after == 1
                && ((first == '[' && last == ']') || (first == '(' && last == ')') || (first == '{' && last == '}'));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLetterOrDigit(char c) {
        return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isOpening(char c) {
        return c == '[' || c == '(' || c == '{';
    }

    /** Whether the letters and digits from a position on end at a closing bracket. */
    private static boolean closes(String text, int from) {
        int at = from;
        while (at < text.length() && isLetterOrDigit(text.charAt(at))) {
            at++;
        }
        return at < text.length() && ")]}".indexOf(text.charAt(at)) >= 0;
    }

    /** Whether a bracket is open before a position of the same line. */
    private static boolean opened(String text, int to) {
        int depth = 0;
        for (int i = to - 1; i >= 0 && to - i < 100 && text.charAt(i) != '\n'; i--) {
            char c = text.charAt(i);
            if (isOpening(c)
                    && !(i + 1 < text.length() && text.charAt(i + 1) == '.')
                    && !(i > 0 && text.charAt(i - 1) == '.')) {
                if (depth-- == 0) {
                    return true;
                }
            } else if ((c == ']' || c == ')' || c == '}') && !(i + 1 < text.length() && text.charAt(i + 1) == '.')) {
                depth++;
            }
        }
        return false;
    }

    private static int skip(String text, int from) {
        int at = from;
        while (at < text.length() && at - from < LONGEST && (SIGNS + " \\").indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at;
    }

    private static int brackets(String text, int from, int to) {
        int count = 0;
        for (int i = from; i < to; i++) {
            count += SIGNS.indexOf(text.charAt(i)) >= 0 ? 1 : 0;
        }
        return count;
    }
}
