package uz.koprik.indicators.observable;

/** Character classes that mean ASCII only, unlike those of {@link Character}. */
public final class Ascii {

    private Ascii() {}

    public static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    static boolean isUpper(int c) {
        return c >= 'A' && c <= 'Z';
    }

    public static boolean isLetter(int c) {
        return isUpper(c & ~0x20) && c <= 'z';
    }

    static boolean isHexDigit(int c) {
        return isDigit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f' && c <= 'f');
    }

    static boolean allDigits(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }
}
