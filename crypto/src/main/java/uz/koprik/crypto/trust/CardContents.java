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
 * @param compromised former keys that somebody else may hold, none of them among {@code keys}; at most 32
 */
public record CardContents(
        String name,
        String title,
        String identity,
        List<TrustedKey> keys,
        List<String> tlsPins,
        String endpoint,
        List<String> hostNames,
        List<String> contacts,
        List<CompromisedKey> compromised) {

    public CardContents {
        keys = List.copyOf(keys);
        tlsPins = List.copyOf(tlsPins);
        hostNames = List.copyOf(hostNames);
        contacts = List.copyOf(contacts);
        compromised = List.copyOf(compromised);
    }

    /** The same with these compromised keys. */
    public CardContents withCompromised(List<CompromisedKey> lost) {
        return new CardContents(name, title, identity, keys, tlsPins, endpoint, hostNames, contacts, lost);
    }

    /** The same with another address and other host names. */
    public CardContents withAddress(String otherEndpoint, List<String> otherHostNames) {
        return new CardContents(
                name, title, identity, keys, tlsPins, otherEndpoint, otherHostNames, contacts, compromised);
    }

    /** Contents without compromised keys. */
    public CardContents(
            String name,
            String title,
            String identity,
            List<TrustedKey> keys,
            List<String> tlsPins,
            String endpoint,
            List<String> hostNames,
            List<String> contacts) {
        this(name, title, identity, keys, tlsPins, endpoint, hostNames, contacts, List.of());
    }

    /** Contents without host names and contacts. */
    public CardContents(
            String name, String title, String identity, List<TrustedKey> keys, List<String> tlsPins, String endpoint) {
        this(name, title, identity, keys, tlsPins, endpoint, List.of(), List.of(), List.of());
    }
}
