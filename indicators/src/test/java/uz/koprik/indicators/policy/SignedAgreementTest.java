package uz.koprik.indicators.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What an agreement that both sides signed opens, and which article decides. */
class SignedAgreementTest {

    private static final Instant NOW = Instant.parse("2026-11-29T00:00:00Z");

    private static Agreement signed(Set<String> kinds, boolean everyTechnical, boolean everyPersonal) {
        return new Agreement(
                Tlp.AMBER,
                Optional.of("phishing"),
                Optional.of(NOW.plusSeconds(60)),
                "memorandum",
                new AgreementBasis.Signed(
                        "sharing-agreement--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f",
                        kinds,
                        everyTechnical,
                        everyPersonal,
                        false));
    }

    private static ReleaseDecision decide(ReleaseTerms object, Agreement agreement) {
        return ReleaseDecision.decide(object, new Recipient.Partner("budapest", agreement), NOW);
    }

    private static ReleaseTerms own(Tlp tlp, boolean personal) {
        return new ReleaseTerms(tlp, true, personal, false);
    }

    @Test
    void onlyKindsThatArticleThreeNamesGo() {
        Agreement agreement = signed(Set.of("ipv4", "iban"), false, false);
        assertTrue(decide(own(Tlp.GREEN, false).withKinds(Set.of("ipv4")), agreement)
                .released());
        assertTrue(decide(own(Tlp.GREEN, true).withKinds(Set.of("ipv4", "iban")), agreement)
                .released());
        ReleaseDecision phone = decide(own(Tlp.GREEN, true).withKinds(Set.of("ipv4", "phone")), agreement);
        assertFalse(phone.released());
        assertEquals(ReleaseDecision.Code.KIND_NOT_AGREED, phone.code());
        assertEquals("3", phone.details().get("article"));
    }

    @Test
    void unknownKindsCountAsAll() {
        ReleaseTerms technical = own(Tlp.GREEN, false);
        ReleaseTerms personal = own(Tlp.GREEN, true);
        assertFalse(decide(technical, signed(Set.of("ipv4"), false, false)).released());
        assertTrue(decide(technical, signed(Set.of("ipv4"), true, false)).released());
        assertFalse(decide(personal, signed(Set.of("ipv4"), true, false)).released());
        assertTrue(decide(personal, signed(Set.of("ipv4", "iban"), true, true)).released());
    }

    @Test
    void theCentreThatGaveAnObjectDecidesWhetherItGoesOn() {
        ReleaseTerms received = new ReleaseTerms(Tlp.GREEN, false, false, false).withFrom("seoul");
        Agreement agreement = signed(Set.of(), true, true);
        assertTrue(decide(received, agreement).released());
        ReleaseDecision closed = decide(received, agreement.closedTo(Set.of("seoul")));
        assertEquals(ReleaseDecision.Code.RELAY_NOT_AGREED, closed.code());
        assertEquals("5", closed.details().get("article"));
        ReleaseTerms clear = new ReleaseTerms(Tlp.CLEAR, false, false, false).withFrom("seoul");
        assertTrue(decide(clear, agreement.closedTo(Set.of("seoul"))).released());
    }

    @Test
    void theCentreThatGaveAnObjectDecidesForAccountsToo() {
        ReleaseTerms received = new ReleaseTerms(Tlp.GREEN, false, false, false).withFrom("seoul");
        Recipient closed = new Recipient.Client("siem", Tlp.AMBER, Set.of("seoul"));
        assertTrue(ReleaseDecision.decide(received, new Recipient.Client("siem", Tlp.AMBER), NOW)
                .released());
        assertEquals(
                ReleaseDecision.Code.RELAY_NOT_AGREED,
                ReleaseDecision.decide(received, closed, NOW).code());
        ReleaseTerms clear = new ReleaseTerms(Tlp.CLEAR, false, false, false).withFrom("seoul");
        assertTrue(ReleaseDecision.decide(clear, closed, NOW).released());
    }

    @Test
    void withoutOneOnlyClearGoes() {
        Agreement nothing = Agreement.nothing("none was signed", 0);
        assertTrue(decide(own(Tlp.CLEAR, false), nothing).released());
        assertFalse(decide(own(Tlp.CLEAR, true), nothing).released());
        assertEquals(
                ReleaseDecision.Code.AGREEMENT_MISSING,
                decide(own(Tlp.GREEN, false), nothing).code());
    }

    @Test
    void reasonsNameTheArticle() {
        ReleaseDecision above = decide(own(Tlp.AMBER_STRICT, false), signed(Set.of(), true, true));
        assertEquals("4", above.details().get("article"));
        assertTrue(above.reason().contains("article 4 of the agreement with budapest"), above.reason());
    }
}
