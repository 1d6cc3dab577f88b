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
 */
public record TrustedKey(
        String kid,
        String alg,
        JsonObject jwk,
        Instant validFrom,
        Instant validUntil,
        Optional<Instant> compromisedSince) {}
