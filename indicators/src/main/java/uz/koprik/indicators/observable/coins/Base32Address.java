package uz.koprik.indicators.observable.coins;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Locale;
import uz.koprik.crypto.Blake2b;
import uz.koprik.crypto.Keccak256;

/**
 * Addresses in base 32, each with its own check digits: Stellar, Algorand, Nano and NEM. A length and a first letter
 * decide which coin is tried, so that other words cost nothing.
 */
public final class Base32Address {

    /** Stellar's version bytes (SEP-23): account, muxed account, contract, and the seed, which is a secret. */
    private static final int ACCOUNT = 6 << 3;

    private static final int MUXED = 12 << 3;
    private static final int CONTRACT = 2 << 3;
    private static final int SEED = 18 << 3;

    private static final int NEM_MAIN = 0x68;
    private static final int NEM_TEST = 0x98;

    private Base32Address() {}

    /** The family and the address in normal form, such as {@code xlm:G…}, or null when it is none of these. */
    public static String normalForm(String text) {
        int length = text.length();
        char first = text.charAt(0);
        if (length == 56 || length == 69) {
            return first == 'G' || first == 'M' || first == 'C' ? stellar(text) : null;
        }
        if (length == 58) {
            return algorand(text);
        }
        if ((length == 65 && text.startsWith("nano_")) || (length == 64 && text.startsWith("xrb_"))) {
            return nano(text);
        }
        boolean nem = length == 40 || (length > 40 && length <= 49 && text.indexOf('-') > 0);
        return nem && "NTnt".indexOf(first) >= 0 ? nem(text) : null;
    }

    /** Whether a text is the seed of a Stellar account, with which its money can be spent. */
    public static boolean isStellarSeed(String text) {
        return text.length() == 56 && text.charAt(0) == 'S' && stellarVersion(text) == SEED;
    }

    private static String stellar(String text) {
        int version = stellarVersion(text);
        boolean address = text.length() == 56 ? version == ACCOUNT || version == CONTRACT : version == MUXED;
        return address ? "xlm:" + text : null;
    }

    /** The first byte, or -1 when the check digits do not fit: a CRC, its low byte first. */
    private static int stellarVersion(String text) {
        byte[] bytes = Base32.decode(text, 0, text.length(), Base32.RFC4648);
        if (bytes == null) {
            return -1;
        }
        int body = bytes.length - 2;
        int check = (bytes[body] & 0xFF) | (bytes[body + 1] & 0xFF) << 8;
        return Crc16.of(bytes, body) == check ? bytes[0] & 0xFF : -1;
    }

    /** A key of 32 bytes, then the last four bytes of its SHA-512/256. */
    private static String algorand(String text) {
        byte[] bytes = Base32.decode(text, 0, text.length(), Base32.RFC4648);
        if (bytes == null) {
            return null;
        }
        byte[] hash = sha512Of256(Arrays.copyOf(bytes, 32));
        return Arrays.equals(hash, 28, 32, bytes, 32, 36) ? "algo:" + text : null;
    }

    /** Four zero bits and a key of 32 bytes, then five bytes of BLAKE2b in reverse order. */
    private static String nano(String text) {
        int from = text.indexOf('_') + 1;
        int first = Base32.NANO.indexOf(text.charAt(from));
        byte[] check = Base32.decode(text, from + 52, from + 60, Base32.NANO);
        if (first < 0 || first > 1 || check == null) {
            return null;
        }
        byte[] key = nanoKey(text, from);
        if (key == null) {
            return null;
        }
        byte[] hash = Blake2b.hash(5, key);
        for (int i = 0; i < 5; i++) {
            if (hash[i] != check[4 - i]) {
                return null;
            }
        }
        return "nano:nano_" + text.substring(from);
    }

    /** 52 digits are 260 bits, so the first digit holds one bit of the key. */
    private static byte[] nanoKey(String text, int from) {
        byte[] key = new byte[32];
        int buffer = Base32.NANO.indexOf(text.charAt(from));
        int bits = 1;
        int at = 0;
        for (int i = from + 1; i < from + 52; i++) {
            int value = Base32.NANO.indexOf(text.charAt(i));
            if (value < 0) {
                return null;
            }
            buffer = ((buffer << 5) | value) & 0xFFFF;
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                key[at++] = (byte) (buffer >> bits);
            }
        }
        return key;
    }

    /** Often in groups with hyphens: the network, a hash of 20 bytes, and four bytes of Keccak. */
    private static String nem(String text) {
        String plain = text.replace("-", "").toUpperCase(Locale.ROOT);
        byte[] bytes = plain.length() == 40 ? Base32.decode(plain, 0, 40, Base32.RFC4648) : null;
        if (bytes == null || !Arrays.equals(Keccak256.hash(bytes, 0, 21), 0, 4, bytes, 21, 25)) {
            return null;
        }
        return switch (bytes[0] & 0xFF) {
            case NEM_MAIN -> "xem:" + plain;
            case NEM_TEST -> "xem-test:" + plain;
            default -> null;
        };
    }

    private static byte[] sha512Of256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-512/256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }
}
