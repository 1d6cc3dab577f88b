package uz.koprik.crypto.trust;

import java.time.Instant;
import java.util.Optional;
import uz.koprik.crypto.algorithm.VerificationKey;

/**
 * A key of a key ring, whose it is, and the means to verify with it.
 *
 * @param centre the owner
 * @param key validity and revocation
 * @param verification the checked public key
 * @param retired when the owner was removed from the list; nothing counts that was first seen at or after this moment
 */
public record KeyOwner(TrustedCentre centre, TrustedKey key, VerificationKey verification, Optional<Instant> retired) {

    /** A key of a centre that is on the list. */
    public KeyOwner(TrustedCentre centre, TrustedKey key, VerificationKey verification) {
        this(centre, key, verification, Optional.empty());
    }
}
