package uz.koprik.indicators.observable.text.url;

/** Classes of characters in running text. */
public final class TextChars {

    private TextChars() {}

    /** Whether no value goes on over a character: blanks, quotation marks, angle brackets, signs of other scripts. */
    public static boolean isBreak(char c) {
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
    public static int lastIndexOf(String text, char c, int from, int to) {
        for (int i = to - 1; i >= from; i--) {
            if (text.charAt(i) == c) {
                return i;
            }
        }
        return -1;
    }

    /** Whether a character is a part of the letter before it, as vowels are in the scripts of India. */
    public static boolean isMark(char c) {
        if (c <= 0x7F) {
            return false;
        }
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    }

    /** Whether a character is a picture or a sign, or half of one. */
    public static boolean isSymbol(char c) {
        if (c <= 0x7F) {
            return false;
        }
        int type = Character.getType(c);
        return type == Character.OTHER_SYMBOL
                || type == Character.MATH_SYMBOL
                || type == Character.SURROGATE
                || c == 0xFE0F;
    }

    public static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    public static boolean isAlnum(char c) {
        return (c >= '0' && c <= '9')
                || (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c > 0x7F && Character.isLetterOrDigit(c));
    }

    /** Whether a script is written without blanks between words, or appends endings of words without any sign. */
    public static boolean isUnspaced(char c) {
        return c >= 0x1100
                && (c <= 0x11FF || (c >= 0x2E80 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7AF) || c >= 0xF900);
    }

    /** Whether a letter is of another script than Latin, and of one with blanks between words. */
    public static boolean isOfOtherScript(char c) {
        return c > 0x7F
                && Character.isLetter(c)
                && !isUnspaced(c)
                && Character.UnicodeScript.of(c) != Character.UnicodeScript.LATIN;
    }

    /** Whether a part of a text has characters of ASCII alone. */
    public static boolean isAscii(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) > 0x7F) {
                return false;
            }
        }
        return true;
    }

    /** Whether a part of a text may be the name before the at sign of an address. */
    public static boolean isLocal(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!isLocal(text.charAt(i))) {
                return false;
            }
        }
        return to > from;
    }

    public static boolean isLocal(char c) {
        return isAlnum(c) || "._%+-".indexOf(c) >= 0;
    }
}
