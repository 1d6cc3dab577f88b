package uz.koprik.indicators.observable;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/**
 * Turns a card number into the token under which it is recognised again.
 *
 * <p>Equal numbers have equal tokens; without the key the number cannot be found from the token. Card numbers are few
 * enough to try out all of them, so a plain hash would not do.
 */
@FunctionalInterface
public interface CardTokeniser {

    /**
     * @param digits the whole card number, digits only, checked
     * @return 16 to 64 characters {@code a-z 0-9}, at least one of them a letter, without the number in it
     */
    String token(String digits);

    /** HMAC-SHA-256 under {@code key}, cut to 128 bits, in base 32. Safe for many threads. */
    static CardTokeniser keyed(SecretKey key) {
        return digits -> {
            try {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(key);
                mac.update("koprik payment-card 1\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                return base32(mac.doFinal(digits.getBytes(java.nio.charset.StandardCharsets.US_ASCII)), 16);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("no HMAC-SHA-256 with this key", e);
            }
        };
    }

    private static String base32(byte[] bytes, int length) {
        StringBuilder out = new StringBuilder();
        int buffer = 0;
        int bits = 0;
        for (int i = 0; i < length; i++) {
            buffer = ((buffer << 8) | (bytes[i] & 0xFF)) & 0xFFFF;
            for (bits += 8; bits >= 5; bits -= 5) {
                out.append("abcdefghijklmnopqrstuvwxyz234567".charAt((buffer >> (bits - 5)) & 31));
            }
        }
        return out.append("abcdefghijklmnopqrstuvwxyz234567".charAt((buffer << (5 - bits)) & 31))
                .toString();
    }
}
