package uz.koprik.gateway.http;

import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * Sixteen bytes as an opaque text that nobody else can forge: one block of AES in base64url. An owner that seals some
 * fixed bytes recognises its own texts by them.
 */
public final class BlockCipher {

    /** Bytes in a block, and in the key. */
    public static final int SIZE = 16;

    private final SecretKeySpec key;

    /** @param key 16 random bytes, the same after a restart */
    public BlockCipher(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
    }

    /** The text of a block. */
    public String seal(byte[] block) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(permute(Cipher.ENCRYPT_MODE, block));
    }

    /** The block of a text, of any origin; empty when the text is no block. */
    public Optional<byte[]> open(String text) {
        byte[] sealed;
        try {
            sealed = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
        return sealed.length == SIZE ? Optional.of(permute(Cipher.DECRYPT_MODE, sealed)) : Optional.empty();
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
