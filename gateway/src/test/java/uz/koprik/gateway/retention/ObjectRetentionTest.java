package uz.koprik.gateway.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.CommandResult;
import uz.koprik.gateway.centre.Gateway;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.gateway.concurrent.CentreThreads;
import uz.koprik.indicators.policy.Tlp;

/** Retention and erasure in running centres. */
class ObjectRetentionTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    @RegisterExtension
    final Centres centres = new Centres();

    private static String good(RunningCentre centre, String... arguments) {
        CommandResult result = centre.koprik(arguments);
        assertEquals(0, result.code(), result::all);
        return result.out();
    }

    private static CentreClient.Reply get(RunningCentre centre, String path) throws Exception {
        return centre.adminClient().get(path);
    }

    private static CentreClient.Reply post(CentreClient client, String path, String json) {
        return client.post(path, "application/json", json.getBytes(StandardCharsets.UTF_8));
    }

    private String submitted(RunningCentre centre, String id, String value, Tlp tlp, int minute) throws Exception {
        Path file = Files.writeString(
                centres.folder().resolve(id + minute + ".json"), RunningCentre.indicator(id, value, tlp, minute));
        good(centre, "submit", file.toString());
        return id;
    }

    private static void startAfter(RunningCentre centre, int days) throws Exception {
        centre.stop();
        centre.start(
                CentreThreads.unwatched(),
                new Gateway.StartTerms(() -> Instant.now().plus(Duration.ofDays(days)), true, false));
    }

    @Test
    void theReportSaysWhatIsDueAndTheRunErasesItAndNothingElse() throws Exception {
        RunningCentre centre = centres.init("tashkent")
                .withConfig("  amber: 0", "  amber: 10")
                .withAccount("anna", Role.ANALYST)
                .start();
        String amber = submitted(centre, RunningCentre.freshId(), "198.51.100.7", Tlp.AMBER, 1);
        String green = submitted(centre, RunningCentre.freshId(), "198.51.100.8", Tlp.GREEN, 1);
        String report = good(centre, "retention", "report");
        assertTrue(report.startsWith("due now: 0, in the next 30 days: 1, stopped by a legal hold: 0"), report);
        assertTrue(report.contains(amber + "  TLP:AMBER is kept for 10 days (retention.amber)"), report);
        assertFalse(report.contains(green), report);
        assertTrue(good(centre, "retention", "run").startsWith("erased 0"), "nothing is due yet");

        startAfter(centre, 11);
        good(centre, "retention", "run"); // or the daily run, which was missed, did it a moment before
        CentreClient.Reply gone = get(centre, "/api/objects/" + amber);
        assertEquals(410, gone.status(), gone::text);
        JsonNode problem = CentreAnswers.parse(gone.body());
        assertEquals("erased", problem.path("code").asText());
        assertTrue(problem.path("detail").asText().contains("under: TLP:AMBER is kept for 10 days"), gone::text);
        assertEquals(amber, problem.path("erasure").path("id").asText());
        JsonNode version = problem.path("erasure").path("versions").path(0);
        assertEquals(64, version.path("digest").asText().length(), gone::text);
        assertEquals("2026-01-01T00:01:00Z", version.path("version").asText());
        assertEquals(410, get(centre, "/api/objects/" + amber + "/versions").status());
        assertEquals(200, get(centre, "/api/objects/" + green).status());
        assertEquals(
                0,
                CentreAnswers.parse(get(centre, "/api/search?q=198.51.100.7").body())
                        .path("total")
                        .asInt(-1));
        assertTrue(good(centre, "retention", "run").startsWith("erased 0"), "it is erased once");
        JsonNode erasures = CentreAnswers.parse(get(centre, "/api/erasures").body());
        assertEquals(
                amber, erasures.path("erasures").path(0).path("ids").path(0).asText(), erasures::toPrettyString);

        Path again = Files.writeString(
                centres.folder().resolve("again.json"), RunningCentre.indicator(amber, "198.51.100.7", Tlp.AMBER, 1));
        CommandResult refused = centre.koprik("submit", again.toString());
        assertTrue(refused.all().contains("was erased here"), refused::all);
        assertEquals(410, get(centre, "/api/objects/" + amber).status());
        submitted(centre, amber, "198.51.100.9", Tlp.GREEN, 2);
        assertEquals(200, get(centre, "/api/objects/" + amber).status(), "a higher version is another matter");
    }

    @Test
    void theDailyRunErasesByItselfAlsoWhenItWasMissed() throws Exception {
        RunningCentre centre =
                centres.init("tashkent").withConfig("  amber: 0", "  amber: 10").start();
        String amber = submitted(centre, RunningCentre.freshId(), "198.51.100.7", Tlp.AMBER, 1);
        RunningCentre.await(
                LONG,
                () -> CentreAnswers.parse(get(centre, "/api/retention").body())
                                .path("runs")
                                .size()
                        == 1);
        startAfter(centre, 12);
        RunningCentre.await(LONG, () -> get(centre, "/api/objects/" + amber).status() == 410);
    }

    @Test
    void aLegalHoldStopsRuleAndOrderUntilItIsReleased() throws Exception {
        RunningCentre centre = centres.init("tashkent")
                .withConfig("  amber: 0", "  amber: 10")
                .withAccount("anna", Role.ANALYST)
                .withAccount("otto", Role.OPERATOR)
                .start();
        String amber = submitted(centre, RunningCentre.freshId(), "198.51.100.7", Tlp.AMBER, 1);
        good(centre, "case", "add", "T-1", "--title", "A case", "--type", "phishing");
        good(centre, "case", "observe", "T-1", "198.51.100.7");
        assertTrue(
                good(centre, "case", "hold", "T-1", "--reason", "court order 7").contains("is under a legal hold"));
        startAfter(centre, 11);
        assertTrue(good(centre, "retention", "report").contains("kept by the legal hold of case T-1"));
        String operators = post(centre.clientOf("otto"), "/api/retention", "{}").text();
        assertTrue(operators.contains("\"erased\":0") && operators.contains("\"held\":1"), operators);
        String report = centre.clientOf("otto").get("/api/retention").text();
        assertTrue(report.contains("\"a legal hold\"") && !report.contains("T-1"), report);
        CommandResult order = centre.koprik("erase", amber, "--reason", "court order 8");
        assertEquals(1, order.code(), order::all);
        assertTrue(order.all().contains("the legal hold of case T-1 stops the erasure"), order::all);
        CentreClient.Reply refused =
                post(centre.clientOf("otto"), "/api/erasures", "{\"ids\":[\"" + amber + "\"],\"reason\":\"order 8\"}");
        assertEquals(409, refused.status());
        assertTrue(
                refused.text().contains("a legal hold stops") && !refused.text().contains("T-1"), refused::text);
        assertEquals(200, get(centre, "/api/objects/" + amber).status());

        assertTrue(good(centre, "case", "hold", "T-1", "--reason", "closed", "--release")
                .contains("is under no legal hold"));
        assertTrue(good(centre, "retention", "run").startsWith("erased 1"));
        assertEquals(410, get(centre, "/api/objects/" + amber).status());
        assertEquals(0, centre.koprik("case", "show", "T-1").code(), "the case stays");
    }

    @Test
    void onlyWhoCouldSeeTheObjectLearnsThatItWasErased() throws Exception {
        RunningCentre centre = centres.init("tashkent").start();
        centre.account("client", Role.READER, Tlp.GREEN);
        String amber = submitted(centre, RunningCentre.freshId(), "198.51.100.7", Tlp.AMBER, 1);
        String green = submitted(centre, RunningCentre.freshId(), "198.51.100.8", Tlp.GREEN, 1);
        assertEquals(
                2,
                good(centre, "erase", amber, green, "--reason", "court order 9")
                        .lines()
                        .count());
        CentreClient client = centre.clientOf("client");
        CentreClient.Reply known = client.get("/api/objects/" + green);
        assertEquals(410, known.status(), known::text);
        assertFalse(known.text().contains("court order 9"), "the rule is for members: " + known.text());
        assertEquals(404, client.get("/api/objects/" + amber).status());
        assertTrue(get(centre, "/api/objects/" + amber).text().contains("order: court order 9"));
        String unknown = RunningCentre.freshId();
        CommandResult refused = centre.koprik("erase", unknown, "--reason", "none");
        assertEquals(1, refused.code());
        assertTrue(refused.all().contains("there is no object " + unknown + " here (/ids/0)"), refused::all);
    }

    @Test
    void whatStaysNamesTheVersionsOnlyThatTheCallerCouldSee() throws Exception {
        RunningCentre centre = centres.init("tashkent").start();
        centre.account("client", Role.READER, Tlp.GREEN);
        String id = submitted(centre, RunningCentre.freshId(), "198.51.100.7", Tlp.AMBER, 1);
        submitted(centre, id, "198.51.100.7", Tlp.GREEN, 2);
        CentreClient client = centre.clientOf("client");
        CentreClient.Reply before = client.get("/api/objects/" + id + "/versions");
        assertFalse(before.text().contains("2026-01-01T00:01:00Z"), before::text);
        good(centre, "erase", id, "--reason", "court order 9");
        CentreClient.Reply gone = client.get("/api/objects/" + id);
        assertEquals(410, gone.status(), gone::text);
        assertTrue(gone.text().contains("2026-01-01T00:02:00Z"), gone::text);
        assertFalse(gone.text().contains("2026-01-01T00:01:00Z"), gone::text);
        CentreClient.Reply members = get(centre, "/api/objects/" + id);
        assertTrue(members.text().contains("2026-01-01T00:01:00Z"), members::text);
        centre.stop();
        centre.start();
        CentreClient.Reply later = centre.clientOf("client").get("/api/objects/" + id);
        assertEquals(
                CentreAnswers.parse(gone.body()).path("erasure"),
                CentreAnswers.parse(later.body()).path("erasure"));
    }

    @Test
    void theListOfErasuresHasTheFirstIdsOfEachAndTheCountOfAll() throws Exception {
        RunningCentre centre = centres.init("tashkent").start();
        List<String> ids =
                Stream.generate(RunningCentre::freshId).limit(103).sorted().toList();
        List<String> objects = new ArrayList<>();
        for (String id : ids) {
            objects.add(RunningCentre.indicator(id, "198.51.100.7", Tlp.AMBER, 1));
        }
        Path bundle = Files.writeString(
                centres.folder().resolve("bundle.json"),
                "{\"type\":\"bundle\",\"id\":\"bundle--" + UUID.randomUUID() + "\",\"objects\":["
                        + String.join(",", objects) + "]}");
        good(centre, "submit", bundle.toString());
        String order = "{\"ids\":[\"" + String.join("\",\"", ids) + "\"],\"reason\":\"order 8\"}";
        JsonNode erased = CentreAnswers.parse(
                post(centre.adminClient(), "/api/erasures", order).body());
        assertEquals(103, erased.path("ids").size(), erased::toPrettyString);
        assertFalse(erased.path("more").asBoolean(true));
        JsonNode listed = CentreAnswers.parse(get(centre, "/api/erasures").body())
                .path("erasures")
                .path(0);
        assertEquals(103, listed.path("count").asInt());
        assertEquals(100, listed.path("ids").size(), "the answer is bounded");
        assertTrue(listed.path("more").asBoolean(false));
    }

    @Test
    void anErasureNeedsTwoPersonsWhenTheSettingsSaySo() throws Exception {
        RunningCentre centre = centres.init("tashkent")
                .withConfig("two_persons: false", "two_persons: true")
                .withAccount("otto", Role.OPERATOR)
                .withAccount("ada", Role.ADMIN)
                .start();
        String id = submitted(centre, RunningCentre.freshId(), "198.51.100.7", Tlp.AMBER, 1);
        String body = "{\"ids\":[\"" + id + "\"],\"reason\":\"court order 9\"}";
        CentreClient.Reply first = post(centre.clientOf("otto"), "/api/erasures", body);
        assertEquals(409, first.status(), first::text);
        assertTrue(first.text().contains("second-person-needed"), first::text);
        assertEquals(409, post(centre.clientOf("otto"), "/api/erasures", body).status(), "not the same person");
        assertEquals(200, get(centre, "/api/objects/" + id).status());
        CentreClient.Reply second = post(centre.clientOf("ada"), "/api/erasures", body);
        assertEquals(201, second.status(), second::text);
        assertEquals(410, get(centre, "/api/objects/" + id).status());
        assertEquals(409, post(centre.clientOf("otto"), "/api/retention", "{}").status());
    }

    @Test
    void whatAPartnerGaveFollowsArticleSixAndIsRefusedWhenItComesAgain() throws Exception {
        RunningCentre tashkent =
                centres.init("tashkent").withAccount("anna", Role.ANALYST).start();
        RunningCentre budapest =
                centres.init("budapest").withAccount("anna", Role.ANALYST).start();
        tashkent.addPartner(budapest, List.of("--push"));
        budapest.addPartner(tashkent, List.of());
        String id = CentreAnswers.parse(good(
                                tashkent,
                                "--json",
                                "agreement",
                                "propose",
                                "budapest",
                                "--purpose",
                                "phishing",
                                "--kinds",
                                "technical",
                                "--max-tlp",
                                "amber",
                                "--retention-days",
                                "30",
                                "--legal-basis",
                                "memorandum",
                                "--own-contact",
                                "mailto:soc@tashkent.example.com",
                                "--partner-contact",
                                "mailto:soc@budapest.example.com",
                                "--valid-until",
                                "2099-01-01T00:00:00Z")
                        .getBytes(StandardCharsets.UTF_8))
                .path("id")
                .asText();
        RunningCentre.await(
                LONG, () -> budapest.koprik("agreement", "accept", id).code() == 0);
        String object = submitted(tashkent, RunningCentre.freshId(), "198.51.100.7", Tlp.GREEN, 1);
        RunningCentre.await(LONG, () -> get(budapest, "/api/objects/" + object).status() == 200);
        String report = good(budapest, "retention", "report", "--days", "31");
        assertTrue(report.contains(object + "  article 6 of the agreement with tashkent"), report);
        assertFalse(good(tashkent, "retention", "report", "--days", "31").contains(object), "it is tashkent's own");
        good(budapest, "erase", object, "--reason", "article 6, early");
        assertEquals(410, get(budapest, "/api/objects/" + object).status());

        Path again = Files.writeString(
                centres.folder().resolve("again.json"),
                get(tashkent, "/api/objects/" + object + "/proof").text());
        CommandResult refused = budapest.koprik("import", again.toString());
        assertTrue(refused.all().contains("was erased here"), refused::all);
        assertEquals(410, get(budapest, "/api/objects/" + object).status());
        submitted(tashkent, object, "198.51.100.9", Tlp.GREEN, 2);
        RunningCentre.await(LONG, () -> get(budapest, "/api/objects/" + object).status() == 200);
    }
}
