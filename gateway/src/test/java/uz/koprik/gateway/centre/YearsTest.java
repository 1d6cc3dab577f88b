package uz.koprik.gateway.centre;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;
import uz.koprik.crypto.trust.CentreCard;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.crypto.trust.TrustList;
import uz.koprik.crypto.trust.TrustListFile;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.concurrent.CentreThreads;
import uz.koprik.gateway.config.Home;

/** Whole centres that outlive the first year of their card and trust list. */
@Isolated("it moves the clock of all centres in the JVM")
class YearsTest {

    private static final Duration DAY = Duration.ofDays(1);

    @RegisterExtension
    final Centres centres = new Centres();

    private static HttpResponse<String> submit(RunningCentre centre, String value) throws Exception {
        return centre.post(
                centre.url() + "/api/indicators",
                centre.admin(),
                "application/json",
                "{\"value\":\"" + value + "\",\"name\":\"x\"}");
    }

    private static TrustList list(RunningCentre centre, Instant now) throws Exception {
        return new TrustListFile(centre.home().trust())
                .load(Gateway.keys(centre.home()).publicKey().kid(), now);
    }

    private static CentreCard card(RunningCentre centre) throws Exception {
        return CentreCard.read(Files.readAllBytes(centre.home().ownCard()));
    }

    @Test
    void aCentreIsStartedAgainAfterMonthsAndYearsAndNobodyTouchesAnything() throws Exception {
        RunningCentre centre = centres.init("tashkent");
        try (MovedClock clock = MovedClock.by(Duration.ZERO)) {
            centre.start();
            CentreKeys partner = partner(centre);
            assertEquals(2, submit(centre, "day0.example.com").statusCode() / 100);
            centre.stop();
            for (int day : List.of(100, 300, 400, 650)) {
                clock.to(DAY.multipliedBy(day));
                centre.start();
                assertEquals(200, centre.get(centre.url() + "/readyz", null).statusCode(), () -> "day " + day);
                HttpResponse<String> submitted = submit(centre, "day" + day + ".example.com");
                assertEquals(2, submitted.statusCode() / 100, submitted.body());
                Instant now = clock.now();
                assertFalse(list(centre, now).term().renewalDue(now), () -> "day " + day);
                assertFalse(card(centre).term().renewalDue(now), () -> "day " + day);
                assertTrue(list(centre, now).byPin(partner.tlsPin()).isPresent());
                CommandResult card = centre.koprik("partner", "card");
                assertEquals(0, card.code(), card::all);
                CentreCard.read(card.out().getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .checkCurrent(now);
                CommandResult found = centre.koprik("search", "day0.example.com");
                assertEquals(0, found.code(), found::all);
                centre.stop();
            }
        }
    }

    private static CentreKeys partner(RunningCentre centre) throws Exception {
        CentreKeys keys = centre.partner("budapest", true);
        RunningCentre.await(() -> centre.koprik("partner", "list").out().contains("budapest"));
        return keys;
    }

    @Test
    void warnsOfTheSigningKeyInStatusAndMetrics() throws Exception {
        RunningCentre centre = centres.init("tashkent").withConfig("renew: true", "renew: false");
        try (MovedClock clock = MovedClock.by(DAY.multipliedBy(710))) {
            centre.partner("budapest", true);
            centre.start();
            CommandResult status = centre.koprik("partner", "status");
            assertTrue(status.out().contains("warning: the signing key of tashkent ends in 19 days"), status::all);
            String metrics = centre.adminClient().get("/metrics").text();
            for (String what : List.of("trust_list", "card", "signing_key", "certificate")) {
                assertTrue(
                        metrics.contains("koprik_expiry_timestamp_seconds{of=\"tashkent\",what=\"" + what + "\"} "),
                        () -> what + " is not in " + metrics);
            }
            assertTrue(metrics.contains("koprik_expiry_timestamp_seconds{of=\"budapest\",what=\"card\"} "));
            assertTrue(clock.now().isAfter(Instant.now()));
        }
    }

    /** {@code first-year} was made by a build that renewed nothing; its list ends on 29 November 2027. */
    @Test
    void aHomeOfTheFirstBuildStartsAfterItsListExpired() throws Exception {
        Home home = new Home(centres.folder().resolve("first-year"));
        copy(Path.of(YearsTest.class.getResource("first-year").toURI()), home.root());
        Instant late = Instant.parse("2028-01-03T00:00:00Z");
        RunningCentre centre = centres.open(home);
        try (MovedClock clock = MovedClock.by(Duration.between(Instant.now(), late));
                CentreThreads threads = CentreThreads.unwatched()) {
            centre.start(threads, new Gateway.StartTerms(clock::now, false, false));
            assertEquals(
                    Optional.empty(),
                    centre.parts().readiness().ask().get().stream().findFirst());
            TrustList list = list(centre, late);
            assertEquals(2, list.sequence());
            assertTrue(list.expires().isAfter(late.plus(DAY.multipliedBy(364))));
            CentreCard card = card(centre);
            card.checkCurrent(clock.now());
            assertEquals("identity--f4f9424c-6fd0-42bb-90dd-1c7f35cdcca9", card.identity());
        }
    }

    private static void copy(Path from, Path to) throws Exception {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.sorted().toList()) {
                Path target = to.resolve(from.relativize(path).toString());
                boolean folder = Files.isDirectory(path);
                if (folder) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target);
                }
                Files.setPosixFilePermissions(
                        target, PosixFilePermissions.fromString(folder ? "rwx------" : "rw-------"));
            }
        }
        for (String empty : List.of("state", "evidence")) {
            Files.createDirectories(
                    to.resolve(empty),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
    }

    /** Nothing is renewed while the clock is wrong: the dates would be wrong, too. */
    @Test
    void anExpiredListClosesTheCentreWhileTheClockIsDoubtful() throws Exception {
        RunningCentre centre = centres.init("tashkent").start();
        assertEquals(2, submit(centre, "one.example.com").statusCode() / 100);
        centre.stop();
        try (MovedClock clock = MovedClock.by(DAY.multipliedBy(400))) {
            centre.start();
            HttpResponse<String> ready = centre.get(centre.url() + "/readyz", null);
            assertEquals(503, ready.statusCode());
            assertTrue(ready.body().contains("more than 366 days after the last object"), ready.body());
            assertEquals(503, submit(centre, "two.example.com").statusCode());
            assertEquals(
                    1,
                    new TrustListFile(centre.home().trust())
                            .loadForRenewal(
                                    Gateway.keys(centre.home()).publicKey().kid())
                            .sequence());
            centre.stop();
            try (CentreThreads threads = CentreThreads.unwatched()) {
                centre.start(threads, new Gateway.StartTerms(clock::now, true, false));
                assertEquals(2, submit(centre, "two.example.com").statusCode() / 100);
                assertEquals(2, list(centre, clock.now()).sequence());
            }
        }
    }

    @Test
    void aRunningCentreWithAnExpiredListTakesNothingUntilItIsRenewed() throws Exception {
        RunningCentre centre = centres.init("tashkent", () -> Instant.now().minus(DAY.multipliedBy(400)));
        centre.withAccount("reader", Role.READER);
        byte[] expired = Files.readAllBytes(centre.home().trust());
        CentreKeys keys = Gateway.keys(centre.home());
        centre.start();
        assertEquals(2, submit(centre, "one.example.com").statusCode() / 100);
        // A list that this centre signed, with a higher number, whose term has passed.
        TrustList old = TrustList.read(expired, keys.publicKey().kid());
        Instant then = Instant.now().minus(DAY.multipliedBy(399));
        TrustList late = old.renewed(then).renewed(then).renewed(then);
        new TrustListFile(centre.home().trust()).save(late, keys.signingKey());
        RunningCentre.await(() -> centre.get(centre.url() + "/readyz", null).statusCode() == 503);
        HttpResponse<String> refused = submit(centre, "two.example.com");
        assertEquals(503, refused.statusCode());
        assertTrue(refused.body().contains("the trust list of this centre expired at "), refused.body());
        CommandResult card = centre.koprik("partner", "card");
        assertTrue(card.err().contains("note: the trust list was renewed, which had expired at "), card::all);
        RunningCentre.await(() -> centre.get(centre.url() + "/readyz", null).statusCode() == 200);
        assertEquals(2, submit(centre, "two.example.com").statusCode() / 100);
    }

    @Test
    void commandsRenewAnExpiredListAndSayIt() throws Exception {
        RunningCentre centre = centres.init("tashkent", () -> Instant.now().minus(DAY.multipliedBy(400)));
        CentreKeys other = CentreKeys.generate(
                "budapest",
                uz.koprik.crypto.algorithm.SignatureAlgorithms.ALL.getFirst(),
                List.of("budapest.example.com"),
                Instant.now());
        CentreCard card = CentreCard.issue(
                "budapest",
                "Budapest",
                "identity--0d4d4b8e-6c57-4f0e-8e2d-2c9e7b1a3f55",
                other,
                "https://budapest.example.com/taxii2/koprik/",
                Instant.now());
        Path file = Files.write(centres.folder().resolve("budapest.card"), card.bytes());
        CommandResult added = centre.koprik(
                "partner",
                "add",
                file.toString(),
                "--fingerprint",
                card.fingerprint().toString());
        assertEquals(0, added.code(), added::all);
        assertTrue(added.out().contains("note: the trust list had expired at "), added::all);
        assertEquals(2, list(centre, Instant.now()).sequence());
        CommandResult shown = centre.koprik("partner", "card");
        assertTrue(
                shown.err().contains("note: the card of this centre was renewed, which had expired at "), shown::all);
        CommandResult again = centre.koprik("partner", "card");
        assertFalse(again.err().contains("note: "), again::all);
        assertEquals(shown.out(), again.out());
    }

    @Test
    void aCentreOnEveryInterfaceDoesNotWriteLocalhostOnItsCard() throws Exception {
        Home home = new Home(centres.folder().resolve("everywhere"));
        CommandResult made = CommandResult.of(home, "init", "--name", "tashkent", "--host", "0.0.0.0");
        assertEquals(0, made.code(), made::all);
        assertTrue(made.out().contains("warning: the card names no address"), made::all);
        RunningCentre centre = centres.open(home);
        assertEquals("", card(centre).endpoint());
        CommandResult card = centre.koprik("partner", "card");
        assertTrue(card.err().contains("warning: the card names no address"), card::all);
        centre.withConfig("public_url: \"\"", "public_url: \"https://exchange.example.com:8443\"");
        CommandResult corrected = centre.koprik("partner", "card");
        assertEquals(
                "https://exchange.example.com:8443/taxii2/koprik/", card(centre).endpoint());
        assertTrue(
                corrected
                        .err()
                        .contains("warning: the card names the host exchange.example.com, and the TLS certificate"
                                + " is made for localhost, 127.0.0.1"),
                corrected::all);
    }

    @Test
    void aNameForTheCertificateIsTheAddressOfACentreOnEveryInterface() throws Exception {
        Home home = new Home(centres.folder().resolve("named"));
        CommandResult made = CommandResult.of(
                home, "init", "--name", "tashkent", "--host", "0.0.0.0", "--tls-name", "exchange.example.com");
        assertFalse(made.out().contains("warning"), made::all);
        assertEquals(
                "https://exchange.example.com:8443/taxii2/koprik/",
                card(centres.open(home)).endpoint());
    }
}
