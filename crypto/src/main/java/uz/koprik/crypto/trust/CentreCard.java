package uz.koprik.crypto.trust;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import uz.koprik.crypto.SignatureRejected;
import uz.koprik.crypto.algorithm.KeyRejected;
import uz.koprik.crypto.algorithm.SignatureAlgorithms;
import uz.koprik.crypto.algorithm.SigningKey;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.crypto.jws.DetachedJws;
import uz.koprik.crypto.jws.ProtectedHeader;
import uz.koprik.crypto.jws.Signature;

/**
 * A centre introduces itself: who it is, its keys, its TLS pins, where to call it. Every listed key signs the card,
 * which proves that the sender holds it. Whether the sender is who it says is for people to check, by
 * {@link #fingerprint()} read aloud over a channel they trust.
 */
public final class CentreCard {

    /** How long a fresh card may be taken over; what it says stays valid as long as its keys. */
    public static final Duration VALIDITY = Duration.ofDays(365);

    private static final String TYPE = "koprik-centre-card";
    private static final int VERSION = 2;
    private static final String SEQUENCE = "sequence";
    private static final String HOST_NAMES = "host_names";
    private static final String CONTACTS = "contacts";
    private static final int MAX_KEYS = 8;
    private static final int MAX_PINS = 4;
    private static final int MAX_COMPROMISED = 32;

    private final String name;
    private final String title;
    private final String identity;
    private final List<TrustedKey> keys;
    private final List<CompromisedKey> compromised;
    private final List<String> tlsPins;
    private final String endpoint;
    private final List<String> hostNames;
    private final List<String> contacts;
    private final long sequence;
    private final Term term;
    private final JsonObject document;

    private CentreCard(JsonObject document) throws TrustJson.Fault {
        TrustJson.members(
                document,
                "",
                Set.of(
                        "type",
                        "version",
                        "name",
                        "title",
                        "identity",
                        "keys",
                        "tls_pins",
                        "issued",
                        "expires",
                        TrustJson.SIGNATURES),
                Set.of("endpoint", SEQUENCE, HOST_NAMES, CONTACTS, TrustJson.COMPROMISED));
        long version = TrustJson.wholeNumber(document, "", "version");
        if (!TrustJson.text(document, "", "type").equals(TYPE) || version > VERSION) {
            throw new TrustJson.Fault("/type", "this is not a centre card of version 1 or 2");
        }
        if (version == 1
                && Stream.of(SEQUENCE, HOST_NAMES, CONTACTS, TrustJson.COMPROMISED)
                        .anyMatch(document::has)) {
            throw new TrustJson.Fault(
                    "", "a card of version 1 has no sequence number, host names, contacts and compromised keys");
        }
        this.sequence = version == 1 ? 0 : TrustJson.wholeNumber(document, "", SEQUENCE);
        this.hostNames = TrustJson.hostNames(document, "");
        this.contacts = TrustJson.contacts(document, "");
        this.name = TrustJson.name(document, "", "name");
        this.title = TrustJson.text(document, "", "title");
        this.identity = TrustJson.identity(document, "", "identity");
        this.keys = List.copyOf(TrustJson.keys(document, ""));
        this.compromised = TrustJson.compromised(document, "", MAX_COMPROMISED);
        this.tlsPins = List.copyOf(TrustJson.pins(document, ""));
        this.endpoint = TrustJson.endpoint(document, "");
        this.term = new Term(TrustJson.time(document, "", "issued"), TrustJson.time(document, "", "expires"));
        this.document = document;
        if (keys.size() > MAX_KEYS || tlsPins.size() > MAX_PINS) {
            throw new TrustJson.Fault("", "a card holds at most " + MAX_KEYS + " keys and " + MAX_PINS + " TLS pins");
        }
        for (TrustedKey key : keys) {
            if (!key.validUntil().isAfter(key.validFrom())
                    || key.compromisedSince().isPresent()) {
                throw new TrustJson.Fault(
                        "/keys", "every key of a card must be valid for some time, and not compromised");
            }
            if (compromised.stream().anyMatch(former -> former.kid().equals(key.kid()))) {
                throw new TrustJson.Fault("/compromised", "a key that the card lists as current cannot be compromised");
            }
        }
    }

    /**
     * Issues a card that is valid from {@code now} for {@link #VALIDITY}.
     *
     * @param signing the private halves of all keys of {@code contents}
     * @param sequence from 1; the next number when the contents are not those of the card before
     * @throws IllegalArgumentException when a part is not what the format allows, or a private half is missing
     */
    public static CentreCard issue(CardContents contents, List<SigningKey> signing, long sequence, Instant now) {
        Instant issued = now.truncatedTo(ChronoUnit.SECONDS);
        JsonObject unsigned = json(contents)
                .put("type", TYPE)
                .put("version", VERSION)
                .put(SEQUENCE, sequence)
                .put("issued", issued.toString())
                .put("expires", issued.plus(VALIDITY).toString())
                .build();
        byte[] payload = CanonicalJson.bytes(unsigned);
        List<String> set = contents.keys().stream().map(TrustedKey::kid).toList();
        List<Signature> signatures = signing.stream()
                .map(key -> DetachedJws.sign(key, ProtectedHeader.CENTRE_CARD, payload, issued, set))
                .toList();
        try {
            return read(unsigned.with(TrustJson.SIGNATURES, TrustJson.signatures(signatures)));
        } catch (CardRejected e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** What {@code contents} are on a card. */
    private static JsonObject.Builder json(CardContents contents) {
        List<Json> keyItems = new ArrayList<>();
        contents.keys().forEach(key -> keyItems.add(TrustJson.key(key)));
        JsonObject.Builder builder = JsonObject.builder()
                .put("name", contents.name())
                .put("title", contents.title())
                .put("identity", contents.identity())
                .put("keys", new JsonArray(keyItems))
                .put(
                        "tls_pins",
                        new JsonArray(contents.tlsPins().stream()
                                .<Json>map(JsonString::new)
                                .toList()));
        if (!contents.endpoint().isEmpty()) {
            builder.put("endpoint", contents.endpoint());
        }
        if (!contents.hostNames().isEmpty()) {
            builder.putStrings(HOST_NAMES, contents.hostNames());
        }
        if (!contents.contacts().isEmpty()) {
            builder.putStrings(CONTACTS, contents.contacts());
        }
        if (!contents.compromised().isEmpty()) {
            builder.put(TrustJson.COMPROMISED, TrustJson.compromised(contents.compromised()));
        }
        return builder;
    }

    /** What the centre says of itself on this card. */
    public CardContents contents() {
        return new CardContents(name, title, identity, keys, tlsPins, endpoint, hostNames, contacts, compromised);
    }

    /** Whether the card says exactly this. */
    public boolean says(CardContents other) {
        return Arrays.equals(
                CanonicalJson.bytes(json(contents()).build()),
                CanonicalJson.bytes(json(other).build()));
    }

    /**
     * The first card of a centre with these keys, TLS pins and this endpoint; parameters as of {@link CardContents}.
     */
    public static CentreCard issue(
            String name,
            String title,
            String identity,
            List<TrustedKey> keys,
            List<SigningKey> signing,
            List<String> tlsPins,
            String endpoint,
            Instant now) {
        return issue(new CardContents(name, title, identity, keys, tlsPins, endpoint), signing, 1, now);
    }

    /** A card for a centre with one signing key and one TLS key. */
    public static CentreCard issue(
            String name, String title, String identity, CentreKeys keys, String endpoint, Instant now) {
        return issue(
                name,
                title,
                identity,
                List.of(keys.publicKey()),
                List.of(keys.signingKey()),
                List.of(keys.tlsPin()),
                endpoint,
                now);
    }

    /**
     * Reads a card and verifies that every key in it signed it.
     *
     * @throws CardRejected when it is malformed, a signature is missing or does not match
     */
    public static CentreCard read(byte[] json) throws CardRejected {
        try {
            return read(StrictJson.parseObject(json));
        } catch (MalformedJson e) {
            throw new CardRejected("the centre card is not strict JSON: " + e.getMessage(), e);
        }
    }

    private static CentreCard read(JsonObject document) throws CardRejected {
        try {
            CentreCard card = new CentreCard(document);
            card.verify(TrustJson.signatures(document));
            return card;
        } catch (TrustJson.Fault e) {
            throw new CardRejected("the centre card is malformed: " + e.getMessage(), e);
        } catch (SignatureRejected e) {
            throw new CardRejected("the centre card does not prove itself: " + e.getMessage(), e);
        }
    }

    private void verify(List<Signature> signatures) throws SignatureRejected, CardRejected {
        Map<String, TrustedKey> byKid = new HashMap<>();
        keys.forEach(key -> byKid.put(key.kid(), key));
        byte[] payload = payload();
        List<ProtectedHeader> headers = DetachedJws.headers(signatures, ProtectedHeader.CENTRE_CARD);
        Set<String> signed = new HashSet<>();
        for (int i = 0; i < headers.size(); i++) {
            TrustedKey key = byKid.get(headers.get(i).kid());
            if (key == null) {
                throw new CardRejected(
                        "the centre card is signed by key " + headers.get(i).kid() + ", which it does not list");
            }
            try {
                DetachedJws.verify(
                        SignatureAlgorithms.verificationKey(key.alg(), key.jwk()),
                        headers.get(i),
                        signatures.get(i),
                        payload);
            } catch (KeyRejected e) {
                throw new IllegalStateException("the key was checked when the card was read", e);
            }
            signed.add(key.kid());
        }
        for (TrustedKey key : keys) {
            if (!signed.contains(key.kid())) {
                throw new CardRejected("the centre card lists key " + key.kid()
                        + " without its signature, so its sender may not hold that key");
            }
        }
    }

    /**
     * Returns when the card may be taken over at {@code now}.
     *
     * @throws CardRejected when it is expired or dated in the future
     */
    public void checkCurrent(Instant now) throws CardRejected {
        if (term.ended(now)) {
            throw new CardRejected("the card of " + name + " expired at " + term.expires()
                    + ": ask for its current one, which `koprik partner card` writes there");
        }
        if (term.ahead(now)) {
            throw new CardRejected("the card of " + name + " is dated " + term.issued()
                    + ", in the future: one of the two clocks is wrong");
        }
    }

    /** Whether a current key of {@code known} is among the signers: a change of keys that vouches for itself. */
    public boolean continues(TrustedCentre known) {
        Set<String> mine = keys.stream().map(TrustedKey::kid).collect(Collectors.toSet());
        return known.name().equals(name)
                && known.keys().stream()
                        .anyMatch(key -> mine.contains(key.kid())
                                && key.compromisedSince().isEmpty()
                                && !issued().isBefore(key.validFrom())
                                && !issued().isAfter(key.validUntil()));
    }

    /** To be read aloud: over the canonical card less its signatures, which are malleable. */
    public Fingerprint fingerprint() {
        return Fingerprint.of(payload());
    }

    /** The card as JSON, signatures included. */
    public byte[] bytes() {
        return CanonicalJson.bytes(document);
    }

    private byte[] payload() {
        return CanonicalJson.bytes(document.without(TrustJson.SIGNATURES));
    }

    public String name() {
        return name;
    }

    public String title() {
        return title;
    }

    public String identity() {
        return identity;
    }

    public List<TrustedKey> keys() {
        return keys;
    }

    /** Former keys of the centre that somebody else may hold. */
    public List<CompromisedKey> compromised() {
        return compromised;
    }

    public List<String> tlsPins() {
        return tlsPins;
    }

    /** URL of the TAXII API root; empty when the centre cannot be called. */
    public String endpoint() {
        return endpoint;
    }

    public Instant issued() {
        return term.issued();
    }

    public Instant expires() {
        return term.expires();
    }

    /** When it may be taken over. */
    public Term term() {
        return term;
    }

    /** Grows when the contents change; 0 on a card of version 1, which has none. */
    public long sequence() {
        return sequence;
    }

    /** How to reach the operators of the centre; may be empty. */
    public List<String> contacts() {
        return contacts;
    }

    /** What a trust list keeps of the card itself. */
    public CardFacts facts() {
        return new CardFacts(sequence, term, hostNames, contacts);
    }
}
