package uz.koprik.crypto.algorithm;

import java.util.Optional;

/** A private key that signs. Safe for use by many threads at once. */
public interface SigningKey {

    /** The other half. */
    VerificationKey publicKey();

    /**
     * Signs {@code message}; the bytes are laid out as JOSE demands (RFC 7518, section 3.4; RFC 8037, section 3.1).
     *
     * @throws SigningUnavailable when the key is in hardware that does not sign now
     */
    byte[] sign(byte[] message);

    /** Object identifier of this algorithm's signatures in X.509. */
    String x509Algorithm();

    /**
     * Signs {@code message} with the bytes laid out as X.509 demands, for self-signed certificates.
     *
     * @throws SigningUnavailable as {@link #sign}
     */
    byte[] x509Sign(byte[] message);

    /**
     * The private key as unencrypted PKCS#8, for writing into a key file only.
     *
     * @throws UnsupportedOperationException when the key cannot leave its hardware
     */
    byte[] pkcs8();

    /** The hardware that the key cannot leave, such as {@code the PKCS#11 token koprik}; empty for a key in memory. */
    default Optional<String> hardware() {
        return Optional.empty();
    }
}
