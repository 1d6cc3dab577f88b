package uz.koprik.gateway.renewal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.crypto.trust.CentreCard;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.Gateway;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.config.ConfigFile;
import uz.koprik.gateway.config.FileStateStore;
import uz.koprik.gateway.config.HomeManifest;
import uz.koprik.indicators.store.state.StateStore;

/** When the card and the trust list of this centre are signed anew, and by whom of several gateways. */
class OwnTrustTest {

    private static final Duration DAY = Duration.ofDays(1);

    @RegisterExtension
    final Centres centres = new Centres();

    @TempDir
    Path folder;

    private final Instant start = Instant.parse("2026-11-29T00:00:00Z");
    private RunningCentre centre;

    @BeforeEach
    void found() throws Exception {
        centre = centres.init("tashkent", () -> start);
    }

    private static OwnTrust own(RunningCentre centre, Optional<StateStore> shared) throws Exception {
        CentreKeys keys = Gateway.keys(centre.home());
        return new OwnTrust(centre.home(), ConfigFile.read(centre.home().config()), keys, shared);
    }

    private OwnTrust own() throws Exception {
        return own(centre, Optional.empty());
    }

    private Instant day(int days) {
        return start.plus(DAY.multipliedBy(days));
    }

    private static String fingerprint(OwnTrust.Current current) {
        return current.card().fingerprint().toString();
    }

    @Test
    void leavesWhatIsCurrentAsItIs() throws Exception {
        byte[] list = Files.readAllBytes(centre.home().trust());
        byte[] card = Files.readAllBytes(centre.home().ownCard());
        OwnTrust.Current current = own().follow(Optional.empty(), day(200));
        assertEquals(List.of(), current.done());
        assertFalse(OwnTrust.due(current.list(), day(200)));
        assertArrayEquals(list, Files.readAllBytes(centre.home().trust()));
        assertArrayEquals(card, Files.readAllBytes(centre.home().ownCard()));
    }

    @Test
    void renewsBothWhenAThirdOfTheTermIsLeft() throws Exception {
        String before = fingerprint(own().renew(day(1)));
        assertTrue(OwnTrust.due(own().renew(day(1)).list(), day(250)));
        OwnTrust.Current renewed = own().renew(day(250));
        assertEquals(2, renewed.done().size(), () -> renewed.done().toString());
        assertTrue(renewed.done().getFirst().startsWith("the card of this centre was renewed: sequence number 1"));
        assertTrue(renewed.done().getLast().startsWith("the trust list was renewed: number 2"));
        assertEquals(day(250 + 365), renewed.list().expires());
        assertEquals(day(250 + 365), renewed.card().expires());
        assertFalse(before.equals(fingerprint(renewed)), "its dates changed");
        assertEquals(List.of(), own().renew(day(250)).done(), "once");
        assertEquals(2L, new HomeManifest(centre.home()).read().orElseThrow().number(HomeManifest.TRUST_SEQUENCE));
    }

    @Test
    void renewsWhatExpired() throws Exception {
        OwnTrust.Current renewed = own().follow(Optional.empty(), day(400));
        assertTrue(renewed.done().getFirst().contains("which had expired at " + day(365)), () -> renewed.done()
                .toString());
        assertTrue(renewed.done().getLast().contains("which had expired at " + day(365)), () -> renewed.done()
                .toString());
        renewed.card().checkCurrent(day(400));
        renewed.list().checkCurrent(day(400));
    }

    @Test
    void theCardFollowsTheSettings() throws Exception {
        centre.withConfig("title: \"Tashkent\"", "title: \"UZCERT\"")
                .withConfig("public_url: \"\"", "public_url: \"https://exchange.example.com:8443\"")
                .withConfig("contacts: []", "contacts: [\"mailto:soc@example.com\"]")
                .withConfig("host_names: [", "host_names: [exchange.example.com, ");
        OwnTrust.Current issued = own().follow(Optional.empty(), day(1));
        assertEquals(1, issued.done().size(), () -> issued.done().toString());
        assertTrue(
                issued.done()
                        .getFirst()
                        .startsWith("the card of this centre was issued anew, since the title, the address, host names,"
                                + " contacts changed: sequence number 2"),
                () -> issued.done().toString());
        CentreCard card = CentreCard.read(Files.readAllBytes(centre.home().ownCard()));
        assertEquals("UZCERT", card.title());
        assertEquals("https://exchange.example.com:8443/taxii2/koprik/", card.endpoint());
        assertEquals(List.of("mailto:soc@example.com"), card.contacts());
        assertEquals(List.of("exchange.example.com"), card.contents().hostNames());
        assertEquals("UZCERT", issued.list().centre("tashkent").orElseThrow().title());
        assertEquals(List.of(), own().follow(Optional.empty(), day(2)).done(), "a new number only for a change");
    }

    @Test
    void aCardFromAClockThatWasAheadIsReplaced() throws Exception {
        own().renew(day(300));
        OwnTrust.Current renewed = own().renew(day(1));
        assertEquals(day(1), renewed.card().issued());
        renewed.card().checkCurrent(day(1));
    }

    @Test
    void aLostCardIsMadeAgain() throws Exception {
        Files.delete(centre.home().ownCard());
        OwnTrust.Current issued = own().follow(Optional.empty(), day(1));
        assertEquals(2, issued.card().sequence());
        assertArrayEquals(
                issued.card().bytes(), Files.readAllBytes(centre.home().ownCard()));
    }

    @Test
    void gatewaysOfAClusterHandOutOneCard() throws Exception {
        RunningCentre second = centres.copy(centre, "second");
        Optional<StateStore> shared = Optional.of(new FileStateStore(folder));
        String one = fingerprint(own(centre, shared).follow(Optional.empty(), day(250)));
        OwnTrust.Current other = own(second, shared).renew(day(251));
        assertEquals(one, fingerprint(other));
        assertTrue(
                other.done()
                        .getFirst()
                        .startsWith("the card that another gateway of this centre issued was taken over"),
                () -> other.done().toString());
        assertArrayEquals(
                Files.readAllBytes(centre.home().ownCard()),
                Files.readAllBytes(second.home().ownCard()));
        centre.withConfig("title: \"Tashkent\"", "title: \"UZCERT\"");
        OwnTrust.Current changed = own(centre, shared).follow(Optional.empty(), day(252));
        assertEquals(2, changed.card().sequence());
        assertEquals(fingerprint(changed), fingerprint(own(second, shared).renew(day(252))));
        assertEquals(List.of(), own(second, shared).renew(day(252)).done());
    }

    @Test
    void withoutPublicUrlTheAddressOfTheFirstGatewayStays() throws Exception {
        centre.withConfig("port: 0", "port: 8443")
                .withConfig("host: \"127.0.0.1\"", "host: \"0.0.0.0\"")
                .withConfig("host_names: [", "host_names: [one.example.com, ");
        RunningCentre second = centres.copy(centre, "second").withConfig("[one.example.com, ", "[two.example.com, ");
        Optional<StateStore> shared = Optional.of(new FileStateStore(folder));
        OwnTrust.Current first = own(centre, shared).follow(Optional.empty(), day(1));
        long sequence = first.card().sequence();
        assertEquals("https://one.example.com:8443/taxii2/koprik/", first.card().endpoint());
        for (int start = 2; start < 5; start++) {
            OwnTrust.Current other = own(second, shared).follow(Optional.empty(), day(start));
            assertEquals(fingerprint(first), fingerprint(other));
            assertTrue(other.warnings().toString().contains("set public_url"), other.warnings()::toString);
            assertEquals(fingerprint(first), fingerprint(own(centre, shared).follow(Optional.empty(), day(start))));
        }
        assertEquals(
                List.of(), own(centre, shared).follow(Optional.empty(), day(5)).warnings());
        // The address that is set goes on the card, with the host names of both.
        for (RunningCentre gateway : List.of(centre, second)) {
            gateway.withConfig("public_url: \"\"", "public_url: \"https://exchange.example.com\"");
        }
        own(centre, shared).follow(Optional.empty(), day(6));
        for (int start = 7; start < 10; start++) {
            for (RunningCentre gateway : List.of(second, centre)) {
                OwnTrust.Current set = own(gateway, shared).follow(Optional.empty(), day(start));
                assertEquals(sequence + 2, set.card().sequence());
                assertEquals(
                        "https://exchange.example.com/taxii2/koprik/",
                        set.card().endpoint());
                assertEquals(
                        List.of("one.example.com", "two.example.com"),
                        set.card().contents().hostNames());
            }
        }
        // A name leaves the card when a person issues it.
        OwnTrust.Current issued = own(centre, Optional.empty()).follow(Optional.empty(), day(10));
        assertEquals(List.of("one.example.com"), issued.card().contents().hostNames());
    }

    @Test
    void gatewaysThatShareAHomeRenewOnce() throws Exception {
        OwnTrust one = own();
        OwnTrust other = own();
        Thread first = Thread.startVirtualThread(() -> renewed(one));
        Thread second = Thread.startVirtualThread(() -> renewed(other));
        first.join();
        second.join();
        assertEquals(2, own().renew(day(250)).list().sequence());
    }

    private void renewed(OwnTrust own) {
        try {
            own.renew(day(250));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
