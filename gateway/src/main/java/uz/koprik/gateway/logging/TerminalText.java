package uz.koprik.gateway.logging;

/**
 * Text of others as people may see it: what a terminal would obey, and what makes text look other than it is, is shown
 * as an escape such as {@code \u001b}. That is every control (ESC, CR, LF, C1), every format character (Unicode
 * category Cf: direction, zero width), line and paragraph separators, letters that have no shape, and what is no text
 * at all.
 */
public final class TerminalText {

    private TerminalText() {}

    /** One line: line breaks and tabs in it are shown as escapes, too. */
    public static String line(String text) {
        return escaped(text, false);
    }

    /** Text of several lines, whose line feeds and tabs stay. */
    public static String lines(String text) {
        return escaped(text, true);
    }

    private static String escaped(String text, boolean linesStay) {
        int at = 0;
        while (at < text.length() && isPlain(text.charAt(at))) {
            at++;
        }
        if (at == text.length()) {
            return text;
        }
        StringBuilder shown = new StringBuilder(text.length() + 16);
        shown.append(text, 0, at);
        while (at < text.length()) {
            int c = text.codePointAt(at);
            int length = Character.charCount(c);
            if (linesStay && (c == '\n' || c == '\t')) {
                shown.append((char) c);
            } else if (obeyed(c)) {
                for (int i = 0; i < length; i++) {
                    hex(shown, text.charAt(at + i));
                }
            } else {
                shown.appendCodePoint(c);
            }
            at += length;
        }
        return shown.toString();
    }

    private static boolean isPlain(char c) {
        return c >= ' ' && c < 0x7F;
    }

    private static boolean obeyed(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> true;
            // Hangul fillers, the blank of Braille and the grapheme joiner: letters and marks that show nothing.
            default -> c == 0x115F || c == 0x1160 || c == 0x3164 || c == 0xFFA0 || c == 0x2800 || c == 0x034F;
        };
    }

    private static void hex(StringBuilder shown, char c) {
        shown.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            shown.append(Character.forDigit(c >> shift & 0xF, 16));
        }
    }
}
