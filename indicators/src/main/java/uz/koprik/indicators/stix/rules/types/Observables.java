package uz.koprik.indicators.stix.rules.types;

import static uz.koprik.indicators.stix.rules.PropertyTypes.BINARY;
import static uz.koprik.indicators.stix.rules.PropertyTypes.BOOLEAN;
import static uz.koprik.indicators.stix.rules.PropertyTypes.COUNT;
import static uz.koprik.indicators.stix.rules.PropertyTypes.DICTIONARY;
import static uz.koprik.indicators.stix.rules.PropertyTypes.HASHES;
import static uz.koprik.indicators.stix.rules.PropertyTypes.HEX;
import static uz.koprik.indicators.stix.rules.PropertyTypes.INTEGER;
import static uz.koprik.indicators.stix.rules.PropertyTypes.STRING;
import static uz.koprik.indicators.stix.rules.PropertyTypes.STRINGS;
import static uz.koprik.indicators.stix.rules.PropertyTypes.dictionary;
import static uz.koprik.indicators.stix.rules.PropertyTypes.integer;
import static uz.koprik.indicators.stix.rules.PropertyTypes.list;
import static uz.koprik.indicators.stix.rules.PropertyTypes.oneOf;

import java.util.List;
import uz.koprik.indicators.stix.rules.Addresses;
import uz.koprik.indicators.stix.rules.CommonProperties;
import uz.koprik.indicators.stix.rules.ObservableReference;
import uz.koprik.indicators.stix.rules.PropertyType;
import uz.koprik.indicators.stix.rules.PropertyTypes;
import uz.koprik.indicators.stix.rules.Rules;
import uz.koprik.indicators.stix.rules.TypeRules;
import uz.koprik.indicators.stix.rules.Vocabularies;

/** STIX cyber-observable objects (STIX 2.1, section 6), in its order. */
final class Observables {

    private static final PropertyType PORT = integer(0, 65_535);
    private static final PropertyType ENDPOINT =
            ObservableReference.to("ipv4-addr", "ipv6-addr", "mac-addr", "domain-name");
    private static final PropertyType ADDRESS_ALIASES = ObservableReference.list("mac-addr");
    private static final PropertyType SYSTEMS = ObservableReference.list("autonomous-system");

    private static final TypeRules ARTIFACT = sco("artifact", 1)
            .optional("payload_bin", BINARY)
            .optional("url", PropertyTypes.url("STIX 2.1, 6.1"))
            .optional("hashes", HASHES)
            .optional("mime_type", ObservableValues.MIME_TYPE)
            .strings("decryption_key")
            .optional(
                    "encryption_algorithm",
                    oneOf("STIX 2.1, 10.4", "AES-256-GCM", "ChaCha20-Poly1305", "mime-type-indicated"))
            .rule(ObservableValues::payloadOrUrl)
            .rule(Rules.needs("decryption_key", "encryption_algorithm", "STIX 2.1, 6.1"))
            .build();

    private static final TypeRules AUTONOMOUS_SYSTEM = sco("autonomous-system", 2)
            .required("number", INTEGER)
            .strings("name", "rir")
            .build();

    private static final TypeRules DIRECTORY = sco("directory", 3)
            .required("path", STRING)
            .optional("path_enc", ObservableValues.CHARSET)
            .timestamps("ctime", "mtime", "atime")
            .optional("contains_refs", ObservableReference.list("file", "directory"))
            .build();

    private static final TypeRules DOMAIN_NAME = sco("domain-name", 4)
            .required("value", Addresses.DOMAIN)
            .optional("resolves_to_refs", ObservableReference.list("ipv4-addr", "ipv6-addr", "domain-name"))
            .build();

    private static final TypeRules EMAIL_ADDR = sco("email-addr", 5)
            .required("value", Addresses.EMAIL)
            .strings("display_name")
            .optional("belongs_to_ref", ObservableReference.to("user-account"))
            .build();

    private static final TypeRules EMAIL_MESSAGE = sco("email-message", 6)
            .required("is_multipart", BOOLEAN)
            .timestamps("date")
            .strings("content_type", "message_id", "subject", "body")
            .optional("from_ref", ObservableReference.to("email-addr"))
            .optional("sender_ref", ObservableReference.to("email-addr"))
            .optional("to_refs", ObservableReference.list("email-addr"))
            .optional("cc_refs", ObservableReference.list("email-addr"))
            .optional("bcc_refs", ObservableReference.list("email-addr"))
            .optional("received_lines", STRINGS)
            .optional("additional_header_fields", dictionary(ObservableParts::headerField))
            .optional("body_multipart", list(ObservableParts.MIME_PART))
            .optional("raw_email_ref", ObservableReference.to("artifact"))
            .rule(ObservableValues::multipart)
            .build();

    private static final TypeRules FILE = sco("file", 7)
            .optional("hashes", HASHES)
            .optional("size", COUNT)
            .strings("name")
            .optional("mime_type", ObservableValues.FILE_MIME_TYPE)
            .optional("name_enc", ObservableValues.CHARSET)
            .optional("magic_number_hex", HEX)
            .timestamps("ctime", "mtime", "atime")
            .optional("parent_directory_ref", ObservableReference.to("directory"))
            .optional("contains_refs", ObservableReference.list())
            .optional("content_ref", ObservableReference.to("artifact"))
            .optional("extensions", FileExtensions.EXTENSIONS)
            .anyOf("hashes", "name")
            .build();

    private static final TypeRules IPV4_ADDR = sco("ipv4-addr", 8)
            .required("value", Addresses.IPV4)
            .optional("resolves_to_refs", ADDRESS_ALIASES)
            .optional("belongs_to_refs", SYSTEMS)
            .build();

    private static final TypeRules IPV6_ADDR = sco("ipv6-addr", 9)
            .required("value", Addresses.IPV6)
            .optional("resolves_to_refs", ADDRESS_ALIASES)
            .optional("belongs_to_refs", SYSTEMS)
            .build();

    private static final TypeRules MAC_ADDR =
            sco("mac-addr", 10).required("value", Addresses.MAC).build();

    private static final TypeRules MUTEX =
            sco("mutex", 11).required("name", STRING).build();

    private static final TypeRules NETWORK_TRAFFIC = sco("network-traffic", 12)
            .required("protocols", list(ObservableValues.PROTOCOL))
            .timestamps("start", "end")
            .optional("is_active", BOOLEAN)
            .optional("src_ref", ENDPOINT)
            .optional("dst_ref", ENDPOINT)
            .optional("src_port", PORT)
            .optional("dst_port", PORT)
            .optional("src_byte_count", COUNT)
            .optional("dst_byte_count", COUNT)
            .optional("src_packets", COUNT)
            .optional("dst_packets", COUNT)
            .optional("ipfix", dictionary(ObservableParts::textOrInteger))
            .optional("src_payload_ref", ObservableReference.to("artifact"))
            .optional("dst_payload_ref", ObservableReference.to("artifact"))
            .optional("encapsulates_refs", ObservableReference.list("network-traffic"))
            .optional("encapsulated_by_ref", ObservableReference.to("network-traffic"))
            .optional("extensions", NetworkExtensions.EXTENSIONS)
            .anyOf("src_ref", "dst_ref")
            .inOrder("start", "end")
            .rule(ObservableValues::noEndWhileActive)
            .advice(ObservableValues::ports)
            .build();

    private static final TypeRules PROCESS = sco("process", 13)
            .optional("is_hidden", BOOLEAN)
            .optional("pid", INTEGER)
            .timestamps("created_time")
            .strings("cwd", "command_line")
            .optional("environment_variables", DICTIONARY)
            .optional("opened_connection_refs", ObservableReference.list("network-traffic"))
            .optional("creator_user_ref", ObservableReference.to("user-account"))
            .optional("image_ref", ObservableReference.to("file"))
            .optional("parent_ref", ObservableReference.to("process"))
            .optional("child_refs", ObservableReference.list("process"))
            .optional("extensions", ProcessExtensions.EXTENSIONS)
            .anyOf(
                    "extensions",
                    "is_hidden",
                    "pid",
                    "created_time",
                    "cwd",
                    "command_line",
                    "environment_variables",
                    "opened_connection_refs",
                    "creator_user_ref",
                    "image_ref",
                    "parent_ref",
                    "child_refs")
            .build();

    private static final TypeRules SOFTWARE = sco("software", 14)
            .required("name", STRING)
            .optional("cpe", ObservableValues.CPE)
            .strings("swid", "vendor", "version")
            .optional("languages", list(ObservableValues.SOFTWARE_LANGUAGE))
            .build();

    private static final TypeRules URL = sco("url", 15)
            .required("value", PropertyTypes.url("STIX 2.1, 6.15"))
            .build();

    private static final TypeRules USER_ACCOUNT = sco("user-account", 16)
            .strings("user_id", "credential", "account_login", "display_name")
            .optional("account_type", Vocabularies.ACCOUNT_TYPE)
            .optional("extensions", ProcessExtensions.ACCOUNT_EXTENSIONS)
            .optional("is_service_account", BOOLEAN)
            .optional("is_privileged", BOOLEAN)
            .optional("can_escalate_privs", BOOLEAN)
            .optional("is_disabled", BOOLEAN)
            .timestamps(
                    "account_created",
                    "account_expires",
                    "credential_last_changed",
                    "account_first_login",
                    "account_last_login")
            .anyOf(
                    "extensions",
                    "user_id",
                    "credential",
                    "account_login",
                    "account_type",
                    "display_name",
                    "is_service_account",
                    "is_privileged",
                    "can_escalate_privs",
                    "is_disabled",
                    "account_created",
                    "account_expires",
                    "credential_last_changed",
                    "account_first_login",
                    "account_last_login")
            .build();

    private static final TypeRules WINDOWS_REGISTRY_KEY = sco("windows-registry-key", 17)
            .optional("key", ObservableValues.REGISTRY_KEY)
            .optional("values", list(ObservableParts.REGISTRY_VALUE))
            .timestamps("modified_time")
            .optional("creator_user_ref", ObservableReference.to("user-account"))
            .optional("number_of_subkeys", INTEGER)
            .anyOf("key", "values", "modified_time", "creator_user_ref", "number_of_subkeys")
            .build();

    private static final TypeRules X509_CERTIFICATE = sco("x509-certificate", 18)
            .optional("is_self_signed", BOOLEAN)
            .optional("hashes", HASHES)
            .strings(
                    "version",
                    "serial_number",
                    "signature_algorithm",
                    "issuer",
                    "subject",
                    "subject_public_key_algorithm",
                    "subject_public_key_modulus")
            .timestamps("validity_not_before", "validity_not_after")
            .optional("subject_public_key_exponent", INTEGER)
            .optional("x509_v3_extensions", ObservableParts.X509_V3_EXTENSIONS)
            .anyOf(
                    "is_self_signed",
                    "hashes",
                    "version",
                    "serial_number",
                    "signature_algorithm",
                    "issuer",
                    "validity_not_before",
                    "validity_not_after",
                    "subject",
                    "subject_public_key_algorithm",
                    "subject_public_key_modulus",
                    "subject_public_key_exponent",
                    "x509_v3_extensions")
            .build();

    static final List<TypeRules> ALL = List.of(
            ARTIFACT,
            AUTONOMOUS_SYSTEM,
            DIRECTORY,
            DOMAIN_NAME,
            EMAIL_ADDR,
            EMAIL_MESSAGE,
            FILE,
            IPV4_ADDR,
            IPV6_ADDR,
            MAC_ADDR,
            MUTEX,
            NETWORK_TRAFFIC,
            PROCESS,
            SOFTWARE,
            URL,
            USER_ACCOUNT,
            WINDOWS_REGISTRY_KEY,
            X509_CERTIFICATE);

    private Observables() {}

    private static TypeRules.Builder sco(String type, int section) {
        return TypeRules.of(type, CommonProperties.OBSERVABLE, "STIX 2.1, 6." + section);
    }
}
