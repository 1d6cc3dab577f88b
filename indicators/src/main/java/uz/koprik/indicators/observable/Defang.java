package uz.koprik.indicators.observable;

import java.util.Locale;

/** Undoes what analysts do to a value so that nobody clicks it: {@code hxxps[:]//ex[.]com}, {@code a(at)ex(dot)com}. */
public final class Defang {

    private static final String[][] WORDS = {
        {"dot", "."},
        {"at", "@"},
        {".", "."},
        {"@", "@"},
        {":", ":"},
        {"://", "://"},
        {"/", "/"},
        {"colon", ":"},
        {"slash", "/"},
        {"punkt", "."},
        {"tochka", "."},
        {"//", "//"},
        {"www", "www"},
    };

    private Defang() {}

    /** The value as it was; the same string when nothing was defanged. */
    public static String refang(String text) {
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
            int end = closing(c) == 0 ? -1 : text.indexOf(closing(c), i + 1, Math.min(text.length(), i + 10));
            String meant = end < 0 ? null : meaning(text.substring(i + 1, end).strip());
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

    /** Only before a colon: there are domains that begin with these letters. */
    private static String scheme(String text) {
        int colon = text.indexOf(':');
        if (colon < 3 || colon > 6) {
            return text;
        }
        String meant =
                switch (text.substring(0, colon).toLowerCase(Locale.ROOT)) {
                    case "hxxp", "h**p", "htxp", "hxtp", "h__p", "meow" -> "http";
                    case "hxxps", "h**ps", "htxps", "hxtps", "h__ps" -> "https";
                    case "fxp" -> "ftp";
                    case "fxps" -> "ftps";
                    default -> null;
                };
        if (meant == null) {
            return text;
        }
        int rest = colon + 1;
        while (rest < text.length() && (text.charAt(rest) == '/' || text.charAt(rest) == '\\')) {
            rest++;
        }
        return meant + "://" + text.substring(rest);
    }
}
