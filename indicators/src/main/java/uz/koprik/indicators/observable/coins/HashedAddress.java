package uz.koprik.indicators.observable.coins;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import uz.koprik.crypto.Blake2b;
import uz.koprik.crypto.Keccak256;

/** Addresses that are a hash and a part of a hash of it: Waves and Sia; and Aptos, which has no check digits. */
public final class HashedAddress {

    /** Characters of an address of Sia. */
    public static final int SIA = 76;

    private static final int WAVES_BODY = 22;
    private static final int SIA_BODY = 32;

    private HashedAddress() {}

    /**
     * The family of the bytes of an address of Waves: version, network, 20 bytes of a hash, four check bytes; or null.
     */
    public static String waves(byte[] bytes) {
        if (bytes.length != WAVES_BODY + 4 || bytes[0] != 1) {
            return null;
        }
        byte[] hash = Blake2b.hash(32, Arrays.copyOf(bytes, WAVES_BODY));
        byte[] check = Keccak256.hash(hash, 0, hash.length);
        if (!Arrays.equals(check, 0, 4, bytes, WAVES_BODY, WAVES_BODY + 4)) {
            return null;
        }
        return switch (bytes[1]) {
            case 'W' -> "waves";
            case 'T' -> "waves-test";
            default -> null;
        };
    }

    /** From 76 hexadecimal digits, a hash of 32 bytes and six check bytes, to {@code sia:…}; null when it is none. */
    public static String sia(String text) {
        byte[] bytes = text.length() == SIA ? hex(text) : null;
        if (bytes == null) {
            return null;
        }
        byte[] check = Blake2b.hash(32, Arrays.copyOf(bytes, SIA_BODY));
        boolean fits = Arrays.equals(check, 0, bytes.length - SIA_BODY, bytes, SIA_BODY, bytes.length);
        return fits ? "sia:" + text.toLowerCase(Locale.ROOT) : null;
    }

    /** From 0x and 64 hexadecimal digits, as hashes of many chains are written too, to {@code apt:…}; or null. */
    public static String aptos(String text) {
        boolean form = text.length() == 66 && text.startsWith("0x") && hex(text.substring(2)) != null;
        return form ? "apt:" + text.toLowerCase(Locale.ROOT) : null;
    }

    private static byte[] hex(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!HexFormat.isHexDigit(text.charAt(i))) {
                return null;
            }
        }
        return HexFormat.of().parseHex(text);
    }
}
