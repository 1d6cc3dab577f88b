package uz.koprik.gateway.sessions;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import uz.koprik.crypto.trust.Secrets;

/**
 * Encrypts what the state store keeps and nobody who reads it may use: secrets of second factors, refresh tokens.
 * AES-256-GCM under a key that is derived from a key file of the home, which all gateways of a centre share.
 */
public final class Sealing {

    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final byte[] key;

    /**
     * @param homeKey content of a key file
     * @param purpose what the derived key is for; other purposes have other keys
     */
    public Sealing(byte[] homeKey, String purpose) {
        this.key = mac(homeKey, "koprik sealing: " + purpose);
    }

    /**
     * Encrypts.
     *
     * @param owner to whom it belongs: the text opens for nobody else
     * @return base64url
     */
    public String seal(String text, String owner) {
        byte[] nonce = Secrets.randomBytes(NONCE);
        byte[] sealed = run(Cipher.ENCRYPT_MODE, nonce, text.getBytes(StandardCharsets.UTF_8), owner)
                .orElseThrow(() -> new IllegalStateException("encryption never fails"));
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(ByteBuffer.allocate(NONCE + sealed.length)
                        .put(nonce)
                        .put(sealed)
                        .array());
    }

    /** Decrypts; empty when the text was not sealed by this key for this owner. */
    public Optional<String> open(String sealed, String owner) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(sealed);
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
        if (bytes.length < NONCE) {
            return Optional.empty();
        }
        byte[] nonce = new byte[NONCE];
        byte[] rest = new byte[bytes.length - NONCE];
        ByteBuffer.wrap(bytes).get(nonce).get(rest);
        return run(Cipher.DECRYPT_MODE, nonce, rest, owner).map(text -> new String(text, StandardCharsets.UTF_8));
    }

    /** What to keep of a code that is compared only. */
    String fingerprint(String text, String owner) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(mac(key, owner + "\n" + text));
    }

    private Optional<byte[]> run(int mode, byte[] nonce, byte[] bytes, String owner) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(owner.getBytes(StandardCharsets.UTF_8));
            return Optional.of(cipher.doFinal(bytes));
        } catch (javax.crypto.AEADBadTagException forged) {
            return Optional.empty();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has AES-GCM", impossible);
        }
    }

    private static byte[] mac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has HmacSHA256", impossible);
        }
    }
}
