package uz.koprik.crypto.algorithm;

import uz.koprik.crypto.SignatureRejected;
import uz.koprik.crypto.json.JsonObject;

/** A public key that was checked when it was read. Safe for use by many threads at once. */
public interface VerificationKey {

    /** JOSE name of the only algorithm this key is for. */
    String alg();

    /** RFC 7638 thumbprint. */
    String kid();

    /** The key with its required members only (RFC 7638, section 3.2). */
    JsonObject jwk();

    /** The key as X.509 SubjectPublicKeyInfo. */
    byte[] spki();

    /**
     * Returns when {@code signature} is this key's over {@code message}.
     *
     * @throws SignatureRejected with {@code BAD_SIGNATURE} when it is not
     */
    void verify(byte[] message, byte[] signature) throws SignatureRejected;
}
