package uz.koprik.gateway.taxii;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import uz.koprik.gateway.http.Problem;

/**
 * The opaque {@code next} (TAXII 2.1, section 3.5): a place in the sequence, so that the server keeps no state. One block of
 * AES hides it, because sequence numbers would tell how much there is that the reader may not see, and makes it
 * unforgeable: of all 128-bit values, one in 2^64 decrypts to something with zeros in its second half.
 */
public final class Cursor {

    private static final int BLOCK = 16;

    private final SecretKeySpec key;

    /** @param key 16 random bytes, the same after a restart */
    public Cursor(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
    }

    /** The text that stands for this place. */
    String write(long afterSeq) {
        byte[] block = ByteBuffer.allocate(BLOCK).putLong(afterSeq).array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(permute(Cipher.ENCRYPT_MODE, block));
    }

    /**
     * The place that a text stands for.
     *
     * @throws Problem 400 when this server did not make it
     */
    long read(String next) {
        byte[] sealed;
        try {
            sealed = Base64.getUrlDecoder().decode(next);
        } catch (IllegalArgumentException notBase64) {
            throw unknown();
        }
        if (sealed.length != BLOCK) {
            throw unknown();
        }
        ByteBuffer open = ByteBuffer.wrap(permute(Cipher.DECRYPT_MODE, sealed));
        long afterSeq = open.getLong();
        if (open.getLong() != 0 || afterSeq < 0) {
            throw unknown();
        }
        return afterSeq;
    }

    private static Problem unknown() {
        return new Problem(
                400, "Bad request", "\"next\" is not a value that this server gave out; begin again without it");
    }

    /** ECB is right for a single block that is never chained: what is wanted is a keyed permutation. */
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
