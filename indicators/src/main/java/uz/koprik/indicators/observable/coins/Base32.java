package uz.koprik.indicators.observable.coins;

/** Base 32 without padding, in the alphabet of RFC 4648 and in that of Nano. */
final class Base32 {

    static final String RFC4648 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    static final String NANO = "13456789abcdefghijkmnopqrstuwxyz";

    private Base32() {}

    /** The bytes of {@code text} from {@code from} on, or null when a character or a left-over bit does not fit. */
    static byte[] decode(String text, int from, int to, String alphabet) {
        byte[] bytes = new byte[(to - from) * 5 / 8];
        int spare = (to - from) * 5 - bytes.length * 8;
        int buffer = 0;
        int bits = 0;
        int at = 0;
        for (int i = from; i < to; i++) {
            int value = alphabet.indexOf(text.charAt(i));
            if (value < 0) {
                return null;
            }
            buffer = ((buffer << 5) | value) & 0xFFFF;
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                bytes[at++] = (byte) (buffer >> bits);
            }
        }
        return spare >= 5 || (buffer & ((1 << spare) - 1)) != 0 ? null : bytes;
    }
}
