package uz.koprik.indicators.translate.misp;

import static uz.koprik.indicators.observable.ObservableKind.CIDR;
import static uz.koprik.indicators.observable.ObservableKind.DOMAIN;
import static uz.koprik.indicators.observable.ObservableKind.EMAIL;
import static uz.koprik.indicators.observable.ObservableKind.IPV4;
import static uz.koprik.indicators.observable.ObservableKind.IPV6;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import uz.koprik.indicators.observable.Normalisation;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.observable.StixForm;
import uz.koprik.indicators.observable.forms.FilePath;
import uz.koprik.indicators.pattern.Constant;
import uz.koprik.indicators.translate.Alternatives;
import uz.koprik.indicators.translate.misp.AttributeType.Content;
import uz.koprik.indicators.translate.misp.AttributeType.Form;
import uz.koprik.indicators.translate.misp.AttributeType.Part;

/**
 * Every attribute type that is translated. Where STIX has one word for several types, the first here is the way back.
 */
final class AttributeTypes {

    private static final String NETWORK = "Network activity";
    private static final String PAYLOAD = "Payload delivery";
    private static final String FRAUD = "Financial fraud";
    private static final String PERSISTENCE = "Persistence mechanism";
    private static final String SOCIAL = "Social network";
    private static final String EXTERNAL = "External analysis";

    /** In the order in which the way back looks. */
    static final List<AttributeType> ALL = all();

    private static final Map<String, AttributeType> BY_NAME = byName();

    private AttributeTypes() {}

    /** The type of that name, or one that keeps values of a type that is not in the table as the text of a note. */
    static AttributeType orText(String name) {
        return named(name).orElseGet(() -> new AttributeType(name, "Other", Form.TEXT, "", List.of(), List.of()));
    }

    /** The type of that name. */
    static Optional<AttributeType> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** The first type that says exactly these terms, and its value. */
    static Optional<Map.Entry<AttributeType, String>> of(Map<String, Constant> terms, Normalisation context) {
        for (AttributeType type : ALL) {
            Optional<String> value = type.form() == Form.VALUE ? type.value(terms, context) : Optional.empty();
            if (value.isPresent()) {
                return Optional.of(Map.entry(type, value.get()));
            }
        }
        return terms.size() == 1 ? other(terms, context) : path(terms);
    }

    /** Single values that STIX has under other paths, or with the name of the coin. */
    private static Optional<Map.Entry<AttributeType, String>> other(
            Map<String, Constant> terms, Normalisation context) {
        Map.Entry<String, Constant> term = terms.entrySet().iterator().next();
        String text = Alternatives.text(term.getValue());
        return switch (term.getKey()) {
            case "ipv4-addr:value", "ipv6-addr:value" ->
                of(Map.of("network-traffic:dst_ref.value", term.getValue()), context);
            case "cryptocurrency-wallet:value" ->
                text.indexOf(':') < 0
                        ? Optional.empty()
                        : of(
                                Map.of(
                                        term.getKey(),
                                        new Constant.StringConstant(text.substring(text.indexOf(':') + 1))),
                                context);
            case "vulnerability:name" -> Optional.of(Map.entry(BY_NAME.get("vulnerability"), text));
            default -> Optional.empty();
        };
    }

    /** A name in a folder, which MISP writes as one name. */
    private static Optional<Map.Entry<AttributeType, String>> path(Map<String, Constant> terms) {
        Constant name = terms.get("file:name");
        Constant folder = terms.get("file:parent_directory_ref.path");
        return terms.size() != 2 || name == null || folder == null
                ? Optional.empty()
                : Optional.of(Map.entry(
                        BY_NAME.get("filename"), FilePath.join(Alternatives.text(folder), Alternatives.text(name))));
    }

    private static List<AttributeType> all() {
        List<AttributeType> all = new ArrayList<>();
        Part domain = part("domain-name:value", DOMAIN);
        Part dst = address("network-traffic:dst_ref.value");
        Part src = address("network-traffic:src_ref.value");
        Part dstPort = new Part("network-traffic:dst_port", List.of(), Content.NUMBER);
        Part srcPort = new Part("network-traffic:src_port", List.of(), Content.NUMBER);
        all.add(type("ip-dst", NETWORK, dst));
        all.add(type("ip-src", NETWORK, src));
        all.add(type("ip-dst|port", NETWORK, dst, dstPort));
        all.add(type("ip-src|port", NETWORK, src, srcPort));
        all.add(type("port", NETWORK, dstPort));
        all.add(type("domain", NETWORK, domain));
        all.add(type("hostname", NETWORK, domain));
        all.add(type("onion-address", NETWORK, domain));
        all.add(type(
                "hostname|port",
                NETWORK,
                new Part("network-traffic:dst_ref.value", List.of(DOMAIN), Content.HOST),
                dstPort));
        all.add(type("domain|ip", NETWORK, domain, address("domain-name:resolves_to_refs[*].value")));
        all.add(type("url", NETWORK, part("url:value", ObservableKind.URL)));
        all.add(type("uri", NETWORK, part("network-traffic:extensions.'http-request-ext'.request_value")));
        all.add(type("http-method", NETWORK, part("network-traffic:extensions.'http-request-ext'.request_method")));
        all.add(type(
                "user-agent",
                NETWORK,
                part("network-traffic:extensions.'http-request-ext'.request_header.'User-Agent'")));
        all.add(type("ja3-fingerprint-md5", NETWORK, fingerprint("ja3", ObservableKind.JA3)));
        all.add(type("jarm-fingerprint", NETWORK, fingerprint("jarm", ObservableKind.JARM)));
        all.add(type("hassh-md5", NETWORK, fingerprint("hassh", ObservableKind.HASSH)));
        all.add(type("hasshserver-md5", NETWORK, fingerprint("hassh_server", ObservableKind.HASSH)));
        all.add(type("AS", NETWORK, new Part("autonomous-system:number", List.of(), Content.NUMBER)));
        all.add(type("mac-address", NETWORK, part("mac-addr:value", ObservableKind.MAC)));
        all.add(type("email", PAYLOAD, part("email-addr:value", EMAIL)));
        all.add(type("email-src", PAYLOAD, part("email-message:from_ref.value", EMAIL)));
        all.add(type("email-dst", PAYLOAD, part("email-message:to_refs[*].value", EMAIL)));
        all.add(type("email-subject", PAYLOAD, part("email-message:subject")));
        all.add(type("email-body", PAYLOAD, part("email-message:body")));
        all.add(type("email-message-id", PAYLOAD, part("email-message:message_id")));
        all.add(type("email-reply-to", PAYLOAD, part("email-message:additional_header_fields.'Reply-To'")));
        all.add(type("email-x-mailer", PAYLOAD, part("email-message:additional_header_fields.'X-Mailer'")));
        all.add(type("target-email", "Targeting data", part("email-addr:value", EMAIL)));
        all.add(type("whois-registrant-email", "Attribution", part("email-addr:value", EMAIL)));
        all.add(type("dns-soa-email", "Attribution", part("email-addr:value", EMAIL)));
        hashes(all);
        all.add(type("filename", PAYLOAD, part("file:name")));
        all.add(type("attachment", EXTERNAL, part("file:name")));
        all.add(type("mime-type", PAYLOAD, part("file:mime_type")));
        all.add(type("size-in-bytes", "Other", new Part("file:size", List.of(), Content.NUMBER)));
        all.add(type("regkey", PERSISTENCE, part("windows-registry-key:key", ObservableKind.REGISTRY_KEY)));
        all.add(type(
                "regkey|value",
                PERSISTENCE,
                part("windows-registry-key:key", ObservableKind.REGISTRY_KEY),
                part("windows-registry-key:values[*].data")));
        all.add(type("mutex", "Artifacts dropped", part("mutex:name")));
        all.add(type(
                "windows-service-name",
                "Artifacts dropped",
                part("process:extensions.'windows-service-ext'.service_name")));
        all.add(type(
                "windows-service-displayname",
                "Artifacts dropped",
                part("process:extensions.'windows-service-ext'.display_name")));
        all.add(type("x509-fingerprint-sha1", NETWORK, part("x509-certificate:hashes.'SHA-1'", ObservableKind.SHA1)));
        all.add(type("x509-fingerprint-md5", NETWORK, part("x509-certificate:hashes.MD5", ObservableKind.MD5)));
        all.add(type(
                "x509-fingerprint-sha256", NETWORK, part("x509-certificate:hashes.'SHA-256'", ObservableKind.SHA256)));
        all.add(type("iban", FRAUD, part("bank-account:iban", ObservableKind.IBAN)));
        all.add(type("bic", FRAUD, part("bank-account:bic")));
        all.add(type("bank-account-nr", FRAUD, part("bank-account:account_number", ObservableKind.BANK_ACCOUNT)));
        all.add(type("cc-number", FRAUD, part("payment-card:card_number", ObservableKind.PAYMENT_CARD)));
        all.add(type("phone-number", FRAUD, part("phone-number:value", ObservableKind.PHONE)));
        all.add(type("prtn", FRAUD, part("phone-number:value", ObservableKind.PHONE)));
        all.add(type("whois-registrant-phone", "Attribution", part("phone-number:value", ObservableKind.PHONE)));
        all.add(type("btc", FRAUD, part("cryptocurrency-wallet:value", ObservableKind.WALLET)));
        all.add(type("xmr", FRAUD, part("cryptocurrency-wallet:value", ObservableKind.WALLET)));
        all.add(type("dash", FRAUD, part("cryptocurrency-wallet:value", ObservableKind.WALLET)));
        all.add(account("twitter-id", "twitter"));
        all.add(account("jabber-id", "jabber"));
        all.add(account("github-username", "github"));
        all.add(new AttributeType("vulnerability", EXTERNAL, Form.NAMED, "vulnerability", List.of(), List.of()));
        all.add(new AttributeType("campaign-name", "Attribution", Form.NAMED, "campaign", List.of(), List.of()));
        all.add(new AttributeType("threat-actor", "Attribution", Form.NAMED, "threat-actor", List.of(), List.of()));
        for (String language : List.of("yara", "sigma", "snort", "suricata")) {
            all.add(new AttributeType(
                    language,
                    language.equals("yara") || language.equals("sigma") ? "Payload installation" : NETWORK,
                    Form.RULE,
                    "",
                    List.of(),
                    List.of()));
        }
        all.add(new AttributeType("pdb", "Artifacts dropped", Form.TEXT, "", List.of(), List.of()));
        for (String text : List.of("text", "comment", "link", "other")) {
            all.add(new AttributeType(
                    text, text.equals("link") ? EXTERNAL : "Other", Form.TEXT, "", List.of(), List.of()));
        }
        return List.copyOf(all);
    }

    /** Hashes, each alone and after a file name. STIX fixes some of the names (section 10.9), the others are MISP's. */
    private static void hashes(List<AttributeType> all) {
        Map<String, Part> hashes = new LinkedHashMap<>();
        hashes.put("md5", part("file:hashes.MD5", ObservableKind.MD5));
        hashes.put("sha1", part("file:hashes.'SHA-1'", ObservableKind.SHA1));
        hashes.put("sha256", part("file:hashes.'SHA-256'", ObservableKind.SHA256));
        hashes.put("sha512", part("file:hashes.'SHA-512'", ObservableKind.SHA512));
        hashes.put("sha3-256", part("file:hashes.'SHA3-256'", ObservableKind.SHA3_256));
        hashes.put("sha3-512", part("file:hashes.'SHA3-512'", ObservableKind.SHA3_512));
        hashes.put("ssdeep", part("file:hashes.SSDEEP", ObservableKind.SSDEEP));
        hashes.put("tlsh", part("file:hashes.TLSH", ObservableKind.TLSH));
        hashes.put("sha224", part("file:hashes.'SHA-224'"));
        hashes.put("sha384", part("file:hashes.'SHA-384'"));
        hashes.put("sha3-224", part("file:hashes.'SHA3-224'"));
        hashes.put("sha3-384", part("file:hashes.'SHA3-384'"));
        hashes.put("sha512/224", part("file:hashes.'SHA-512-224'"));
        hashes.put("sha512/256", part("file:hashes.'SHA-512-256'"));
        hashes.put("authentihash", part("file:hashes.AUTHENTIHASH"));
        hashes.put("vhash", part("file:hashes.VHASH"));
        hashes.put("impfuzzy", part("file:hashes.IMPFUZZY"));
        hashes.put("pehash", part("file:hashes.PEHASH"));
        hashes.put("imphash", part("file:extensions.'windows-pebinary-ext'.imphash"));
        hashes.forEach((name, part) -> all.add(type(name, PAYLOAD, part)));
        Map<String, Part> single = new LinkedHashMap<>();
        single.put("telfhash", part("file:hashes.TELFHASH"));
        single.put("cdhash", part("file:hashes.CDHASH"));
        single.forEach((name, part) -> all.add(type(name, PAYLOAD, part)));
        hashes.forEach((name, part) -> all.add(type("filename|" + name, PAYLOAD, part("file:name"), part)));
        all.add(type("malware-sample", PAYLOAD, part("file:name"), hashes.get("md5")));
    }

    private static AttributeType type(String name, String category, Part... parts) {
        return new AttributeType(name, category, Form.VALUE, "", List.of(), List.of(parts));
    }

    private static AttributeType account(String name, String service) {
        return new AttributeType(
                name,
                SOCIAL,
                Form.VALUE,
                "",
                List.of("user-account:account_type = '" + service + "'"),
                List.of(part("user-account:account_login")));
    }

    private static Part part(String path, ObservableKind... kinds) {
        return new Part(path, List.of(kinds), Content.TEXT);
    }

    static Part fingerprint(String property, ObservableKind kind) {
        return part("network-traffic:extensions.'" + StixForm.FINGERPRINTS + "'." + property, kind);
    }

    private static Part address(String path) {
        return new Part(path, List.of(IPV4, IPV6, CIDR), Content.ADDRESS);
    }

    private static Map<String, AttributeType> byName() {
        Map<String, AttributeType> all = new LinkedHashMap<>();
        ALL.forEach(type -> all.put(type.name(), type));
        return all;
    }
}
