package uz.koprik.gateway.alerts;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import uz.koprik.crypto.trust.Secrets;
import uz.koprik.gateway.access.Caller;
import uz.koprik.gateway.config.SecretFile;

/**
 * How places among the alerts are told to callers. Alerts are counted over the whole centre, so to one who works on some case
 * files only a number would tell when others were given alerts - bring a value, look whether the counter moved, and know that it
 * is in somebody's case. Such a caller gets sealed marks, of which no two are alike.
 */
final class Marks {

    /** Two bytes that tell a mark of ours from other text, six of the place, eight that are never the same. */
    private static final int BLOCK = 16;

    private static final long TAG = 0x6b6dL << 48;
    private static final long PLACE = (1L << 48) - 1;

    private final SecretKeySpec key;

    /** @param key 16 random bytes, the same after a restart */
    Marks(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
    }

    /** Reads the key, or makes one. */
    static Marks open(Path file) throws IOException {
        if (!Files.exists(file)) {
            SecretFile.replace(file, Secrets.randomBytes(BLOCK));
        }
        return new Marks(Files.readAllBytes(file));
    }

    /** A place as the caller may know it. */
    String write(Caller caller, long place) {
        if (!caller.worksOnSome()) {
            return Long.toString(place);
        }
        byte[] block = ByteBuffer.allocate(BLOCK).putLong(TAG | (place & PLACE)).put(Secrets.randomBytes(8)).array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(permute(Cipher.ENCRYPT_MODE, block));
    }

    /**
     * The place that the caller means; empty when it is none that was told to one like this caller.
     *
     * @param text from {@link #write}
     */
    Optional<Long> read(Caller caller, String text) {
        if (!caller.worksOnSome()) {
            return text.matches("\\d{1,18}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
        }
        byte[] sealed;
        try {
            sealed = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
        if (sealed.length != BLOCK) {
            return Optional.empty();
        }
        long open = ByteBuffer.wrap(permute(Cipher.DECRYPT_MODE, sealed)).getLong();
        return (open & ~PLACE) == TAG ? Optional.of(open & PLACE) : Optional.empty();
    }

    /** ECB is right for a single block that is never chained, half of which is random: what is wanted is a keyed permutation. */
    @SuppressWarnings("InsecureCryptoUsage")
    private byte[] permute(int mode, byte[] block) {
        try {
            Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
            cipher.init(mode, key);
            return cipher.doFinal(block);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has AES", impossible);
        }
    }
}
