package uz.koprik.crypto.trust;

import java.util.Locale;
import uz.koprik.crypto.Sha256;

/**
 * A fingerprint short enough to read aloud: the first 80 bits of SHA-256, as four groups of four characters of
 * Crockford's base32, such as {@code K7QF-M2XD-9TRA-4HJN}. 80 bits are out of reach for somebody who must hit a given
 * fingerprint.
 *
 * @param text the fingerprint as it is written
 */
public record Fingerprint(String text) {

    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int CHARACTERS = 16;
    private static final int GROUP = 4;

    /** The fingerprint of {@code bytes}. */
    public static Fingerprint of(byte[] bytes) {
        byte[] hash = Sha256.of(bytes);
        StringBuilder text = new StringBuilder(CHARACTERS + 3);
        for (int i = 0; i < CHARACTERS; i++) {
            if (i > 0 && i % GROUP == 0) {
                text.append('-');
            }
            int bit = i * 5;
            int window = (hash[bit / 8] & 0xFF) << 8 | (hash[bit / 8 + 1] & 0xFF);
            text.append(ALPHABET.charAt(window >> (11 - bit % 8) & 31));
        }
        return new Fingerprint(text.toString());
    }

    /**
     * Whether {@code heard} is this fingerprint, as people write it down: any case and spacing, O for 0, I or L for 1.
     */
    public boolean matches(String heard) {
        return normal(heard).equals(normal(text));
    }

    private static String normal(String text) {
        return text.toUpperCase(Locale.ROOT)
                .replaceAll("[\\s\\-\u2010-\u2015]", "")
                .replace('O', '0')
                .replace('I', '1')
                .replace('L', '1');
    }

    @Override
    public String toString() {
        return text;
    }
}
