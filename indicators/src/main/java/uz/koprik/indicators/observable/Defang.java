package uz.koprik.indicators.observable;

/**
 * Undoes what analysts do to a value so that nobody clicks it: {@code hxxps[:]//ex[.]com}, {@code a(at)ex(dot)com}.
 */
final class Defang {

    private static final String[][] WORDS = {
        {"dot", "."}, {"at", "@"}, {".", "."}, {"@", "@"}, {":", ":"}, {"://", "://"}, {"/", "/"}, {"colon", ":"},
        {"slash", "/"}, {"punkt", "."}, {"tochka", "."}, {"//", "//"}, {"www", "www"},
    };

    private Defang() {}

    /** The value as it was; the same string when nothing was defanged. */
    static String refang(String text) {
        boolean marked = false;
        for (int i = 0; i < text.length() && !marked; i++) {
            char c = text.charAt(i);
            marked = c == '[' || c == '(' || c == '{' || c == '\\' || c == '。' || c == '．';
        }
        return scheme(marked ? brackets(text) : text);
    }

    private static String brackets(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int end = closing(c) == 0 ? -1 : text.indexOf(closing(c), i + 1);
            String meant = end < 0 || end - i > 8 ? null : meaning(text.substring(i + 1, end).strip());
            if (meant != null) {
                trimSpaceBefore(out);
                out.append(meant);
                i = end;
                while (i + 1 < text.length() && text.charAt(i + 1) == ' ') {
                    i++;
                }
            } else if (c == '[' && text.startsWith("[.", i)) {
                out.append('.'); // ex[.com and ex[.[com
                i++;
            } else if (!text.startsWith("\\.", i)) { // ex\.com is copied from a regular expression
                out.append(c == '。' || c == '．' ? '.' : c);
            }
        }
        return out.toString();
    }

    private static void trimSpaceBefore(StringBuilder out) {
        while (!out.isEmpty() && out.charAt(out.length() - 1) == ' ') {
            out.setLength(out.length() - 1);
        }
    }

    private static char closing(char c) {
        return switch (c) {
            case '[' -> ']';
            case '(' -> ')';
            case '{' -> '}';
            default -> 0;
        };
    }

    private static String meaning(String inside) {
        for (String[] word : WORDS) {
            if (inside.equalsIgnoreCase(word[0])) {
                return word[1];
            }
        }
        return null;
    }

    private static String scheme(String text) {
        if (text.length() < 5) {
            return text;
        }
        char first = text.charAt(0);
        if (first == 'h' || first == 'H') {
            for (String spelt : new String[] {"hxxp", "h**p", "hXXp", "htxp", "hxtp", "h__p"}) {
                if (text.regionMatches(true, 0, spelt, 0, 4)) {
                    return withSlashes("http" + text.substring(4));
                }
            }
        } else if ((first == 'm' || first == 'M') && text.regionMatches(true, 0, "meow://", 0, 7)) {
            return "http" + text.substring(4);
        } else if ((first == 'f' || first == 'F') && text.regionMatches(true, 0, "fxp", 0, 3)) {
            return withSlashes("ftp" + text.substring(3));
        }
        return text;
    }

    private static String withSlashes(String text) {
        int colon = text.indexOf(':');
        boolean odd = colon > 0 && colon < 6 && !text.startsWith("//", colon + 1);
        return odd ? text.substring(0, colon) + "://" + text.substring(colon + 1).replaceFirst("^[/\\\\]+", "") : text;
    }
}
