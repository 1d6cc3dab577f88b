package uz.koprik.gateway.partners;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.algorithm.SignatureAlgorithms;
import uz.koprik.crypto.trust.CentreCard;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.CommandResult;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.cli.CentreAddress;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.gateway.intake.Objects;
import uz.koprik.indicators.policy.Markings;
import uz.koprik.indicators.policy.Tlp;

/** Two whole centres, introduced to one another from the command line, over real TLS. */
class PartnersTest {

    @RegisterExtension
    final Centres centres = new Centres();

    private RunningCentre tashkent;
    private RunningCentre budapest;

    @BeforeEach
    void start() throws Exception {
        tashkent = centres.init("tashkent").start();
        budapest = centres.init("budapest").start();
    }

    @Test
    void introducedByCardsTheyExchange() throws Exception {
        introduce(budapest, tashkent, "--pull");
        introduce(tashkent, budapest, "--push", "--max-tlp", "amber", "--agreement", "paper 7");
        until(() -> run(budapest, "partner", "list").out().contains("pull "), () -> run(budapest, "partner", "list")
                .all());

        String id = Objects.id("indicator");
        submit(Objects.indicator(id, atTashkentIdentity(), "evil.example.com"));
        until(() -> run(budapest, "show", id).code() == 0);
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
                () -> run(tashkent, "partner", "status", "budapest").code() == 0,
                () -> run(tashkent, "partner", "status", "budapest").all());
        CommandResult status = run(tashkent, "partner", "status", "budapest");
        assertTrue(status.out().contains("is given up to TLP:AMBER"), status::all);

        CommandResult yes = run(tashkent, "explain", id, "--to", "budapest");
        assertEquals(0, yes.code(), yes::all);
        assertTrue(yes.out().startsWith("yes, budapest is given " + id), yes::all);
        assertEquals(
                yes.out(),
                run(tashkent, "partner", "explain", id, "--to", "budapest").out());
        CommandResult nobody = run(tashkent, "explain", id, "--to", "nobody");
        assertEquals(1, nobody.code(), nobody::all);
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
        CommandResult no = run(tashkent, "explain", report, "--to", "budapest");
        assertEquals(1, no.code(), no::all);
        assertTrue(no.out().contains("TLP:AMBER is above TLP:GREEN"), no::all);
        assertTrue(no.out().contains("it is marked TLP:CLEAR, and counts as TLP:AMBER"), no::all);
        assertTrue(no.out().contains("because it refers to " + malware), no::all);
    }

    @Test
    void aWrongFingerprintAddsNothing() throws Exception {
        Path card = card(tashkent);
        CommandResult refused =
                run(budapest, "partner", "add", card.toString(), "--fingerprint", "0000-0000-0000-0000");
        assertEquals(1, refused.code(), refused::all);
        assertTrue(refused.err().contains("Nothing was added"), refused::all);
        assertTrue(run(budapest, "partner", "list").out().contains("no partners yet"));
        CommandResult unasked = run(budapest, "partner", "add", card.toString());
        assertEquals(2, unasked.code(), unasked::all);
        assertTrue(unasked.err().contains("--fingerprint"), unasked::all);
    }

    @Test
    void aChangedCardProvesNothing() throws Exception {
        Path card = card(tashkent);
        Files.writeString(card, Files.readString(card).replace("\"title\":\"Tashkent", "\"title\":\"Toshkent"));
        CommandResult refused =
                run(budapest, "partner", "add", card.toString(), "--fingerprint", "0000-0000-0000-0000");
        assertEquals(1, refused.code(), refused::all);
        assertTrue(refused.err().contains("does not prove itself"), refused::all);
    }

    @Test
    void aRemovedPartnerIsNotLetInAnyMore() throws Exception {
        introduce(tashkent, budapest);
        introduce(budapest, tashkent, "--pull");
        until(() ->
                run(budapest, "partner", "status", "tashkent", "--json").out().contains("last_success"));
        CommandResult removed = run(tashkent, "partner", "remove", "budapest");
        assertEquals(0, removed.code(), removed::all);
        until(() -> {
            run(budapest, "partner", "pull", "tashkent");
            return run(budapest, "partner", "status", "tashkent").out().contains("it does not know our TLS key");
        });
        assertEquals(1, run(tashkent, "partner", "remove", "budapest").code());
    }

    @Test
    void commentsOfOperatorsStayInPartnersYaml() throws Exception {
        introduce(tashkent, budapest, "--pull");
        String text = Files.readString(tashkent.home().partners());
        assertTrue(text.contains("  budapest:\n    pull: true\n"), text);
        Files.writeString(
                tashkent.home().partners(), text.replace("  budapest:", "  # agreed on 1 November\n  budapest:"));
        Files.writeString(
                tashkent.home().partners(),
                Files.readString(tashkent.home().partners())
                        .replace("    pull: true\n", "    pull: true\n    forgive: [url, empty-list]\n"));
        introduce(tashkent, budapest, "--no-pull", "--push");
        String changed = Files.readString(tashkent.home().partners());
        assertTrue(changed.contains("    forgive: [empty-list, url]\n"), changed);
        assertTrue(changed.contains("# agreed on 1 November"), changed);
        assertTrue(changed.contains("    pull: false\n    push: true\n"), changed);
        run(tashkent, "partner", "remove", "budapest");
        assertFalse(Files.readString(tashkent.home().partners()).contains("budapest"));
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
            Files.writeString(tashkent.home().partners(), "partners:\n  budapest:\n    pulll: true\n");
            until(() -> List.copyOf(log.list).stream()
                    .anyMatch(line -> line.getFormattedMessage().contains("read before stay in force")));
        } finally {
            logger.detachAppender(log);
        }
        assertTrue(run(tashkent, "partner", "list").out().contains("pull"));
        CommandResult add =
                run(tashkent, "partner", "add", card(budapest).toString(), "--fingerprint", fingerprint(budapest));
        assertEquals(4, add.code(), add::all);
        assertTrue(add.err().contains("partners.yaml:3: partners.budapest.pulll: there is no such key"), add::all);
    }

    @Test
    void endedAgreementInPartnersYamlIsLoggedWithItsDate() throws Exception {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger logger = (Logger) LoggerFactory.getLogger(PartnerRegistry.class);
        logger.addAppender(log);
        try {
            Files.writeString(
                    tashkent.home().partners(),
                    "partners:\n  budapest:\n    agreement:\n      valid_until: \"2021-01-01T00:00:00Z\"\n");
            until(() -> List.copyOf(log.list).stream().anyMatch(line -> line.getFormattedMessage()
                    .equals("partners.yaml: the agreement with budapest ended on 2021-01-01T00:00:00Z, so it is"
                            + " given nothing; if it goes on, correct valid_until")));
        } finally {
            logger.detachAppender(log);
        }
    }

    @Test
    void whatAPartnerPushedIsInItsStatusAndInTheMetrics() throws Exception {
        introduce(budapest, tashkent, "--no-pull", "--no-push");
        introduce(tashkent, budapest, "--no-pull", "--push", "--max-tlp", "amber+strict");
        String id = Objects.id("indicator");
        submit(Objects.indicator(id, atTashkentIdentity(), "evil.example.com"));
        until(() -> run(budapest, "show", id).code() == 0, () -> run(tashkent, "partner", "status")
                .all());
        until(() ->
                run(budapest, "partner", "status", "tashkent").out().contains("pushed to us: 2 new, 0 known before"));
        CommandResult status = run(budapest, "partner", "status", "tashkent");
        assertEquals(0, status.code(), "nothing is tried, so nothing is wrong: " + status.all());
        assertFalse(status.out().contains("last request never"), status::all);
        assertTrue(run(tashkent, "partner", "list").out().contains("TLP:AMBER+STRICT"));
        String metrics = budapest.adminClient().get("/metrics").text();
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
        CommandResult refused = run(tashkent, "partner", "add", own.toString(), "--fingerprint", fingerprint(tashkent));
        assertEquals(1, refused.code(), refused::all);
        assertTrue(refused.err().contains("this centre itself"), refused::all);
        CentreKeys others = CentreKeys.generate(
                "mirror", SignatureAlgorithms.ALL.getFirst(), List.of("127.0.0.1"), java.time.Instant.now());
        CentreCard mirror = CentreCard.issue(
                "mirror",
                "Mirror",
                "identity--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f",
                others,
                tashkent.url().replace("localhost", "127.0.0.1") + "/taxii2/koprik/",
                java.time.Instant.now());
        Path file = centres.folder().resolve("mirror-card.json");
        Files.write(file, mirror.bytes());
        CommandResult again = run(
                tashkent,
                "partner",
                "add",
                file.toString(),
                "--fingerprint",
                mirror.fingerprint().toString());
        assertEquals(1, again.code(), again::all);
        assertTrue(again.err().contains("is where this centre answers"), again::all);
        assertTrue(run(tashkent, "partner", "list").out().contains("no partners yet"));
    }

    @Test
    void anAgreementThatHasEndedIsRefused() throws Exception {
        CommandResult ended = run(
                tashkent,
                "partner",
                "add",
                card(budapest).toString(),
                "--fingerprint",
                fingerprint(budapest),
                "--until",
                "2020-01-01T00:00:00Z");
        assertEquals(2, ended.code(), ended::all);
        assertTrue(ended.err().contains("--until 2020-01-01T00:00:00Z is past"), ended::all);
        assertTrue(run(tashkent, "partner", "list").out().contains("no partners yet"));
        Files.writeString(
                tashkent.home().partners(),
                """
                partners:
                  budapest:
                    agreement:
                      valid_until: "2020-01-01T00:00:00Z"
                """);
        CommandResult warned =
                run(tashkent, "partner", "add", card(budapest).toString(), "--fingerprint", fingerprint(budapest));
        assertEquals(0, warned.code(), warned::all);
        assertTrue(warned.out().contains("warning: the agreement with budapest ended on 2020-01-01"), warned::all);
    }

    private void introduce(RunningCentre to, RunningCentre partner, String... options) throws Exception {
        String[] command = new String[5 + options.length];
        System.arraycopy(
                new String[] {"partner", "add", card(partner).toString(), "--fingerprint", fingerprint(partner)},
                0,
                command,
                0,
                5);
        System.arraycopy(options, 0, command, 5, options.length);
        CommandResult added = run(to, command);
        assertEquals(0, added.code(), added::all);
    }

    private Path card(RunningCentre centre) throws Exception {
        Path file = centres.folder().resolve(centre.home().root().getFileName() + ".card");
        CommandResult written = run(centre, "partner", "card", "--out", file.toString());
        assertEquals(0, written.code(), written::all);
        return file;
    }

    private String fingerprint(RunningCentre centre) throws Exception {
        Matcher found = Pattern.compile("[0-9A-Z]{4}(-[0-9A-Z]{4}){3}")
                .matcher(run(centre, "partner", "card").err());
        assertTrue(found.find());
        return found.group();
    }

    private void submit(String object) throws Exception {
        Path file = centres.folder().resolve("object.json");
        Files.writeString(file, object);
        CommandResult submitted = run(tashkent, "submit", file.toString());
        assertEquals(0, submitted.code(), submitted::all);
    }

    private String atTashkentIdentity() throws Exception {
        return CentreCard.read(Files.readAllBytes(tashkent.home().ownCard())).identity();
    }

    private static CommandResult run(RunningCentre centre, String... arguments) {
        return centre.koprik(arguments);
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
