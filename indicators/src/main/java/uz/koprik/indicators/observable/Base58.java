package uz.koprik.indicators.observable;

import java.math.BigInteger;
import java.util.Arrays;
import uz.koprik.crypto.Sha256;

/** Base 58 with the check bytes of Bitcoin, in its alphabet and in that of the XRP Ledger. */
final class Base58 {

    static final String BITCOIN = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    static final String RIPPLE = "rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz";

    private static final int LONGEST = 128;

    private Base58() {}

    /** The bytes, or null when a character is not of the alphabet. */
    static byte[] decode(String text, String alphabet) {
        if (text.length() > LONGEST) {
            return null;
        }
        byte[] number = new byte[text.length()]; // big endian, filled from the end
        int used = 0;
        int zeros = 0;
        while (zeros < text.length() && text.charAt(zeros) == alphabet.charAt(0)) {
            zeros++;
        }
        for (int i = zeros; i < text.length(); i++) {
            int carry = alphabet.indexOf(text.charAt(i));
            if (carry < 0) {
                return null;
            }
            for (int j = 0; j < used || carry > 0; j++) {
                int at = number.length - 1 - j;
                carry += 58 * (number[at] & 0xFF);
                number[at] = (byte) carry;
                carry >>= 8;
                used = Math.max(used, j + 1);
            }
        }
        byte[] bytes = new byte[zeros + used];
        System.arraycopy(number, number.length - used, bytes, zeros, used);
        return bytes;
    }

    /** The bytes before the check bytes, or null when the text is malformed or the check bytes do not fit. */
    static byte[] decodeChecked(String text, String alphabet) {
        byte[] bytes = decode(text, alphabet);
        if (bytes == null || bytes.length < 5) {
            return null;
        }
        byte[] payload = Arrays.copyOf(bytes, bytes.length - 4);
        byte[] check = Arrays.copyOfRange(bytes, bytes.length - 4, bytes.length);
        return Arrays.equals(check, check(payload)) ? payload : null;
    }

    /** Writes bytes and their check bytes in Bitcoin's alphabet. */
    static String encodeChecked(byte[] payload) {
        byte[] bytes = Arrays.copyOf(payload, payload.length + 4);
        System.arraycopy(check(payload), 0, bytes, payload.length, 4);
        StringBuilder out = new StringBuilder(bytes.length * 2);
        BigInteger rest = new BigInteger(1, bytes);
        BigInteger base = BigInteger.valueOf(58);
        while (rest.signum() > 0) {
            BigInteger[] parts = rest.divideAndRemainder(base);
            out.append(BITCOIN.charAt(parts[1].intValue()));
            rest = parts[0];
        }
        for (int i = 0; i < bytes.length && bytes[i] == 0; i++) {
            out.append(BITCOIN.charAt(0));
        }
        return out.reverse().toString();
    }

    private static byte[] check(byte[] payload) {
        return Arrays.copyOf(Sha256.of(Sha256.of(payload)), 4);
    }
}
