package uz.koprik.indicators.stix.rules.types;

/** Common Platform Enumeration, formatted strings of version 2.3 (NISTIR 7695, section 6.2). */
final class Cpe {

    private static final String PREFIX = "cpe:2.3:";
    private static final int COMPONENTS = 11;
    private static final int LANGUAGE = 6;

    private Cpe() {}

    /** The prefix, then eleven components with colons between them: any, not applicable, or a value. */
    static boolean isCpe(String s) {
        if (!s.startsWith(PREFIX)) {
            return false;
        }
        int index = 0;
        int from = PREFIX.length();
        for (int i = from; i <= s.length(); i++) {
            if (i < s.length() && s.charAt(i) == '\\') {
                i++;
            } else if (i == s.length() || s.charAt(i) == ':') {
                if (!isComponent(s.substring(from, i), index++)) {
                    return false;
                }
                from = i + 1;
            }
        }
        return index == COMPONENTS;
    }

    private static boolean isComponent(String s, int index) {
        if (s.equals("*") || s.equals("-")) {
            return true;
        }
        return switch (index) {
            case 0 -> s.equals("a") || s.equals("h") || s.equals("o");
            case LANGUAGE -> s.chars().allMatch(c -> c == '-' || Character.isLetterOrDigit(c)) && s.length() >= 2;
            default -> isValue(s);
        };
    }

    /** Wildcards at either end, and between them letters, digits, hyphens, points, underscores and escaped marks. */
    private static boolean isValue(String s) {
        int from = s.startsWith("*") ? 1 : questionMarks(s);
        int to = s.length();
        if (to > from && s.charAt(to - 1) == '*' && s.charAt(Math.max(to - 2, 0)) != '\\') {
            to--;
        } else {
            while (to > from && s.charAt(to - 1) == '?' && s.charAt(Math.max(to - 2, 0)) != '\\') {
                to--;
            }
        }
        for (int i = from; i < to; i++) {
            char c = s.charAt(i);
            boolean plain = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || c == '-'
                    || c == '.'
                    || c == '_';
            if (c == '\\' && i + 1 < to) {
                i++;
            } else if (!plain) {
                return false;
            }
        }
        return to > from;
    }

    private static int questionMarks(String s) {
        int at = 0;
        while (at < s.length() && s.charAt(at) == '?') {
            at++;
        }
        return at;
    }
}
