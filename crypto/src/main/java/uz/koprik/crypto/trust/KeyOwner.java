package uz.koprik.crypto.trust;

import uz.koprik.crypto.algorithm.VerificationKey;

/**
 * A key of a key ring, whose it is, and the means to verify with it.
 *
 * @param centre the owner
 * @param key validity and revocation
 * @param verification the checked public key
 */
public record KeyOwner(TrustedCentre centre, TrustedKey key, VerificationKey verification) {}
