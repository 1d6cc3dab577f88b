package uz.koprik.gateway.renewal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.crypto.trust.CentreCard;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.crypto.trust.TrustedKey;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.Gateway;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.config.Config;
import uz.koprik.gateway.config.ConfigFile;

/** The signing key is changed before it ends, when nobody does. */
class KeyRenewalTest {

    private static final Duration DAY = Duration.ofDays(1);

    @RegisterExtension
    final Centres centres = new Centres();

    private static CentreKeys keys(RunningCentre centre) throws Exception {
        return Gateway.keys(centre.home());
    }

    private static boolean tended(RunningCentre centre, Instant now) throws Exception {
        Config config = ConfigFile.read(centre.home().config());
        CentreKeys present = keys(centre);
        return new KeyRenewal(centre.home(), config, () -> present, Gateway.passphrase(centre.home())).tend(now);
    }

    private static List<String> listed(RunningCentre centre) throws Exception {
        return CentreCard.read(Files.readAllBytes(centre.home().ownCard())).keys().stream()
                .map(TrustedKey::kid)
                .toList();
    }

    @Test
    void theNextKeyIsAnnouncedAndUsed() throws Exception {
        RunningCentre centre = centres.init("tashkent");
        String first = keys(centre).publicKey().kid();
        Instant end = keys(centre).publicKey().validUntil();
        assertFalse(tended(centre, end.minus(KeyRenewal.LEFT).minusSeconds(1)));
        Instant announced = end.minus(KeyRenewal.LEFT).plusSeconds(1);
        assertTrue(tended(centre, announced));
        String next = keys(centre).nextSigning().orElseThrow().kid();
        assertEquals(List.of(first, next), listed(centre));
        assertFalse(tended(centre, announced.plus(DAY.multipliedBy(6))));
        assertEquals(first, keys(centre).publicKey().kid());
        assertTrue(tended(centre, announced.plus(DAY.multipliedBy(8))));
        assertEquals(next, keys(centre).publicKey().kid());
        assertEquals(List.of(next, first), listed(centre));
        assertFalse(tended(centre, announced.plus(DAY.multipliedBy(9))));
    }

    @Test
    void anAnnouncedKeyIsUsedAlsoAfterTheEnd() throws Exception {
        RunningCentre centre = centres.init("tashkent");
        Instant end = keys(centre).publicKey().validUntil();
        assertTrue(tended(centre, end.minus(DAY)));
        String next = keys(centre).nextSigning().orElseThrow().kid();
        assertTrue(tended(centre, end.plus(DAY.multipliedBy(20))));
        assertEquals(next, keys(centre).publicKey().kid());
    }

    @Test
    void aKeyThatHasEndedAndOneThatPeopleChangeAreLeftAlone() throws Exception {
        RunningCentre centre = centres.init("tashkent");
        Instant end = keys(centre).publicKey().validUntil();
        assertFalse(tended(centre, end.plusSeconds(1)));
        centre.withConfig("renew: true", "renew: false");
        assertFalse(tended(centre, end.minus(DAY)));
        assertTrue(keys(centre).nextSigning().isEmpty());
    }
}
