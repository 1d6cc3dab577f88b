package uz.koprik.gateway.agreements;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import uz.koprik.crypto.jws.Signer;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.crypto.trust.KeyFile;
import uz.koprik.crypto.trust.Passphrase;
import uz.koprik.crypto.trust.TrustList;
import uz.koprik.crypto.trust.TrustListFile;
import uz.koprik.crypto.trust.TrustedCentre;
import uz.koprik.gateway.config.FileStateStore;
import uz.koprik.gateway.config.Home;
import uz.koprik.gateway.partners.LocalCentre;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.AgreementNotice;
import uz.koprik.indicators.stix.KeyedIds;
import uz.koprik.indicators.stix.StixWriter;

/** Agreements in the home of a centre that does not run, signed by it and by partners whose keys the test has. */
public final class HomeAgreements {

    private final AgreementBook book;
    private final AgreementDesk desk;

    public HomeAgreements(Home home) throws Exception {
        CentreKeys own = new KeyFile(home.keyFile()).load(Passphrase.fromFile(home.passphrase()));
        Instant now = Instant.now();
        TrustList trust = new TrustListFile(home.trust()).load(own.publicKey().kid(), now);
        book = new AgreementBook(new FileStateStore(home.state()), () -> trust, Instant::now);
        Signer signer = own.signer();
        desk = new AgreementDesk(
                book, new LocalCentre(trust.owner(), book.self(), signer, new KeyedIds(new byte[32])), () -> {});
    }

    /** Of a partner on the trust list. */
    public String identity(String partner) {
        return book.partner(partner).orElseThrow().identity();
    }

    /** Both sign; the id of the agreement. */
    public String sign(
            String partner,
            CentreKeys keys,
            Map<String, Boolean> kinds,
            Tlp ceiling,
            boolean relay,
            Instant from,
            Instant until)
            throws Exception {
        return sign(partner, keys, SignedPapers.draft(kinds, ceiling, relay, from, until));
    }

    /** Both sign a text that asks members for one of these purposes before they see personal values. */
    public String signAsking(String partner, CentreKeys keys, List<String> purposes, Instant until) throws Exception {
        Map<String, Boolean> kinds = new TreeMap<>();
        Arrays.stream(ObservableKind.values()).forEach(kind -> kinds.put(kind.code(), true));
        AgreementDraft draft = SignedPapers.draft(kinds, Tlp.AMBER, false, Instant.now(), until);
        return sign(
                partner,
                keys,
                new AgreementDraft(
                        purposes,
                        true,
                        kinds,
                        draft.maxTlp(),
                        draft.relay(),
                        draft.retentionDays(),
                        draft.validFrom(),
                        draft.validUntil(),
                        draft.noticeDays(),
                        draft.legalBasis(),
                        draft.reference(),
                        draft.ownContacts(),
                        draft.partnerContacts()));
    }

    private String sign(String partner, CentreKeys keys, AgreementDraft draft) throws Exception {
        AgreementVersion proposed = desk.propose(partner, Optional.empty(), draft, "anna");
        TrustedCentre other = book.partner(partner).orElseThrow();
        AgreementNotice accepted = new AgreementNotice(
                AgreementNotice.TYPE + "--" + UUID.randomUUID(),
                Instant.now().truncatedTo(ChronoUnit.MILLIS),
                other.identity(),
                proposed.text().id(),
                proposed.digest(),
                AgreementNotice.Act.ACCEPT,
                Optional.empty(),
                "");
        book.change(other.identity(), now -> List.of(StixWriter.signed(accepted.json(), keys.signer(), Instant.now())));
        return proposed.text().id();
    }

    /** Notice of termination, as soon as possible. */
    public void terminate(String agreement) throws Exception {
        desk.terminate(agreement, Optional.empty(), "", "anna");
    }
}
