package uz.koprik.indicators.observable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import uz.koprik.indicators.observable.forms.CveId;
import uz.koprik.indicators.observable.forms.FilePath;
import uz.koprik.indicators.observable.forms.HandshakeFingerprint;

/**
 * The kinds of values by which things are recognised again. A constant is the whole definition of a kind: to add one,
 * add one constant.
 *
 * <p>A constant says, in this order: code and label; whether values are about a person; how long a report of a value
 * counts; what a value is on a network; how a text becomes the normal form; by what a text is recognised; the attribute
 * types of MISP; how STIX expresses a value. A kind that some format has no word for says so here. Where STIX 2.1 has
 * no object for a kind, the paths are those of OpenCTI; such a type needs its row in {@code ExtensionDefinitions} and
 * {@code ObservableIds}.
 *
 * <p>{@code ObservableKindRoundTripTest} takes a value of every kind through all formats.
 */
@SuppressWarnings("ImmutableEnumChecker") // functions without state, and lists that are copied
public enum ObservableKind {
    IPV4(
            "ipv4",
            "IPv4 address",
            false,
            90,
            NetworkRole.ADDRESS,
            IpAddress::observable,
            Recogniser.signs(),
            MispTypes.ADDRESSES,
            StixForm.text(
                    "ipv4-addr",
                    "value",
                    "network-traffic:src_ref.value",
                    "network-traffic:dst_ref.value",
                    "domain-name:resolves_to_refs[*].value")),
    IPV6(
            "ipv6",
            "IPv6 address",
            false,
            90,
            NetworkRole.ADDRESS,
            IpAddress::observable,
            Recogniser.signs(),
            MispTypes.ADDRESSES,
            StixForm.text(
                    "ipv6-addr",
                    "value",
                    "network-traffic:src_ref.value",
                    "network-traffic:dst_ref.value",
                    "domain-name:resolves_to_refs[*].value")),
    CIDR(
            "cidr",
            "IP network",
            false,
            90,
            NetworkRole.NETWORK,
            IpAddress::observable,
            Recogniser.signs(),
            MispTypes.ADDRESSES,
            StixForm.network("network-traffic:src_ref.value", "network-traffic:dst_ref.value")),
    DOMAIN(
            "domain",
            "domain name",
            false,
            180,
            NetworkRole.HOST_NAME,
            Normaliser.of(DomainName::normalForm),
            Recogniser.signs(),
            MispTypes.of("domain", "hostname"),
            StixForm.text(
                    "domain-name",
                    "value",
                    "network-traffic:src_ref.value",
                    "network-traffic:dst_ref.value",
                    "domain-name:resolves_to_refs[*].value")),
    URL(
            "url",
            "URL",
            false,
            120,
            NetworkRole.URL,
            Normaliser.of(UrlText::normalForm),
            Recogniser.signs(),
            MispTypes.of("url").andListsOf("link", "uri"),
            StixForm.text("url", "value")),
    /** The part of a URL after the host, as it stands in an HTTP request. */
    URL_PATH(
            "url-path",
            "URL path",
            false,
            ObservableKind.Days.LONGEST,
            NetworkRole.NONE,
            Normaliser.of(UrlText::pathNormalForm),
            Recogniser.signsAlone(),
            MispTypes.of("uri"),
            StixForm.patternOnly("network-traffic:extensions.'http-request-ext'.request_value")),
    EMAIL(
            "email",
            "e-mail address",
            true,
            365,
            NetworkRole.MAILBOX,
            Normaliser.of(EmailAddress::normalForm),
            Recogniser.signs(),
            MispTypes.of("email", "email-src", "email-dst", "target-email")
                    .andListsOf("whois-registrant-email", "dns-soa-email"),
            StixForm.text(
                    "email-addr",
                    "value",
                    "email-message:from_ref.value",
                    "email-message:sender_ref.value",
                    "email-message:to_refs[*].value",
                    "email-message:cc_refs[*].value",
                    "email-message:bcc_refs[*].value")),
    MD5(
            "md5",
            "MD5 hash",
            false,
            ObservableKind.Days.LONGEST,
            NetworkRole.FILE_HASH,
            Hash.hex(32),
            Recogniser.hex(32),
            MispTypes.of("md5"),
            StixForm.hash("MD5")),
    SHA1(
            "sha1",
            "SHA-1 hash",
            false,
            ObservableKind.Days.LONGEST,
            NetworkRole.FILE_HASH,
            Hash.hex(40),
            Recogniser.hex(40),
            MispTypes.of("sha1"),
            StixForm.hash("SHA-1")),
    SHA256(
            "sha256",
            "SHA-256 hash",
            false,
            ObservableKind.Days.LONGEST,
            NetworkRole.FILE_HASH,
            Hash.hex(64),
            Recogniser.hex(64),
            MispTypes.of("sha256"),
            StixForm.hash("SHA-256")),
    SHA512(
            "sha512",
            "SHA-512 hash",
            false,
            ObservableKind.Days.LONGEST,
            NetworkRole.NONE,
            Hash.hex(128),
            Recogniser.hex(128),
            MispTypes.of("sha512"),
            StixForm.hash("SHA-512")),
    SHA3_256(
            "sha3-256",
            "SHA3-256 hash",
            false,
            ObservableKind.Days.LONGEST,
            NetworkRole.NONE,
            Hash.hex(64),
            Recogniser.named(),
            MispTypes.of("sha3-256"),
            StixForm.hash("SHA3-256")),
    SHA3_512(
            "sha3-512",
            "SHA3-512 hash",
            false,
            ObservableKind.Days.LONGEST,
            NetworkRole.NONE,
            Hash.hex(128),
            Recogniser.named(),
            MispTypes.of("sha3-512"),
            StixForm.hash("SHA3-512")),
    SSDEEP(
            "ssdeep",
            "ssdeep hash",
            false,
            ObservableKind.Days.LONGEST,
            NetworkRole.NONE,
            Normaliser.of(Hash::ssdeep),
            Recogniser.prefixed(Hash::looksLikeSsdeep),
            MispTypes.of("ssdeep"),
            StixForm.hash("SSDEEP")),
    TLSH(
            "tlsh",
            "TLSH hash",
            false,
            ObservableKind.Days.LONGEST,
            NetworkRole.NONE,
            Normaliser.of(Hash::tlsh),
            Recogniser.word(Hash::looksLikeTlsh),
            MispTypes.of("tlsh"),
            StixForm.hash("TLSH")),
    PHONE(
            "phone",
            "phone number",
            true,
            365,
            NetworkRole.NONE,
            PhoneNumber::observable,
            Recogniser.prefixed(PhoneNumber::isTelUri),
            MispTypes.of("phone-number", "prtn").andListsOf("whois-registrant-phone"),
            StixForm.text("phone-number", "value")),
    IBAN(
            "iban",
            "IBAN",
            true,
            730,
            NetworkRole.NONE,
            Normaliser.of(Iban::normalForm),
            Recogniser.word(Iban::looksLikeOne),
            MispTypes.of("iban"),
            StixForm.text("bank-account", "iban")),
    /** {@code [country/][bank/]account}, for accounts that have no IBAN or whose IBAN is not known. */
    BANK_ACCOUNT(
            "bank-account",
            "bank account number",
            true,
            730,
            NetworkRole.NONE,
            Normaliser.of(BankAccount::normalForm),
            Recogniser.signs(),
            MispTypes.of("bank-account-nr"),
            StixForm.text("bank-account", "account_number")),
    /**
     * {@code <first six>-<last four>-<token>}, or a mask such as {@code 411111******1111}; never the number. MISP gets
     * the first six as a {@code bin}, and a mask in its comment.
     */
    PAYMENT_CARD(
            "payment-card",
            "payment card",
            true,
            365,
            NetworkRole.NONE,
            CardNumber::observable,
            Recogniser.word(CardNumber::isTokenised),
            MispTypes.of("cc-number"),
            StixForm.text("payment-card", "card_number")),
    /**
     * {@code family:address}, such as {@code btc:1…} or {@code eth:0x…}: what the address is, not what it holds. Not
     * personal: everybody reads the chain, and sanctions lists publish addresses. MISP gets coins without a type as an
     * object.
     */
    WALLET(
            "wallet",
            "cryptocurrency wallet",
            false,
            ObservableKind.Days.LONGEST,
            NetworkRole.NONE,
            Normaliser.of(Wallet::normalForm),
            Recogniser.word(Wallet::looksLikeOne).orPrefixed(Wallet::namesItsCoin),
            MispTypes.of("btc", "xmr", "dash"),
            StixForm.text("cryptocurrency-wallet", "value")),
    /** {@code messenger:handle}, such as {@code telegram:@example} or {@code whatsapp:+998901234567}. */
    MESSENGER(
            "messenger",
            "messenger account",
            true,
            365,
            NetworkRole.NONE,
            Normaliser.of(Messenger::normalForm),
            Recogniser.prefixed(Messenger::namesOne),
            MispTypes.byService(),
            StixForm.account()),
    ASN(
            "asn",
            "autonomous system",
            false,
            ObservableKind.Days.LONGEST,
            NetworkRole.NONE,
            Normaliser.of(NetworkNumbers::asn),
            Recogniser.word(NetworkNumbers::looksLikeAsn),
            MispTypes.of("AS"),
            StixForm.number("autonomous-system", "number")),
    MAC(
            "mac",
            "MAC address",
            false,
            ObservableKind.Days.LONGEST,
            NetworkRole.NONE,
            Normaliser.of(NetworkNumbers::mac),
            Recogniser.word(NetworkNumbers::hasLengthOfMac).orPrefixed(NetworkNumbers::looksLikeMac),
            MispTypes.of("mac-address"),
            StixForm.text("mac-addr", "value", "network-traffic:src_ref.value", "network-traffic:dst_ref.value")),
    MUTEX(
            "mutex",
            "mutex",
            false,
            ObservableKind.Days.LONGEST,
            NetworkRole.NONE,
            Normaliser.of(HostNames::mutex),
            Recogniser.named(),
            MispTypes.of("mutex"),
            StixForm.text("mutex", "name")),
    REGISTRY_KEY(
            "registry-key",
            "Windows registry key",
            false,
            ObservableKind.Days.LONGEST,
            NetworkRole.NONE,
            Normaliser.of(HostNames::registryKey),
            Recogniser.word(HostNames::looksLikeRegistryKey),
            MispTypes.of("regkey"),
            StixForm.text("windows-registry-key", "key")),
    /** The name of a vulnerability object, which STIX has no observable for. */
    CVE(
            "cve",
            "CVE identifier",
            false,
            ObservableKind.Days.LONGEST,
            NetworkRole.NONE,
            Normaliser.orRefused(CveId::normalForm, "CVE-, a year, a hyphen and four digits or more are expected"),
            Recogniser.word(CveId::looksLikeOne),
            MispTypes.of("vulnerability"),
            StixForm.patternOnly("vulnerability:name")),
    FILE_NAME(
            "file-name",
            "file name",
            false,
            ObservableKind.Days.LONGEST,
            NetworkRole.NONE,
            HostNames::fileName,
            Recogniser.named(),
            MispTypes.of("filename"),
            StixForm.text("file", "name")),
    /** Of Windows, a server or Unix. A path alone is recognised only where it is one of Windows. */
    FILE_PATH(
            "file-path",
            "file path",
            false,
            ObservableKind.Days.LONGEST,
            NetworkRole.NONE,
            Normaliser.orRefused(
                    FilePath::path, "a path starts with a drive, a server, / or a variable, and ends with a name"),
            Recogniser.signsAlone(),
            MispTypes.of("filename"),
            StixForm.filePath()),
    USER_AGENT(
            "user-agent",
            "user agent",
            false,
            365,
            NetworkRole.NONE,
            Normaliser.of(HostNames::userAgent),
            Recogniser.named(),
            MispTypes.of("user-agent"),
            StixForm.patternOnly(
                    "network-traffic:extensions.'http-request-ext'.request_header.'User-Agent'",
                    "network-traffic:extensions.'http-request-ext'.request_header.'User-Agent'[*]",
                    "user-agent:value")),
    JA3(
            "ja3",
            "JA3 fingerprint",
            false,
            365,
            NetworkRole.NONE,
            Normaliser.orRefused(HandshakeFingerprint::md5, "32 hexadecimal digits are expected"),
            Recogniser.named(),
            MispTypes.of("ja3-fingerprint-md5"),
            StixForm.fingerprint("ja3")),
    JA3S(
            "ja3s",
            "JA3S fingerprint",
            false,
            365,
            NetworkRole.NONE,
            Normaliser.orRefused(HandshakeFingerprint::md5, "32 hexadecimal digits are expected"),
            Recogniser.named(),
            MispTypes.inObjects("ja3s-fingerprint-md5"),
            StixForm.fingerprint("ja3s")),
    JA4(
            "ja4",
            "JA4 fingerprint",
            false,
            365,
            NetworkRole.NONE,
            Normaliser.orRefused(
                    HandshakeFingerprint::ja4,
                    "ten characters and two groups of twelve hexadecimal digits are expected"),
            Recogniser.word(HandshakeFingerprint::looksLikeJa4),
            MispTypes.inObjects("ja4-fingerprint"),
            StixForm.fingerprint("ja4")),
    JARM(
            "jarm",
            "JARM fingerprint",
            false,
            365,
            NetworkRole.NONE,
            Normaliser.orRefused(HandshakeFingerprint::jarm, "62 hexadecimal digits are expected, not all zero"),
            Recogniser.named(),
            MispTypes.of("jarm-fingerprint"),
            StixForm.fingerprint("jarm")),
    /** Of a client or a server. */
    HASSH(
            "hassh",
            "HASSH fingerprint",
            false,
            365,
            NetworkRole.NONE,
            Normaliser.orRefused(HandshakeFingerprint::md5, "32 hexadecimal digits are expected"),
            Recogniser.named(),
            MispTypes.of("hassh-md5", "hasshserver-md5"),
            StixForm.fingerprint("hassh", "hassh_server")),
    /** Of a mobile device: fifteen digits without separators. */
    IMEI(
            "imei",
            "IMEI",
            true,
            730,
            NetworkRole.NONE,
            Normaliser.of(HostNames::imei),
            Recogniser.named(),
            MispTypes.inObjects("imei"),
            StixForm.text("mobile-device", "imei"));

    private static final Map<String, ObservableKind> BY_CODE = new HashMap<>();
    private static final Map<String, List<ObservableKind>> BY_PATH = new HashMap<>();

    static {
        for (ObservableKind kind : values()) {
            BY_CODE.put(kind.code, kind);
            for (String path : kind.stix.paths()) {
                BY_PATH.computeIfAbsent(path, p -> new ArrayList<>()).add(kind);
            }
        }
        BY_PATH.replaceAll((path, kinds) -> List.copyOf(kinds));
    }

    /** Longest text that is looked at: more than any browser takes as a URL. */
    public static final int MAX_LENGTH = 16_384;

    private final String code;
    private final String label;
    private final boolean personal;
    private final Duration lifetime;
    private final NetworkRole networkRole;
    private final Normaliser normaliser;
    private final Recogniser recogniser;
    private final MispTypes mispTypes;
    private final StixForm stix;

    ObservableKind(
            String code,
            String label,
            boolean personal,
            int lifetimeDays,
            NetworkRole networkRole,
            Normaliser normaliser,
            Recogniser recogniser,
            MispTypes mispTypes,
            StixForm stix) {
        this.code = code;
        this.label = label;
        this.personal = personal;
        this.lifetime = Duration.ofDays(lifetimeDays);
        this.networkRole = networkRole;
        this.normaliser = normaliser;
        this.recogniser = recogniser;
        this.mispTypes = mispTypes;
        this.stix = stix;
    }

    /** Stable name, for stores, files and interfaces. */
    public String code() {
        return code;
    }

    /** Name for people, in English. */
    public String label() {
        return label;
    }

    /** Whether values are personal data, which travel only inside a case. */
    public boolean personal() {
        return personal;
    }

    /** The time in which a report of a value loses its weight: values of a kind change hands at a pace of their own. */
    public Duration lifetime() {
        return lifetime;
    }

    /** What a value is on a network. */
    public NetworkRole networkRole() {
        return networkRole;
    }

    /** By what a text is recognised. */
    public Recogniser recogniser() {
        return recogniser;
    }

    /** The attribute types of MISP for values of this kind. */
    public MispTypes mispTypes() {
        return mispTypes;
    }

    /** How STIX expresses a value. */
    public StixForm stix() {
        return stix;
    }

    /** Paths of STIX patterns under which values of this kind stand, the customary one first. */
    public List<String> stixPaths() {
        return stix.paths();
    }

    /** As {@link #normalise(String, Normalisation)} with {@link Normalisation#PLAIN}. */
    public Observable normalise(String raw) throws InvalidObservable {
        return normalise(raw, Normalisation.PLAIN);
    }

    /**
     * Checks {@code raw} and returns its normal form. Normal forms are their own normal form.
     *
     * @param raw as a person or a file wrote it: any case, defanged ({@code hxxp://ex[.]com}), spaces around
     * @return of this kind, or of the kind the text turns out to be: {@code 192.0.2.1/32} is an address and not a
     *     network, {@code 192.0.2.0/24} under {@link #IPV4} is a network
     * @throws InvalidObservable when it is no such value; the reason never repeats the text
     */
    public Observable normalise(String raw, Normalisation context) throws InvalidObservable {
        String text = raw.strip();
        if (text.isEmpty()) {
            throw new InvalidObservable(this, "the value is empty");
        }
        if (text.length() > MAX_LENGTH) {
            throw new InvalidObservable(this, "longer than " + MAX_LENGTH + " characters");
        }
        return normaliser.normalise(this, text, context);
    }

    /** The kind of that {@link #code}. */
    public static Optional<ObservableKind> ofCode(String code) {
        return Optional.ofNullable(BY_CODE.get(code));
    }

    /** The code of the kind of that {@link #label}; any other text as it is. */
    public static String codeOfLabel(String label) {
        return Stream.of(values())
                .filter(kind -> kind.label.equals(label))
                .map(ObservableKind::code)
                .findFirst()
                .orElse(label);
    }

    /** The kinds a value under that path of a STIX pattern can have, the likeliest first; empty for other paths. */
    public static List<ObservableKind> ofStixPath(String path) {
        return BY_PATH.getOrDefault(path, List.of());
    }

    /** Lifetimes that several places name. */
    static final class Days {

        /** For what is neither a place nor a name on the net. */
        static final int LONGEST = 1460;

        private Days() {}
    }
}
