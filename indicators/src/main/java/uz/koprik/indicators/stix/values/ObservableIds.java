package uz.koprik.indicators.stix.values;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonObject;

/**
 * Deterministic ids of observables: a UUIDv5 over the canonical JSON of the properties that make an observable what it
 * is (STIX 2.1, section 2.9, and "ID contributing properties" of each type in section 6).
 */
public final class ObservableIds {

    private static final UUID NAMESPACE = UUID.fromString("00abedb4-aa42-466c-9c01-fed23315a9b7");

    private static final Map<String, List<String>> CONTRIBUTING = Map.ofEntries(
            Map.entry("artifact", List.of("hashes", "payload_bin")),
            Map.entry("autonomous-system", List.of("number")),
            Map.entry("directory", List.of("path")),
            Map.entry("domain-name", List.of("value")),
            Map.entry("email-addr", List.of("value")),
            Map.entry("email-message", List.of("from_ref", "subject", "body")),
            Map.entry("file", List.of("hashes", "name", "extensions", "parent_directory_ref")),
            Map.entry("ipv4-addr", List.of("value")),
            Map.entry("ipv6-addr", List.of("value")),
            Map.entry("mac-addr", List.of("value")),
            Map.entry("mutex", List.of("name")),
            Map.entry(
                    "network-traffic",
                    List.of("start", "end", "src_ref", "dst_ref", "src_port", "dst_port", "protocols", "extensions")),
            Map.entry("software", List.of("name", "cpe", "swid", "vendor", "version")),
            Map.entry("url", List.of("value")),
            Map.entry("user-account", List.of("account_type", "user_id", "account_login")),
            Map.entry("windows-registry-key", List.of("key", "values")),
            Map.entry("x509-certificate", List.of("hashes", "serial_number")),
            // Types of our own, and of others who write them alike.
            Map.entry("phone-number", List.of("value")),
            Map.entry("bank-account", List.of("iban", "bic", "account_number")),
            Map.entry("cryptocurrency-wallet", List.of("value")),
            Map.entry("payment-card", List.of("card_number")),
            Map.entry("mobile-device", List.of("imei")));

    /** When there are several hashes, only the first of these counts. */
    private static final List<String> HASH_PREFERENCE = List.of("MD5", "SHA-1", "SHA-256", "SHA-512");

    private ObservableIds() {}

    /**
     * The id that an observable should have; empty when its type has no contributing properties (a process), is not
     * known, or none of them is there: such ids are random.
     */
    public static Optional<String> of(JsonObject observable) {
        String type = observable.string("type").orElse("");
        JsonObject.Builder contributing = JsonObject.builder();
        boolean any = false;
        for (String name : CONTRIBUTING.getOrDefault(type, List.of())) {
            Json value = observable.get(name);
            if (value != null) {
                contributing.put(
                        name, name.equals("hashes") && value instanceof JsonObject hashes ? preferred(hashes) : value);
                any = true;
            }
        }
        return any
                ? Optional.of(type + "--" + Uuid5.of(NAMESPACE, CanonicalJson.bytes(contributing.build())))
                : Optional.empty();
    }

    /** Whether there is anything that the id could be derived from; true where the type is not known. */
    public static boolean contributes(JsonObject observable) {
        String type = observable.string("type").orElse("");
        List<String> names = type.equals("process") ? List.of() : CONTRIBUTING.get(type);
        return names == null || names.stream().anyMatch(observable::has);
    }

    /** One hash: the first by preference, else the first by name, so that the order of the text makes no difference. */
    private static JsonObject preferred(JsonObject hashes) {
        for (String algorithm : HASH_PREFERENCE) {
            if (hashes.has(algorithm)) {
                return JsonObject.builder()
                        .put(algorithm, hashes.get(algorithm))
                        .build();
            }
        }
        return hashes.names().stream()
                .min(String::compareTo)
                .map(algorithm -> JsonObject.builder()
                        .put(algorithm, hashes.get(algorithm))
                        .build())
                .orElse(hashes);
    }
}
