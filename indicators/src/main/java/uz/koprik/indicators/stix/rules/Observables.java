package uz.koprik.indicators.stix.rules;

import static uz.koprik.indicators.stix.rules.PropertyTypes.BINARY;
import static uz.koprik.indicators.stix.rules.PropertyTypes.BOOLEAN;
import static uz.koprik.indicators.stix.rules.PropertyTypes.DICTIONARY;
import static uz.koprik.indicators.stix.rules.PropertyTypes.HASHES;
import static uz.koprik.indicators.stix.rules.PropertyTypes.HEX;
import static uz.koprik.indicators.stix.rules.PropertyTypes.IDS;
import static uz.koprik.indicators.stix.rules.PropertyTypes.INTEGER;
import static uz.koprik.indicators.stix.rules.PropertyTypes.STRING;
import static uz.koprik.indicators.stix.rules.PropertyTypes.STRINGS;
import static uz.koprik.indicators.stix.rules.PropertyTypes.idOf;
import static uz.koprik.indicators.stix.rules.PropertyTypes.integer;
import static uz.koprik.indicators.stix.rules.PropertyTypes.list;
import static uz.koprik.indicators.stix.rules.PropertyTypes.oneOf;

import java.util.List;

/** STIX cyber-observable objects (STIX 2.1, section 6), in its order. */
final class Observables {

    private static final PropertyType PORT = integer(0, 65_535);
    private static final PropertyType COUNT = integer(0, Long.MAX_VALUE);
    private static final PropertyType ADDRESS_ALIASES = list(idOf("mac-addr"));
    private static final PropertyType SYSTEMS = list(idOf("autonomous-system"));

    private static final TypeRules ARTIFACT = sco("artifact", 1)
            .optional("payload_bin", BINARY).optional("url", ObservableValues.URL).optional("hashes", HASHES)
            .strings("mime_type", "decryption_key")
            .optional("encryption_algorithm", oneOf("STIX 2.1, 10.4", "AES-256-GCM", "ChaCha20-Poly1305", "mime-type-indicated"))
            .rule(ObservableValues::payloadOrUrl).rule(Rules.needs("decryption_key", "encryption_algorithm", "STIX 2.1, 6.1"))
            .build();

    private static final TypeRules AUTONOMOUS_SYSTEM = sco("autonomous-system", 2)
            .required("number", INTEGER).strings("name", "rir").build();

    private static final TypeRules DIRECTORY = sco("directory", 3)
            .required("path", STRING).strings("path_enc").timestamps("ctime", "mtime", "atime")
            .optional("contains_refs", list(idOf("file", "directory"))).build();

    private static final TypeRules DOMAIN_NAME = sco("domain-name", 4)
            .required("value", STRING).optional("resolves_to_refs", list(idOf("ipv4-addr", "ipv6-addr", "domain-name"))).build();

    private static final TypeRules EMAIL_ADDR = sco("email-addr", 5)
            .required("value", STRING).strings("display_name").optional("belongs_to_ref", idOf("user-account")).build();

    private static final TypeRules EMAIL_MESSAGE = sco("email-message", 6)
            .required("is_multipart", BOOLEAN).timestamps("date").strings("content_type", "message_id", "subject", "body")
            .optional("from_ref", idOf("email-addr")).optional("sender_ref", idOf("email-addr"))
            .optional("to_refs", list(idOf("email-addr"))).optional("cc_refs", list(idOf("email-addr")))
            .optional("bcc_refs", list(idOf("email-addr"))).optional("received_lines", STRINGS)
            .optional("additional_header_fields", DICTIONARY)
            .optional("body_multipart", list(PropertyTypes.ANY)).optional("raw_email_ref", idOf("artifact"))
            .rule(ObservableValues::multipart).build();

    private static final TypeRules FILE = sco("file", 7)
            .optional("hashes", HASHES).optional("size", COUNT).strings("name", "mime_type")
            .optional("name_enc", ObservableValues.CHARSET)
            .optional("magic_number_hex", HEX).timestamps("ctime", "mtime", "atime")
            .optional("parent_directory_ref", idOf("directory")).optional("contains_refs", IDS)
            .optional("content_ref", idOf("artifact")).anyOf("hashes", "name").build();

    private static final TypeRules IPV4_ADDR = sco("ipv4-addr", 8)
            .required("value", ObservableValues.IPV4).optional("resolves_to_refs", ADDRESS_ALIASES)
            .optional("belongs_to_refs", SYSTEMS).build();

    private static final TypeRules IPV6_ADDR = sco("ipv6-addr", 9)
            .required("value", ObservableValues.IPV6).optional("resolves_to_refs", ADDRESS_ALIASES)
            .optional("belongs_to_refs", SYSTEMS).build();

    private static final TypeRules MAC_ADDR = sco("mac-addr", 10).required("value", ObservableValues.MAC).build();

    private static final TypeRules MUTEX = sco("mutex", 11).required("name", STRING).build();

    private static final TypeRules NETWORK_TRAFFIC = sco("network-traffic", 12)
            .required("protocols", STRINGS).timestamps("start", "end").optional("is_active", BOOLEAN)
            .optional("src_ref", ObservableValues.ENDPOINT).optional("dst_ref", ObservableValues.ENDPOINT)
            .optional("src_port", PORT).optional("dst_port", PORT)
            .optional("src_byte_count", COUNT).optional("dst_byte_count", COUNT)
            .optional("src_packets", COUNT).optional("dst_packets", COUNT).optional("ipfix", DICTIONARY)
            .optional("src_payload_ref", idOf("artifact")).optional("dst_payload_ref", idOf("artifact"))
            .optional("encapsulates_refs", list(idOf("network-traffic")))
            .optional("encapsulated_by_ref", idOf("network-traffic"))
            .anyOf("src_ref", "dst_ref").inOrder("start", "end").rule(ObservableValues::noEndWhileActive).build();

    private static final TypeRules PROCESS = sco("process", 13)
            .optional("is_hidden", BOOLEAN).optional("pid", INTEGER).timestamps("created_time")
            .strings("cwd", "command_line").optional("environment_variables", DICTIONARY)
            .optional("opened_connection_refs", list(idOf("network-traffic"))).optional("creator_user_ref", idOf("user-account"))
            .optional("image_ref", idOf("file")).optional("parent_ref", idOf("process"))
            .optional("child_refs", list(idOf("process")))
            .anyOf("extensions", "is_hidden", "pid", "created_time", "cwd", "command_line", "environment_variables",
                    "opened_connection_refs", "creator_user_ref", "image_ref", "parent_ref", "child_refs").build();

    private static final TypeRules SOFTWARE = sco("software", 14)
            .required("name", STRING).strings("cpe", "swid", "vendor", "version")
            .optional("languages", list(ObservableValues.LANGUAGE)).build();

    private static final TypeRules URL = sco("url", 15).required("value", ObservableValues.URL).build();

    private static final TypeRules USER_ACCOUNT = sco("user-account", 16)
            .strings("user_id", "credential", "account_login", "account_type", "display_name")
            .optional("is_service_account", BOOLEAN).optional("is_privileged", BOOLEAN)
            .optional("can_escalate_privs", BOOLEAN).optional("is_disabled", BOOLEAN)
            .timestamps("account_created", "account_expires", "credential_last_changed", "account_first_login",
                    "account_last_login")
            .anyOf("extensions", "user_id", "credential", "account_login", "account_type", "display_name",
                    "is_service_account", "is_privileged", "can_escalate_privs", "is_disabled", "account_created",
                    "account_expires", "credential_last_changed", "account_first_login", "account_last_login").build();

    private static final TypeRules WINDOWS_REGISTRY_KEY = sco("windows-registry-key", 17)
            .strings("key").optional("values", list(PropertyTypes.ANY)).timestamps("modified_time")
            .optional("creator_user_ref", idOf("user-account")).optional("number_of_subkeys", INTEGER)
            .anyOf("key", "values", "modified_time", "creator_user_ref", "number_of_subkeys").build();

    private static final TypeRules X509_CERTIFICATE = sco("x509-certificate", 18)
            .optional("is_self_signed", BOOLEAN).optional("hashes", HASHES)
            .strings("version", "serial_number", "signature_algorithm", "issuer", "subject", "subject_public_key_algorithm",
                    "subject_public_key_modulus")
            .timestamps("validity_not_before", "validity_not_after").optional("subject_public_key_exponent", INTEGER)
            .optional("x509_v3_extensions", PropertyTypes.ANY)
            .anyOf("is_self_signed", "hashes", "version", "serial_number", "signature_algorithm", "issuer",
                    "validity_not_before", "validity_not_after", "subject", "subject_public_key_algorithm",
                    "subject_public_key_modulus", "subject_public_key_exponent", "x509_v3_extensions").build();

    static final List<TypeRules> ALL = List.of(ARTIFACT, AUTONOMOUS_SYSTEM, DIRECTORY, DOMAIN_NAME, EMAIL_ADDR, EMAIL_MESSAGE,
            FILE, IPV4_ADDR, IPV6_ADDR, MAC_ADDR, MUTEX, NETWORK_TRAFFIC, PROCESS, SOFTWARE, URL, USER_ACCOUNT,
            WINDOWS_REGISTRY_KEY, X509_CERTIFICATE);

    private Observables() {}

    private static TypeRules.Builder sco(String type, int section) {
        return TypeRules.of(type, CommonProperties.OBSERVABLE, "STIX 2.1, 6." + section);
    }
}
