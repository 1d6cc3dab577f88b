package uz.koprik.crypto.algorithm;

/** Private keys in hardware, which a key file names by their public halves. */
@FunctionalInterface
public interface HardwareKeys {

    /**
     * The private key that belongs to a public one. Does not look for it: that happens when it signs.
     *
     * @param publicKey a key for ES256
     */
    SigningKey key(VerificationKey publicKey);
}
