package uz.koprik.crypto.trust;

import static uz.koprik.crypto.trust.TrustListRejected.Reason.BAD_SIGNATURE;
import static uz.koprik.crypto.trust.TrustListRejected.Reason.EXPIRED;
import static uz.koprik.crypto.trust.TrustListRejected.Reason.MALFORMED;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import uz.koprik.crypto.SignatureRejected;
import uz.koprik.crypto.algorithm.KeyRejected;
import uz.koprik.crypto.algorithm.SignatureAlgorithms;
import uz.koprik.crypto.algorithm.SigningKey;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.crypto.jws.DetachedJws;
import uz.koprik.crypto.jws.ProtectedHeader;
import uz.koprik.crypto.jws.Signature;

/**
 * Whom a centre trusts: itself and its partners, with their keys, roles and TLS pins. Immutable; every change yields a
 * new list with the next sequence number. Signed by the centre itself, so that nobody else can edit it on disk.
 */
public final class TrustList implements KeyRing {

    /** How long a list may be used after its last change or renewal. */
    public static final Duration VALIDITY = Duration.ofDays(365);

    private final String owner;
    private final long sequence;
    private final Term term;
    private final Map<String, Member> members;
    private final List<RetiredCentre> retired;
    private final Map<String, KeyOwner> byKid = new HashMap<>();
    private final Map<String, TrustedCentre> byPin = new HashMap<>();

    /** A centre and the card it came from, so that an older card never replaces a newer one. */
    record Member(TrustedCentre centre, CardFacts card) {}

    TrustList(String owner, long sequence, Term term, Map<String, Member> members, List<RetiredCentre> retired)
            throws CardRejected {
        this.owner = owner;
        this.sequence = sequence;
        this.term = term;
        this.members = new LinkedHashMap<>(members);
        this.retired = List.copyOf(retired);
        Set<String> identities = new HashSet<>();
        for (Member member : members.values()) {
            TrustedCentre centre = member.centre;
            if (!identities.add(centre.identity())) {
                throw new CardRejected(
                        "the identity of " + centre.name() + " already belongs to another centre of the list");
            }
            for (TrustedKey key : centre.keys()) {
                KeyOwner other = byKid.put(key.kid(), owner(centre, key));
                if (other != null) {
                    throw new CardRejected("key " + key.kid() + " of " + centre.name() + " already belongs to "
                            + other.centre().name());
                }
            }
            for (String pin : centre.tlsPins()) {
                TrustedCentre other = byPin.put(pin, centre);
                if (other != null) {
                    throw new CardRejected("a TLS pin of " + centre.name() + " already belongs to " + other.name());
                }
            }
        }
        // A key that came back with a card is the key of the centre that is on the list.
        for (RetiredCentre former : retired) {
            for (TrustedKey key : former.centre().keys()) {
                KeyOwner same = owner(former.centre(), key);
                byKid.putIfAbsent(
                        key.kid(),
                        new KeyOwner(same.centre(), key, same.verification(), Optional.of(former.removed())));
            }
        }
    }

    private static KeyOwner owner(TrustedCentre centre, TrustedKey key) {
        try {
            return new KeyOwner(centre, key, SignatureAlgorithms.verificationKey(key.alg(), key.jwk()));
        } catch (KeyRejected e) {
            throw new IllegalArgumentException("key " + key.kid() + " of " + centre.name() + ": " + e.getMessage(), e);
        }
    }

    /**
     * The first list of a centre, which holds the centre itself.
     *
     * @param own the centre's own card
     */
    public static TrustList initial(CentreCard own, Instant now) throws CardRejected {
        Instant issued = now.truncatedTo(ChronoUnit.SECONDS);
        TrustList empty = new TrustList(own.name(), 0, new Term(issued, issued.plus(VALIDITY)), Map.of(), List.of());
        return empty.withOwn(own, Set.of("producer", "relay"), now);
    }

    /**
     * Reads a list and verifies that the own centre signed it. Expiry and rollback are judged by {@link TrustListFile}.
     *
     * @param ownKid thumbprint of the own signing key
     */
    public static TrustList read(byte[] json, String ownKid) throws TrustListRejected {
        try {
            JsonObject document = StrictJson.parseObject(json);
            TrustList list = TrustListJson.read(document.without(TrustJson.SIGNATURES));
            list.verify(document, ownKid);
            return list;
        } catch (MalformedJson | TrustJson.Fault | CardRejected e) {
            throw new TrustListRejected(MALFORMED, "the trust list is malformed: " + e.getMessage(), e);
        } catch (SignatureRejected e) {
            throw new TrustListRejected(
                    BAD_SIGNATURE,
                    "the trust list is not what this centre signed: " + e.getMessage() + "; restore it from a backup",
                    e);
        }
    }

    private void verify(JsonObject document, String ownKid)
            throws TrustJson.Fault, SignatureRejected, TrustListRejected {
        List<Signature> signatures = TrustJson.signatures(document);
        ProtectedHeader header =
                DetachedJws.headers(signatures, ProtectedHeader.TRUST_LIST).getFirst();
        // The thumbprint fixes the key, so the key may be taken from the list that it proves.
        KeyOwner own = byKid.get(ownKid);
        if (signatures.size() != 1
                || own == null
                || !header.kid().equals(ownKid)
                || !own.centre().name().equals(owner)) {
            throw new TrustListRejected(
                    BAD_SIGNATURE,
                    "the trust list is not signed by this centre's key " + ownKid
                            + ": sign it again with the current key, or restore it from a backup");
        }
        DetachedJws.verify(
                own.verification(),
                header,
                signatures.getFirst(),
                CanonicalJson.bytes(document.without(TrustJson.SIGNATURES)));
    }

    /** The list as JSON, signed by {@code own}, which must be a key of the own centre. */
    public byte[] signed(SigningKey own) {
        KeyOwner signer = byKid.get(own.publicKey().kid());
        if (signer == null || !signer.centre().name().equals(owner)) {
            throw new IllegalArgumentException(
                    "key " + own.publicKey().kid() + " is not one of " + owner + " on its own trust list");
        }
        JsonObject document = TrustListJson.write(this);
        Signature signature = DetachedJws.sign(
                own,
                ProtectedHeader.TRUST_LIST,
                CanonicalJson.bytes(document),
                term.issued(),
                List.of(own.publicKey().kid()));
        return CanonicalJson.bytes(document.with(TrustJson.SIGNATURES, TrustJson.signatures(List.of(signature))));
    }

    /** Returns when the list may still be used at {@code now}. */
    public void checkCurrent(Instant now) throws TrustListRejected {
        if (term.ended(now)) {
            throw new TrustListRejected(EXPIRED, "the trust list of " + owner + " expired at " + term.expires());
        }
    }

    /**
     * Takes over a partner's card: adds a new centre, or changes the keys of a known one. Keys the new card no longer
     * has stay, for what was signed before the card was issued.
     *
     * @param roles {@code producer}, {@code relay}, both or none
     * @throws CardRejected when the card is expired, older than the one in use, or claims what is another centre's,
     *     this centre itself included, also when they are signed well
     */
    public TrustList with(CentreCard card, Set<String> roles, Instant now) throws CardRejected {
        if (card.name().equals(owner)) {
            throw new CardRejected(
                    "the card says it is of " + owner + ", which is this centre itself: no card that somebody sends"
                            + " changes the own keys; if a partner has the same name, ask it for a card with another one");
        }
        for (Member member : members.values()) {
            TrustedCentre other = member.centre;
            if (!other.name().equals(card.name()) && speaksFor(other, card.identity())) {
                throw new CardRejected("the identity of " + card.name() + " already belongs to "
                        + (other.name().equals(owner)
                                ? owner + ", this centre itself"
                                : "another centre, " + other.name())
                        + ": ask its operators for a card with an identity of its own");
            }
        }
        return taken(card, roles, now);
    }

    /**
     * Takes over a card that this centre has issued for itself, after a change of its keys or its address. Never for a
     * card that somebody sent. It may be older than the one in use: another gateway of this centre issued it, or the
     * clock was ahead.
     *
     * @throws CardRejected when it is expired, or claims what is another centre's
     * @throws IllegalArgumentException when it is of another name
     */
    public TrustList withOwn(CentreCard own, Set<String> roles, Instant now) throws CardRejected {
        if (!own.name().equals(owner)) {
            throw new IllegalArgumentException("the card of " + own.name() + " is not that of " + owner);
        }
        return taken(own, roles, now);
    }

    /**
     * Whether an identity is that centre's or one that it may speak for. Lists of earlier versions may have capital
     * letters in ids.
     */
    private static boolean speaksFor(TrustedCentre centre, String identity) {
        return centre.identity().equalsIgnoreCase(identity)
                || centre.producers().stream().anyMatch(identity::equalsIgnoreCase);
    }

    private TrustList taken(CentreCard card, Set<String> roles, Instant now) throws CardRejected {
        if (!TrustListJson.ROLES.containsAll(roles)) {
            throw new IllegalArgumentException(
                    "the roles are " + TrustListJson.ROLES.stream().sorted().toList());
        }
        card.checkCurrent(now);
        refuseCompromised(card);
        Member known = members.get(card.name());
        Set<String> producers = new HashSet<>(Set.of(card.identity()));
        List<TrustedKey> keys = card.keys();
        List<RetiredCentre> left = new ArrayList<>(retired);
        if (known != null) {
            if (!card.name().equals(owner)) {
                requireNotOlder(card, known.card);
            }
            if (!known.centre.identity().equals(card.identity())) {
                throw new CardRejected(
                        "the card of " + card.name() + " has another identity than the centre of that name on the list:"
                                + " remove that centre first if this is meant");
            }
            producers.addAll(known.centre.producers());
            keys = rotated(known.centre.keys(), card);
        } else {
            // A removed centre that comes back: its former keys prove again what they signed before this card.
            List<TrustedKey> former = new ArrayList<>();
            for (RetiredCentre one : retired) {
                if (one.centre().identity().equals(card.identity())) {
                    left.remove(one);
                    producers.addAll(one.centre().producers());
                    one.centre().keys().stream()
                            .filter(key ->
                                    former.stream().noneMatch(same -> same.kid().equals(key.kid())))
                            .forEach(former::add);
                }
            }
            keys = rotated(former, card);
        }
        TrustedCentre centre = new TrustedCentre(
                card.name(), card.title(), card.identity(), producers, roles, keys, card.tlsPins(), card.endpoint());
        return changed(now, new Member(centre, card.facts()), left);
    }

    /** A key that was revoked does not come back by a card. */
    private void refuseCompromised(CentreCard card) throws CardRejected {
        for (TrustedKey key : card.keys()) {
            Optional<Instant> since =
                    key(key.kid()).flatMap(owner -> owner.key().compromisedSince());
            if (since.isPresent()) {
                throw new CardRejected("the card of " + card.name() + " lists key " + key.kid()
                        + ", which is compromised since " + since.get()
                        + ": ask its operators for a card with a new key, and compare its fingerprint with them");
            }
        }
    }

    private static void requireNotOlder(CentreCard card, CardFacts known) throws CardRejected {
        if (card.issued().isBefore(known.term().issued())) {
            throw new CardRejected("the card of " + card.name() + " was issued at " + card.issued()
                    + ", before the one in use (" + known.term().issued() + "): ask for its current one");
        }
        if (card.sequence() < known.sequence()) {
            throw new CardRejected("the card of " + card.name() + " has the sequence number " + card.sequence()
                    + ", and the one in use has " + known.sequence() + ": ask for its current one");
        }
    }

    private static List<TrustedKey> rotated(List<TrustedKey> known, CentreCard card) {
        Map<String, TrustedKey> keys = new LinkedHashMap<>();
        card.keys().forEach(key -> keys.put(key.kid(), key));
        for (TrustedKey old : known) {
            TrustedKey current = keys.get(old.kid());
            Instant until = current != null
                    ? current.validUntil()
                    : old.validUntil().isBefore(card.issued()) ? old.validUntil() : card.issued();
            keys.put(
                    old.kid(),
                    new TrustedKey(
                            old.kid(),
                            old.alg(),
                            old.jwk(),
                            current != null ? current.validFrom() : old.validFrom(),
                            until,
                            old.compromisedSince(),
                            old.compromiseReason()));
        }
        for (CompromisedKey lost : card.compromised()) {
            keys.computeIfPresent(lost.kid(), (kid, old) -> earlier(old, lost.since()));
        }
        return List.copyOf(keys.values());
    }

    /** Of two moments since which a key is compromised, the earlier one counts. */
    private static TrustedKey earlier(TrustedKey key, Instant since) {
        return key.compromisedSince().filter(before -> !before.isAfter(since)).isPresent()
                ? key
                : key.compromised(since, key.compromiseReason());
    }

    /**
     * A list without the centre of that name, whose keys stay as {@link #retired}; this list itself when there is none.
     * The own centre cannot be removed.
     */
    public TrustList without(String name, Instant now) {
        if (name.equals(owner)) {
            throw new IllegalArgumentException("a centre cannot be removed from its own trust list");
        }
        if (!members.containsKey(name)) {
            return this;
        }
        Map<String, Member> rest = new LinkedHashMap<>(members);
        TrustedCentre gone = rest.remove(name).centre;
        List<RetiredCentre> former = new ArrayList<>(retired);
        former.add(new RetiredCentre(
                new TrustedCentre(
                        gone.name(),
                        gone.title(),
                        gone.identity(),
                        gone.producers(),
                        Set.of(),
                        gone.keys(),
                        List.of(),
                        ""),
                now.truncatedTo(ChronoUnit.MICROS)));
        return next(now, rest, former);
    }

    /** As {@link #withRevoked(String, Instant, String, Instant)}, without a reason. */
    public TrustList withRevoked(String kid, Instant since, Instant now) {
        return withRevoked(kid, since, "", now);
    }

    /**
     * A list on which nothing counts any more that was first seen under that key at or after {@code since}.
     *
     * @param reason in words, kept with the key; may be empty
     * @throws IllegalArgumentException when the key is not on the list
     */
    public TrustList withRevoked(String kid, Instant since, String reason, Instant now) {
        KeyOwner revoked =
                key(kid).orElseThrow(() -> new IllegalArgumentException("key " + kid + " is not on the trust list"));
        TrustedCentre centre = revoked.centre();
        TrustedCentre changed = new TrustedCentre(
                centre.name(),
                centre.title(),
                centre.identity(),
                centre.producers(),
                centre.roles(),
                centre.keys().stream()
                        .map(key -> key.kid().equals(kid) ? key.compromised(since, reason) : key)
                        .toList(),
                centre.tlsPins(),
                centre.endpoint());
        return revoked.retired().isEmpty()
                ? replaced(now, changed)
                : next(
                        now,
                        members,
                        retired.stream()
                                .map(one ->
                                        one.centre().equals(centre) ? new RetiredCentre(changed, one.removed()) : one)
                                .toList());
    }

    /**
     * A list on which that centre may speak for exactly these producers, and its own identity.
     *
     * @throws IllegalArgumentException when the centre is not on the list
     */
    public TrustList withProducers(String name, Set<String> producers, Instant now) {
        TrustedCentre centre = centre(name)
                .orElseThrow(() -> new IllegalArgumentException("centre " + name + " is not on the trust list"));
        Set<String> all = new HashSet<>(producers);
        all.add(centre.identity());
        return replaced(
                now,
                new TrustedCentre(
                        name,
                        centre.title(),
                        centre.identity(),
                        all,
                        centre.roles(),
                        centre.keys(),
                        centre.tlsPins(),
                        centre.endpoint()));
    }

    /** The same list, valid from {@code now} for {@link #VALIDITY} again. */
    public TrustList renewed(Instant now) {
        return next(now, members);
    }

    private TrustList replaced(Instant now, TrustedCentre centre) {
        Map<String, Member> all = new LinkedHashMap<>(members);
        all.put(centre.name(), new Member(centre, members.get(centre.name()).card));
        return next(now, all);
    }

    private TrustList changed(Instant now, Member member, List<RetiredCentre> former) throws CardRejected {
        Map<String, Member> all = new LinkedHashMap<>(members);
        all.put(member.centre.name(), member);
        Instant at = now.truncatedTo(ChronoUnit.SECONDS);
        return new TrustList(owner, sequence + 1, new Term(at, at.plus(VALIDITY)), all, former);
    }

    private TrustList next(Instant now, Map<String, Member> all) {
        return next(now, all, retired);
    }

    private TrustList next(Instant now, Map<String, Member> all, List<RetiredCentre> former) {
        Instant at = now.truncatedTo(ChronoUnit.SECONDS);
        try {
            return new TrustList(owner, sequence + 1, new Term(at, at.plus(VALIDITY)), all, former);
        } catch (CardRejected e) {
            throw new IllegalStateException("a change that claims nothing new cannot clash", e);
        }
    }

    @Override
    public Optional<KeyOwner> key(String kid) {
        return Optional.ofNullable(byKid.get(kid));
    }

    /** The centre that owns the TLS key with that pin ({@link TlsPin}). */
    public Optional<TrustedCentre> byPin(String pin) {
        return Optional.ofNullable(byPin.get(pin));
    }

    public Optional<TrustedCentre> centre(String name) {
        return Optional.ofNullable(members.get(name)).map(Member::centre);
    }

    /** All centres, the own one included, in the order they were added. */
    public List<TrustedCentre> centres() {
        List<TrustedCentre> centres = new ArrayList<>(members.size());
        members.values().forEach(member -> centres.add(member.centre));
        return centres;
    }

    /** Centres that were removed, in that order. Their keys are found by {@link #key}. */
    public List<RetiredCentre> retired() {
        return retired;
    }

    /** The keys of the own centre that are compromised, as its card names them. */
    public List<CompromisedKey> ownCompromised() {
        return members.get(owner).centre.keys().stream()
                .filter(key -> key.compromisedSince().isPresent())
                .map(key -> new CompromisedKey(key.kid(), key.compromisedSince().get()))
                .toList();
    }

    /** What is known of the card of a centre; empty when it is not on the list. */
    public Optional<CardFacts> card(String name) {
        return Optional.ofNullable(members.get(name)).map(Member::card);
    }

    Map<String, Member> members() {
        return members;
    }

    /** Name of the centre whose list this is. */
    public String owner() {
        return owner;
    }

    /** Grows by one with every change. */
    public long sequence() {
        return sequence;
    }

    public Instant issued() {
        return term.issued();
    }

    public Instant expires() {
        return term.expires();
    }

    /** From when until when it may be used. */
    public Term term() {
        return term;
    }
}
