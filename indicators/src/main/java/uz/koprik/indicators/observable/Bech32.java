package uz.koprik.indicators.observable;

import java.util.Locale;

/** Bech32 (BIP-173), Bech32m (BIP-350) and the older cousin of both, CashAddr. */
final class Bech32 {

    private static final String CHARSET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private static final int BECH32M = 0x2bc830a3;

    private Bech32() {}

    /** What a text holds. */
    static final class Decoded {
        /** The human-readable part, in lower case. */
        final String prefix;
        /** Groups of five bits without the check digits. */
        final byte[] data;
        /** Whether the check digits are those of Bech32m. */
        final boolean modified;

        private Decoded(String prefix, byte[] data, boolean modified) {
            this.prefix = prefix;
            this.data = data;
            this.modified = modified;
        }
    }

    /** What {@code text} holds, or null when it is malformed or the check digits do not fit. */
    static Decoded decode(String text) {
        int one = text.lastIndexOf('1');
        byte[] data = one < 1 || one + 7 > text.length() || isMixedCase(text) ? null : values(text, one + 1);
        if (data == null) {
            return null;
        }
        String prefix = text.substring(0, one).toLowerCase(Locale.ROOT);
        int check = 1;
        for (int i = 0; i < prefix.length(); i++) {
            check = step(check, prefix.charAt(i) >> 5);
        }
        check = step(check, 0);
        for (int i = 0; i < prefix.length(); i++) {
            check = step(check, prefix.charAt(i) & 31);
        }
        for (byte value : data) {
            check = step(check, value);
        }
        return check == 1 || check == BECH32M
                ? new Decoded(prefix, java.util.Arrays.copyOf(data, data.length - 6), check == BECH32M)
                : null;
    }

    /** The bytes of a CashAddr without its prefix, version byte first, or null when it is none under that prefix. */
    static byte[] cashAddress(String text, String prefix) {
        byte[] data = text.length() < 9 || isMixedCase(text) ? null : values(text, 0);
        if (data == null) {
            return null;
        }
        long check = 1;
        for (int i = 0; i < prefix.length(); i++) {
            check = cashStep(check, prefix.charAt(i) & 31);
        }
        check = cashStep(check, 0);
        for (byte value : data) {
            check = cashStep(check, value);
        }
        return check == 1 ? toBytes(data, 0, data.length - 8) : null;
    }

    /** Groups of five bits as bytes; null when the left-over bits are more than padding. */
    static byte[] toBytes(byte[] data, int from, int to) {
        byte[] bytes = new byte[(to - from) * 5 / 8];
        int buffer = 0;
        int bits = 0;
        int at = 0;
        for (int i = from; i < to; i++) {
            buffer = ((buffer << 5) | data[i]) & 0xFFF;
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                bytes[at++] = (byte) (buffer >> bits);
            }
        }
        return bits >= 5 || (buffer & ((1 << bits) - 1)) != 0 ? null : bytes;
    }

    private static byte[] values(String text, int from) {
        byte[] values = new byte[text.length() - from];
        for (int i = from; i < text.length(); i++) {
            int value = CHARSET.indexOf(text.charAt(i) | 0x20);
            if (value < 0 || text.charAt(i) > 'z') {
                return null;
            }
            values[i - from] = (byte) value;
        }
        return values;
    }

    private static boolean isMixedCase(String text) {
        return !text.equals(text.toLowerCase(Locale.ROOT)) && !text.equals(text.toUpperCase(Locale.ROOT));
    }

    private static int step(int check, int value) {
        int top = check >>> 25;
        int next = ((check & 0x1FFFFFF) << 5) ^ value;
        next ^= (top & 1) != 0 ? 0x3b6a57b2 : 0;
        next ^= (top & 2) != 0 ? 0x26508e6d : 0;
        next ^= (top & 4) != 0 ? 0x1ea119fa : 0;
        next ^= (top & 8) != 0 ? 0x3d4233dd : 0;
        next ^= (top & 16) != 0 ? 0x2a1462b3 : 0;
        return next;
    }

    private static long cashStep(long check, int value) {
        long top = check >>> 35;
        long next = ((check & 0x07ffffffffL) << 5) ^ value;
        next ^= (top & 1) != 0 ? 0x98f2bc8e61L : 0;
        next ^= (top & 2) != 0 ? 0x79b76d99e2L : 0;
        next ^= (top & 4) != 0 ? 0xf33e5fb3c4L : 0;
        next ^= (top & 8) != 0 ? 0xae2eabe2a8L : 0;
        next ^= (top & 16) != 0 ? 0x1e4f43e470L : 0;
        return next;
    }
}
