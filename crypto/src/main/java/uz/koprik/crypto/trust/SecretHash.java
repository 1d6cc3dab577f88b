package uz.koprik.crypto.trust;

import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Hashes of passwords by Argon2id (RFC 9106), as PHC strings: {@code $argon2id$v=19$m=19456,t=2,p=1$salt$hash}.
 *
 * <p>One check takes tens of milliseconds and 19 MiB on purpose: callers limit how many run at once, and remember a
 * success for a short while.
 */
public final class SecretHash {

    private static final int MEMORY_KIB = 19_456;
    private static final int PASSES = 2;
    private static final int LANES = 1;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    /** A stored hash that asks for more was not written by us, and would be a way to exhaust the server. */
    private static final int MAX_MEMORY_KIB = 262_144;

    private static final int MAX_PASSES = 16;

    private static final Pattern PHC = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,2})\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{22,86})");

    private SecretHash() {}

    /** Hashes {@code secret} with a fresh salt. The array is not changed; the caller wipes it. */
    public static String hash(char[] secret) {
        byte[] salt = Secrets.randomBytes(SALT_BYTES);
        return phc(salt, argon2id(secret, salt, MEMORY_KIB, PASSES, LANES, HASH_BYTES));
    }

    private static String phc(byte[] salt, byte[] hash) {
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=" + MEMORY_KIB + ",t=" + PASSES + ",p=" + LANES + "$" + base64.encodeToString(salt)
                + "$" + base64.encodeToString(hash);
    }

    /**
     * A string in the form of {@link #hash} which no known secret fits. To verify a secret against it takes as long as
     * against a hash, so that the response time does not show that an account has none.
     */
    public static String ofNothing() {
        return phc(Secrets.randomBytes(SALT_BYTES), Secrets.randomBytes(HASH_BYTES));
    }

    /**
     * Whether {@code secret} is the one that was hashed; the comparison takes constant time.
     *
     * @param phc what {@link #hash} returned
     * @throws IllegalArgumentException when {@code phc} is not such a string
     */
    public static boolean verify(char[] secret, String phc) {
        Matcher parts = PHC.matcher(phc);
        if (!parts.matches()) {
            throw new IllegalArgumentException("not a PHC string of argon2id");
        }
        int memory = Integer.parseInt(parts.group(1));
        int passes = Integer.parseInt(parts.group(2));
        int lanes = Integer.parseInt(parts.group(3));
        if (memory > MAX_MEMORY_KIB || passes < 1 || passes > MAX_PASSES || lanes < 1 || memory < 8 * lanes) {
            throw new IllegalArgumentException("a PHC string whose cost is out of bounds");
        }
        byte[] expected = Base64.getDecoder().decode(parts.group(5));
        byte[] actual =
                argon2id(secret, Base64.getDecoder().decode(parts.group(4)), memory, passes, lanes, expected.length);
        return MessageDigest.isEqual(expected, actual);
    }

    private static byte[] argon2id(char[] secret, byte[] salt, int memory, int passes, int lanes, int length) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(memory)
                .withIterations(passes)
                .withParallelism(lanes)
                .withSalt(salt)
                .build());
        byte[] hash = new byte[length];
        generator.generateBytes(secret, hash);
        return hash;
    }
}
