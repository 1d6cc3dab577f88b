package uz.koprik.crypto.jws;

import java.time.Instant;
import java.util.List;
import uz.koprik.crypto.algorithm.SigningKey;

/**
 * Signs objects with one key.
 *
 * @param key the private key
 */
public record KeySigner(SigningKey key) implements Signer {

    @Override
    public String alg() {
        return key.publicKey().alg();
    }

    @Override
    public String kid() {
        return key.publicKey().kid();
    }

    @Override
    public Signature sign(byte[] payload, Instant issuedAt) {
        return DetachedJws.sign(key, ProtectedHeader.SIGNED_OBJECT, payload, issuedAt, List.of(kid()));
    }
}
