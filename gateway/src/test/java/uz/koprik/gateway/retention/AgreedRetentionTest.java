package uz.koprik.gateway.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.gateway.agreements.PartnerAgreements;
import uz.koprik.gateway.agreements.SignedPapers;

/** Which version of an agreement says for how long something is kept. */
class AgreedRetentionTest {

    private static final String PARTNER = "budapest";

    @TempDir
    Path folder;

    private SignedPapers papers;

    @BeforeEach
    void sign() throws Exception {
        papers = new SignedPapers(folder, List.of(PARTNER, "seoul"));
    }

    private static Instant day(int number) {
        return SignedPapers.SIGNED.plus(Duration.ofDays(number));
    }

    private static AgreedRetention agreed(SignedPapers papers, Instant now) {
        return AgreedRetention.of(
                Map.of(papers.card(PARTNER).identity(), papers.with(PARTNER)),
                (identity, with) -> Set.of(PARTNER),
                now);
    }

    private Optional<Integer> days(int received, int now) {
        return agreed(papers, day(now)).rule(PARTNER, day(received)).map(RetentionRule::days);
    }

    @Test
    void theVersionInForceWhenTheObjectCameCounts() throws Exception {
        papers.signRetention(PARTNER, 90, day(10), day(400));
        assertEquals(Optional.of(90), days(20, 30));
        assertTrue(agreed(papers, day(30))
                .rule(PARTNER, day(20))
                .orElseThrow()
                .words()
                .startsWith("article 6 of the agreement with budapest (version of 2026-11-01"));
        assertEquals(Optional.empty(), days(-5, 5), "it has not begun yet");
    }

    @Test
    void aLaterShorterVersionShortensWhatIsThereAlready() throws Exception {
        papers.signRetention(PARTNER, 90, day(10), day(400));
        papers.signRetention(PARTNER, 30, day(50), day(400));
        assertEquals(Optional.of(90), days(20, 40), "the shorter one has not begun");
        assertEquals(Optional.of(30), days(20, 60));
        assertEquals(Optional.of(30), days(55, 60));
    }

    @Test
    void aLaterLongerVersionLengthensNothingThatCameBefore() throws Exception {
        papers.signRetention(PARTNER, 30, day(10), day(400));
        papers.signRetention(PARTNER, 90, day(50), day(400));
        assertEquals(Optional.of(30), days(20, 60));
        assertEquals(Optional.of(90), days(55, 60));
    }

    @Test
    void whatCameUnderAnAgreementFollowsItAfterItsEnd() throws Exception {
        papers.signRetention(PARTNER, 30, day(10), day(100));
        assertEquals(Optional.of(30), days(20, 200));
        assertEquals(Optional.empty(), days(150, 200), "it came after the end");
    }

    @Test
    void aTerminationEndsItForWhatComesLater() throws Exception {
        papers.signRetention(PARTNER, 30, day(10), day(400));
        papers.terminate(PARTNER, day(60));
        assertEquals(Optional.of(30), days(50, 200));
        assertEquals(Optional.empty(), days(70, 200));
    }

    @Test
    void anAgreementThatBeginsLaterCoversWhatThePartnerGaveBefore() throws Exception {
        papers.signRetention(PARTNER, 30, day(10), day(400));
        assertEquals(Optional.of(30), days(2, 20));
    }

    @Test
    void oneOfAPartnerThatWasRemovedStillCounts() throws Exception {
        papers.signRetention(PARTNER, 30, day(10), day(400));
        papers.signRetention("seoul", 60, day(10), day(400));
        String identity = papers.card(PARTNER).identity();
        papers.forget(PARTNER);
        Map<String, PartnerAgreements> everyone = papers.book().everyone();
        assertEquals(2, everyone.size());
        assertEquals(
                Optional.of(30),
                AgreedRetention.of(Map.of(identity, everyone.get(identity)), (other, with) -> Set.of(PARTNER), day(30))
                        .rule(PARTNER, day(20))
                        .map(RetentionRule::days));
    }

    @Test
    void anotherPartnerIsNotBound() throws Exception {
        papers.signRetention(PARTNER, 30, day(10), day(400));
        AgreedRetention agreed = agreed(papers, day(30));
        assertEquals(Optional.empty(), agreed.rule("seoul", day(20)));
        assertEquals(Optional.of(30), agreed.shortest());
    }

    @Test
    void ofACentreThatWasRemovedAndAnotherOfItsNameBothCount(@TempDir Path folder) throws Exception {
        papers.signRetention(PARTNER, 30, day(10), day(400));
        SignedPapers others = new SignedPapers(folder, List.of(PARTNER));
        others.signRetention(PARTNER, 60, day(10), day(400));
        String one = papers.card(PARTNER).identity();
        String other = others.card(PARTNER).identity();
        for (List<String> order : List.of(List.of(one, other), List.of(other, one))) {
            Map<String, PartnerAgreements> all = new LinkedHashMap<>();
            order.forEach(
                    identity -> all.put(identity, identity.equals(one) ? papers.with(PARTNER) : others.with(PARTNER)));
            assertEquals(
                    Optional.of(30),
                    AgreedRetention.of(all, (identity, with) -> Set.of(PARTNER), day(30))
                            .rule(PARTNER, day(20))
                            .map(RetentionRule::days));
        }
    }
}
