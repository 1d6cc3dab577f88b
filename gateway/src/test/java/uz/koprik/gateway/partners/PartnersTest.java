package uz.koprik.gateway.partners;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.gateway.cli.CentreAddress;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.crypto.algorithm.SignatureAlgorithms;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import uz.koprik.crypto.trust.CentreCard;
import uz.koprik.gateway.Main;
import uz.koprik.gateway.centre.Gateway;
import uz.koprik.gateway.centre.HomeTemplates;
import uz.koprik.gateway.config.Home;
import uz.koprik.gateway.intake.Objects;
import uz.koprik.indicators.policy.Markings;
import uz.koprik.indicators.policy.Tlp;

/** Two whole centres, introduced to one another from the command line, over real TLS. */
class PartnersTest {

    @TempDir
    Path folder;

    private Home tashkent;
    private Home budapest;
    private Gateway atTashkent;
    private Gateway atBudapest;

    /** What a command did. */
    private record Done(int exit, String out, String err) {
        String all() {
            return "exit " + exit + "\n" + out + err;
        }
    }

    @BeforeEach
    void start() throws Exception {
        tashkent = found("tashkent");
        budapest = found("budapest");
        atTashkent = Gateway.start(tashkent);
        atBudapest = Gateway.start(budapest);
    }

    @AfterEach
    void stop() {
        atTashkent.close();
        atBudapest.close();
    }

    @Test
    void introducedByCardsTheyExchange() throws Exception {
        introduce(budapest, tashkent, "--pull");
        introduce(tashkent, budapest, "--push", "--max-tlp", "amber", "--agreement", "paper 7");
        until(() -> run(budapest, "partner", "list").out().contains("pull "), () -> run(budapest, "partner", "list")
                .all());

        String id = Objects.id("indicator");
        submit(Objects.indicator(id, atTashkentIdentity(), "evil.example.com"));
        until(() -> run(budapest, "show", id).exit() == 0);
        String sent = run(tashkent, "show", id, "--raw").out();
        assertEquals(sent, run(budapest, "show", id, "--raw").out());
        assertTrue(sent.contains("\"signatures\""), sent);

        // The identity of the centre, and the indicator.
        until(
                () -> run(tashkent, "partner", "status", "budapest", "--json")
                        .out()
                        .contains("\"accepted\" : 2"),
                () -> run(tashkent, "partner", "status", "budapest").all());
        // Tashkent may have asked before Budapest had read who it is; it asks again soon.
        until(
                () -> run(tashkent, "partner", "status", "budapest").exit() == 0,
                () -> run(tashkent, "partner", "status", "budapest").all());
        Done status = run(tashkent, "partner", "status", "budapest");
        assertTrue(status.out().contains("is given up to TLP:AMBER"), status::all);

        Done yes = run(tashkent, "explain", id, "--to", "budapest");
        assertEquals(0, yes.exit(), yes::all);
        assertTrue(yes.out().startsWith("yes, budapest is given " + id), yes::all);
        assertEquals(
                yes.out(),
                run(tashkent, "partner", "explain", id, "--to", "budapest").out());
        Done nobody = run(tashkent, "explain", id, "--to", "nobody");
        assertEquals(1, nobody.exit(), nobody::all);
        assertTrue(nobody.err().contains("there is no partner nobody"), nobody::all);
    }

    @Test
    void explainNamesWhatMakesAnObjectStricter() throws Exception {
        introduce(tashkent, budapest);
        String identity = atTashkentIdentity();
        String malware = Objects.id("malware");
        String report = Objects.id("report");
        submit(Objects.malware(malware, identity, Tlp.AMBER));
        submit(Objects.report(report, identity, malware)
                .replace(
                        "\"object_refs\"",
                        "\"object_marking_refs\":[\"" + Markings.id(Tlp.CLEAR) + "\"],\"object_refs\""));
        // The running centre notices a new partner within a second.
        until(() -> !run(tashkent, "explain", report, "--to", "budapest").err().contains("there is no partner"));
        Done no = run(tashkent, "explain", report, "--to", "budapest");
        assertEquals(1, no.exit(), no::all);
        assertTrue(no.out().contains("TLP:AMBER is above TLP:GREEN"), no::all);
        assertTrue(no.out().contains("it is marked TLP:CLEAR, and counts as TLP:AMBER"), no::all);
        assertTrue(no.out().contains("because it refers to " + malware), no::all);
    }

    @Test
    void aWrongFingerprintAddsNothing() throws Exception {
        Path card = card(tashkent);
        Done refused = run(budapest, "partner", "add", card.toString(), "--fingerprint", "0000-0000-0000-0000");
        assertEquals(1, refused.exit(), refused::all);
        assertTrue(refused.err().contains("Nothing was added"), refused::all);
        assertTrue(run(budapest, "partner", "list").out().contains("no partners yet"));
        Done unasked = run(budapest, "partner", "add", card.toString());
        assertEquals(2, unasked.exit(), unasked::all);
        assertTrue(unasked.err().contains("--fingerprint"), unasked::all);
    }

    @Test
    void aChangedCardProvesNothing() throws Exception {
        Path card = card(tashkent);
        Files.writeString(card, Files.readString(card).replace("\"title\":\"Centre", "\"title\":\"Center"));
        Done refused = run(budapest, "partner", "add", card.toString(), "--fingerprint", "0000-0000-0000-0000");
        assertEquals(1, refused.exit(), refused::all);
        assertTrue(refused.err().contains("does not prove itself"), refused::all);
    }

    @Test
    void aRemovedPartnerIsNotLetInAnyMore() throws Exception {
        introduce(tashkent, budapest);
        introduce(budapest, tashkent, "--pull");
        until(() ->
                run(budapest, "partner", "status", "tashkent", "--json").out().contains("last_success"));
        Done removed = run(tashkent, "partner", "remove", "budapest");
        assertEquals(0, removed.exit(), removed::all);
        until(() -> {
            run(budapest, "partner", "pull", "tashkent");
            return run(budapest, "partner", "status", "tashkent").out().contains("it does not know our TLS key");
        });
        assertEquals(1, run(tashkent, "partner", "remove", "budapest").exit());
    }

    @Test
    void commentsOfOperatorsStayInPartnersYaml() throws Exception {
        introduce(tashkent, budapest, "--pull");
        String text = Files.readString(tashkent.partners());
        assertTrue(text.contains("  budapest:\n    pull: true\n"), text);
        Files.writeString(tashkent.partners(), text.replace("  budapest:", "  # agreed on 1 November\n  budapest:"));
        introduce(tashkent, budapest, "--no-pull", "--push");
        String changed = Files.readString(tashkent.partners());
        assertTrue(changed.contains("# agreed on 1 November"), changed);
        assertTrue(changed.contains("    pull: false\n    push: true\n"), changed);
        run(tashkent, "partner", "remove", "budapest");
        assertFalse(Files.readString(tashkent.partners()).contains("budapest"));
    }

    @Test
    void aBrokenPartnersYamlDoesNotStopARunningCentre() throws Exception {
        introduce(tashkent, budapest, "--pull");
        until(() -> run(tashkent, "partner", "list").out().contains("pull"));
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger logger = (Logger) LoggerFactory.getLogger(PartnerRegistry.class);
        logger.addAppender(log);
        try {
            Files.writeString(tashkent.partners(), "partners:\n  budapest:\n    pulll: true\n");
            until(() -> List.copyOf(log.list).stream()
                    .anyMatch(line -> line.getFormattedMessage().contains("read before stay in force")));
        } finally {
            logger.detachAppender(log);
        }
        assertTrue(run(tashkent, "partner", "list").out().contains("pull"));
        Done add = run(tashkent, "partner", "add", card(budapest).toString(), "--fingerprint", fingerprint(budapest));
        assertEquals(4, add.exit(), add::all);
        assertTrue(add.err().contains("partners.yaml:3: partners.budapest.pulll: there is no such key"), add::all);
    }

    @Test
    void whatAPartnerPushedIsInItsStatusAndInTheMetrics() throws Exception {
        introduce(budapest, tashkent, "--no-pull", "--no-push");
        introduce(tashkent, budapest, "--no-pull", "--push", "--max-tlp", "amber+strict");
        String id = Objects.id("indicator");
        submit(Objects.indicator(id, atTashkentIdentity(), "evil.example.com"));
        until(() -> run(budapest, "show", id).exit() == 0, () -> run(tashkent, "partner", "status")
                .all());
        until(() ->
                run(budapest, "partner", "status", "tashkent").out().contains("pushed to us: 2 new, 0 known before"));
        Done status = run(budapest, "partner", "status", "tashkent");
        assertEquals(0, status.exit(), "nothing is tried, so nothing is wrong: " + status.all());
        assertFalse(status.out().contains("last request never"), status::all);
        assertTrue(run(tashkent, "partner", "list").out().contains("TLP:AMBER+STRICT"));
        String metrics;
        try (CentreClient client = new CentreClient(new CentreAddress(
                java.net.URI.create(atBudapest.url()),
                Files.readString(budapest.adminToken()).strip(),
                budapest.certificate(),
                false,
                java.util.Optional.of(budapest.root())))) {
            metrics = new String(client.get("/metrics").body(), java.nio.charset.StandardCharsets.UTF_8);
        }
        for (String line : List.of(
                "koprik_partner_objects_total{direction=\"received\",outcome=\"accepted\",partner=\"tashkent\"} 2.0",
                "koprik_partner_last_contact_timestamp_seconds{direction=\"received\",partner=\"tashkent\"}",
                "koprik_partner_push_lag_entries{partner=\"tashkent\"} 0.0",
                "koprik_partner_waiting_objects{direction=\"pulled\",partner=\"tashkent\"} 0.0",
                "koprik_partner_key_expiry_timestamp_seconds{partner=\"tashkent\"}",
                "koprik_partner_card_expiry_timestamp_seconds{partner=\"tashkent\"}",
                "koprik_trust_list_expiry_timestamp_seconds ",
                "koprik_certificate_expiry_timestamp_seconds ",
                "koprik_key_expiry_timestamp_seconds ",
                "koprik_card_expiry_timestamp_seconds ")) {
            assertTrue(metrics.contains(line), () -> line + " is not in " + metrics);
        }
    }

    @Test
    void theOwnCardIsRefusedUnderAnyName() throws Exception {
        Path own = card(tashkent);
        Done refused = run(tashkent, "partner", "add", own.toString(), "--fingerprint", fingerprint(tashkent));
        assertEquals(1, refused.exit(), refused::all);
        assertTrue(refused.err().contains("this centre itself"), refused::all);
        CentreKeys others = CentreKeys.generate(
                "mirror", SignatureAlgorithms.ALL.getFirst(), List.of("127.0.0.1"), java.time.Instant.now());
        CentreCard mirror = CentreCard.issue(
                "mirror",
                "Mirror",
                "identity--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f",
                others,
                atTashkent.url().replace("localhost", "127.0.0.1") + "/taxii2/koprik/",
                java.time.Instant.now());
        Path file = folder.resolve("mirror-card.json");
        Files.write(file, mirror.bytes());
        Done again = run(
                tashkent,
                "partner",
                "add",
                file.toString(),
                "--fingerprint",
                mirror.fingerprint().toString());
        assertEquals(1, again.exit(), again::all);
        assertTrue(again.err().contains("is where this centre answers"), again::all);
        assertTrue(run(tashkent, "partner", "list").out().contains("no partners yet"));
    }

    @Test
    void anAgreementThatHasEndedIsRefused() throws Exception {
        Done ended = run(
                tashkent,
                "partner",
                "add",
                card(budapest).toString(),
                "--fingerprint",
                fingerprint(budapest),
                "--until",
                "2020-01-01T00:00:00Z");
        assertEquals(2, ended.exit(), ended::all);
        assertTrue(ended.err().contains("--until 2020-01-01T00:00:00Z is past"), ended::all);
        assertTrue(run(tashkent, "partner", "list").out().contains("no partners yet"));
        Files.writeString(
                tashkent.partners(),
                """
                partners:
                  budapest:
                    agreement:
                      valid_until: "2020-01-01T00:00:00Z"
                """);
        Done warned =
                run(tashkent, "partner", "add", card(budapest).toString(), "--fingerprint", fingerprint(budapest));
        assertEquals(0, warned.exit(), warned::all);
        assertTrue(warned.out().contains("warning: the agreement with budapest ended on 2020-01-01"), warned::all);
    }

    private Home found(String name) throws Exception {
        Home home = new Home(folder.resolve(name));
        HomeTemplates.found(home, name, "Centre " + name);
        return home;
    }

    private void introduce(Home to, Home partner, String... options) throws Exception {
        String[] command = new String[5 + options.length];
        System.arraycopy(
                new String[] {"partner", "add", card(partner).toString(), "--fingerprint", fingerprint(partner)},
                0,
                command,
                0,
                5);
        System.arraycopy(options, 0, command, 5, options.length);
        Done added = run(to, command);
        assertEquals(0, added.exit(), added::all);
    }

    private Path card(Home home) throws Exception {
        Path file = folder.resolve(home.root().getFileName() + ".card");
        Done written = run(home, "partner", "card", "--out", file.toString());
        assertEquals(0, written.exit(), written::all);
        return file;
    }

    private String fingerprint(Home home) throws Exception {
        Matcher found = Pattern.compile("[0-9A-Z]{4}(-[0-9A-Z]{4}){3}")
                .matcher(run(home, "partner", "card").err());
        assertTrue(found.find());
        return found.group();
    }

    private void submit(String object) throws Exception {
        Path file = folder.resolve("object.json");
        Files.writeString(file, object);
        Done submitted = run(tashkent, "submit", file.toString());
        assertEquals(0, submitted.exit(), submitted::all);
    }

    private String atTashkentIdentity() throws Exception {
        return CentreCard.read(Files.readAllBytes(tashkent.ownCard())).identity();
    }

    private static Done run(Home home, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Main.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        String[] all = new String[arguments.length + 2];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        all[arguments.length] = "--home";
        all[arguments.length + 1] = home.root().toString();
        return new Done(line.execute(all), out.toString(), err.toString());
    }

    private static void until(Callable<Boolean> reached) throws Exception {
        until(reached, () -> "");
    }

    private static void until(Callable<Boolean> reached, Callable<String> instead) throws Exception {
        for (int i = 0; i < 150; i++) {
            if (reached.call()) {
                return;
            }
            Thread.sleep(200);
        }
        fail("not reached within 30 s: " + instead.call());
    }
}
