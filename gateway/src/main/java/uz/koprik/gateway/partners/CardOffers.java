package uz.koprik.gateway.partners;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.algorithm.SigningKey;
import uz.koprik.crypto.trust.CardFacts;
import uz.koprik.crypto.trust.CardRejected;
import uz.koprik.crypto.trust.CentreCard;
import uz.koprik.crypto.trust.KeyFileRejected;
import uz.koprik.crypto.trust.TrustList;
import uz.koprik.crypto.trust.TrustListFile;
import uz.koprik.crypto.trust.TrustListRejected;
import uz.koprik.crypto.trust.TrustedCentre;
import uz.koprik.gateway.config.Home;
import uz.koprik.gateway.config.HomeLock;
import uz.koprik.gateway.config.HomeManifest;
import uz.koprik.gateway.config.SecretFile;
import uz.koprik.indicators.wording.Sentence;

/**
 * Newer cards of partners. One that a known key of the same centre signs needs no person, unless the settings say so;
 * all others are refused. Safe for use by many threads at once.
 */
public final class CardOffers {

    private static final Logger LOG = LoggerFactory.getLogger(CardOffers.class);

    private final Home home;
    private final LiveKeys keys;
    private final boolean ask;
    private final InstantSource clock;

    /** What became of a card. */
    public enum Result {
        /** The card in use, or an older one. */
        KNOWN,
        /** It is on the trust list now. */
        TAKEN,
        /** A person must accept it. */
        WAITS,
        /** It is not taken. */
        REFUSED
    }

    /**
     * What became of a card, and why.
     *
     * @param sequence of the card; 0 when it is no card
     * @param issued of the card; the moment of the refusal when it is no card
     * @param fingerprint of the card; empty when it is no card
     * @param sentence of a {@link NewCardSentence}; empty for a card that is known or taken
     */
    public record Verdict(Result result, long sequence, Instant issued, String fingerprint, Sentence sentence) {

        /** Whether the list holds this card or a newer one. */
        public boolean settledBy(CardFacts known) {
            return result == Result.WAITS
                    && (known.sequence() > sequence
                            || (known.sequence() == sequence
                                    && !known.term().issued().isBefore(issued)));
        }
    }

    /** @param ask whether a person must accept each card */
    public CardOffers(Home home, LiveKeys keys, boolean ask, InstantSource clock) {
        this.home = home;
        this.keys = keys;
        this.ask = ask;
        this.clock = clock;
    }

    /**
     * Judges the card that a partner shows, and takes it when nobody need be asked.
     *
     * @param partner name of the centre that was asked for its card
     * @param list the trust list as it is now
     */
    public Verdict offer(String partner, byte[] bytes, TrustList list)
            throws IOException, TrustListRejected, KeyFileRejected {
        Instant now = clock.instant();
        CentreCard card;
        try {
            card = CentreCard.read(bytes);
        } catch (CardRejected rejected) {
            return new Verdict(Result.REFUSED, 0, now, "", NewCardSentence.NO_CARD.of(rejected.getMessage()));
        }
        Optional<TrustedCentre> known = list.centre(partner);
        if (known.isPresent() && card.name().equals(partner) && !newer(card, list)) {
            return verdict(Result.KNOWN, card, Sentence.NONE);
        }
        Optional<Sentence> fault = fault(partner, card, list, now);
        if (fault.isPresent()) {
            return verdict(Result.REFUSED, card, fault.get());
        }
        if (ask) {
            return waits(card);
        }
        try {
            take(card, now);
        } catch (CardRejected rejected) {
            return verdict(Result.REFUSED, card, NewCardSentence.CARD_UNUSABLE.of(rejected.getMessage()));
        }
        LOG.info(
                "took the new card of {}: sequence number {}, issued {}, fingerprint {}; a key on the trust list signs it",
                partner,
                card.sequence(),
                card.issued(),
                card.fingerprint());
        return verdict(Result.TAKEN, card, Sentence.NONE);
    }

    private static Verdict verdict(Result result, CentreCard card, Sentence sentence) {
        return new Verdict(
                result, card.sequence(), card.issued(), card.fingerprint().text(), sentence);
    }

    private Verdict waits(CentreCard card) throws IOException {
        byte[] bytes = card.bytes();
        if (!Arrays.equals(offered(card.name()), bytes)) {
            SecretFile.replace(home.offeredCard(card.name()), bytes);
        }
        return verdict(
                Result.WAITS,
                card,
                NewCardSentence.CARD_WAITS.of(card.sequence(), card.issued(), card.fingerprint(), card.name()));
    }

    private byte[] offered(String partner) throws IOException {
        try {
            return Files.readAllBytes(home.offeredCard(partner));
        } catch (NoSuchFileException none) {
            return new byte[0];
        }
    }

    private static boolean newer(CentreCard card, TrustList list) {
        CardFacts known = list.card(card.name()).orElseThrow();
        return card.sequence() > known.sequence()
                || (card.sequence() == known.sequence()
                        && card.issued().isAfter(known.term().issued()));
    }

    private static Optional<Sentence> fault(String partner, CentreCard card, TrustList list, Instant now) {
        Optional<TrustedCentre> known = list.centre(partner);
        if (known.isEmpty()) {
            return Optional.of(NewCardSentence.PARTNER_GONE.of(partner));
        }
        if (!card.name().equals(partner)) {
            return Optional.of(NewCardSentence.OTHER_NAME.of(card.name(), partner));
        }
        String identity = known.get().identity();
        if (!card.identity().equals(identity)) {
            return Optional.of(NewCardSentence.OTHER_IDENTITY.of(card.identity(), partner, identity));
        }
        try {
            card.checkCurrent(now);
        } catch (CardRejected rejected) {
            return Optional.of(NewCardSentence.CARD_UNUSABLE.of(rejected.getMessage()));
        }
        Instant last = list.card(partner).orElseThrow().term().issued();
        if (card.issued().isBefore(last)) {
            return Optional.of(NewCardSentence.CARD_BEFORE_LAST.of(card.sequence(), card.issued(), last));
        }
        if (!card.continues(known.get())) {
            return Optional.of(NewCardSentence.NO_KNOWN_KEY.of(
                    partner, card.sequence(), card.fingerprint(), revocations(card, list)));
        }
        return list.centre(list.owner())
                .filter(own -> Endpoints.sameServer(own.endpoint(), card.endpoint()))
                .map(own -> NewCardSentence.OWN_ADDRESS.of(card.endpoint()));
    }

    /** What the card says of keys that are good so far, and what nothing proves yet. */
    private static String revocations(CentreCard card, TrustList list) {
        return card.compromised().stream()
                .filter(lost -> list.key(lost.kid())
                        .filter(owner -> owner.key().compromisedSince().isEmpty())
                        .isPresent())
                .map(lost -> "which says that the key " + lost.kid() + " is compromised since " + lost.since())
                .collect(Collectors.joining(", "));
    }

    /**
     * Takes the card of a partner that waits for a person.
     *
     * @param seen the fingerprint of the card that the person looked at; empty for the one that waits now
     * @param own the present signing key
     * @return the card; empty when none waits
     * @throws CardRejected when it cannot be taken any more
     */
    public static Optional<CentreCard> accept(
            Home home, String partner, Optional<String> seen, SigningKey own, TrustList list, Instant now)
            throws IOException, CardRejected, TrustListRejected {
        if (!Files.exists(home.offeredCard(partner))) {
            return Optional.empty();
        }
        CentreCard card = CentreCard.read(Files.readAllBytes(home.offeredCard(partner)));
        if (seen.isPresent() && !card.fingerprint().matches(seen.get())) {
            throw new CardRejected("another card of " + partner + " waits by now: number " + card.sequence()
                    + " with the fingerprint " + card.fingerprint() + "; look at that one, and accept it");
        }
        Optional<Sentence> fault = fault(partner, card, list, now);
        if (fault.isPresent()) {
            throw new CardRejected(fault.get().text());
        }
        take(home, own, card, now);
        Files.deleteIfExists(home.offeredCard(partner));
        return Optional.of(card);
    }

    /** A key that a command replaced just now, and that this process does not use yet, signed the list. */
    private void take(CentreCard card, Instant now)
            throws IOException, CardRejected, TrustListRejected, KeyFileRejected {
        try (HomeLock lock = HomeLock.take(home)) {
            lock.held();
            take(home, keys.inFile().signingKey(), card, now);
        }
    }

    private static void take(Home home, SigningKey own, CentreCard card, Instant now)
            throws IOException, CardRejected, TrustListRejected {
        try (HomeLock lock = HomeLock.take(home)) {
            lock.held();
            new TrustListFile(home.trust()).update(own, before -> {
                TrustedCentre known = before.centre(card.name())
                        .orElseThrow(() -> new CardRejected("the partner " + card.name() + " was removed"));
                return before.with(card, known.roles(), now);
            });
            new HomeManifest(home).partnersChanged();
        }
    }
}
