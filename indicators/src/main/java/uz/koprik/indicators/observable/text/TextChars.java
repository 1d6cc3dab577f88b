package uz.koprik.indicators.observable.text;

/** Classes of characters in running text. */
final class TextChars {

    private TextChars() {}

    /** Whether no value goes on over a character: blanks, quotation marks, angle brackets, signs of other scripts. */
    static boolean isBreak(char c) {
        if (c <= 0x7F) {
            return c <= ' ' || c == '"' || c == '<' || c == '>' || c == '`' || c == '|' || c == 0x7F;
        }
        if (Character.isLetterOrDigit(c)) {
            return false;
        }
        int type = Character.getType(c);
        return type != Character.NON_SPACING_MARK && type != Character.COMBINING_SPACING_MARK;
    }

    /** The last place of a character in a part of a text, or -1; looks at no more than the part. */
    static int lastIndexOf(String text, char c, int from, int to) {
        for (int i = to - 1; i >= from; i--) {
            if (text.charAt(i) == c) {
                return i;
            }
        }
        return -1;
    }

    static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    static boolean isAlnum(char c) {
        return (c >= '0' && c <= '9')
                || (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c > 0x7F && Character.isLetterOrDigit(c));
    }

    /** Whether a script is written without blanks between words, or appends endings of words without any sign. */
    static boolean isUnspaced(char c) {
        return c >= 0x1100
                && (c <= 0x11FF || (c >= 0x2E80 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7AF) || c >= 0xF900);
    }

    /** Whether a part of a text may be the name before the at sign of an address. */
    static boolean isLocal(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!isLocal(text.charAt(i))) {
                return false;
            }
        }
        return to > from;
    }

    static boolean isLocal(char c) {
        return isAlnum(c) || "._%+-".indexOf(c) >= 0;
    }
}
