package uz.koprik.crypto.trust;

import java.util.List;

/**
 * What a centre says of itself on its card; all but the dates, the sequence number and the signatures.
 *
 * @param name short name of the centre: lower-case letters, digits, hyphens
 * @param title what people call it
 * @param identity id of its STIX identity object
 * @param keys public keys with their validity, as {@link CentreKeys#publicKey()} returns them
 * @param tlsPins the current TLS pin, and the next one when a change is ahead
 * @param endpoint URL of the TAXII API root, or empty when the centre cannot be called
 * @param hostNames names and addresses of its TLS certificate that others can reach; at most 16
 * @param contacts how to reach its operators: {@code mailto:}, {@code tel:} or {@code https:} URIs; at most 8
 */
public record CardContents(
        String name,
        String title,
        String identity,
        List<TrustedKey> keys,
        List<String> tlsPins,
        String endpoint,
        List<String> hostNames,
        List<String> contacts) {

    public CardContents {
        keys = List.copyOf(keys);
        tlsPins = List.copyOf(tlsPins);
        hostNames = List.copyOf(hostNames);
        contacts = List.copyOf(contacts);
    }

    /** Contents without host names and contacts. */
    public CardContents(
            String name, String title, String identity, List<TrustedKey> keys, List<String> tlsPins, String endpoint) {
        this(name, title, identity, keys, tlsPins, endpoint, List.of(), List.of());
    }
}
