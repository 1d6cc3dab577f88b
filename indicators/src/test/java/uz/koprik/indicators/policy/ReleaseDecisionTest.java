package uz.koprik.indicators.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReleaseDecisionTest {

    private static final Instant NOW = Instant.parse("2026-11-22T08:30:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // tlp | own | personal | house | agreement up to | purpose | released | reason contains
                "CLEAR        | false | false | false | CLEAR        |              | true  | TLP:CLEAR is within the agreement with budapest",
                "GREEN        | false | false | false | GREEN        |              | true  | TLP:GREEN is within",
                "GREEN        | true  | false | false | CLEAR        |              | false | TLP:GREEN is above TLP:CLEAR",
                "AMBER        | true  | false | false | AMBER        |              | true  | TLP:AMBER is within",
                "AMBER        | true  | false | false | GREEN        |              | false | TLP:AMBER is above TLP:GREEN",
                "AMBER        | false | false | false | AMBER_STRICT |              | false | TLP:AMBER received from a partner is not handed on to third parties",
                "AMBER_STRICT | true  | false | false | AMBER_STRICT |              | true  | TLP:AMBER+STRICT is within",
                "AMBER_STRICT | true  | false | false | AMBER        |              | false | TLP:AMBER+STRICT is above TLP:AMBER",
                "AMBER_STRICT | false | false | false | AMBER_STRICT |              | false | received from a partner",
                "RED          | true  | false | false | AMBER_STRICT | fraud        | false | TLP:RED goes to named recipients only",
                "CLEAR        | true  | false | true  | AMBER_STRICT | fraud        | false | a case file never leaves the centre",
                "GREEN        | true  | true  | false | GREEN        |              | false | carries personal observables; the agreement with budapest names no purpose",
                "GREEN        | true  | true  | false | GREEN        | bank fraud   | true  | whose purpose is: bank fraud",
                "AMBER        | false | true  | false | AMBER        | bank fraud   | false | received from a partner"
            })
    void decidesForPartners(
            Tlp tlp,
            boolean own,
            boolean personal,
            boolean house,
            Tlp max,
            String purpose,
            boolean released,
            String reason) {
        Agreement agreement = new Agreement(max, Optional.ofNullable(purpose), Optional.empty(), "paper");
        ReleaseDecision decision = ReleaseDecision.decide(
                new ReleaseTerms(tlp, own, personal, house), new Recipient.Partner("budapest", agreement), NOW);
        assertEquals(released, decision.released(), decision.reason());
        assertTrue(decision.reason().contains(reason), decision.reason());
    }

    @Test
    void endsWithTheAgreement() {
        Instant end = Instant.parse("2026-11-22T08:30:01Z");
        Recipient partner = new Recipient.Partner(
                "budapest", new Agreement(Tlp.GREEN, Optional.empty(), Optional.of(end), "paper"));
        ReleaseTerms clear = new ReleaseTerms(Tlp.CLEAR, true, false, false);
        assertTrue(ReleaseDecision.decide(clear, partner, NOW).released());
        ReleaseDecision after = ReleaseDecision.decide(clear, partner, end);
        assertFalse(after.released());
        assertEquals("the agreement with budapest ended on 2026-11-22T08:30:01Z", after.reason());
    }

    @Test
    void givesClientsNothingPersonalAndNothingAboveTheirs() {
        Recipient client = new Recipient.Client("siem", Tlp.AMBER);
        assertTrue(ReleaseDecision.decide(new ReleaseTerms(Tlp.AMBER, true, false, false), client, NOW)
                .released());
        assertFalse(ReleaseDecision.decide(new ReleaseTerms(Tlp.AMBER, false, false, false), client, NOW)
                .released());
        assertFalse(ReleaseDecision.decide(new ReleaseTerms(Tlp.AMBER_STRICT, true, false, false), client, NOW)
                .released());
        assertFalse(ReleaseDecision.decide(new ReleaseTerms(Tlp.CLEAR, true, true, false), client, NOW)
                .released());
        assertFalse(ReleaseDecision.decide(
                        new ReleaseTerms(Tlp.RED, true, false, false), new Recipient.Client("siem", Tlp.RED), NOW)
                .released());
    }

    @Test
    void letsAnalystsSeeEverythingAndOperatorsEverythingButCases() {
        for (Tlp tlp : Tlp.values()) {
            ReleaseTerms house = new ReleaseTerms(tlp, true, true, true);
            assertTrue(ReleaseDecision.decide(house, new Recipient.Analyst("desk-3"), NOW)
                    .released());
            assertFalse(ReleaseDecision.decide(house, new Recipient.Operator("desk-4"), NOW)
                    .released());
            assertTrue(ReleaseDecision.decide(
                            new ReleaseTerms(tlp, false, true, false), new Recipient.Operator("desk-4"), NOW)
                    .released());
        }
    }

    @Test
    void computesAudiencesThatAgreeWithEveryDecision() {
        Agreement purpose = new Agreement(Tlp.AMBER, Optional.of("bank fraud"), Optional.empty(), "paper");
        Agreement ended = new Agreement(Tlp.AMBER, Optional.empty(), Optional.of(NOW), "paper");
        for (Recipient recipient : List.of(
                new Recipient.Analyst("desk-3"),
                new Recipient.Operator("desk-4"),
                new Recipient.Client("siem", Tlp.AMBER_STRICT),
                new Recipient.Client("web", Tlp.CLEAR),
                new Recipient.Partner("a", Agreement.DEFAULT),
                new Recipient.Partner("b", purpose),
                new Recipient.Partner("c", ended))) {
            Audience audience = Audience.of(recipient, NOW);
            int used = 0;
            for (int code = 0; code < ReleaseTerms.CLASSES; code++) {
                ReleaseTerms object = ReleaseTerms.of(code);
                boolean released = object.tlp() != null
                        && ReleaseDecision.decide(object, recipient, NOW).released();
                assertEquals(released, audience.sees(code), recipient + " " + object);
                used += object.tlp() == null ? 0 : 1;
            }
            assertEquals(40, used);
        }
    }

    @Test
    void knowsNoAgreementOnRedNorABlankPurpose() {
        assertThrows(
                IllegalArgumentException.class, () -> new Agreement(Tlp.RED, Optional.empty(), Optional.empty(), "x"));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Agreement(Tlp.GREEN, Optional.of(" "), Optional.empty(), "x"));
    }

    @ParameterizedTest
    @EnumSource(Tlp.class)
    void readsWhatPeopleWrite(Tlp tlp) {
        assertEquals(Optional.of(tlp), Tlp.parse(tlp.label()));
        assertEquals(Optional.of(tlp), Tlp.parse(tlp.name().toLowerCase(Locale.ROOT)));
        assertEquals(Optional.of(Tlp.CLEAR), Tlp.parse(" tlp:white "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "TLP:", "BLUE", "TLP:AMBER STRICT", "TLP:TLP:RED"})
    void readsNoOther(String text) {
        assertEquals(Optional.empty(), Tlp.parse(text));
    }
}
