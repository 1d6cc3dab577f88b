package uz.koprik.indicators.observable.coins;

import java.util.Base64;
import java.util.HexFormat;

/** Addresses of TON (TEP-2): 48 characters of base 64 with flags and a CRC, or workchain and hash in hexadecimal. */
public final class TonAddress {

    private static final int BOUNCEABLE = 0x11;
    private static final int NOT_BOUNCEABLE = 0x51;
    private static final int TEST = 0x80;

    private TonAddress() {}

    /** The family and the address in its bounceable spelling, or null when it is none. */
    public static String normalForm(String text) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(text.replace('+', '-').replace('/', '_'));
        } catch (IllegalArgumentException e) {
            return null; // not base 64, so not of this kind
        }
        int flags = bytes.length == 36 ? bytes[0] & 0xFF & ~TEST : 0;
        if ((flags != BOUNCEABLE && flags != NOT_BOUNCEABLE)
                || (bytes[1] != 0 && bytes[1] != -1)
                || Crc16.of(bytes, 34) != (((bytes[34] & 0xFF) << 8) | (bytes[35] & 0xFF))) {
            return null;
        }
        return written(bytes, (bytes[0] & TEST) != 0);
    }

    /** Whether a text is {@code workchain:hash}, which has no check digits. */
    public static boolean isRaw(String text) {
        int colon = text.indexOf(':');
        if (text.length() != colon + 65 || !(text.startsWith("0:") || text.startsWith("-1:"))) {
            return false;
        }
        for (int i = colon + 1; i < text.length(); i++) {
            if (!HexFormat.isHexDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** As {@link #normalForm}, from a text that {@link #isRaw}. */
    public static String ofRaw(String text) {
        byte[] bytes = new byte[36];
        bytes[1] = (byte) (text.charAt(0) == '0' ? 0 : -1);
        byte[] hash = HexFormat.of().parseHex(text.substring(text.indexOf(':') + 1));
        System.arraycopy(hash, 0, bytes, 2, 32);
        return written(bytes, false);
    }

    private static String written(byte[] bytes, boolean test) {
        bytes[0] = (byte) (test ? BOUNCEABLE | TEST : BOUNCEABLE);
        int crc = Crc16.of(bytes, 34);
        bytes[34] = (byte) (crc >> 8);
        bytes[35] = (byte) crc;
        return (test ? "ton-test:" : "ton:") + Base64.getUrlEncoder().encodeToString(bytes);
    }
}
