package uz.koprik.gateway.release;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static uz.koprik.gateway.centre.RunningCentre.await;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.gateway.centre.Centres;

/** When the rules come to open more, what came before goes to partners whose positions are past it. */
class WidenedRulesTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @RegisterExtension
    final Centres centres = new Centres();

    /** Kinds are nothing that the 64 classes say. */
    private void moreKinds(TwoPartners two) throws Exception {
        String id = two.agree("", "--max-tlp", "amber", "--kinds", "ipv4");
        String host = two.submitted("host.example.com", "--tlp", "green");
        String address = two.submitted("198.51.100.7", "--tlp", "green");
        await(SOON, () -> two.arrived(address));
        assertFalse(two.arrived(host));
        two.agree(id, "--kinds", "ipv4,domain");
        await(SOON, () -> two.arrived(host));
    }

    @Test
    void aPushBeginsAgain() throws Exception {
        moreKinds(new TwoPartners(centres, true, false, true));
    }

    @Test
    void aPullReadsEverythingAgain() throws Exception {
        moreKinds(new TwoPartners(centres, false, true, true));
    }

    @Test
    void anAgreementThatBeginsLaterOpensWhatCameBefore() throws Exception {
        TwoPartners two = new TwoPartners(centres, true, false, true);
        String address = two.submitted("198.51.100.7", "--tlp", "green");
        Instant begin = Instant.now().plusSeconds(8).truncatedTo(ChronoUnit.SECONDS);
        two.agree("", "--max-tlp", "amber", "--kinds", "ipv4", "--valid-from", begin.toString());
        if (Instant.now().isBefore(begin.minusSeconds(1))) {
            assertFalse(two.arrived(address));
        }
        await(SOON, () -> two.arrived(address));
    }

    @Test
    void whoJoinsAGroupGetsItsPast() throws Exception {
        TwoPartners two = new TwoPartners(centres, true, false, false);
        TwoPartners.good(two.tashkent, "group", "create", "Banks", "--past");
        String red = two.submitted("198.51.100.7", "--tlp", "red", "--group", "Banks");
        String other = two.submitted("198.51.100.8", "--tlp", "green");
        await(SOON, () -> two.arrived(other));
        assertFalse(two.arrived(red));
        TwoPartners.good(two.tashkent, "group", "add", "Banks", "budapest");
        await(SOON, () -> two.arrived(red));
        await(SOON, () -> TwoPartners.good(two.budapest, "group", "list").contains("Banks"));
    }
}
