package uz.koprik.gateway.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;

/** Administrators add accounts by the API and change what they may do; nobody else does. */
final class AccountsTest {

    private static final String JSON = "application/json";

    @RegisterExtension
    final Centres centres = new Centres();

    private RunningCentre centre;
    private CentreClient admin;

    private void start() throws Exception {
        centre = centres.init("tashkent")
                .withAccount("anna", Role.ANALYST)
                .withAccount("olim", Role.OPERATOR)
                .start();
        admin = centre.adminClient();
    }

    private CentreClient.Reply post(String path, Map<String, ?> form) {
        return admin.post(path, JSON, CentreAnswers.json(form));
    }

    private int patch(CentreClient who, String name, Map<String, ?> form) {
        return who.patch("/api/accounts/" + name, JSON, CentreAnswers.json(form))
                .status();
    }

    private JsonNode line(String name) {
        for (JsonNode account : RunningCentre.ok(admin.get("/api/accounts")).path("accounts")) {
            if (account.path("name").asText().equals(name)) {
                return account;
            }
        }
        throw new AssertionError("there is no account " + name);
    }

    @Test
    void anAccountIsAddedChangedAndRemoved() throws Exception {
        start();
        JsonNode added = RunningCentre.ok(
                post("/api/accounts", Map.of("name", "desk-3", "role", "analyst", "units", List.of("Unit 3"))));
        String secret = added.path("one_time_secret").asText();
        assertEquals(24, secret.length());
        assertEquals("Unit 3", line("desk-3").at("/units/0").asText());
        assertTrue(line("desk-3").path("one_time").asBoolean());
        assertEquals(
                403,
                centre.get(centre.url() + "/api/cases", RunningCentre.basic("desk-3", secret))
                        .statusCode(),
                "a one-time password serves to set another one only");
        assertEquals(
                409,
                post("/api/accounts", Map.of("name", "desk-3", "role", "reader"))
                        .status());

        assertEquals(204, patch(admin, "desk-3", Map.of("role", "operator")));
        assertEquals("operator", line("desk-3").path("role").asText());
        assertFalse(line("desk-3").has("units"));
        assertEquals(409, patch(admin, "desk-3", Map.of("units", List.of("Unit 3"))), "operators have no units");

        JsonNode reset = RunningCentre.ok(admin.post("/api/accounts/desk-3/secret", JSON, new byte[0]));
        assertFalse(reset.path("one_time_secret").asText().equals(secret));
        assertEquals(204, admin.delete("/api/accounts/desk-3").status());
        assertEquals(404, admin.delete("/api/accounts/desk-3").status());
        assertTrue(centre.koprik("account", "list").out().lines().noneMatch(one -> one.startsWith("desk-3")));
    }

    @Test
    void aDisabledAccountOpensNothingUntilItIsEnabledAgain() throws Exception {
        start();
        CentreClient anna = centre.clientOf("anna");
        assertEquals(200, anna.get("/api/cases").status());
        assertEquals(204, patch(admin, "anna", Map.of("disabled", true)));
        assertEquals(401, anna.get("/api/cases").status());
        assertTrue(line("anna").path("disabled").asBoolean());
        centre.stop();
        centre.start();
        admin = centre.adminClient();
        assertEquals(401, centre.clientOf("anna").get("/api/cases").status());
        assertEquals(204, patch(admin, "anna", Map.of("disabled", false)));
        assertEquals(200, centre.clientOf("anna").get("/api/cases").status());
    }

    /** A crash between two changes would leave one of them. */
    @Test
    void roleAndStateAreChangedTogetherOrNotAtAll() throws Exception {
        start();
        Path record = centre.home().root().resolve("account-changes.jsonl");
        assertEquals(204, patch(admin, "olim", Map.of("disabled", true)));
        long before = Files.readString(record).lines().count();
        assertEquals(204, patch(admin, "anna", Map.of("role", "operator", "disabled", true)));
        List<String> added = Files.readString(record).lines().skip(before).toList();
        assertEquals(1, added.size(), added::toString);
        assertTrue(added.getFirst().contains("role operator, all units; disabled"), added::toString);
        assertEquals(204, patch(admin, "anna", Map.of("role", "operator", "disabled", true)));
        assertEquals(204, patch(admin, "admin", Map.of("disabled", true)));
        String accounts = Files.readString(centre.home().accounts());
        assertEquals(409, patch(admin, "local", Map.of("role", "operator", "disabled", true)));
        assertEquals(
                409, patch(admin, "anna", Map.of("role", "caseworker", "disabled", false)), "it works for no unit");
        assertEquals(accounts, Files.readString(centre.home().accounts()));
        assertEquals(before + 2, Files.readString(record).lines().count());
    }

    @Test
    void theLastAdministratorStays() throws Exception {
        start();
        assertEquals(204, patch(admin, "admin", Map.of("disabled", true)));
        assertEquals(409, patch(admin, "local", Map.of("disabled", true)));
        assertEquals(409, patch(admin, "local", Map.of("role", "analyst")));
        assertEquals(409, admin.delete("/api/accounts/local").status());
        assertEquals(200, admin.get("/api/accounts").status());
    }

    @Test
    void operatorsSeeAccountsAndChangeNone() throws Exception {
        start();
        CentreClient olim = centre.clientOf("olim");
        assertEquals(200, olim.get("/api/accounts").status());
        assertEquals(403, patch(olim, "anna", Map.of("disabled", true)));
        assertEquals(
                403,
                olim.post("/api/accounts", JSON, "{\"name\":\"x\",\"role\":\"admin\"}".getBytes(StandardCharsets.UTF_8))
                        .status());
        assertEquals(403, olim.delete("/api/accounts/anna").status());
        assertEquals(
                403, olim.post("/api/accounts/anna/secret", JSON, new byte[0]).status());
        assertEquals(403, olim.delete("/api/accounts/anna/tokens/test").status());
        assertEquals(403, centre.clientOf("anna").get("/api/accounts").status());
    }

    @Test
    void theLastUseOfATokenIsKeptAndTheTokenIsTakenBack() throws Exception {
        start();
        assertFalse(line("anna").at("/tokens/0").has("last_used"));
        centre.clientOf("anna").get("/api/account");
        RunningCentre.await(() -> line("anna").at("/tokens/0").has("last_used"));
        RunningCentre.await(() -> Files.exists(centre.home().state().resolve("last-use/anna.json")));
        centre.stop();
        centre.start();
        admin = centre.adminClient();
        assertTrue(line("anna").at("/tokens/0").has("last_used"), "durable");
        assertEquals(204, admin.delete("/api/accounts/anna/tokens/test").status());
        assertEquals(401, centre.clientOf("anna").get("/api/account").status());
        assertEquals(404, admin.delete("/api/accounts/anna/tokens/test").status());
    }
}
