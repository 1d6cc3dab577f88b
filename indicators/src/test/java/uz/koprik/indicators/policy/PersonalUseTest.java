package uz.koprik.indicators.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a member does not see before it says a purpose. */
class PersonalUseTest {

    private static final Instant NOW = Instant.parse("2026-11-30T00:00:00Z");
    private static final Map<String, Set<String>> ASKED =
            Map.of("budapest", Set.of("phishing", "fraud"), "seoul", Set.of("fraud", "trafficking"));
    private static final ReleaseTerms PERSONAL =
            new ReleaseTerms(Tlp.GREEN, false, true, false).withKinds(Set.of("email"));

    private static Recipient anna(PersonalUse use) {
        return new Recipient.Analyst("anna", CaseUnits.ALL).using(before -> use.under(ASKED));
    }

    private static boolean sees(PersonalUse use, ReleaseTerms terms) {
        boolean decided = ReleaseDecision.decide(terms, anna(use), NOW).released();
        assertEquals(decided, Audience.of(anna(use), NOW).sees(terms), "audiences follow the decision");
        assertEquals(decided, Audience.of(anna(use), NOW).sees(terms.number()));
        return decided;
    }

    @Test
    void personalObjectsOfAskingPartnersNeedAPurposeOfTheirAgreement() {
        ReleaseTerms budapest = PERSONAL.withFrom("budapest");
        assertFalse(sees(PersonalUse.UNSAID, budapest));
        assertTrue(sees(PersonalUse.of("phishing"), budapest));
        assertFalse(sees(PersonalUse.of("phishing"), PERSONAL.withFrom("seoul")));
        assertTrue(sees(PersonalUse.of("fraud"), PERSONAL.withFrom("seoul")));
        assertFalse(sees(PersonalUse.of("curiosity"), budapest));
        ReleaseDecision why = ReleaseDecision.decide(budapest, anna(PersonalUse.UNSAID), NOW);
        assertEquals(ReleaseDecision.Code.PURPOSE_NEEDED, why.code());
        assertEquals(Map.of("partner", "budapest", "article", "2"), why.details());
    }

    @Test
    void whatIsNotPersonalOrNotTheirsNeedsNone() {
        assertTrue(sees(PersonalUse.UNSAID, PERSONAL.withFrom("almaty")), "its agreement does not ask");
        assertTrue(sees(PersonalUse.UNSAID, PERSONAL), "an analyst imported it here");
        assertTrue(sees(
                PersonalUse.UNSAID,
                new ReleaseTerms(Tlp.GREEN, true, true, false)
                        .withKinds(Set.of("email"))
                        .withFrom("budapest")));
        assertTrue(sees(
                PersonalUse.UNSAID,
                new ReleaseTerms(Tlp.GREEN, false, false, false)
                        .withKinds(Set.of("domain"))
                        .withFrom("budapest")));
    }

    @Test
    void anObjectOfAnEarlierVersionMayBeOfEachOfThem() {
        ReleaseTerms early = new ReleaseTerms(Tlp.GREEN, false, true, false);
        assertFalse(sees(PersonalUse.UNSAID, early));
        assertFalse(sees(PersonalUse.of("phishing"), early), "seoul may have given it");
        assertTrue(sees(PersonalUse.of("fraud"), early));
    }

    @Test
    void readersWhoseWithheldPartnersDifferShareNoPages() {
        PERSONAL.withFrom("budapest").number();
        Audience none = Audience.of(anna(PersonalUse.UNSAID), NOW);
        assertNotEquals(none, Audience.of(anna(PersonalUse.of("phishing")), NOW));
        assertNotEquals(
                none.rule(), Audience.of(anna(PersonalUse.of("phishing")), NOW).rule());
        assertEquals(
                none.rule(), Audience.of(anna(PersonalUse.of("curiosity")), NOW).rule());
        assertFalse(none.seesAll());
        assertTrue(Audience.of(anna(PersonalUse.of("fraud")), NOW).seesAll());
        assertTrue(Audience.of(anna(PersonalUse.OF_CENTRE), NOW).seesAll());
    }
}
