package uz.koprik.gateway.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uz.koprik.crypto.trust.CentreCard;
import uz.koprik.crypto.trust.TrustListFile;
import uz.koprik.gateway.centre.CentreInitializer;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.CommandResult;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.config.Home;
import uz.koprik.gateway.config.SecretFile;

/** {@code koprik doctor} finds prepared defects, names the cure of each, and finds nothing in a healthy home. */
class DoctorDefectsTest {

    private static final Path TABLE = Path.of("../docs/doctor.md");

    @RegisterExtension
    static final Centres centres = new Centres();

    private static RunningCentre healthy;
    private static RunningCentre seoul;
    private static int copies;

    /** A centre that was used, with a backup, and with a partner that runs and knows it. */
    @BeforeAll
    static void prepare() throws Exception {
        int port = freePort();
        Home home = new Home(centres.folder().resolve("healthy"));
        CentreInitializer.found(
                home,
                new CentreInitializer.Wishes(
                        "tashkent", "Tashkent", "127.0.0.1", port, "https://tashkent.example.org:8443", List.of()),
                InstantSource.system());
        healthy = centres.open(home)
                .withConfig("level: info", "level: warn")
                .withConfig("  desk: true", "  desk: false")
                .withConfig(yaml -> yaml.replaceFirst("listen: \"127\\.0\\.0\\.1:\\d+\"", "listen: \"\""));
        seoul = centres.init("seoul").withConfig("port: 0", "port: " + freePort());
        trust(seoul, healthy, Files.readAllBytes(home.ownCard()));
        seoul.start();
        trust(healthy, seoul, Files.readAllBytes(seoul.home().ownCard()));
        SecretFile.replace(
                home.partners(),
                "partners:\n  seoul:\n    pull: true\n    push: true\n    agreement:\n      reference: x\n"
                        .getBytes(StandardCharsets.UTF_8));
        healthy.start();
        CommandResult submitted = healthy.koprik(
                "submit", "--url", "https://127.0.0.1:" + port, "evil.example.com", "--name", "x", "--tlp", "green");
        assertEquals(0, submitted.code(), submitted::all);
        RunningCentre.await(() -> Files.exists(home.state().resolve("partners/seoul.json")));
        agree("https://127.0.0.1:" + port);
        healthy.stop();
        CommandResult backup =
                healthy.koprik("backup", home.root().resolve("backups/first").toString());
        assertEquals(0, backup.code(), backup::all);
    }

    /** Seoul cannot call the healthy centre, whose public address does not exist. */
    private static void agree(String url) throws Exception {
        CommandResult proposed = healthy.koprik(
                "--json",
                "agreement",
                "propose",
                "seoul",
                "--url",
                url,
                "--purpose",
                "phishing",
                "--legal-basis",
                "memorandum",
                "--valid-until",
                Instant.now().plus(Duration.ofDays(365)).toString(),
                "--own-contact",
                "mailto:soc@tashkent.example.org",
                "--partner-contact",
                "mailto:soc@seoul.example.org");
        assertEquals(0, proposed.code(), proposed::all);
        String id = CentreAnswers.parse(proposed.out().getBytes(StandardCharsets.UTF_8))
                .path("id")
                .asText();
        RunningCentre.await(() -> seoul.koprik("agreement", "show", id).code() == 0);
        CommandResult accepted = seoul.koprik("agreement", "accept", id);
        assertEquals(0, accepted.code(), accepted::all);
        RunningCentre.await(Duration.ofSeconds(40), () -> healthy.koprik("agreement", "show", id, "--url", url)
                .out()
                .contains("in force"));
    }

    private static void trust(RunningCentre centre, RunningCentre other, byte[] card) throws Exception {
        assertTrue(Files.exists(other.home().ownCard()));
        CentreCard read = CentreCard.read(card);
        Instant now = Instant.now();
        new TrustListFile(centre.home().trust())
                .update(Patient.keysOf(centre.home()).signingKey(), list -> list.with(read, Set.of("producer"), now));
    }

    private static Patient copy() throws Exception {
        return new Patient(centres.copy(healthy, "copy-" + ++copies), seoul.home());
    }

    @Test
    void aHealthyHomeHasNoFindings() throws Exception {
        try (Patient patient = copy()) {
            List<Finding> findings = patient.examine();
            assertEquals(List.of(), bad(findings));
            Set<String> looked = findings.stream().map(Finding::what).collect(Collectors.toSet());
            assertTrue(
                    looked.containsAll(Set.of(
                            "settings",
                            "format",
                            "permissions",
                            "files",
                            "keys",
                            "certificate",
                            "card",
                            "trust list",
                            "ends",
                            "store",
                            "index",
                            "disk",
                            "centre",
                            "listen",
                            "memory",
                            "open files",
                            "clock",
                            "partner seoul",
                            "agreement with seoul",
                            "feeds",
                            "webhooks",
                            "accounts",
                            "access record",
                            "warning lists",
                            "backups")),
                    looked.toString());
        }
    }

    @Test
    void aHealthyRunningCentreHasNoFindings() throws Exception {
        try (Patient patient = copy()) {
            patient.config("listen: \"\"", "listen: \"127.0.0.1:" + freePort() + "\"");
            patient.centre().start();
            List<Finding> findings = patient.examine();
            assertEquals(List.of(), bad(findings));
            assertTrue(
                    findings.stream().anyMatch(finding -> finding.text().contains("of the running centre")),
                    findings.toString());
        }
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    static Stream<Defect> defects() {
        return Stream.of(HomeDefects.ALL, TrustDefects.ALL, SurroundingDefects.ALL)
                .flatMap(List::stream);
    }

    @ParameterizedTest
    @MethodSource("defects")
    void findsADefectAndNamesItsCure(Defect defect) throws Exception {
        try (Patient patient = copy()) {
            defect.prepare().on(patient);
            List<Finding> findings = patient.examine();
            assertTrue(
                    findings.stream().anyMatch(defect::isFoundBy),
                    () -> defect + " is not among\n" + bad(findings).stream().collect(Collectors.joining("\n")));
        }
    }

    @Test
    void theTableOfDefectsIsComplete() throws Exception {
        String page = Files.readString(TABLE);
        List<String> rows = page.substring(page.indexOf("| defect "))
                .lines()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| defect"))
                .map(line -> line.substring(2, line.indexOf(" | ")))
                .toList();
        assertEquals(
                defects().map(Defect::name).sorted().toList(),
                rows.stream().sorted().toList());
        assertTrue(rows.size() >= 20);
    }

    @Test
    void exitCodeAndJsonSayWhetherThereAreErrors() throws Exception {
        try (Patient patient = copy()) {
            patient.older(patient.home().root().resolve("backups"), Duration.ofDays(30));
            CommandResult warned = patient.centre().koprik("doctor");
            assertEquals(0, warned.code(), warned::all);
            assertTrue(warned.out().lines().anyMatch(line -> line.startsWith("warning  backups: ")), warned::all);
            assertTrue(
                    warned.out().lines().allMatch(line -> line.matches("(ok     |warning|error  )  .*: .*")),
                    warned::all);
            assertEquals(1, patient.centre().koprik("doctor", "--strict").code());
            patient.write("tls.pem", "other");
            CommandResult wrong = patient.centre().koprik("--json", "doctor");
            assertEquals(1, wrong.code(), wrong::all);
            assertTrue(wrong.out().contains("\"level\":\"error\",\"what\":\"certificate\""), wrong::all);
        }
    }

    private static List<String> bad(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.level() != Finding.Level.OK)
                .map(finding -> finding.level() + " " + finding.text())
                .toList();
    }
}
