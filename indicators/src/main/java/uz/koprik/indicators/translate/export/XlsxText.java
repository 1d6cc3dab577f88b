package uz.koprik.indicators.translate.export;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Texts of workbooks (ECMA-376, part 1, section 22.9.2.19, ST_Xstring): {@code _x000D_} stands for a character that XML
 * cannot hold or would change.
 */
public final class XlsxText {

    private static final Pattern ESCAPE = Pattern.compile("_x([0-9A-Fa-f]{4})_");

    private XlsxText() {}

    /** As it is written: controls, single surrogates, blanks at both ends, and what looks like an escape. */
    static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        int from = text.length() - text.stripLeading().length();
        int to = text.stripTrailing().length();
        Matcher like = ESCAPE.matcher(text);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (pair) {
                escaped.append(c).append(text.charAt(++i));
            } else if (Character.isSurrogate(c)
                    || (Character.isISOControl(c) && c != '\t' && c != '\n')
                    || c >= 0xFFFE
                    || i < from
                    || i >= to
                    || (c == '_' && like.region(i, text.length()).lookingAt())) {
                escaped.append(String.format("_x%04X_", (int) c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }

    /** As it was before it was written. */
    public static String unescaped(String text) {
        if (!text.contains("_x")) {
            return text;
        }
        return ESCAPE.matcher(text)
                .replaceAll(found ->
                        Matcher.quoteReplacement(Character.toString((char) Integer.parseInt(found.group(1), 16))));
    }
}
