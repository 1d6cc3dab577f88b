package uz.koprik.crypto.trust;

import java.time.Instant;
import java.util.Optional;
import uz.koprik.crypto.json.JsonObject;

/**
 * A public key as the trust list holds it.
 *
 * @param kid RFC 7638 thumbprint of {@code jwk}
 * @param alg the only algorithm this key may be used with; taken from here, never from a header
 * @param jwk the public key (RFC 7517)
 * @param validFrom first moment the key may sign
 * @param validUntil last moment the key may sign
 * @param compromisedSince when set, nothing first seen at or after this moment is believed
 * @param compromiseReason why the operators of this centre revoked it, in words; empty when nobody said
 */
public record TrustedKey(
        String kid,
        String alg,
        JsonObject jwk,
        Instant validFrom,
        Instant validUntil,
        Optional<Instant> compromisedSince,
        String compromiseReason) {

    /** A key without a reason for a revocation. */
    public TrustedKey(
            String kid,
            String alg,
            JsonObject jwk,
            Instant validFrom,
            Instant validUntil,
            Optional<Instant> compromisedSince) {
        this(kid, alg, jwk, validFrom, validUntil, compromisedSince, "");
    }

    /** The same key, compromised since that moment. */
    TrustedKey compromised(Instant since, String reason) {
        return new TrustedKey(kid, alg, jwk, validFrom, validUntil, Optional.of(since), reason);
    }

    /** Whether nothing counts that was first seen with it at that moment. */
    public boolean compromisedAt(Instant firstSeen) {
        return compromisedSince.isPresent() && !firstSeen.isBefore(compromisedSince.get());
    }
}
