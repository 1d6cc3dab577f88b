package uz.koprik.crypto.trust;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(10);
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
    private final Instant issued;
    private final Instant expires;
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
                Set.of("endpoint", TrustJson.COMPROMISED));
        long version = TrustJson.wholeNumber(document, "", "version");
        if (!TrustJson.text(document, "", "type").equals(TYPE) || version > 2) {
            throw new TrustJson.Fault("/type", "this is not a centre card of version 1 or 2");
        }
        if (version == 1 && document.has(TrustJson.COMPROMISED)) {
            throw new TrustJson.Fault("", "a card of version 1 names no compromised keys");
        }
        this.name = TrustJson.name(document, "", "name");
        this.title = TrustJson.text(document, "", "title");
        this.identity = TrustJson.identity(document, "", "identity");
        this.keys = List.copyOf(TrustJson.keys(document, ""));
        this.compromised = TrustJson.compromised(document, "", MAX_COMPROMISED);
        this.tlsPins = List.copyOf(TrustJson.pins(document, ""));
        this.endpoint = TrustJson.endpoint(document, "");
        this.issued = TrustJson.time(document, "", "issued");
        this.expires = TrustJson.time(document, "", "expires");
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
     * @param name short name of the centre: lower-case letters, digits, hyphens
     * @param title what people call it
     * @param identity id of its STIX identity object
     * @param keys public keys with their validity, as {@link CentreKeys#publicKey()} gives them
     * @param signing the private halves of all {@code keys}
     * @param tlsPins the current TLS pin, and the next one when a change is ahead
     * @param endpoint URL of the TAXII API root, or empty when the centre cannot be called
     * @throws IllegalArgumentException when a part is not what the format allows, or a private half is missing
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
        return issue(name, title, identity, keys, List.of(), signing, tlsPins, endpoint, now);
    }

    /**
     * As {@link #issue(String, String, String, List, List, List, String, Instant)}, with former keys that are
     * compromised. Such a card has version 2, which earlier versions of Koprik refuse.
     *
     * @param compromised at most 32 former keys, none of them among {@code keys}
     */
    public static CentreCard issue(
            String name,
            String title,
            String identity,
            List<TrustedKey> keys,
            List<CompromisedKey> compromised,
            List<SigningKey> signing,
            List<String> tlsPins,
            String endpoint,
            Instant now) {
        List<Json> keyItems = new ArrayList<>();
        keys.forEach(key -> keyItems.add(TrustJson.key(key)));
        Instant issued = now.truncatedTo(ChronoUnit.SECONDS);
        JsonObject.Builder builder = JsonObject.builder()
                .put("type", TYPE)
                .put("version", compromised.isEmpty() ? 1 : 2)
                .put("name", name)
                .put("title", title)
                .put("identity", identity)
                .put("keys", new JsonArray(keyItems))
                .put(
                        "tls_pins",
                        new JsonArray(
                                tlsPins.stream().<Json>map(JsonString::new).toList()))
                .put("issued", issued.toString())
                .put("expires", issued.plus(VALIDITY).toString());
        if (!endpoint.isEmpty()) {
            builder.put("endpoint", endpoint);
        }
        if (!compromised.isEmpty()) {
            builder.put(TrustJson.COMPROMISED, TrustJson.compromised(compromised));
        }
        JsonObject unsigned = builder.build();
        byte[] payload = CanonicalJson.bytes(unsigned);
        List<String> set = keys.stream().map(TrustedKey::kid).toList();
        List<Signature> signatures = signing.stream()
                .map(key -> DetachedJws.sign(key, ProtectedHeader.CENTRE_CARD, payload, issued, set))
                .toList();
        try {
            return read(unsigned.with(TrustJson.SIGNATURES, TrustJson.signatures(signatures)));
        } catch (CardRejected e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
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
        if (now.isAfter(expires)) {
            throw new CardRejected("the card of " + name + " expired at " + expires + ": ask for its current one");
        }
        if (issued.isAfter(now.plus(CLOCK_SKEW))) {
            throw new CardRejected(
                    "the card of " + name + " is dated " + issued + ", in the future: one of the two clocks is wrong");
        }
    }

    /** Whether a current key of {@code known} is among the signers: a change of keys that vouches for itself. */
    public boolean continues(TrustedCentre known) {
        Set<String> mine = keys.stream().map(TrustedKey::kid).collect(Collectors.toSet());
        return known.name().equals(name)
                && known.keys().stream()
                        .anyMatch(key -> mine.contains(key.kid())
                                && key.compromisedSince().isEmpty()
                                && !issued.isBefore(key.validFrom())
                                && !issued.isAfter(key.validUntil()));
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
        return issued;
    }

    public Instant expires() {
        return expires;
    }
}
