package uz.koprik.indicators.stix;

import java.util.Map;
import java.util.Optional;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.policy.Markings;
import uz.koprik.indicators.policy.Tlp;

/** Values as cyber observables (STIX 2.1, section 6), with ids that follow from the value. */
public final class ObservableObjects {

    private static final Map<ObservableKind, String> HASHES = Map.of(
            ObservableKind.MD5, "MD5", ObservableKind.SHA1, "SHA-1", ObservableKind.SHA256, "SHA-256", ObservableKind.SHA512, "SHA-512",
            ObservableKind.SHA3_256, "SHA3-256", ObservableKind.SHA3_512, "SHA3-512", ObservableKind.SSDEEP, "SSDEEP",
            ObservableKind.TLSH, "TLSH");

    private ObservableObjects() {}

    /** The object of a value under a marking; empty for what is no object by itself, such as the path of a URL. */
    public static Optional<JsonObject> of(Observable observable, Tlp tlp) {
        String value = observable.value();
        boolean v6 = value.indexOf(':') >= 0;
        JsonObject.Builder bare = switch (observable.kind()) {
            case IPV4 -> object("ipv4-addr").put("value", value);
            case IPV6 -> object("ipv6-addr").put("value", value);
            case CIDR -> object(v6 ? "ipv6-addr" : "ipv4-addr").put("value", value);
            case DOMAIN -> object("domain-name").put("value", value);
            case URL -> object("url").put("value", value);
            case EMAIL -> object("email-addr").put("value", value);
            case MD5, SHA1, SHA256, SHA512, SHA3_256, SHA3_512, SSDEEP, TLSH ->
                object("file").put("hashes", JsonObject.builder().put(HASHES.get(observable.kind()), value).build());
            case PHONE -> own("phone-number", ExtensionDefinitions.PHONE).put("value", value);
            case IBAN -> own("bank-account", ExtensionDefinitions.BANK_ACCOUNT).put("iban", value);
            case BANK_ACCOUNT -> own("bank-account", ExtensionDefinitions.BANK_ACCOUNT).put("account_number", value);
            case PAYMENT_CARD -> own("payment-card", ExtensionDefinitions.PAYMENT_CARD).put("card_number", value);
            case WALLET -> own("cryptocurrency-wallet", ExtensionDefinitions.WALLET).put("value", value);
            case MESSENGER -> object("user-account").put("account_type", value.substring(0, value.indexOf(':')))
                    .put("account_login", value.substring(value.indexOf(':') + 1));
            case ASN -> object("autonomous-system").put("number", Long.parseLong(value));
            case MAC -> object("mac-addr").put("value", value);
            case MUTEX -> object("mutex").put("name", value);
            case REGISTRY_KEY -> object("windows-registry-key").put("key", value);
            case URL_PATH -> null;
        };
        if (bare == null) {
            return Optional.empty();
        }
        JsonObject json = bare.build();
        JsonObject.Builder whole = JsonObject.builder().put("id", ObservableIds.of(json).orElseThrow());
        json.names().forEach(name -> whole.put(name, json.get(name)));
        return Optional.of(whole.putStrings("object_marking_refs", java.util.List.of(Markings.id(tlp))).build());
    }

    private static JsonObject.Builder object(String type) {
        return JsonObject.builder().put("type", type).put("spec_version", "2.1");
    }

    private static JsonObject.Builder own(String type, String definition) {
        return object(type).put("extensions", JsonObject.builder()
                .put(definition, JsonObject.builder().put("extension_type", "new-sco").build()).build());
    }
}
