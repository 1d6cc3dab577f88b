package uz.koprik.crypto.jws;

import java.time.Instant;

/** Signs for one key. Safe for use by many threads at once. */
public interface Signer {

    /** JOSE name of the algorithm, such as {@code Ed25519} or {@code ES256}. */
    String alg();

    /** RFC 7638 thumbprint of the public key. */
    String kid();

    /**
     * Signs {@code payload} as its only intended signer ({@code set} holds this key alone).
     *
     * @param payload canonical JSON (RFC 8785), UTF-8
     * @param issuedAt goes into {@code iat}, in whole seconds
     */
    Signature sign(byte[] payload, Instant issuedAt);
}
