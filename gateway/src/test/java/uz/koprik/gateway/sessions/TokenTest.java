package uz.koprik.gateway.sessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.crypto.trust.Secrets;
import uz.koprik.gateway.auth.Account;
import uz.koprik.gateway.auth.AccountsFile;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.CommandResult;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;

/** Bearer tokens: scopes, end, last use, and who makes them. */
final class TokenTest {

    private static final String JSON = "application/json";
    private static final String SECRET = "correct horse battery staple";

    @RegisterExtension
    static final Centres centres = new Centres();

    private static RunningCentre centre;

    @BeforeAll
    static void start() throws Exception {
        centre = centres.init("tashkent")
                .withAccount("anna", Role.ANALYST)
                .withAccount("olga", Role.OPERATOR)
                .withAccount("siem", Role.READER);
        centre.accounts().setSecret("anna", SECRET.toCharArray(), 12);
        centre.start();
        RunningCentre.ok(centre.clientOf("anna")
                .post(
                        "/api/cases",
                        JSON,
                        bytes("{\"number\":\"T-1\",\"title\":\"A case\",\"values\":[\"198.51.100.7\"]}")));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A client with a new token of an account. */
    private static CentreClient scoped(String account, String label, Right... scopes) throws Exception {
        String token = centre.accounts().addToken(account, label, Optional.empty(), Optional.of(Set.of(scopes)));
        CentreClient client = centre.clientWith(token);
        RunningCentre.await(() -> client.get("/api/account").status() == 200);
        return client;
    }

    @Test
    void aTokenGivesItsScopesAndNothingElse() throws Exception {
        CentreClient search = scoped("anna", "search", Right.READ, Right.ANALYSE);
        assertEquals(
                List.of("analyse", "read"),
                texts(RunningCentre.ok(search.get("/api/account")).path("rights")));
        CentreClient.Reply cases = search.get("/api/cases");
        assertEquals(403, cases.status());
        JsonNode problem = CentreAnswers.parse(cases.body());
        assertEquals("token-out-of-scope", problem.path("code").asText());
        assertTrue(
                problem.path("detail")
                        .asText()
                        .contains("the token \"search\" of anna has the scopes read, analyse, not cases"),
                problem::toString);
        assertEquals(403, search.post("/api/indicators", JSON, bytes("{}")).status());
        CentreClient.Reply operate = search.get("/api/partners");
        assertEquals(
                "not-allowed", CentreAnswers.parse(operate.body()).path("code").asText(), "not even its account may");
    }

    @Test
    void aTokenWithoutTheScopeForCasesFindsNone() throws Exception {
        CentreClient search = scoped("anna", "no cases", Right.READ, Right.ANALYSE);
        String question = "/api/search?q=198.51.100.7";
        assertEquals(
                1,
                RunningCentre.ok(centre.clientOf("anna").get(question))
                        .path("total")
                        .asInt());
        assertEquals(0, RunningCentre.ok(search.get(question)).path("total").asInt(), "case files stay hidden");
        JsonNode values = RunningCentre.ok(search.post("/api/search/values", "text/plain", bytes("198.51.100.7")));
        assertFalse(values.toString().contains("T-1"), values::toString);
    }

    @Test
    void aTokenWithScopesMakesNothingThatWorksWithAllRights() throws Exception {
        CentreClient alerts = scoped("anna", "alerts", Right.ANALYSE, Right.CASES);
        CentreClient.Reply refused = alerts.post("/api/alerts/subscriptions", JSON, bytes("{\"name\":\"x\"}"));
        assertEquals(403, refused.status());
        assertTrue(refused.text().contains("token-out-of-scope"), refused::text);
    }

    @Test
    void scopesAreRightsThatTheAccountHas() {
        CommandResult more = centre.koprik("account", "token", "siem", "--label", "more", "--scope", "cases");
        assertEquals(1, more.code());
        assertTrue(more.err().contains("a role of reader has no right to work on case files"), more.err());
        CommandResult made = centre.koprik("account", "token", "siem", "--label", "less", "--scope", "read");
        assertEquals(0, made.code(), made::toString);
        assertTrue(centre.koprik("account", "list").out().contains("token \"less\", scopes read"));
    }

    @Test
    void peopleMakeTheirTokensWithAPasswordOrSession() throws Exception {
        String form = "{\"label\":\"night / run\",\"days\":30,\"scopes\":[\"read\"]}";
        CentreClient.Reply byToken = centre.clientOf("anna").post("/api/account/tokens", JSON, bytes(form));
        assertEquals(403, byToken.status());
        assertTrue(byToken.text().contains("a token makes no tokens"), byToken::text);
        String password = RunningCentre.basic("anna", SECRET);
        HttpResponse<String> made = centre.post(centre.url() + "/api/account/tokens", password, JSON, form);
        assertEquals(201, made.statusCode(), made::body);
        CentreClient mine = centre.clientWith(
                CentreAnswers.parse(bytes(made.body())).path("token").asText());
        JsonNode known = token(RunningCentre.ok(mine.get("/api/account/tokens")), "night / run");
        assertEquals(List.of("read"), texts(known.path("scopes")));
        assertTrue(Instant.parse(known.path("expires").asText())
                .isAfter(Instant.now().plus(Duration.ofDays(29))));
        assertEquals(
                409,
                centre.post(centre.url() + "/api/account/tokens", password, JSON, form)
                        .statusCode());
        assertEquals(204, mine.delete("/api/account/tokens/night%20%2F%20run").status());
        assertEquals(401, mine.get("/api/account").status(), "in force at once");
        String record = Files.readString(centre.home().root().resolve("account-changes.jsonl"));
        assertTrue(
                record.contains("\"by\":\"account anna\",\"change\":\"token \\\"night / run\\\" taken back\""), record);
        assertFalse(
                record.contains(made.body().replaceAll(".*\"token\":\"([^\"]+)\".*", "$1")), "no token in the record");
    }

    @Test
    void administratorsMakeTokensForProgramsAndTakeAnyBack() throws Exception {
        CentreClient admin = centre.adminClient();
        JsonNode made = RunningCentre.ok(
                admin.post("/api/accounts/siem/tokens", JSON, bytes("{\"label\":\"siem-2\",\"scopes\":[\"read\"]}")));
        CentreClient siem = centre.clientWith(made.path("token").asText());
        assertEquals(200, siem.get("/api/account").status());
        assertEquals(
                409,
                admin.post("/api/accounts/anna/tokens", JSON, bytes("{\"label\":\"x\"}"))
                        .status(),
                "people make their own");
        assertEquals(
                403, centre.clientOf("olga").get("/api/accounts/siem/tokens").status());
        assertEquals(204, admin.delete("/api/accounts/siem/tokens/siem-2").status());
        assertEquals(401, siem.get("/api/account").status());
        assertEquals(404, admin.delete("/api/accounts/siem/tokens/siem-2").status());
    }

    @Test
    void theListSaysWhichTokensAreStale() throws Exception {
        Instant before = Instant.now().minus(Duration.ofDays(100));
        new AccountsFile(centre.home().accounts()).update(accounts -> {
            Account siem = accounts.get("siem");
            List<Account.Token> tokens = new ArrayList<>(siem.tokens());
            tokens.add(new Account.Token("forgotten", Secrets.sha256("forgotten"), before, Optional.empty()));
            tokens.add(new Account.Token("old", Secrets.sha256("old"), before, Optional.empty()));
            tokens.add(new Account.Token(
                    "over", Secrets.sha256("over"), before, Optional.of(before.plus(Duration.ofDays(30)))));
            accounts.put("siem", siem.withTokens(tokens));
            return accounts;
        });
        CentreClient old = centre.clientWith("old");
        RunningCentre.await(() -> old.get("/api/account").status() == 200);
        CentreClient.Reply over = centre.clientWith("over").get("/api/account");
        assertEquals(401, over.status());
        assertTrue(over.text().contains("this token expired on "), over::text);
        JsonNode stale = RunningCentre.ok(centre.adminClient().get("/api/tokens?stale=true"));
        assertEquals("unused", token(stale, "forgotten").path("stale").asText());
        assertEquals("expired", token(stale, "over").path("stale").asText());
        assertTrue(token(stale, "old").isMissingNode(), "it was used just now");
        CommandResult listed = centre.koprik("account", "tokens", "siem", "--stale");
        assertTrue(listed.out().contains("never used; stale: unused"), listed::toString);
        assertFalse(listed.out().contains("\"old\""), listed.out());
        assertEquals(403, centre.clientOf("olga").get("/api/tokens").status());
    }

    @Test
    void theLastUseSurvivesARestart() throws Exception {
        RunningCentre other =
                centres.init("budapest").withAccount("siem", Role.READER).start();
        assertEquals(200, other.clientOf("siem").get("/api/account").status());
        RunningCentre.await(() -> {
            try (var files = Files.list(other.home().state().resolve("last-use"))) {
                return files.findAny().isPresent();
            } catch (NoSuchFileException notYet) {
                return false;
            }
        });
        JsonNode before = lastUse(other);
        other.close();
        other.start();
        assertEquals(before, lastUse(other));
        assertTrue(before.isTextual(), before::toString);
    }

    private static JsonNode lastUse(RunningCentre of) throws Exception {
        return RunningCentre.ok(of.adminClient().get("/api/accounts/siem/tokens"))
                .at("/tokens/0/last_used");
    }

    private static JsonNode token(JsonNode answer, String label) {
        for (JsonNode token : answer.path("tokens")) {
            if (token.path("label").asText().equals(label)) {
                return token;
            }
        }
        return answer.path("none");
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(item -> texts.add(item.asText()));
        return texts;
    }
}
