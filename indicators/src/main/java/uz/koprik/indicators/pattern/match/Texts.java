package uz.koprik.indicators.pattern.match;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;

/** How section 9.6.1 compares texts with texts and with bytes. */
final class Texts {

    /** Below it all characters are in normal form C and none combines with another. */
    private static final char FIRST_COMBINING = 0x300;

    private Texts() {}

    /** By code points, not by UTF-16 units: "a simple code point comparison". */
    static int compare(String a, String b) {
        int length = Math.min(a.length(), b.length());
        for (int i = 0; i < length; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                boolean high = Character.isSurrogate(x);
                return high == Character.isSurrogate(y) ? Character.compare(x, y) : high ? 1 : -1;
            }
        }
        return Integer.compare(a.length(), b.length());
    }

    /** The bytes a text stands for when compared with binary: one a character; null when one does not fit. */
    static byte[] bytes(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0xFF) {
                return null;
            }
        }
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** Normal form C. Sorting a long run of combining marks takes the square of its length, which is charged. */
    static String normal(String text, Work work) throws MatchFailure {
        long run = 0;
        boolean plain = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            plain &= c < FIRST_COMBINING;
            run = c >= FIRST_COMBINING && !Character.isLetterOrDigit(c) ? run + 1 : 0;
            if (run > 32) {
                work.spend(run / 4);
            }
        }
        work.spend(text.length() / 16);
        return plain ? text : Normalizer.normalize(text, Normalizer.Form.NFC);
    }
}
