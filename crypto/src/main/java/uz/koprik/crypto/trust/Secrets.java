package uz.koprik.crypto.trust;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import uz.koprik.crypto.Base64Url;
import uz.koprik.crypto.Sha256;

/** Random tokens, and what is stored of them. */
public final class Secrets {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 32;

    private Secrets() {}

    /** A fresh token of 256 bits that fits into a URL (43 characters of base64url). */
    public static String random() {
        return Base64Url.encode(randomBytes(BYTES));
    }

    /** That many fresh random bytes. */
    public static byte[] randomBytes(int count) {
        byte[] bytes = new byte[count];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    /**
     * What to store of a token made by {@link #random()}: base64url of its SHA-256. A slow hash is not needed, since
     * 256 random bits cannot be guessed; for anything people choose use {@link SecretHash}.
     */
    public static String sha256(String token) {
        return Base64Url.encode(Sha256.of(token.getBytes(StandardCharsets.UTF_8)));
    }
}
