package uz.koprik.gateway.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.CommandResult;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.indicators.policy.CaseUnits;

/** What operators and control rooms see of a running centre. */
class OperationsTest {

    private static final String JSON = "application/json";

    @RegisterExtension
    final Centres centres = new Centres();

    private static void submit(CentreClient client, String path, String json) {
        CentreClient.Reply reply = client.post(path, JSON, json.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertTrue(reply.ok(), reply::text);
    }

    private RunningCentre centre() throws Exception {
        RunningCentre centre = centres.init("tashkent");
        return centre.withAccount("olim", Role.OPERATOR)
                .withAccount("anna", Role.ANALYST)
                .withAccount("bek", Role.ANALYST, CaseUnits.of(Set.of("Unit 2")))
                .withAccount("rustam", Role.READER);
    }

    @Test
    void operatorsSeeHowTheCentreIsRunWithoutSecrets() throws Exception {
        RunningCentre centre = centre();
        Files.createDirectories(centre.home().root().resolve("drop"));
        Path lists = centre.home().root().resolve("warning-lists/own");
        Files.createDirectories(lists);
        Files.writeString(
                lists.resolve("list.json"),
                "{\"name\":\"Own names\",\"version\":3,\"type\":\"string\",\"matching_attributes\":[\"domain\"],"
                        + "\"list\":[\"example.com\",\"example.net\"]}");
        centre.withConfig("watch: []", "watch: [{folder: drop, account: anna}, {folder: gone, account: anna}]")
                .start();
        centre.get(centre.url() + "/api/account", RunningCentre.basic("olim", "wrong"));
        RunningCentre.await(() -> RunningCentre.ok(centre.clientOf("olim").get("/api/operations"))
                .at("/watched/1/trouble")
                .asText()
                .contains("missing"));
        CentreClient.Reply reply = centre.clientOf("olim").get("/api/operations");
        JsonNode state = RunningCentre.ok(reply);
        assertTrue(state.at("/health/ready").asBoolean(), state::toString);
        assertEquals("lucene", state.at("/store/kind").asText());
        assertTrue(state.at("/disk/free").asLong() > 0);
        assertFalse(state.at("/watched/0").has("trouble"), state::toString);
        assertEquals("Own names", state.at("/warning_lists/0/name").asText());
        assertEquals(2, state.at("/warning_lists/0/entries").asInt());
        assertTrue(state.path("accounts").findValuesAsText("name").contains("bek"));
        assertFalse(
                reply.text().contains(centre.tokenOf("olim")) || reply.text().contains("$argon2"), reply::text);
        assertFalse(state.at("/backups/scheduled").asBoolean());
        JsonNode failed = null;
        for (JsonNode limit : state.path("limits")) {
            failed = limit.path("what").asText().equals("failed_sign_ins")
                            && limit.path("why").asText().equals("password")
                    ? limit
                    : failed;
        }
        assertEquals(1, failed.path("count").asInt(), state::toString);
        assertEquals(
                409,
                centre.clientOf("olim").post("/api/backups", JSON, new byte[0]).status());
        assertEquals(403, centre.clientOf("anna").get("/api/operations").status());
        assertEquals(
                403,
                centre.clientOf("anna").post("/api/backups", JSON, new byte[0]).status());
    }

    @Test
    void aBackupIsMadeNow() throws Exception {
        RunningCentre centre = centres.init("tashkent").withAccount("olim", Role.OPERATOR);
        Path key = centres.folder().resolve("b.key");
        CommandResult made = centre.koprik("backup", "key", key.toString());
        assertEquals(0, made.code(), made::toString);
        centre.withConfig("schedule: 0s", "schedule: 24h").start();
        CentreClient operator = centre.clientOf("olim");
        RunningCentre.await(java.time.Duration.ofMinutes(2), () -> stored(operator) == 1);
        Thread.sleep(1100); // names of backups have whole seconds
        assertEquals(202, operator.post("/api/backups", JSON, new byte[0]).status());
        RunningCentre.await(java.time.Duration.ofMinutes(2), () -> stored(operator) == 2);
    }

    private static int stored(CentreClient operator) {
        JsonNode backups = RunningCentre.ok(operator.get("/api/operations")).path("backups");
        return backups.path("stored").size();
    }

    @Test
    void theWallShowsTheDayAndNothingThatIsNotForItsViewer() throws Exception {
        RunningCentre centre = centre().withConfig("digest_zone: UTC", "digest_zone: Asia/Tashkent")
                .start();
        CentreClient admin = centre.adminClient();
        submit(
                admin,
                "/api/cases",
                "{\"number\":\"T-1\",\"title\":\"Fraud\",\"type\":\"fraud\",\"unit\":\"Unit 1\","
                        + "\"values\":[\"login.example.com\"]}");
        submit(admin, "/api/cases", "{\"number\":\"T-2\",\"title\":\"Theft\",\"type\":\"theft\",\"unit\":\"Unit 2\"}");
        submit(admin, "/api/indicators", "{\"value\":\"login.example.com\",\"name\":\"A page\"}");
        JsonNode[] seen = new JsonNode[1];
        RunningCentre.await(() -> {
            seen[0] = RunningCentre.ok(centre.clientOf("anna").get("/api/situation"));
            return seen[0].at("/alerts/open").asInt() == 1
                    && seen[0].at("/today/objects").asInt() > 0;
        });
        JsonNode all = seen[0];
        assertEquals("Asia/Tashkent", all.path("zone").asText());
        assertEquals(2, all.at("/cases/open").asInt(), all::toString);
        assertEquals("T-1", all.at("/alerts/newest/0/case_number").asText());
        assertEquals("domain", all.at("/today/kinds/0/name").asText(), all::toString);
        String alert =
                RunningCentre.ok(admin.get("/api/alerts")).at("/alerts/0/id").asText();
        submit(admin, "/api/alerts/acknowledge", "{\"alerts\":[\"" + alert + "\"]}");
        RunningCentre.await(() -> RunningCentre.ok(centre.clientOf("anna").get("/api/situation"))
                        .at("/alerts/open")
                        .asInt(1)
                == 0);

        CentreClient.Reply limited = centre.clientOf("bek").get("/api/situation");
        JsonNode part = RunningCentre.ok(limited);
        assertEquals(1, part.at("/cases/open").asInt(), part::toString);
        assertEquals(0, part.at("/alerts/open").asInt());
        assertFalse(limited.text().contains("T-1") || limited.text().contains("fraud"), limited::text);

        JsonNode operated = RunningCentre.ok(centre.clientOf("olim").get("/api/situation"));
        assertFalse(operated.has("cases"), operated::toString);
        assertEquals(0, operated.at("/alerts/open").asInt());
        assertEquals(
                all.at("/today/objects").asInt(), operated.at("/today/objects").asInt());
        assertEquals(403, centre.clientOf("rustam").get("/api/situation").status());
    }
}
