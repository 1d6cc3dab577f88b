package uz.koprik.gateway.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.gateway.agreements.PartnerAgreements;
import uz.koprik.gateway.agreements.SignedPapers;
import uz.koprik.gateway.config.RetentionConfig;
import uz.koprik.indicators.policy.ReleaseTerms;
import uz.koprik.indicators.policy.Tlp;

/** Which rule decides for how long an object is kept. */
class RetentionRulesTest {

    private static final Instant RECEIVED = SignedPapers.SIGNED.plus(Duration.ofDays(10));
    private static final Instant NOW = RECEIVED.plus(Duration.ofDays(5));
    private static final RetentionConfig CONFIG = new RetentionConfig("03:30", 0, 300, 200, 100, 50, 20);
    private static final AgreedRetention NOTHING_AGREED =
            AgreedRetention.of(Map.of(), (identity, all) -> Set.of(), NOW);

    @TempDir
    Path folder;

    private static KeptObject object(Tlp tlp, boolean own, boolean personal, boolean house, String... partners) {
        return new KeptObject(new ReleaseTerms(tlp, own, personal, house), Set.of(partners), RECEIVED);
    }

    private static Optional<Integer> days(RetentionRules rules, KeptObject object) {
        return rules.of(object).map(due -> due.rule().days());
    }

    private static AgreedRetention agreed(SignedPapers papers, String... partners) {
        Map<String, PartnerAgreements> all = new HashMap<>();
        Map<String, Set<String>> names = new HashMap<>();
        for (String partner : partners) {
            String identity = papers.card(partner).identity();
            all.put(identity, papers.with(partner));
            names.put(identity, Set.of(partner));
        }
        return AgreedRetention.of(all, (identity, agreements) -> names.get(identity), NOW);
    }

    @Test
    void nothingIsErasedByDefault() {
        RetentionRules rules = new RetentionRules(RetentionConfig.NONE, NOTHING_AGREED);
        assertEquals(Optional.empty(), rules.shortest());
        for (Tlp tlp : Tlp.values()) {
            assertEquals(Optional.empty(), days(rules, object(tlp, true, true, false)));
        }
    }

    @Test
    void theMarkingInForceDecides() {
        RetentionRules rules = new RetentionRules(CONFIG, NOTHING_AGREED);
        assertEquals(Optional.empty(), days(rules, object(Tlp.CLEAR, false, false, false)));
        assertEquals(Optional.of(300), days(rules, object(Tlp.GREEN, false, false, false)));
        assertEquals(Optional.of(200), days(rules, object(Tlp.AMBER, true, false, false)));
        assertEquals(Optional.of(100), days(rules, object(Tlp.AMBER_STRICT, false, false, false)));
        assertEquals(Optional.of(50), days(rules, object(Tlp.RED, false, false, false)));
        DueTime due = rules.of(object(Tlp.AMBER_STRICT, true, false, false)).orElseThrow();
        assertEquals(RECEIVED.plus(Duration.ofDays(100)), due.at());
        assertEquals(
                "TLP:AMBER+STRICT is kept for 100 days (retention.amber_strict)",
                due.rule().words());
        assertFalse(due.by(due.at().minusMillis(1)));
        assertTrue(due.by(due.at()));
        assertEquals(Optional.of(20), rules.shortest());
    }

    @Test
    void personalValuesAreKeptForTheShorterTime() {
        RetentionRules rules = new RetentionRules(CONFIG, NOTHING_AGREED);
        assertEquals(Optional.of(20), days(rules, object(Tlp.GREEN, true, true, false)));
        assertEquals(Optional.of(20), days(rules, object(Tlp.CLEAR, false, true, false)));
    }

    @Test
    void theShortestOfAgreementAndMarkingDecides() throws Exception {
        SignedPapers papers = new SignedPapers(folder, List.of("budapest", "seoul"));
        papers.signRetention("budapest", 30, SignedPapers.SIGNED.plusSeconds(60), NOW.plus(Duration.ofDays(900)));
        papers.signRetention("seoul", 250, SignedPapers.SIGNED.plusSeconds(60), NOW.plus(Duration.ofDays(900)));
        RetentionRules rules = new RetentionRules(CONFIG, agreed(papers, "budapest", "seoul"));
        assertEquals(Optional.of(30), days(rules, object(Tlp.AMBER, false, false, false, "budapest")));
        assertEquals(Optional.of(200), days(rules, object(Tlp.AMBER, false, false, false, "seoul")));
        assertEquals(Optional.of(250), days(rules, object(Tlp.GREEN, false, false, false, "seoul")));
        assertEquals(
                Optional.of(30),
                days(rules, object(Tlp.GREEN, false, false, false, "seoul", "budapest")),
                "seoul handed on what budapest signed");
        assertEquals(Optional.empty(), days(rules, object(Tlp.CLEAR, false, false, false, "moscow")));
    }

    @Test
    void anObjectOfThisCentreFollowsNoAgreement() throws Exception {
        SignedPapers papers = new SignedPapers(folder, List.of("budapest"));
        papers.signRetention("budapest", 30, SignedPapers.SIGNED.plusSeconds(60), NOW.plus(Duration.ofDays(900)));
        RetentionRules rules = new RetentionRules(CONFIG, agreed(papers, "budapest"));
        assertEquals(Optional.of(300), days(rules, object(Tlp.GREEN, true, false, false, "budapest")));
    }

    @Test
    void whatNeverLeavesTheCentreIsKept() {
        RetentionRules rules = new RetentionRules(CONFIG, NOTHING_AGREED);
        assertEquals(Optional.empty(), days(rules, object(Tlp.RED, true, true, true)));
    }

    @Test
    void anObjectWithSeveralStatementsIsDueWithTheLastOfThem() {
        RetentionRules rules = new RetentionRules(CONFIG, NOTHING_AGREED);
        KeptObject red = object(Tlp.RED, false, false, false, "budapest");
        KeptObject green = object(Tlp.GREEN, false, false, false, "seoul");
        KeptObject clear = object(Tlp.CLEAR, true, false, false);
        assertEquals(Optional.of(300), rules.ofAll(List.of(red, green)).map(due -> due.rule()
                .days()));
        assertEquals(Optional.empty(), rules.ofAll(List.of(red, clear)), "one of them is kept");
    }
}
