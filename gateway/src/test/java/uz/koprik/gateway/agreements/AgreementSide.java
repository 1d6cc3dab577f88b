package uz.koprik.gateway.agreements;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import uz.koprik.crypto.KnownCentre;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.jws.Signer;
import uz.koprik.crypto.trust.CentreCard;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.crypto.trust.TrustList;
import uz.koprik.gateway.config.FileStateStore;
import uz.koprik.gateway.partners.LocalCentre;
import uz.koprik.indicators.policy.Agreement;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.KeyedIds;
import uz.koprik.indicators.stix.StixObject;

/** One centre without a server: its book, desk and intake, by a clock that tests move. */
final class AgreementSide {

    static final Instant BEGIN = Instant.parse("2026-11-01T00:00:00Z");

    final String name;
    final CentreKeys keys;
    final CentreCard card;
    final AgreementBook book;
    final AgreementDesk desk;
    final AgreementIntake intake;
    final AgreementExchange exchange;
    TrustList trust;
    Instant now = BEGIN.plusSeconds(60);

    AgreementSide(String name, Path folder) throws Exception {
        this(name, folder, KnownCentre.fresh(name, BEGIN));
    }

    AgreementSide(String name, Path folder, KnownCentre centre) throws Exception {
        this.name = name;
        this.keys = centre.keys();
        this.card = centre.card();
        this.trust = TrustList.initial(card, BEGIN);
        this.book = new AgreementBook(new FileStateStore(folder.resolve(name)), () -> trust, () -> now);
        Signer signer = keys.signer();
        this.desk = new AgreementDesk(
                book,
                new LocalCentre(name, card.identity(), signer, new KeyedIds(name.getBytes(StandardCharsets.UTF_8))),
                () -> {});
        this.intake = new AgreementIntake(book);
        this.exchange = new AgreementExchange(book, intake, (partner, path, body) -> Optional.empty());
    }

    void trusts(AgreementSide other) throws Exception {
        trust = trust.with(other.card, Set.of("producer", "relay"), BEGIN);
        book.refresh();
    }

    /** Sends all that this side holds to the other, and takes its answer. */
    void meets(AgreementSide other) throws Exception {
        other.intake.take(name, pieces(other));
        intake.take(other.name, other.pieces(this));
    }

    List<byte[]> pieces(AgreementSide other) {
        return book.pieces(other.card.identity()).stream()
                .map(object -> CanonicalJson.bytes(object.json()))
                .toList();
    }

    List<StixObject> objects(AgreementSide other) {
        return book.pieces(other.card.identity());
    }

    AgreementDraft draft(Tlp tlp, int noticeDays) {
        return new AgreementDraft(
                List.of("phishing"),
                false,
                Map.of("ipv4", true, "iban", false),
                tlp,
                false,
                365,
                Optional.of(now),
                Optional.of(now.plus(Duration.ofDays(100))),
                noticeDays,
                "memorandum",
                "",
                List.of("mailto:a@example.com"),
                List.of("mailto:b@example.com"));
    }

    AgreementVersion proposes(AgreementSide other, Optional<String> change, Tlp tlp) throws Exception {
        return desk.propose(other.name, change, draft(tlp, 0), "anna");
    }

    /** A proposal that the other and further sides must all sign. */
    AgreementVersion proposes(AgreementSide other, List<AgreementSide> further, Optional<String> change, Tlp tlp)
            throws Exception {
        return desk.propose(
                other.name,
                further.stream()
                        .map(side -> new FurtherParty(side.name, List.of("mailto:c@example.com")))
                        .toList(),
                change,
                draft(tlp, 0),
                "anna");
    }

    List<AgreementState> states(AgreementSide other) {
        PartnerAgreements all = book.with(other.card.identity());
        return all.versions().stream().map(version -> all.state(version, now)).toList();
    }

    Agreement terms(AgreementSide other, boolean required) {
        return AgreementTerms.of(
                book.with(other.card.identity()), Agreement.DEFAULT, required, card.identity(), other.name, now);
    }
}
