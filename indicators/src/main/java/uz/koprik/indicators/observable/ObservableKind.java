package uz.koprik.indicators.observable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The kinds of values by which things are recognised again: to add one, add one constant.
 *
 * <p>A constant says under which STIX paths its values are found (the first is the one to write patterns with), how a
 * text becomes the normal form, and whether the value is about a person. Where STIX 2.1 has no object for a kind, the
 * paths are those OpenCTI writes.
 */
@SuppressWarnings("ImmutableEnumChecker") // method references without state and List.of are immutable
public enum ObservableKind {
    IPV4("ipv4", "IPv4 address", false, IpAddress::observable,
            "ipv4-addr:value", "network-traffic:src_ref.value", "network-traffic:dst_ref.value",
            "domain-name:resolves_to_refs[*].value"),
    IPV6("ipv6", "IPv6 address", false, IpAddress::observable,
            "ipv6-addr:value", "network-traffic:src_ref.value", "network-traffic:dst_ref.value",
            "domain-name:resolves_to_refs[*].value"),
    CIDR("cidr", "IP network", false, IpAddress::observable,
            "ipv4-addr:value", "ipv6-addr:value", "network-traffic:src_ref.value", "network-traffic:dst_ref.value"),
    DOMAIN("domain", "domain name", false, Normaliser.of(DomainName::normalForm),
            "domain-name:value", "network-traffic:src_ref.value", "network-traffic:dst_ref.value",
            "domain-name:resolves_to_refs[*].value"),
    URL("url", "URL", false, Normaliser.of(UrlText::normalForm), "url:value"),
    /** The part of a URL after the host, as it stands in an HTTP request. */
    URL_PATH("url-path", "URL path", false, Normaliser.of(UrlText::pathNormalForm),
            "network-traffic:extensions.'http-request-ext'.request_value"),
    EMAIL("email", "e-mail address", true, Normaliser.of(EmailAddress::normalForm),
            "email-addr:value", "email-message:from_ref.value", "email-message:sender_ref.value",
            "email-message:to_refs[*].value", "email-message:cc_refs[*].value", "email-message:bcc_refs[*].value"),
    MD5("md5", "MD5 hash", false, Hash.hex(32), Hash.paths("MD5")),
    SHA1("sha1", "SHA-1 hash", false, Hash.hex(40), Hash.paths("'SHA-1'")),
    SHA256("sha256", "SHA-256 hash", false, Hash.hex(64), Hash.paths("'SHA-256'")),
    SHA512("sha512", "SHA-512 hash", false, Hash.hex(128), Hash.paths("'SHA-512'")),
    SHA3_256("sha3-256", "SHA3-256 hash", false, Hash.hex(64), Hash.paths("'SHA3-256'")),
    SHA3_512("sha3-512", "SHA3-512 hash", false, Hash.hex(128), Hash.paths("'SHA3-512'")),
    SSDEEP("ssdeep", "ssdeep hash", false, Normaliser.of(Hash::ssdeep), Hash.paths("SSDEEP")),
    TLSH("tlsh", "TLSH hash", false, Normaliser.of(Hash::tlsh), Hash.paths("TLSH")),
    PHONE("phone", "phone number", true, PhoneNumber::observable, "phone-number:value"),
    IBAN("iban", "IBAN", true, Normaliser.of(Iban::normalForm), "bank-account:iban"),
    /** {@code [country/][bank/]account}, for accounts that have no IBAN or whose IBAN is not known. */
    BANK_ACCOUNT("bank-account", "bank account number", true, Normaliser.of(BankAccount::normalForm),
            "bank-account:account_number"),
    /** {@code <first six>-<last four>-<token>}; never the number. */
    PAYMENT_CARD("payment-card", "payment card", true, CardNumber::observable, "payment-card:card_number"),
    /**
     * {@code family:address}, such as {@code btc:1…} or {@code eth:0x…}: what the address is, not what it holds. Not
     * personal: everybody reads the chain, and sanctions lists publish addresses.
     */
    WALLET("wallet", "cryptocurrency wallet", false, Normaliser.of(Wallet::normalForm), "cryptocurrency-wallet:value"),
    /** {@code messenger:handle}, such as {@code telegram:@example} or {@code whatsapp:+998901234567}. */
    MESSENGER("messenger", "messenger account", true, Normaliser.of(Messenger::normalForm),
            "user-account:account_login"),
    ASN("asn", "autonomous system", false, Normaliser.of(NetworkNumbers::asn), "autonomous-system:number"),
    MAC("mac", "MAC address", false, Normaliser.of(NetworkNumbers::mac), "mac-addr:value",
            "network-traffic:src_ref.value", "network-traffic:dst_ref.value"),
    MUTEX("mutex", "mutex", false, Normaliser.of(HostNames::mutex), "mutex:name"),
    REGISTRY_KEY("registry-key", "Windows registry key", false, Normaliser.of(HostNames::registryKey),
            "windows-registry-key:key");

    private static final Map<String, ObservableKind> BY_CODE = new HashMap<>();
    private static final Map<String, List<ObservableKind>> BY_PATH = new HashMap<>();

    static {
        for (ObservableKind kind : values()) {
            BY_CODE.put(kind.code, kind);
            for (String path : kind.stixPaths) {
                BY_PATH.computeIfAbsent(path, p -> new ArrayList<>()).add(kind);
            }
        }
        BY_PATH.replaceAll((path, kinds) -> List.copyOf(kinds));
    }

    /** Longest text that is looked at: more than any browser takes as a URL. */
    static final int MAX_LENGTH = 16_384;

    private final String code;
    private final String label;
    private final boolean personal;
    private final Normaliser normaliser;
    private final List<String> stixPaths;

    ObservableKind(String code, String label, boolean personal, Normaliser normaliser, String... stixPaths) {
        this.code = code;
        this.label = label;
        this.personal = personal;
        this.normaliser = normaliser;
        this.stixPaths = List.of(stixPaths);
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

    /** Paths of STIX patterns under which values of this kind stand, the customary one first. */
    public List<String> stixPaths() {
        return stixPaths;
    }

    /** As {@link #normalise(String, Normalisation)} with {@link Normalisation#PLAIN}. */
    public Observable normalise(String raw) throws InvalidObservable {
        return normalise(raw, Normalisation.PLAIN);
    }

    /**
     * Checks {@code raw} and gives its normal form. Normal forms are their own normal form.
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

    /** The kinds a value under that path of a STIX pattern can have, the likeliest first; empty for other paths. */
    public static List<ObservableKind> ofStixPath(String path) {
        return BY_PATH.getOrDefault(path, List.of());
    }
}
