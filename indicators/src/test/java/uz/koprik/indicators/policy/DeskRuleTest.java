package uz.koprik.indicators.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import uz.koprik.indicators.policy.DeskRule.Reason;
import uz.koprik.indicators.policy.DeskRule.Why;
import uz.koprik.indicators.policy.ReleaseTerms.Hold;

final class DeskRuleTest {

    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
    private static final DeskRule PLAIN = new DeskRule(true, Set.of(), Set.of(), false);

    private static ReleaseTerms own(Tlp tlp, String... kinds) {
        return new ReleaseTerms(tlp, true, false, false).withKinds(Set.of(kinds));
    }

    private static ReleaseTerms personal(Tlp tlp) {
        return new ReleaseTerms(tlp, true, true, false).withKinds(Set.of("email"));
    }

    @Test
    void nothingWaitsWithoutTheSetting() {
        assertEquals(List.of(), DeskRule.OFF.reasons(own(Tlp.AMBER_STRICT)));
        assertEquals(List.of(), DeskRule.OFF.reasons(personal(Tlp.CLEAR)));
    }

    @Test
    void namedRedAmberStrictAndPersonalValuesWait() {
        assertEquals(
                List.of(new Reason(Why.MARKING, "TLP:RED")),
                PLAIN.reasons(own(Tlp.RED, "domain").to(Set.of("identity--1"))));
        assertEquals(
                List.of(new Reason(Why.MARKING, "TLP:AMBER+STRICT")), PLAIN.reasons(own(Tlp.AMBER_STRICT, "domain")));
        assertEquals(List.of(new Reason(Why.PERSONAL, "")), PLAIN.reasons(personal(Tlp.CLEAR)));
        assertEquals(List.of(), PLAIN.reasons(own(Tlp.AMBER, "domain")));
    }

    @Test
    void theSettingsAddMarkingsAndKinds() {
        DeskRule more = new DeskRule(true, Set.of(Tlp.AMBER), Set.of("wallet"), false);
        assertEquals(
                List.of(new Reason(Why.MARKING, "TLP:AMBER"), new Reason(Why.KIND, "wallet")),
                more.reasons(own(Tlp.AMBER, "domain", "wallet")));
        assertEquals(List.of(), more.reasons(own(Tlp.GREEN, "domain")));
    }

    @Test
    void whatReachesNobodyDoesNotWait() {
        assertEquals(List.of(), PLAIN.reasons(personal(Tlp.RED)));
        assertEquals(List.of(), PLAIN.reasons(new ReleaseTerms(Tlp.RED, true, true, true)));
        assertEquals(List.of(), PLAIN.reasons(new ReleaseTerms(Tlp.AMBER, false, true, false)));
    }

    @Test
    void whatPartnersGaveWaitsBySettingOnly() {
        ReleaseTerms given = new ReleaseTerms(Tlp.GREEN, false, true, false)
                .withKinds(Set.of("email"))
                .withFrom("seoul");
        assertEquals(List.of(), PLAIN.reasons(given));
        assertEquals(
                List.of(new Reason(Why.PERSONAL, "")), new DeskRule(true, Set.of(), Set.of(), true).reasons(given));
    }

    @Test
    void heldGoesToNobodyOutsideUnderAnyMarking() {
        ReleaseTerms held = own(Tlp.CLEAR, "domain").with(Hold.WAITS);
        ReleaseTerms referring = own(Tlp.CLEAR, "domain").with(Hold.BY_REFERENCE);
        Recipient partner = new Recipient.Partner("budapest", Agreement.DEFAULT);
        Recipient client = new Recipient.Client("siem", Tlp.AMBER);
        assertEquals(
                ReleaseDecision.Code.HELD,
                ReleaseDecision.decide(held, partner, NOW).code());
        assertEquals(
                ReleaseDecision.Code.HELD,
                ReleaseDecision.decide(held, client, NOW).code());
        assertEquals(
                ReleaseDecision.Code.HELD_BY_REFERENCE,
                ReleaseDecision.decide(referring, partner, NOW).code());
        assertTrue(
                ReleaseDecision.decide(held, new Recipient.Analyst("anna"), NOW).released());
        assertTrue(ReleaseDecision.decide(held, new Recipient.Operator("olga"), NOW)
                .released());
        assertTrue(ReleaseDecision.decide(held.with(Hold.NONE), partner, NOW).released());
        assertFalse(Audience.of(partner, NOW).sees(held.number()));
        assertTrue(Audience.of(partner, NOW).sees(held.with(Hold.NONE).number()));
    }

    @Test
    void whatRefersToAHeldObjectIsHeldOnlyForThat() {
        ReleaseTerms held = own(Tlp.CLEAR, "domain").with(Hold.WAITS);
        ReleaseTerms narrowed = own(Tlp.CLEAR, "domain").narrowedBy(held);
        assertEquals(Hold.BY_REFERENCE, narrowed.hold());
        assertSame(held, held.narrowedBy(narrowed));
        assertSame(narrowed, narrowed.narrowedBy(held));
        assertEquals(
                Hold.BY_REFERENCE, own(Tlp.CLEAR, "domain").narrowedBy(narrowed).hold());
    }

    @Test
    void termsSayInJournalsWhatIsHeld() {
        ReleaseTerms waits = own(Tlp.GREEN, "domain").with(Hold.WAITS);
        ReleaseTerms refers = new ReleaseTerms(Tlp.GREEN, true, false, false).with(Hold.BY_REFERENCE);
        assertEquals("k=domain;h=w", waits.definition());
        assertEquals("h=r", refers.definition());
        assertEquals(waits, ReleaseTerms.of(waits.classCode(), waits.definition()));
        assertEquals(refers, ReleaseTerms.of(refers.classCode(), refers.definition()));
        assertNotEquals(refers.classCode(), refers.number());
        assertTrue(refers.narrows());
    }

    @Test
    void noOutsiderCouldKnowWhatWasHeld() {
        ReleaseTerms held = own(Tlp.CLEAR, "domain").with(Hold.WAITS);
        long clear = 1L << held.classCode();
        assertFalse(new PastSight(clear, Set.of(), Map.of(), NOW).sees(held));
        assertTrue(new PastSight(clear, Set.of(), Map.of(), NOW).sees(held.with(Hold.NONE)));
        assertTrue(new PastSight(-1L, Set.of(), Map.of(), NOW).sees(held));
        assertEquals(Optional.empty(), held.recipients());
    }
}
