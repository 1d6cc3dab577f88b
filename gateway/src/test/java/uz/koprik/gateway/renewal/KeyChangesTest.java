package uz.koprik.gateway.renewal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;
import uz.koprik.crypto.trust.CentreCard;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.crypto.trust.KeyFile;
import uz.koprik.crypto.trust.TrustedKey;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.CommandResult;
import uz.koprik.gateway.centre.Gateway;
import uz.koprik.gateway.centre.MovedClock;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.config.HomeManifest;
import uz.koprik.gateway.intake.Objects;

/** The own signing key is announced, used, and leaves the card. */
@Isolated("it moves the clock of all centres in the JVM")
class KeyChangesTest {

    private static final Duration DAY = Duration.ofDays(1);

    @RegisterExtension
    final Centres centres = new Centres();

    private static CentreCard card(RunningCentre centre) throws Exception {
        return CentreCard.read(Files.readAllBytes(centre.home().ownCard()));
    }

    private static List<String> kids(RunningCentre centre) throws Exception {
        return card(centre).keys().stream().map(TrustedKey::kid).toList();
    }

    private static CentreKeys keys(RunningCentre centre) throws Exception {
        return Gateway.keys(centre.home());
    }

    private static String good(RunningCentre centre, String... arguments) {
        CommandResult result = centre.koprik(arguments);
        assertEquals(0, result.code(), result::all);
        return result.out();
    }

    private static void refused(RunningCentre centre, String why, String... arguments) {
        CommandResult result = centre.koprik(arguments);
        assertEquals(1, result.code(), result::all);
        assertTrue(result.err().contains(why), result::all);
    }

    private static String state(RunningCentre centre, String kid) {
        for (JsonNode key : CentreAnswers.parse(
                good(centre, "key", "list", "--json").getBytes(java.nio.charset.StandardCharsets.UTF_8))) {
            if (key.path("kid").asText(key.path("pin").asText()).equals(kid)) {
                return key.path("state").asText();
            }
        }
        return "absent";
    }

    @Test
    void aKeyIsAnnouncedUsedAndRetired() throws Exception {
        RunningCentre centre = centres.init("tashkent");
        String first = keys(centre).publicKey().kid();
        try (MovedClock clock = MovedClock.by(Duration.ZERO)) {
            refused(centre, "no key is announced", "key", "rotate");
            long sequence = card(centre).sequence();
            String said = good(centre, "key", "announce");
            String next = keys(centre).nextSigning().orElseThrow().kid();
            assertTrue(said.contains("announced the key " + next), said);
            assertEquals(List.of(first, next), kids(centre));
            assertEquals(sequence + 1, card(centre).sequence());
            assertEquals("current", state(centre, first));
            assertEquals("announced", state(centre, next));
            refused(centre, "is announced since", "key", "announce");
            refused(centre, "wait until", "key", "rotate");
            refused(centre, "signs with the key", "key", "retire", first);

            clock.to(DAY.multipliedBy(8));
            said = good(centre, "key", "rotate");
            assertTrue(said.contains("signs with the key " + next), said);
            assertEquals(List.of(next, first), kids(centre));
            assertEquals(next, keys(centre).publicKey().kid());
            assertEquals("former", state(centre, first));
            refused(centre, "leaves the card by itself at", "key", "retire", first);

            clock.to(DAY.multipliedBy(39));
            good(centre, "partner", "card");
            assertEquals(List.of(next), kids(centre));
            good(centre, "key", "announce", "--alg", "ES256");
            assertTrue(keys(centre).otherSigning().stream()
                    .noneMatch(key -> key.kid().equals(first)));
            assertEquals("retired", state(centre, first));
            assertEquals(
                    "ES256",
                    keys(centre).nextSigning().orElseThrow().publicKey().alg());
            String withdrawn = keys(centre).nextSigning().orElseThrow().kid();
            good(centre, "key", "retire", withdrawn);
            assertEquals(List.of(next), kids(centre));
            refused(centre, "is retired already", "key", "retire", withdrawn);
            centre.start();
            assertEquals(List.of(next), kids(centre));
        }
    }

    @Test
    void aRunningCentreTakesTheKeyWithoutARestart() throws Exception {
        RunningCentre centre = centres.init("tashkent").start();
        String identity = card(centre).identity();
        String before = Objects.id("indicator");
        submit(centre, Objects.indicator(before, identity, "before.example.com"));
        good(centre, "key", "announce");
        good(centre, "key", "rotate", "--now");
        String fresh = keys(centre).publicKey().kid();
        RunningCentre.await(() -> {
            String probe = Objects.id("indicator");
            submit(centre, Objects.indicator(probe, identity, "probe.example.com"));
            return signer(centre, probe).equals(fresh);
        });
        String former = keys(centre).otherSigning().getFirst().kid();
        good(centre, "key", "retire", former, "--now");
        centre.stop();
        centre.start();
        assertEquals(former, signer(centre, before));
        assertFalse(RunningCentre.ok(centre.adminClient().get("/api/objects/" + before))
                .has("unproven"));
        java.nio.file.Path file =
                Files.writeString(centres.folder().resolve("before.json"), good(centre, "show", before, "--raw"));
        assertTrue(good(centre, "verify", file.toString()).startsWith("proven"));
    }

    @Test
    void anInterruptedRotationIsFinished() throws Exception {
        RunningCentre centre = centres.init("tashkent");
        good(centre, "key", "announce");
        CentreKeys rotated = keys(centre).rotated(java.time.Instant.now());
        new HomeManifest(centre.home())
                .change("keys/centre.p12", () -> new KeyFile(centre.home().keyFile())
                        .replace(rotated, passphrase(centre)));
        centre.start();
        assertEquals(rotated.publicKey().kid(), kids(centre).getFirst());
        assertEquals("current", state(centre, rotated.publicKey().kid()));
    }

    @Test
    void anOlderKeyFileDoesNotTakeKeysOffTheCard() throws Exception {
        RunningCentre centre = centres.init("tashkent");
        CentreKeys old = keys(centre);
        good(centre, "key", "announce");
        List<String> both = kids(centre);
        new HomeManifest(centre.home())
                .change("keys/centre.p12", () -> new KeyFile(centre.home().keyFile()).replace(old, passphrase(centre)));
        CommandResult card = centre.koprik("partner", "card");
        assertEquals(0, card.code(), card::all);
        assertTrue(card.err().contains("copy the newer key file"), card::all);
        assertEquals(both, kids(centre));
    }

    @Test
    void theTlsKeyIsAnnouncedUsedAndItsFormerPinLeavesTheCard() throws Exception {
        RunningCentre centre = centres.init("tashkent");
        String first = keys(centre).tlsPin();
        try (MovedClock clock = MovedClock.by(Duration.ZERO)) {
            good(centre, "tls", "renew");
            assertEquals(first, keys(centre).tlsPin());
            good(centre, "tls", "renew", "--new-key");
            String next = keys(centre).nextTls().orElseThrow().pin();
            assertEquals(List.of(first, next), card(centre).tlsPins());
            refused(centre, "wait until", "tls", "renew", "--new-key");
            clock.to(DAY.multipliedBy(8));
            good(centre, "tls", "renew", "--new-key");
            assertEquals(next, keys(centre).tlsPin());
            assertEquals(List.of(next, first), card(centre).tlsPins());
            clock.to(DAY.multipliedBy(39));
            centre.start();
            assertEquals(List.of(next), card(centre).tlsPins());
            assertEquals(200, centre.get(centre.url() + "/readyz", null).statusCode());
        }
    }

    @Test
    void aStartMakesACertificateForANewHostName() throws Exception {
        RunningCentre centre = centres.init("tashkent");
        java.security.cert.X509Certificate old = keys(centre).tlsCertificate();
        centre.start();
        assertEquals(old, keys(centre).tlsCertificate());
        centre.stop();
        centre.withConfig(yaml -> yaml.replaceFirst("host_names: \\[", "host_names: [new.example.com, "));
        centre.start();
        assertTrue(keys(centre)
                .tlsCertificate()
                .getSubjectAlternativeNames()
                .toString()
                .contains("new.example.com"));
        assertEquals(200, centre.get(centre.url() + "/readyz", null).statusCode());
    }

    private static char[] passphrase(RunningCentre centre) {
        try {
            return Gateway.passphrase(centre.home());
        } catch (java.io.IOException | uz.koprik.crypto.trust.KeyFileRejected e) {
            throw new IllegalStateException(e);
        }
    }

    private static String signer(RunningCentre centre, String id) throws Exception {
        return RunningCentre.ok(centre.adminClient().get("/api/objects/" + id))
                .path("signed_by")
                .get(0)
                .path("kid")
                .asText();
    }

    private static void submit(RunningCentre centre, String object) throws Exception {
        int status = centre.post(
                        centre.url() + "/api/objects",
                        centre.admin(),
                        "application/json",
                        RunningCentre.envelope(List.of(object)))
                .statusCode();
        assertEquals(2, status / 100);
    }
}
