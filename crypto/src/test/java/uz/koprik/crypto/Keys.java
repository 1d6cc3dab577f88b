package uz.koprik.crypto;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import uz.koprik.crypto.algorithm.KeyRejected;
import uz.koprik.crypto.algorithm.SignatureAlgorithms;
import uz.koprik.crypto.algorithm.SigningKey;
import uz.koprik.crypto.trust.KeyOwner;
import uz.koprik.crypto.trust.KeyRing;
import uz.koprik.crypto.trust.TrustedCentre;
import uz.koprik.crypto.trust.TrustedKey;

/** Keys and their owners for tests. */
public final class Keys {

    public static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
    public static final Instant UNTIL = Instant.parse("2027-12-31T00:00:00Z");
    public static final Instant NOW = Instant.parse("2026-11-22T09:00:00Z");

    private Keys() {}

    public static SigningKey fresh(String alg) {
        try {
            return SignatureAlgorithms.named(alg).generate(new SecureRandom());
        } catch (KeyRejected e) {
            throw new AssertionError(e);
        }
    }

    public static TrustedKey trusted(SigningKey key, Optional<Instant> compromisedSince) {
        return new TrustedKey(
                key.publicKey().kid(), key.publicKey().alg(), key.publicKey().jwk(), FROM, UNTIL, compromisedSince);
    }

    /** A ring on which each key belongs to the centre of that name, whose identity is {@code identity--<name>}. */
    public static KeyRing ring(Map<String, SigningKey> byCentre, Optional<Instant> compromisedSince) {
        Map<String, KeyOwner> owners = new HashMap<>();
        byCentre.forEach((name, key) -> {
            TrustedKey trusted = trusted(key, compromisedSince);
            TrustedCentre centre = new TrustedCentre(
                    name,
                    name,
                    "identity--" + name,
                    Set.of("identity--" + name),
                    Set.of("producer"),
                    List.of(trusted),
                    List.of(),
                    "");
            owners.put(trusted.kid(), new KeyOwner(centre, trusted, key.publicKey()));
        });
        return kid -> Optional.ofNullable(owners.get(kid));
    }
}
