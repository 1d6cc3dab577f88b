package uz.koprik.indicators.pattern.match;

/**
 * Nine letters for which RE2/J loops without end when it ignores case: it follows the other cases of a letter until it
 * is back at the first, and in the tables of the current JDK no case leads back to these. Such an expression is
 * refused. Found by fuzzing.
 */
final class RegexFolding {

    private static final int FIRST = 0x1C80;
    private static final int LAST = 0x1C88;

    private RegexFolding() {}

    /**
     * Whether an expression may name one of them, alone or within a range, where case does not count. Reads roughly: it
     * may say so of one that is harmless, but never the other way round.
     */
    static boolean endless(String regex) {
        if (!ignoresCase(regex)) {
            return false;
        }
        int before = -1;
        boolean range = false;
        int i = 0;
        while (i < regex.length()) {
            int point = point(regex, i);
            int lowest = range ? Math.min(before, point) : point;
            if (lowest <= LAST && point >= FIRST) {
                return true;
            }
            i = after(regex, i);
            range = before >= 0 && i < regex.length() && regex.charAt(i) == '-' && i + 1 < regex.length();
            before = point;
            if (range) {
                i++;
            }
        }
        return false;
    }

    /** Whether some group switches case off: the letter i among the flags after "(?". */
    private static boolean ignoresCase(String regex) {
        for (int at = regex.indexOf("(?"); at >= 0; at = regex.indexOf("(?", at + 2)) {
            for (int i = at + 2;
                    i < regex.length() && (Character.isLetter(regex.charAt(i)) || regex.charAt(i) == '-');
                    i++) {
                if (regex.charAt(i) == 'i') {
                    return true;
                }
            }
        }
        return false;
    }

    /** The character at a place, or the one that an escape there stands for. */
    private static int point(String regex, int at) {
        if (!regex.startsWith("\\x", at)) {
            boolean escape = regex.charAt(at) == '\\' && at + 1 < regex.length();
            return regex.codePointAt(escape ? at + 1 : at);
        }
        boolean braces = regex.startsWith("{", at + 2);
        int point = 0;
        for (int i = at + (braces ? 3 : 2); i < after(regex, at); i++) {
            int digit = Character.digit(regex.charAt(i), 16);
            point = digit < 0 ? point : Math.min(Character.MAX_CODE_POINT, point * 16 + digit);
        }
        return point;
    }

    private static int after(String regex, int at) {
        if (regex.startsWith("\\x{", at)) {
            int close = regex.indexOf('}', at);
            return close < 0 ? regex.length() : close + 1;
        }
        if (regex.startsWith("\\x", at)) {
            return Math.min(regex.length(), at + 4);
        }
        int first = regex.charAt(at) == '\\' && at + 1 < regex.length() ? at + 1 : at;
        return first + Character.charCount(regex.codePointAt(first));
    }
}
