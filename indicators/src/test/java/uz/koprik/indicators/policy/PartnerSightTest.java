package uz.koprik.indicators.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the rules open to a partner, compared with what they opened before. */
class PartnerSightTest {

    private static final Instant NOW = Instant.parse("2026-11-22T08:30:00Z");
    private static final String BUDAPEST = "identity--00000000-0000-4000-8000-00000000000b";
    private static final String BANKS = "sharing-group--00000000-0000-4000-8000-000000000001";

    private static final List<Tlp> MARKINGS = List.of(Tlp.CLEAR, Tlp.GREEN, Tlp.AMBER, Tlp.AMBER_STRICT);

    private final Random random = new Random(17);

    private static PartnerSight sight(Agreement agreement, Map<String, Instant> groups) {
        return PartnerSight.of(new Recipient.Partner("budapest", agreement, Set.of(BUDAPEST), groups), NOW);
    }

    private static Agreement signed(Tlp max, String... kinds) {
        return new Agreement(
                max,
                Optional.of("fraud"),
                Optional.of(NOW.plusSeconds(60)),
                "paper",
                new AgreementBasis.Signed("sharing-agreement--1", Set.of(kinds), false, false, true));
    }

    @Test
    void moreKindsMarkingsAndMembershipsAreWider() {
        PartnerSight narrow = sight(signed(Tlp.GREEN, "ipv4"), Map.of());
        for (PartnerSight wide : List.of(
                sight(signed(Tlp.GREEN, "ipv4", "domain"), Map.of()),
                sight(signed(Tlp.AMBER, "ipv4"), Map.of()),
                sight(signed(Tlp.GREEN, "ipv4"), Map.of(BANKS, NOW)))) {
            assertTrue(wide.widerThan(narrow), wide.text());
            assertFalse(narrow.widerThan(wide), wide.text());
        }
        assertTrue(sight(signed(Tlp.GREEN, "domain"), Map.of()).widerThan(narrow), "other kinds");
        assertTrue(narrow.widerThan(PartnerSight.NONE), "an agreement began");
        assertTrue(narrow.widerThan(sight(Agreement.nothing("none", 0), Map.of())));
        PartnerSight closed = sight(signed(Tlp.GREEN, "ipv4").closedTo(Set.of("seoul")), Map.of());
        assertTrue(narrow.widerThan(closed), "seoul allows it now");
        assertFalse(closed.widerThan(narrow));
        Agreement ended = new Agreement(Tlp.AMBER, Optional.empty(), Optional.of(NOW), "paper");
        assertEquals(PartnerSight.NONE, sight(ended, Map.of()));
    }

    @Test
    void isTheSameAsItsText() {
        PartnerSight sight = sight(signed(Tlp.AMBER, "ipv4").closedTo(Set.of("seoul", "kyiv")), Map.of(BANKS, NOW));
        assertEquals(sight, PartnerSight.read(sight.text()));
        assertEquals(PartnerSight.NONE, PartnerSight.read(""));
        assertEquals("", PartnerSight.NONE.text());
    }

    /** The promise: when something is released that was not, the sight is wider. */
    @Test
    void nothingIsReleasedMoreUnlessItIsWider() {
        List<ReleaseTerms> all = new ArrayList<>();
        for (Tlp tlp : Tlp.values()) {
            for (int i = 0; i < 8; i++) {
                ReleaseTerms terms = new ReleaseTerms(tlp, i % 2 == 0, i % 3 == 0, false);
                all.add(terms);
                all.add(terms.withKinds(Set.of("ipv4")));
                all.add(terms.withKinds(Set.of("domain", "ipv4")));
                all.add(terms.withFrom("seoul"));
                all.add(terms.to(Set.of(BUDAPEST)));
                all.add(terms.toMembers(Map.of(BANKS, NOW.plusSeconds(i - 4))));
            }
        }
        for (int i = 0; i < 3000; i++) {
            Recipient.Partner before = partner();
            Recipient.Partner after = partner();
            boolean more = all.stream()
                    .anyMatch(terms -> ReleaseDecision.decide(terms, after, NOW).released()
                            && !ReleaseDecision.decide(terms, before, NOW).released());
            assertTrue(
                    !more || PartnerSight.of(after, NOW).widerThan(PartnerSight.of(before, NOW)),
                    () -> before + " then " + after);
        }
    }

    private Recipient.Partner partner() {
        AgreementBasis basis =
                switch (random.nextInt(4)) {
                    case 0 -> new AgreementBasis.Settings();
                    case 1 -> new AgreementBasis.Nothing("none", 0);
                    case 2 -> new AgreementBasis.Signed("a", Set.of("ipv4"), random.nextBoolean(), false, true);
                    default -> new AgreementBasis.Signed("a", Set.of("ipv4", "domain"), true, true, true);
                };
        Agreement agreement = new Agreement(
                MARKINGS.get(random.nextInt(MARKINGS.size())),
                random.nextBoolean() ? Optional.of("fraud") : Optional.empty(),
                random.nextInt(4) == 0 ? Optional.of(NOW) : Optional.empty(),
                "paper",
                basis,
                random.nextBoolean() ? Set.of("seoul") : Set.of());
        return new Recipient.Partner(
                "budapest",
                agreement,
                random.nextInt(4) == 0 ? Set.of() : Set.of(BUDAPEST),
                random.nextBoolean() ? Map.of(BANKS, NOW.plusSeconds(random.nextInt(4) - 2)) : Map.of());
    }
}
