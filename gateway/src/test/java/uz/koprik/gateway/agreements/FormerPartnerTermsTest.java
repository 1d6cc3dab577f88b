package uz.koprik.gateway.agreements;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.crypto.trust.CentreCard;
import uz.koprik.gateway.partners.PartnerSettings;
import uz.koprik.gateway.partners.Partners;
import uz.koprik.indicators.policy.Tlp;

/** What binds this centre for objects of a partner that was removed, or came back under another name. */
class FormerPartnerTermsTest {

    @TempDir
    Path folder;

    private AgreementSide tashkent;
    private AgreementSide budapest;

    @BeforeEach
    void agree() throws Exception {
        tashkent = new AgreementSide("tashkent", folder);
        budapest = new AgreementSide("budapest", folder);
        tashkent.trusts(budapest);
        budapest.trusts(tashkent);
        AgreementDraft draft = tashkent.draft(Tlp.AMBER, 0);
        AgreementVersion version = tashkent.desk.propose(
                "budapest",
                Optional.empty(),
                new AgreementDraft(
                        draft.purposes(),
                        true,
                        draft.kinds(),
                        draft.maxTlp(),
                        false,
                        1,
                        draft.validFrom(),
                        draft.validUntil(),
                        0,
                        draft.legalBasis(),
                        "",
                        draft.ownContacts(),
                        draft.partnerContacts()),
                "anna");
        tashkent.meets(budapest);
        budapest.desk.accept(version.text().id(), version.digest(), "bela");
        tashkent.meets(budapest);
    }

    private AgreedPartners partners() {
        Partners file = new Partners() {
            @Override
            public PartnerSettings partner(String name) {
                return PartnerSettings.unmentioned(name);
            }

            @Override
            public Collection<PartnerSettings> all() {
                return List.of();
            }
        };
        return new AgreedPartners(file, tashkent.book, true, () -> tashkent.now);
    }

    private void assertBound(Set<String> names) {
        assertEquals(names, partners().closedSources());
        assertEquals(names, partners().purposesOnUse().keySet());
        assertEquals(Set.of("phishing"), partners().purposesOnUse().get("budapest"));
        assertEquals(1, partners().askingForPurposes().size());
    }

    @Test
    void articlesTwoAndFiveHoldForWhatAPartnerGaveThatWasRemoved() throws Exception {
        assertBound(Set.of("budapest"));
        tashkent.now = tashkent.now.plus(Duration.ofDays(1));
        tashkent.trust = tashkent.trust.without("budapest", tashkent.now);
        tashkent.book.refresh();
        assertEquals(List.of(), tashkent.states(budapest));
        assertBound(Set.of("budapest"));
        tashkent.trusts(budapest);
        assertEquals(List.of(AgreementState.IN_FORCE), tashkent.states(budapest));
        assertBound(Set.of("budapest"));
    }

    @Test
    void theyHoldForWhatItGaveUnderAnEarlierName() throws Exception {
        tashkent.now = tashkent.now.plus(Duration.ofDays(1));
        CentreCard renamed =
                CentreCard.issue("pest", "Pest", budapest.card.identity(), budapest.keys, "", AgreementSide.BEGIN);
        tashkent.trust = tashkent.trust
                .without("budapest", tashkent.now)
                .with(renamed, Set.of("producer", "relay"), tashkent.now);
        tashkent.book.refresh();
        assertBound(Set.of("budapest", "pest"));
    }

    @Test
    void noTextGivesItTheNameOfAnotherPartner() throws Exception {
        AgreementSide vienna = new AgreementSide("vienna", folder);
        tashkent.trust = tashkent.trust.without("budapest", tashkent.now);
        tashkent.trusts(vienna);
        CentreCard renamed =
                CentreCard.issue("pest", "Pest", budapest.card.identity(), budapest.keys, "", AgreementSide.BEGIN);
        CentreCard namesake = CentreCard.issue(
                "budapest",
                "Other",
                "identity--7a7e7a53-29f5-4c6f-9d4a-8e5b9a1fbd11",
                vienna.keys,
                "",
                AgreementSide.BEGIN);
        tashkent.trust = tashkent.trust
                .without("vienna", tashkent.now)
                .with(renamed, Set.of("producer", "relay"), tashkent.now)
                .with(namesake, Set.of("producer", "relay"), tashkent.now);
        tashkent.book.refresh();
        assertEquals(Set.of("pest"), partners().closedSources());
        assertEquals(Map.of("pest", Set.of("phishing")), partners().purposesOnUse());
    }

    /** What the former partner gave says "budapest" still, so it stays closed beside what the other one gives. */
    @Test
    void anotherCentreWithTheNameOfARemovedOneIsBoundByBoth() throws Exception {
        AgreementSide vienna = new AgreementSide("vienna", folder);
        tashkent.now = tashkent.now.plus(Duration.ofDays(1));
        tashkent.trust = tashkent.trust
                .without("budapest", tashkent.now)
                .with(
                        CentreCard.issue(
                                "budapest",
                                "Other",
                                "identity--7a7e7a53-29f5-4c6f-9d4a-8e5b9a1fbd11",
                                vienna.keys,
                                "",
                                AgreementSide.BEGIN),
                        Set.of("producer", "relay"),
                        tashkent.now);
        tashkent.book.refresh();
        assertBound(Set.of("budapest"));
    }
}
