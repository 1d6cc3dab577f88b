package uz.koprik.crypto.algorithm;

import java.security.SecureRandom;
import uz.koprik.crypto.json.JsonObject;

/** One way to sign. Stateless; safe for use by many threads at once. */
public interface SignatureAlgorithm {

    /** The JOSE name ({@code alg}), such as {@code Ed25519}. */
    String name();

    /** A fresh key. */
    SigningKey generate(SecureRandom random);

    /**
     * Reads a private key.
     *
     * @param pkcs8 PKCS#8, unencrypted (RFC 5958)
     * @throws KeyRejected when it is not a key of this algorithm
     */
    SigningKey signingKey(byte[] pkcs8) throws KeyRejected;

    /**
     * Reads a public key and checks it, so that no weak one gets onto a trust list.
     *
     * @param jwk RFC 7517; {@code alg}, {@code use}, {@code kid} and {@code key_ops} may be there and must then agree
     * @throws KeyRejected when it is not a sound public key of this algorithm
     */
    VerificationKey verificationKey(JsonObject jwk) throws KeyRejected;
}
