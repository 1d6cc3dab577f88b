package uz.koprik.crypto.trust;

import java.util.List;
import java.util.Set;

/**
 * A centre as the trust list holds it.
 *
 * @param name short name, lower case, such as {@code budapest}
 * @param title what people call it
 * @param identity id of its STIX identity object
 * @param producers ids of all identities ({@code created_by_ref}) its keys may speak for, its own included
 * @param roles what it may do: "producer" (its own objects are taken), "relay" (may hand on others' objects)
 * @param keys its signing keys, past ones included
 * @param tlsPins SHA-256 of the SubjectPublicKeyInfo of its TLS keys, base64url: the current and the next
 * @param endpoint URL of its TAXII API root, or empty when it cannot be called
 */
public record TrustedCentre(
        String name,
        String title,
        String identity,
        Set<String> producers,
        Set<String> roles,
        List<TrustedKey> keys,
        List<String> tlsPins,
        String endpoint) {

    public TrustedCentre {
        producers = Set.copyOf(producers);
        roles = Set.copyOf(roles);
        keys = List.copyOf(keys);
        tlsPins = List.copyOf(tlsPins);
    }
}
