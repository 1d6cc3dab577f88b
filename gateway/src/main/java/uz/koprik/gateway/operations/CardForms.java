package uz.koprik.gateway.operations;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import uz.koprik.crypto.trust.CentreCard;
import uz.koprik.crypto.trust.CompromisedKey;
import uz.koprik.crypto.trust.TrustedKey;
import uz.koprik.gateway.api.common.SentenceView;
import uz.koprik.gateway.partners.PartnerSettings;
import uz.koprik.indicators.wording.Sentence;

/** Cards and what is asked of partners, as JSON. */
final class CardForms {

    private CardForms() {}

    /** A signing key on a card; the schema {@code CardKey}. */
    record Key(String kid, String alg, String validFrom, String validUntil) {

        static Key of(TrustedKey key) {
            return new Key(
                    key.kid(),
                    key.alg(),
                    key.validFrom().toString(),
                    key.validUntil().toString());
        }
    }

    /** A key that its owner calls compromised. */
    record Lost(String kid, String since) {

        static Lost of(CompromisedKey key) {
            return new Lost(key.kid(), key.since().toString());
        }
    }

    /** A card; the schema {@code Card}. */
    record Card(
            String name,
            String title,
            String identity,
            String endpoint,
            String fingerprint,
            Long sequence,
            String issued,
            String expires,
            List<Key> keys,
            List<Lost> compromised,
            List<String> contacts) {

        static Card of(CentreCard card) {
            return new Card(
                    card.name(),
                    card.title(),
                    card.identity(),
                    card.endpoint(),
                    card.fingerprint().text(),
                    card.sequence(),
                    card.issued().toString(),
                    card.expires().toString(),
                    card.keys().stream().map(Key::of).toList(),
                    card.compromised().stream().map(Lost::of).toList(),
                    card.contacts());
        }
    }

    /** How a partner is dealt with; the schema {@code PartnerTerms}. */
    record Terms(
            boolean pull,
            boolean push,
            boolean acceptUnsigned,
            String maxTlp,
            String purpose,
            String until,
            String agreement) {

        static Terms of(PartnerSettings settings) {
            return new Terms(
                    settings.pull(),
                    settings.push(),
                    settings.acceptUnsigned(),
                    settings.agreement().maxTlp().label(),
                    settings.agreement().personalPurpose().orElse(null),
                    settings.agreement().validUntil().map(Instant::toString).orElse(null),
                    settings.agreement().reference());
        }
    }

    /**
     * What adding a card would do; the schema {@code CardPreview}.
     *
     * @param known the number of the card in use; absent for a centre that is no partner yet
     * @param vouched whether a key on the trust list signs it, so that no fingerprint is needed
     * @param refusal why it cannot be added even with its fingerprint; absent when it can, as {@code refusalCode}
     * @param notes what to know before
     * @param noteCodes the same for programs, in the same order
     * @param text of a card that was fetched from its address
     */
    record Preview(
            Card card,
            Long known,
            boolean vouched,
            Terms terms,
            String refusal,
            SentenceView refusalCode,
            List<String> notes,
            List<SentenceView> noteCodes,
            String text) {}

    /** What was added; the schema {@code PartnerAdded}. */
    record Added(
            String name,
            String title,
            long sequence,
            String fingerprint,
            boolean vouched,
            Terms terms,
            List<String> notes) {}

    /** A card that was taken; the schema {@code CardTaken}. */
    record Taken(String name, long sequence, String issued, String fingerprint) {}

    /** What people should know of a card. */
    static List<Sentence> notes(CentreCard card, PartnerSettings settings, Instant now) {
        List<Sentence> notes = new ArrayList<>();
        for (CompromisedKey lost : card.compromised()) {
            notes.add(CardSentence.COMPROMISED_KEY.of(lost.kid(), lost.since()));
        }
        if ((settings.pull() || settings.push()) && card.endpoint().isEmpty()) {
            notes.add(CardSentence.NO_ENDPOINT.of());
        }
        Optional<Instant> until = settings.agreement().validUntil();
        if (!settings.agreement().inForce(now)) {
            notes.add(CardSentence.AGREEMENT_ENDED.of(card.name(), until.orElseThrow()));
        }
        return notes;
    }
}
