package uz.koprik.indicators.translate.misp;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.translate.misp.AttributeType.Content;
import uz.koprik.indicators.translate.misp.AttributeType.Form;
import uz.koprik.indicators.translate.misp.AttributeType.Part;

/**
 * A template of MISP objects that is translated as one STIX object.
 *
 * @param name MISP's name
 * @param category MISP's meta-category
 * @param all whether an observation must show all members (a file's name and hash) rather than any (an account's
 *     numbers)
 * @param identityClass class of the identity it becomes; empty for what becomes an indicator or observed data
 * @param relations what the members of each {@code object_relation} are compared with; of identities, the one with the
 *     name
 * @param never relations whose values are never kept
 */
record ObjectTemplate(
        String name,
        String category,
        boolean all,
        String identityClass,
        Map<String, AttributeType> relations,
        List<String> never) {

    /** The table. */
    static final List<ObjectTemplate> ALL = List.of(
            new ObjectTemplate(
                    "bank-account",
                    "financial",
                    false,
                    "",
                    Map.of("iban", named("iban"), "account", named("bank-account-nr")),
                    List.of()),
            new ObjectTemplate(
                    "coin-address",
                    "financial",
                    false,
                    "",
                    Map.of("address", wallet(), "address-crypto", wallet(), "address-xmr", wallet()),
                    List.of()),
            new ObjectTemplate(
                    "credit-card",
                    "financial",
                    false,
                    "",
                    Map.of("cc-number", named("cc-number")),
                    List.of("card-security-code")),
            new ObjectTemplate(
                    "payment-card",
                    "financial",
                    false,
                    "",
                    Map.of("cc-number", named("cc-number")),
                    List.of("card-security-code")),
            new ObjectTemplate(
                    "phone",
                    "misc",
                    false,
                    "",
                    Map.of(
                            "msisdn",
                            named("phone-number"),
                            "phone-number",
                            named("phone-number"),
                            "imei",
                            text(new Part("mobile-device:imei", List.of(ObservableKind.IMEI), Content.TEXT))),
                    List.of()),
            new ObjectTemplate(
                    "ja3s",
                    "network",
                    true,
                    "",
                    Map.of(
                            "ja3-fingerprint-md5",
                            named("ja3-fingerprint-md5"),
                            "ja3s-fingerprint-md5",
                            value("ja3-fingerprint-md5", AttributeTypes.fingerprint("ja3s", ObservableKind.JA3S))),
                    List.of()),
            new ObjectTemplate(
                    "ja4-plus",
                    "network",
                    false,
                    "",
                    Map.of("ja4-fingerprint", text(AttributeTypes.fingerprint("ja4", ObservableKind.JA4))),
                    List.of()),
            new ObjectTemplate(
                    "telegram-account",
                    "misc",
                    false,
                    "",
                    Map.of("username", telegram(), "id", telegram(), "phone", named("phone-number")),
                    List.of()),
            new ObjectTemplate("url", "network", false, "", Map.of("url", named("url")), List.of()),
            new ObjectTemplate(
                    "domain-ip",
                    "network",
                    true,
                    "",
                    Map.of(
                            "domain",
                            named("domain"),
                            "hostname",
                            named("domain"),
                            "ip",
                            new AttributeType(
                                    "",
                                    "",
                                    Form.VALUE,
                                    "",
                                    List.of(),
                                    List.of(new Part(
                                            "domain-name:resolves_to_refs[*].value",
                                            named("ip-dst").parts().getFirst().kinds(),
                                            Content.ADDRESS)))),
                    List.of()),
            new ObjectTemplate(
                    "email",
                    "network",
                    true,
                    "",
                    Map.of(
                            "from",
                            named("email-src"),
                            "to",
                            named("email-dst"),
                            "subject",
                            named("email-subject"),
                            "message-id",
                            named("email-message-id"),
                            "reply-to",
                            named("email-reply-to"),
                            "x-mailer",
                            named("email-x-mailer"),
                            "email-body",
                            named("email-body")),
                    List.of()),
            new ObjectTemplate(
                    "file",
                    "file",
                    true,
                    "",
                    Map.ofEntries(
                            Map.entry("filename", named("filename")),
                            Map.entry("md5", named("md5")),
                            Map.entry("sha1", named("sha1")),
                            Map.entry("sha256", named("sha256")),
                            Map.entry("sha512", named("sha512")),
                            Map.entry("sha224", named("sha224")),
                            Map.entry("sha384", named("sha384")),
                            Map.entry("sha3-256", named("sha3-256")),
                            Map.entry("sha3-512", named("sha3-512")),
                            Map.entry("ssdeep", named("ssdeep")),
                            Map.entry("tlsh", named("tlsh")),
                            Map.entry("size-in-bytes", named("size-in-bytes")),
                            Map.entry("mimetype", named("mime-type"))),
                    List.of()),
            new ObjectTemplate("person", "misc", false, "individual", Map.of(), List.of()),
            new ObjectTemplate("legal-entity", "misc", false, "organization", Map.of(), List.of()));

    ObjectTemplate {
        relations = Map.copyOf(relations);
        never = List.copyOf(never);
    }

    /** The template of that name. */
    static Optional<ObjectTemplate> of(String name) {
        return ALL.stream().filter(template -> template.name.equals(name)).findFirst();
    }

    /** Whether values of that relation are never kept, in any object or alone. */
    static boolean isNeverKept(String relation) {
        return ALL.stream().anyMatch(template -> template.never.contains(relation));
    }

    /** The relation whose value is the name of the identity. */
    String nameRelation() {
        return name.equals("person") ? "full-name" : "name";
    }

    private static AttributeType named(String name) {
        return AttributeTypes.named(name).orElseThrow();
    }

    /** What MISP files as a text. */
    private static AttributeType text(Part part) {
        return value("", part);
    }

    private static AttributeType value(String type, Part part) {
        return new AttributeType(type, "", Form.VALUE, "", List.of(), List.of(part));
    }

    private static AttributeType wallet() {
        return new AttributeType(
                "",
                "",
                Form.VALUE,
                "",
                List.of(),
                List.of(new Part("cryptocurrency-wallet:value", List.of(ObservableKind.WALLET), Content.TEXT)));
    }

    private static AttributeType telegram() {
        return new AttributeType(
                "",
                "",
                Form.VALUE,
                "",
                List.of("user-account:account_type = 'telegram'"),
                List.of(new Part("user-account:account_login", List.of(ObservableKind.MESSENGER), Content.TEXT)));
    }
}
