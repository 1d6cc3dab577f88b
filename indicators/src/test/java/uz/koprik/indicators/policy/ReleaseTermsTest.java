package uz.koprik.indicators.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ReleaseTermsTest {

    private static final Instant NOW = Instant.parse("2026-11-22T08:30:00Z");
    private static final List<Tlp> TLPS = List.of(Tlp.values());
    private static final Instant LATER = Instant.parse("2026-12-01T00:00:00Z");
    private static final String BUDAPEST = "identity--00000000-0000-4000-8000-000000000001";
    private static final String SEOUL = "identity--00000000-0000-4000-8000-000000000002";
    private static final String KYIV = "identity--00000000-0000-4000-8000-000000000003";
    private static final ReleaseTerms GREEN = new ReleaseTerms(Tlp.GREEN, true, false, false);
    private static final ReleaseTerms RED = new ReleaseTerms(Tlp.RED, true, false, false);

    private static final String BANKS = "sharing-group--00000000-0000-4000-8000-000000000001";
    private static final String POLICE = "sharing-group--00000000-0000-4000-8000-000000000002";

    private final Random random = new Random(11);

    @Test
    void keepsTheNumbersOfThe64ClassesForEver() {
        assertEquals(0, new ReleaseTerms(Tlp.CLEAR, false, false, false).number());
        assertEquals(4 | 8 | 16 | 32, new ReleaseTerms(Tlp.RED, true, true, true).number());
        assertEquals(3 | 16, new ReleaseTerms(Tlp.AMBER_STRICT, false, true, false).number());
        for (Tlp tlp : Tlp.values()) {
            ReleaseTerms plain = new ReleaseTerms(tlp, true, false, true);
            assertEquals(plain, ReleaseTerms.of(plain.number()));
            assertEquals("", plain.definition());
            assertEquals(plain, ReleaseTerms.of(plain.classCode(), ""));
        }
    }

    @Test
    void keepsTheDefinitionsForEver() {
        ReleaseTerms all = GREEN.withKinds(Set.of("ipv4", "domain"))
                .withFrom("budapest")
                .to(Set.of(SEOUL, BUDAPEST))
                .notBefore(LATER);
        String text = "k=domain,ipv4;f=budapest;r=" + BUDAPEST + "," + SEOUL + ";e=2026-12-01T00:00:00Z";
        assertEquals(text, all.definition());
        assertEquals(all, ReleaseTerms.of(all.classCode(), text));
        assertEquals("k=", GREEN.withKinds(Set.of()).definition());
        assertEquals(GREEN.withKinds(Set.of()), ReleaseTerms.of(GREEN.classCode(), "k="));
        assertEquals("r=", GREEN.to(Set.of()).definition());
        assertEquals(
                Optional.of(Set.of()), ReleaseTerms.of(GREEN.classCode(), "r=").recipients());
        ReleaseTerms odd = GREEN.withFrom("a,b;c=d e%");
        assertEquals(odd, ReleaseTerms.of(odd.classCode(), odd.definition()));
    }

    @Test
    void refusesDefinitionsOfLaterVersions() {
        String message = assertThrows(
                        IllegalStateException.class, () -> ReleaseTerms.of(GREEN.classCode(), "k=domain;z=1"))
                .getMessage();
        assertEquals("the release terms \"k=domain;z=1\" were written by a later version: start that version", message);
        assertThrows(IllegalStateException.class, () -> ReleaseTerms.of(GREEN.classCode(), "k"));
    }

    @Test
    void numbersAreOneEachAndNameTheirClass() {
        for (int i = 0; i < 2000; i++) {
            ReleaseTerms terms = any();
            int number = terms.number();
            assertEquals(number, terms.number());
            assertEquals(terms, ReleaseTerms.of(number));
            assertEquals(terms.classCode(), number & 63);
            assertEquals(terms.plain(), number < 64);
            assertEquals(number, ReleaseTerms.number(terms.classCode(), terms.definition()));
        }
    }

    /** A reference to RED must not open to its recipients what the agreement with them does not cover. */
    @Test
    void redThatTookOverAnotherMarkingNeedsAnAgreementThatCoversIt() {
        ReleaseTerms named = RED.to(Set.of(BUDAPEST));
        ReleaseTerms amber = new ReleaseTerms(Tlp.AMBER, true, false, false).narrowedBy(named);
        assertEquals(Optional.of(Tlp.AMBER), amber.below());
        assertEquals(amber, ReleaseTerms.of(amber.classCode(), amber.definition()));
        assertEquals(
                ReleaseDecision.Code.ABOVE_AGREEMENT,
                ReleaseDecision.decide(amber, partner(Tlp.GREEN, Set.of(BUDAPEST)), NOW)
                        .code());
        assertTrue(ReleaseDecision.decide(amber, partner(Tlp.AMBER, Set.of(BUDAPEST)), NOW)
                .released());
        assertEquals(RED, RED.to(Set.of()), "RED that goes to nobody needs no names");
        assertEquals(RED, named.narrowedBy(RED));
        assertEquals(RED, RED.narrowedBy(amber));
    }

    /** Otherwise narrowing along references would depend on their order, or never end. */
    @Test
    void narrowingIsTheSameInAnyOrderAndEnds() {
        for (int i = 0; i < 5000; i++) {
            ReleaseTerms a = any();
            ReleaseTerms b = any();
            ReleaseTerms c = any();
            assertEquals(a.narrowedBy(b).narrowedBy(c), a.narrowedBy(c).narrowedBy(b), () -> a + " " + b + " " + c);
            assertEquals(a.narrowedBy(b.narrowedBy(c)), a.narrowedBy(b).narrowedBy(c));
            ReleaseTerms narrowed = a.narrowedBy(b);
            assertSame(narrowed, narrowed.narrowedBy(b));
            if (a.equals(narrowed)) {
                assertSame(a, narrowed, "the same terms are the same object");
            }
            assertEquals(a.noFurtherThan(b).noFurtherThan(c), a.noFurtherThan(c).noFurtherThan(b));
            if (!b.narrows()) {
                assertEquals(a, narrowed);
            }
        }
    }

    @Test
    void ofOneGroupTheEarlierMomentCounts() {
        ReleaseTerms early = GREEN.toMembers(Map.of(BANKS, NOW));
        ReleaseTerms late = GREEN.toMembers(Map.of(BANKS, LATER, POLICE, LATER));
        ReleaseTerms both = late.narrowedBy(early);
        assertEquals(Map.of(BANKS, NOW, POLICE, LATER), both.groups());
        assertEquals(both, early.narrowedBy(late));
        assertEquals(
                "k=domain;g=" + BANKS + "%402026-11-22T08%3A30%3A00Z",
                early.withKinds(Set.of("domain")).definition());
        assertEquals(both, ReleaseTerms.of(both.classCode(), both.definition()));
        Agreement agreement = new Agreement(Tlp.AMBER, Optional.empty(), Optional.empty(), "paper");
        assertTrue(released(both, agreement, Map.of(BANKS, NOW, POLICE, NOW)));
        assertFalse(released(both, agreement, Map.of(BANKS, NOW.plusNanos(1), POLICE, NOW)), "joined later");
        assertFalse(released(both, agreement, Map.of(BANKS, NOW)), "a member of one only");
        assertTrue(released(late, agreement, Map.of(BANKS, LATER, POLICE, LATER)));
    }

    private static boolean released(ReleaseTerms terms, Agreement agreement, Map<String, Instant> groups) {
        return ReleaseDecision.decide(terms, new Recipient.Partner("p", agreement, Set.of(BUDAPEST), groups), NOW)
                .released();
    }

    /** The promise of both operations, for every recipient. */
    @Test
    void releasesNarrowedTermsToNobodyToWhomTheOthersAreNot() {
        for (int i = 0; i < 20_000; i++) {
            ReleaseTerms object = any();
            ReleaseTerms other = any();
            Recipient recipient = recipient();
            boolean toOther = ReleaseDecision.decide(other, recipient, NOW).released();
            boolean toObject = ReleaseDecision.decide(object, recipient, NOW).released();
            ReleaseTerms further = object.noFurtherThan(other);
            assertFalse(
                    ReleaseDecision.decide(further, recipient, NOW).released() && !(toOther && toObject),
                    () -> object + " no further than " + other + " to " + recipient);
            ReleaseTerms narrowed = object.narrowedBy(other);
            assertFalse(
                    ReleaseDecision.decide(narrowed, recipient, NOW).released()
                            && !(toObject && (toOther || object.own() != other.own())),
                    () -> object + " narrowed by " + other + " to " + recipient);
        }
    }

    @Test
    void audiencesAgreeWithEveryDecisionAlsoForTermsThatGetANumberLater() {
        for (int i = 0; i < 300; i++) {
            Recipient recipient = recipient();
            Audience before = Audience.of(recipient, NOW);
            ReleaseTerms terms = i % 2 == 0 ? any() : any().notBefore(NOW.plusSeconds(random.nextInt(1_000_000) - 500));
            boolean released = ReleaseDecision.decide(terms, recipient, NOW).released();
            assertEquals(released, before.sees(terms), "without a number");
            assertEquals(released, before.sees(terms.number()), () -> terms + " " + recipient);
            assertEquals(released, Audience.of(recipient, NOW).sees(terms.number()));
            assertTrue(!released || (before.classesOfNumbers() >>> terms.classCode() & 1) != 0);
        }
    }

    @Test
    void audiencesAreEqualByWhatTheySeeAndStayCurrentUntilTheyDiffer() {
        Agreement agreement = new Agreement(Tlp.AMBER, Optional.empty(), Optional.empty(), "paper");
        Agreement same = new Agreement(Tlp.AMBER, Optional.empty(), Optional.of(LATER), "another paper");
        String one = "identity--" + new UUID(1, random.nextLong());
        String two = "identity--" + new UUID(2, random.nextLong());
        Audience first = Audience.of(new Recipient.Partner("first", agreement, Set.of(one)), NOW);
        Audience second = Audience.of(new Recipient.Partner("second", same, Set.of(two)), NOW);
        assertEquals(first, second);
        assertEquals(first.hashCode(), second.hashCode());
        GREEN.withFrom("some-partner-" + random.nextLong()).number();
        assertTrue(first.current() && second.current(), "both see the new terms");
        assertEquals(first, Audience.of(new Recipient.Partner("first", agreement, Set.of(one)), NOW));
        GREEN.to(Set.of(one)).number();
        assertFalse(first.current() && second.current());
        Audience named = Audience.of(new Recipient.Partner("first", agreement, Set.of(one)), NOW);
        Audience other = Audience.of(new Recipient.Partner("second", same, Set.of(two)), NOW);
        assertFalse(named.equals(other));
        assertTrue(named.current() && other.current());
        assertFalse(named.rule().equals(other.rule()));
        assertFalse(named.proven().equals(Audience.of(new Recipient.Operator("desk"), NOW)));
    }

    @Test
    void namedRecipientsGetRedAndNobodyElse() {
        Recipient budapest = partner(Tlp.GREEN, Set.of(BUDAPEST));
        ReleaseTerms named = RED.to(Set.of(BUDAPEST, SEOUL));
        ReleaseDecision decision = ReleaseDecision.decide(named, budapest, NOW);
        assertTrue(decision.released());
        assertEquals(ReleaseDecision.Code.NAMED, decision.code());
        assertEquals(
                ReleaseDecision.Code.NOT_NAMED,
                ReleaseDecision.decide(named, partner(Tlp.AMBER_STRICT, Set.of(KYIV)), NOW)
                        .code());
        assertEquals(
                ReleaseDecision.Code.NOT_NAMED,
                ReleaseDecision.decide(named, new Recipient.Client("siem", Tlp.RED), NOW)
                        .code());
        assertEquals(
                ReleaseDecision.Code.TLP_RED,
                ReleaseDecision.decide(RED, budapest, NOW).code());
        Recipient ended = new Recipient.Partner(
                "budapest", new Agreement(Tlp.GREEN, Optional.empty(), Optional.of(NOW), "paper"), Set.of(BUDAPEST));
        assertEquals(
                ReleaseDecision.Code.AGREEMENT_ENDED,
                ReleaseDecision.decide(named, ended, NOW).code());
        assertEquals(
                ReleaseDecision.Code.NOT_HANDED_ON,
                ReleaseDecision.decide(
                                new ReleaseTerms(Tlp.RED, false, false, false).to(Set.of(BUDAPEST)), budapest, NOW)
                        .code(),
                "what a partner marked RED stays here, also when it names others");
        assertEquals(
                ReleaseDecision.Code.NO_PURPOSE,
                ReleaseDecision.decide(new ReleaseTerms(Tlp.RED, true, true, false).to(Set.of(BUDAPEST)), budapest, NOW)
                        .code());
        assertTrue(ReleaseDecision.decide(named, new Recipient.Analyst("anna"), NOW)
                .released());
    }

    @Test
    void otherMarkingsWithNamedRecipientsGoToThoseOnly() {
        ReleaseTerms named = GREEN.to(Set.of(BUDAPEST));
        assertEquals(
                ReleaseDecision.Code.WITHIN_AGREEMENT,
                ReleaseDecision.decide(named, partner(Tlp.GREEN, Set.of(BUDAPEST)), NOW)
                        .code());
        assertEquals(
                ReleaseDecision.Code.ABOVE_AGREEMENT,
                ReleaseDecision.decide(named, partner(Tlp.CLEAR, Set.of(BUDAPEST)), NOW)
                        .code());
        assertEquals(
                ReleaseDecision.Code.NOT_NAMED,
                ReleaseDecision.decide(named, partner(Tlp.GREEN, Set.of(SEOUL)), NOW)
                        .code());
        assertFalse(ReleaseDecision.decide(named.to(Set.of(SEOUL)), partner(Tlp.GREEN, Set.of(BUDAPEST, SEOUL)), NOW)
                .released());
    }

    @Test
    void anEmbargoHoldsUntilItsMoment() {
        Recipient budapest = partner(Tlp.GREEN, Set.of(BUDAPEST));
        ReleaseTerms embargoed = GREEN.notBefore(LATER);
        ReleaseDecision before = ReleaseDecision.decide(embargoed, budapest, LATER.minusNanos(1));
        assertEquals(ReleaseDecision.Code.EMBARGO, before.code());
        assertEquals("is under embargo until 2026-12-01T00:00:00Z", before.reason());
        assertTrue(ReleaseDecision.decide(embargoed, budapest, LATER).released());
        assertFalse(Audience.of(budapest, LATER.minusNanos(1)).sees(embargoed.number()));
        assertTrue(Audience.of(budapest, LATER).sees(embargoed.number()));
        assertFalse(Audience.of(budapest, NOW).sees(embargoed.number()), "also when the clock goes back");
        assertTrue(ReleaseDecision.decide(embargoed, new Recipient.Operator("desk"), NOW)
                .released());
    }

    @Test
    void anAudienceEndsWithItsAgreement() {
        Recipient partner = new Recipient.Partner(
                "x", new Agreement(Tlp.GREEN, Optional.empty(), Optional.of(LATER), "paper"), Set.of(KYIV));
        ReleaseTerms terms = GREEN.withKinds(Set.of("domain"));
        assertTrue(Audience.of(partner, NOW).sees(terms));
        assertTrue(Audience.of(partner, LATER.minusNanos(1)).sees(terms));
        assertFalse(Audience.of(partner, LATER).sees(terms));
        assertTrue(Audience.of(partner, NOW).sees(terms));
    }

    @Test
    void pastSightIsThatOfTheMoment() {
        long green = 1L << GREEN.classCode() | 1L << new ReleaseTerms(Tlp.CLEAR, true, false, false).classCode();
        PastSight budapest = new PastSight(green, Set.of(BUDAPEST), Map.of(), NOW);
        assertTrue(budapest.sees(GREEN.withKinds(Set.of("domain"))));
        assertTrue(budapest.sees(GREEN.to(Set.of(BUDAPEST))));
        assertFalse(budapest.sees(GREEN.to(Set.of(SEOUL))));
        assertFalse(budapest.sees(GREEN.notBefore(LATER)));
        assertTrue(budapest.sees(GREEN.notBefore(NOW)));
        assertTrue(budapest.sees(RED.to(Set.of(BUDAPEST))));
        assertFalse(budapest.sees(RED));
        assertFalse(
                budapest.sees(RED.to(Set.of(BUDAPEST)).narrowedBy(new ReleaseTerms(Tlp.AMBER, true, false, false))));
        assertFalse(new PastSight(0, Set.of(BUDAPEST), Map.of(), NOW).sees(RED.to(Set.of(BUDAPEST))));
        assertTrue(new PastSight(-1, Set.of(), Map.of(), NOW).sees(RED.notBefore(LATER)));
    }

    private static Recipient partner(Tlp max, Set<String> identities) {
        return new Recipient.Partner(
                "partner", new Agreement(max, Optional.empty(), Optional.empty(), "paper"), identities);
    }

    private Recipient recipient() {
        Tlp tlp = TLPS.get(random.nextInt(4));
        return switch (random.nextInt(6)) {
            case 0 -> new Recipient.Analyst("anna");
            case 1 -> new Recipient.Operator("desk");
            case 2 -> new Recipient.Client("siem", tlp);
            default ->
                new Recipient.Partner(
                        "partner",
                        new Agreement(
                                tlp,
                                random.nextBoolean() ? Optional.of("fraud") : Optional.empty(),
                                random.nextInt(4) == 0 ? Optional.of(NOW) : Optional.empty(),
                                "paper"),
                        some(BUDAPEST, SEOUL, KYIV),
                        memberships());
        };
    }

    private ReleaseTerms any() {
        ReleaseTerms terms = new ReleaseTerms(
                TLPS.get(random.nextInt(5)), random.nextBoolean(), random.nextInt(3) == 0, random.nextInt(8) == 0);
        terms = random.nextInt(4) == 0 ? terms : terms.withKinds(some("domain", "ipv4", "iban", "email-addr"));
        terms = random.nextInt(3) == 0 ? terms.withFrom(random.nextBoolean() ? "budapest" : "seoul") : terms;
        terms = random.nextInt(2) == 0 ? terms.to(some(BUDAPEST, SEOUL, KYIV)) : terms;
        for (String group : some(BANKS, POLICE)) {
            terms = random.nextInt(3) == 0 ? terms.toMembers(Map.of(group, moment())) : terms;
        }
        return random.nextInt(3) == 0 ? terms.notBefore(NOW.plusSeconds(random.nextInt(3) - 1)) : terms;
    }

    private Instant moment() {
        return NOW.plusSeconds(random.nextInt(3) - 1);
    }

    private Map<String, Instant> memberships() {
        return some(BANKS, POLICE).stream().collect(Collectors.toMap(group -> group, group -> moment()));
    }

    private Set<String> some(String... names) {
        List<String> some = new ArrayList<>();
        for (String name : names) {
            if (random.nextBoolean()) {
                some.add(name);
            }
        }
        return Set.copyOf(some);
    }
}
