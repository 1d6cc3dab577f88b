package uz.koprik.crypto.trust;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import uz.koprik.crypto.Base64Url;

/**
 * Replaces values that must never be stored, such as payment card numbers, by tokens that only the holder of the key
 * can compute: HMAC-SHA-256 cut to 128 bits. Without the key they cannot be enumerated, as plain hashes can.
 *
 * <p>Safe for use by many threads at once.
 */
public final class KeyedToken {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int MIN_KEY_BYTES = 16;
    private static final int TOKEN_BYTES = 16;

    private final SecretKeySpec key;

    /**
     * @param key at least 16 random bytes
     * @throws IllegalArgumentException when it is shorter
     */
    public KeyedToken(byte[] key) {
        if (key.length < MIN_KEY_BYTES) {
            throw new IllegalArgumentException("the key of tokens needs at least " + MIN_KEY_BYTES + " bytes");
        }
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /** The token of {@code value}: 22 characters of base64url, always the same for the same key and value. */
    public String token(String value) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return Base64Url.encode(Arrays.copyOf(mac.doFinal(value.getBytes(StandardCharsets.UTF_8)), TOKEN_BYTES));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform must have " + ALGORITHM, e);
        }
    }
}
