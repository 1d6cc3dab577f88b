package uz.koprik.crypto;

import java.util.Base64;

/** Base64url without padding (RFC 4648, section 5), in its one canonical spelling. */
public final class Base64Url {

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private Base64Url() {}

    public static String encode(byte[] bytes) {
        return ENCODER.encodeToString(bytes);
    }

    /** The encoding as ASCII bytes. */
    public static byte[] encodeToBytes(byte[] bytes) {
        return ENCODER.encode(bytes);
    }

    /**
     * Decodes what {@link #encode} writes, and nothing else: two spellings of one value would let a relay change signed
     * text unnoticed.
     *
     * @throws IllegalArgumentException on padding, foreign characters, impossible lengths and unused bits that are set
     */
    public static byte[] decode(String text) {
        int rest = text.length() % 4;
        if (rest == 1) {
            throw new IllegalArgumentException("base64url text of an impossible length");
        }
        if (text.indexOf('=') >= 0) {
            throw new IllegalArgumentException("base64url text with padding, which is not used here");
        }
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("text with characters that base64url does not know", e);
        }
        if (rest != 0) {
            int unused = rest == 2 ? 0b1111 : 0b11;
            if ((ALPHABET.indexOf(text.charAt(text.length() - 1)) & unused) != 0) {
                throw new IllegalArgumentException("base64url text that is not in its canonical spelling");
            }
        }
        return bytes;
    }
}
