package uz.koprik.gateway.agreements;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.crypto.trust.CentreCard;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.CommandResult;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.gateway.config.Home;
import uz.koprik.indicators.policy.Tlp;

/** Agreements between two running centres, from the proposal to the end. */
class AgreementTest {

    @RegisterExtension
    final Centres centres = new Centres();

    private RunningCentre tashkent;
    private RunningCentre budapest;

    /** Two centres that know each other and give nothing but TLP:CLEAR without an agreement. */
    private void introduced(boolean required) throws Exception {
        tashkent = centre("tashkent", required);
        budapest = centre("budapest", required);
        for (RunningCentre centre : List.of(tashkent, budapest)) {
            centre.withAccount("anna", Role.ANALYST).start();
        }
        tashkent.exchangeWith(budapest);
        RunningCentre.await(
                () -> terms(tashkent).has("basis") && terms(budapest).has("basis"));
    }

    private RunningCentre centre(String name, boolean required) throws Exception {
        RunningCentre centre = centres.init(name);
        return required ? centre.withConfig("required: false", "required: true") : centre;
    }

    @Test
    void isInForceAtBothOnceBothSignedAndReasonsNameTheArticle() throws Exception {
        introduced(true);
        String clear = submitted(Tlp.CLEAR);
        String amber = submitted(Tlp.AMBER);
        String strict = submitted(Tlp.AMBER_STRICT);
        assertReason(true, clear, "TLP:CLEAR needs no agreement with budapest");
        assertReason(false, amber, "no signed agreement with budapest is in force");

        String id = proposed("--max-tlp", "amber");
        assertReason(false, amber, "our proposal waits for the answer of budapest");
        RunningCentre.await(() -> state(budapest, id).equals("proposed"));
        assertTrue(good(budapest, "agreement", "list").contains("waits for an answer here"));
        assertTrue(good(budapest, "agreement", "show", id).contains("article 4, marking: up to TLP:AMBER"));
        assertNotEquals(0, tashkent.koprik("agreement", "accept", id).code(), "the proposer cannot accept");

        good(budapest, "agreement", "accept", id);
        assertEquals("in_force", state(budapest, id));
        RunningCentre.await(() -> state(tashkent, id).equals("in_force"));
        assertEquals(version(tashkent, id).path("text"), version(budapest, id).path("text"));
        assertEquals(version(tashkent, id).path("sha256"), version(budapest, id).path("sha256"));
        assertReason(true, amber, "TLP:AMBER is within article 4 of the agreement with budapest");
        assertReason(false, strict, "which article 4 of the agreement with budapest allows at most");
        JsonNode explained = explained(strict);
        assertEquals("4", explained.path("details").path("article").asText());
        assertEquals(id, explained.path("details").path("agreement").asText());
        RunningCentre.await(
                Duration.ofSeconds(40), () -> budapest.koprik("show", amber).code() == 0);
        assertEquals(1, budapest.koprik("show", strict).code());
        assertTrue(good(tashkent, "partner", "status", "budapest").contains("up to TLP:AMBER"));
    }

    @Test
    void aChangeNeedsBothAndADeclinedOneChangesNothing() throws Exception {
        introduced(true);
        String id = agreed("--max-tlp", "amber");
        String amber = submitted(Tlp.AMBER);
        assertReason(true, amber, "article 4");

        good(budapest, "agreement", "propose", "tashkent", "--change", id, "--max-tlp", "green");
        RunningCentre.await(() -> states(tashkent, id).equals(List.of("proposed", "in_force")));
        assertReason(true, amber, "TLP:AMBER is within article 4");
        good(tashkent, "agreement", "decline", id, "--reason", "too narrow for us");
        RunningCentre.await(() -> states(budapest, id).equals(List.of("declined", "in_force")));
        assertTrue(good(budapest, "agreement", "show", id).contains("too narrow for us"));
        assertReason(true, amber, "TLP:AMBER is within article 4");

        good(budapest, "agreement", "propose", "tashkent", "--change", id, "--max-tlp", "green");
        RunningCentre.await(() -> states(tashkent, id).getFirst().equals("proposed"));
        good(tashkent, "agreement", "accept", id);
        RunningCentre.await(() -> states(budapest, id).equals(List.of("in_force", "declined", "replaced")));
        assertEquals(List.of("in_force", "declined", "replaced"), states(tashkent, id));
        assertReason(false, amber, "TLP:AMBER is above TLP:GREEN");

        good(tashkent, "agreement", "propose", "budapest", "--change", id, "--max-tlp", "amber");
        good(tashkent, "agreement", "withdraw", id, "--reason", "a mistake");
        RunningCentre.await(() -> states(budapest, id).getFirst().equals("withdrawn"));
        assertEquals(1, budapest.koprik("agreement", "accept", id).code());
    }

    @Test
    void endsByNoticeAtItsDateAndNothingOlderRevives() throws Exception {
        introduced(false);
        String green = submitted(Tlp.GREEN);
        assertReason(true, green, "TLP:GREEN is within the agreement with budapest");
        String id = agreed("--notice-days", "2");
        CommandResult early = tashkent.koprik(
                "agreement",
                "terminate",
                id,
                "--effective",
                Instant.now().plusSeconds(60).toString());
        assertEquals(1, early.code());
        assertTrue(early.all().contains("article 8 asks for 2 days"), early::all);

        good(budapest, "agreement", "propose", "tashkent", "--change", id, "--notice-days", "0");
        RunningCentre.await(() -> states(tashkent, id).getFirst().equals("proposed"));
        good(tashkent, "agreement", "accept", id);
        RunningCentre.await(() -> states(budapest, id).equals(List.of("in_force", "replaced")));
        Instant end = Instant.now().plusSeconds(6).truncatedTo(ChronoUnit.SECONDS);
        good(budapest, "agreement", "terminate", id, "--effective", end.toString(), "--reason", "reorganised");
        RunningCentre.await(
                () -> version(tashkent, id).path("terminated").asText().equals(end.toString()));
        if (Instant.now().isBefore(end.minusSeconds(1))) {
            assertEquals("in_force", state(tashkent, id));
        }
        RunningCentre.await(() ->
                state(tashkent, id).equals("terminated") && state(budapest, id).equals("terminated"));
        assertReason(false, green, "(article 8)");
        assertEquals("8", explained(green).path("details").path("article").asText());
        assertEquals("none", terms(tashkent).path("basis").asText());
    }

    @Test
    void endsWithItsTermWithoutAnybody() throws Exception {
        introduced(false);
        String green = submitted(Tlp.GREEN);
        Instant end = Instant.now().plusSeconds(12).truncatedTo(ChronoUnit.SECONDS);
        String id = agreed("--valid-until", end.toString());
        RunningCentre.await(Duration.ofSeconds(20), () -> !Instant.now().isBefore(end));
        assertEquals("ended", state(tashkent, id));
        assertEquals("ended", state(budapest, id));
        assertReason(false, green, "it ended on " + end + " (article 7)");
        assertReason(true, submitted(Tlp.CLEAR), "TLP:CLEAR needs no agreement");
    }

    @Test
    void reachesAPartnerThatWasAwayAndItsAnswerReachesUs() throws Exception {
        introduced(true);
        budapest.stop();
        String id = proposed();
        RunningCentre.await(() -> good(tashkent, "agreement", "list").contains("not delivered"));
        RunningCentre.await(() -> RunningCentre.ok(tashkent.clientOf("anna").get("/api/agreements"))
                .at("/partners/0/delivery/trouble_code")
                .asText()
                .equals("partner_connection_refused"));
        budapest.start();
        tashkent.addPartner(budapest, List.of("--push", "--pull"));
        RunningCentre.await(() -> state(budapest, id).equals("proposed"));
        tashkent.stop();
        good(budapest, "agreement", "accept", id);
        assertEquals("in_force", state(budapest, id));
        tashkent.start();
        RunningCentre.await(() -> state(tashkent, id).equals("in_force"));
    }

    @Test
    void aHomeFromBeforeTheSignatureLearnsWhatItLost() throws Exception {
        introduced(true);
        String id = proposed();
        RunningCentre.await(() -> state(budapest, id).equals("proposed"));
        Path copy = tashkent.home().root().resolve("backups/before");
        good(tashkent, "backup", copy.toString());
        good(budapest, "agreement", "accept", id);
        RunningCentre.await(() -> state(tashkent, id).equals("in_force"));
        tashkent.stop();
        Home home = new Home(centres.folder().resolve("restored"));
        CommandResult restored = CommandResult.of(home, "restore", copy.toString());
        assertEquals(0, restored.code(), restored::all);
        tashkent = centres.open(home).start();
        RunningCentre.await(Duration.ofSeconds(20), () -> state(tashkent, id).equals("in_force"));
    }

    @Test
    void interimTermsBecomeADraftThatListsWhatToComplete() throws Exception {
        introduced(false);
        assertEquals("interim", terms(tashkent).path("basis").asText());
        CommandResult draft = tashkent.koprik("agreement", "propose", "budapest", "--from-settings");
        assertEquals(1, draft.code());
        assertTrue(draft.all().contains("--legal-basis"), draft::all);
        assertTrue(draft.out().contains("\"max_tlp\""), draft::out);
        good(
                tashkent,
                "agreement",
                "propose",
                "budapest",
                "--from-settings",
                "--purpose",
                "phishing",
                "--legal-basis",
                "memorandum",
                "--valid-until",
                "2099-01-01T00:00:00Z",
                "--own-contact",
                "mailto:soc@tashkent.example.com",
                "--partner-contact",
                "mailto:soc@budapest.example.com");
        assertEquals("interim", terms(tashkent).path("basis").asText());
    }

    @Test
    void incompleteOrWrongTermsAreRefusedWithTheirPlace() throws Exception {
        introduced(true);
        CentreClient client = tashkent.adminClient();
        refused(client, "{\"partner\":\"budapest\"}", 400, "lacks \\\"purposes\\\"");
        refused(client, proposal("\"max_tlp\":\"red\""), 400, "\\\"max_tlp\\\"");
        refused(client, proposal("\"retention_days\":0"), 400, "\"reason_code\":\"whole_number\"");
        refused(client, proposal("\"reference\":\"" + "x".repeat(501) + "\""), 400, "\"reason_code\":\"text_or_none\"");
        refused(client, "{\"partner\":\"budapest\"}", 400, "\"reason_code\":\"missing\"");
        refused(client, proposal("\"valid_until\":\"2020-01-01T00:00:00Z\""), 400, "/valid_until");
        refused(client, proposal("\"own_contacts\":[\"ftp://x\"]"), 400, "/parties/0/contacts/0");
        refused(client, proposal("\"kinds\":{\"colour\":true}"), 400, "\\\"kinds\\\"");
        refused(client, proposal("\"partner\":\"nobody\""), 404, "no partner centre");
        CentreClient anna = tashkent.clientOf("anna");
        assertEquals(
                403, post(anna, "/api/agreements", proposal("\"relay\":true")).status());
        assertEquals(200, anna.get("/api/agreements").status());
        assertEquals(
                403, post(client, AgreementExchange.PATH, "{\"pieces\":[]}").status());
    }

    private static void refused(CentreClient client, String body, int status, String word) {
        CentreClient.Reply reply = post(client, "/api/agreements", body);
        assertEquals(status, reply.status(), reply::text);
        assertTrue(reply.text().contains(word), reply::text);
    }

    private static CentreClient.Reply post(CentreClient client, String path, String body) {
        return client.post(path, "application/json", body.getBytes(StandardCharsets.UTF_8));
    }

    private static String proposal(String member) {
        String name = member.substring(0, member.indexOf(':'));
        List<String> members = new ArrayList<>(List.of(
                "\"partner\":\"budapest\"",
                "\"purposes\":[\"phishing\"]",
                "\"legal_basis\":\"memorandum\"",
                "\"valid_until\":\"2099-01-01T00:00:00Z\"",
                "\"own_contacts\":[\"mailto:soc@tashkent.example.com\"]",
                "\"partner_contacts\":[\"mailto:soc@budapest.example.com\"]"));
        members.removeIf(other -> other.startsWith(name + ":"));
        members.add(member);
        return "{" + String.join(",", members) + "}";
    }

    private String proposed(String... options) {
        List<String> arguments = new ArrayList<>(List.of(
                "--json",
                "agreement",
                "propose",
                "budapest",
                "--purpose",
                "phishing",
                "--legal-basis",
                "memorandum of 2026",
                "--own-contact",
                "mailto:soc@tashkent.example.com",
                "--partner-contact",
                "mailto:soc@budapest.example.com"));
        arguments.addAll(List.of(options));
        if (!arguments.contains("--valid-until")) {
            arguments.addAll(List.of("--valid-until", "2099-01-01T00:00:00Z"));
        }
        return CentreAnswers.parse(
                        good(tashkent, arguments.toArray(new String[0])).getBytes(StandardCharsets.UTF_8))
                .path("id")
                .asText();
    }

    private String agreed(String... options) throws Exception {
        String id = proposed(options);
        RunningCentre.await(() -> state(budapest, id).equals("proposed"));
        good(budapest, "agreement", "accept", id);
        RunningCentre.await(() -> state(tashkent, id).equals("in_force"));
        return id;
    }

    private static JsonNode version(RunningCentre centre, String id) throws Exception {
        CentreClient.Reply reply = centre.adminClient().get("/api/agreements/" + id);
        return reply.status() == 404
                ? CentreAnswers.parse("{}".getBytes(StandardCharsets.UTF_8))
                : RunningCentre.ok(reply).path("versions").path(0);
    }

    private static String state(RunningCentre centre, String id) throws Exception {
        return version(centre, id).path("state").asText();
    }

    private static List<String> states(RunningCentre centre, String id) throws Exception {
        List<String> states = new ArrayList<>();
        asked(centre, "/api/agreements/" + id)
                .path("versions")
                .forEach(version -> states.add(version.path("state").asText()));
        return states;
    }

    private static JsonNode asked(RunningCentre centre, String path) throws Exception {
        return RunningCentre.ok(centre.adminClient().get(path));
    }

    private static JsonNode terms(RunningCentre centre) throws Exception {
        return asked(centre, "/api/agreements").path("partners").path(0);
    }

    private JsonNode explained(String id) throws Exception {
        return asked(tashkent, "/api/explain?to=budapest&id=" + id);
    }

    private void assertReason(boolean released, String id, String reason) throws Exception {
        JsonNode explained = explained(id);
        assertTrue(explained.path("reason").asText().contains(reason), explained::toPrettyString);
        assertEquals(released, explained.path("released").asBoolean(), explained::toPrettyString);
    }

    private String submitted(Tlp tlp) throws Exception {
        String id = RunningCentre.freshId();
        String object = RunningCentre.indicator(id, "198.51.100." + (int) (Math.random() * 250), tlp, 1)
                .replace("\"spec_version\"", "\"created_by_ref\":\"" + identity(tashkent) + "\",\"spec_version\"");
        Path file = Files.writeString(centres.folder().resolve(id + ".json"), object);
        good(tashkent, "submit", file.toString());
        return id;
    }

    private static String identity(RunningCentre centre) throws Exception {
        return CentreCard.read(Files.readAllBytes(centre.home().ownCard())).identity();
    }

    private static String good(RunningCentre centre, String... arguments) {
        CommandResult result = centre.koprik(arguments);
        assertEquals(0, result.code(), result::all);
        return result.out();
    }
}
