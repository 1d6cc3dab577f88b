package uz.koprik.gateway.api.acts;

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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.gateway.auth.Requirement;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.auth.RouteRights;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.CommandResult;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.gateway.intake.Objects;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.store.state.MemoryStateStore;

/** With {@code accounts.two_persons}, one asks and another administrator confirms. */
final class SecondPersonTest {

    private static final String JSON = "application/json";

    @RegisterExtension
    static final Centres centres = new Centres();

    private static RunningCentre centre;
    private static RunningCentre budapest;

    @BeforeAll
    static void start() throws Exception {
        centre = centres.init("tashkent")
                .withConfig("two_persons: false", "two_persons: true")
                .withAccount("olga", Role.OPERATOR)
                .withAccount("oleg", Role.OPERATOR)
                .withAccount("anna", Role.ADMIN)
                .withAccount("bela", Role.ADMIN)
                .withAccount("tamas", Role.WRITER)
                .withAccount("siem", Role.READER)
                .withAccount("rustam", Role.AUDITOR)
                .start();
        budapest = centres.init("budapest").start();
    }

    /** The request that adds budapest as a partner. */
    private static byte[] partner(String agreement) throws Exception {
        String fingerprint = RunningCentre.ok(budapest.adminClient().get("/api/card"))
                .path("fingerprint")
                .asText();
        return CentreAnswers.json(Map.of(
                "card",
                Files.readString(budapest.home().ownCard()),
                "fingerprint",
                fingerprint,
                "agreement",
                agreement));
    }

    private static JsonNode waits(String account, byte[] body) {
        CentreClient.Reply reply = centre.clientOf(account).post("/api/partners", JSON, body);
        assertEquals(409, reply.status(), reply::text);
        JsonNode problem = CentreAnswers.parse(reply.body());
        assertEquals("second-person-needed", problem.path("code").asText());
        return problem;
    }

    private static JsonNode acts(String account) {
        return RunningCentre.ok(centre.clientOf(account).get("/api/acts")).path("acts");
    }

    private static JsonNode partners() {
        return RunningCentre.ok(centre.clientOf("olga").get("/api/partners")).path("partners");
    }

    @Test
    void aPartnerIsAddedWhenAnotherAdministratorConfirms() throws Exception {
        byte[] body = partner("letter 1");
        assertTrue(waits("olga", body).path("detail").asText().contains("olga asked for this at "));
        waits("olga", body);
        waits("oleg", body);
        assertTrue(partners().isEmpty(), "nobody who may not administer confirms");
        assertEquals(1, acts("anna").size());
        assertEquals(0, acts("oleg").size(), "of others, administrators alone see them");
        String id = acts("olga").at("/0/id").asText();
        waits("bela", partner("letter 2"));
        assertTrue(partners().isEmpty(), "another request confirms nothing");
        Path token = Files.writeString(centres.folder().resolve("anna.token"), centre.tokenOf("anna"));
        CommandResult listed = centre.koprik("act", "list", "--token-file", token.toString());
        assertTrue(listed.out().contains(id + "  POST /api/partners"), listed::toString);
        CommandResult confirmed = centre.koprik("act", "confirm", id, "--token-file", token.toString());
        assertEquals(0, confirmed.code(), confirmed::toString);
        assertEquals("budapest", partners().at("/0/name").asText());
        assertEquals(
                1,
                centre.koprik("act", "confirm", id, "--token-file", token.toString())
                        .code(),
                "once");

        List<String> entries = new ArrayList<>();
        RunningCentre.ok(centre.clientOf("rustam").get("/api/access?route=POST%20/api/partners"))
                .path("entries")
                .forEach(entry -> entries.add(entry.path("by").asText() + " " + entry.path("asked")));
        assertTrue(entries.contains("account olga {\"waits\":\"" + id + "\"}"), entries::toString);
        assertTrue(entries.contains("account anna {\"confirms\":\"" + id + " of account olga\"}"), entries::toString);
    }

    @Test
    void anAdministratorConfirmsNoActOfItsOwnAndRefusesThoseOfOthers() throws Exception {
        byte[] body = partner("letter 3");
        JsonNode problem = waits("anna", body);
        waits("anna", body);
        String id = problem.path("detail").asText().replaceAll(".*act confirm ([0-9a-f]{16})`.*", "$1");
        assertEquals(404, centre.clientOf("olga").delete("/api/acts/" + id).status(), "it is not olga's");
        assertEquals(204, centre.clientOf("bela").delete("/api/acts/" + id).status());
        assertTrue(waits("bela", body).path("detail").asText().startsWith("bela asked"), "asked for anew");
        assertEquals(204, centre.clientOf("bela").delete("/api/acts/" + id).status());
    }

    @Test
    void everyActOfTheTableWaits() throws Exception {
        String stored = Objects.id("tool");
        RunningCentre.ok(centre.adminClient()
                .post(
                        "/api/objects",
                        JSON,
                        ("{\"type\":\"tool\",\"spec_version\":\"2.1\",\"id\":\"" + stored
                                        + "\",\"created\":\"2026-11-01T00:00:00.000Z\",\"modified\":\"2026-11-01T00:00:00.000Z\","
                                        + "\"name\":\"Walked\"}")
                                .getBytes(StandardCharsets.UTF_8)));
        int acts = 0;
        for (Map.Entry<String, Requirement> row : RouteRights.table().entrySet()) {
            if (!row.getValue().confirmed()) {
                continue;
            }
            acts++;
            String[] route = row.getKey().split(" ", 2);
            String path = route[1].replaceAll(":\\w+", "nobody");
            byte[] body = row.getKey().equals("POST /api/erasures")
                    ? CentreAnswers.json(Map.of("ids", List.of(stored), "reason", "walk")) // read before it waits
                    : "{\"walk\":true}".getBytes(StandardCharsets.UTF_8);
            CentreClient admin = centre.adminClient();
            CentreClient.Reply reply =
                    switch (route[0]) {
                        case "POST" -> admin.post(path, JSON, body);
                        case "PUT" -> admin.put(path, JSON, body);
                        case "PATCH" -> admin.patch(path, JSON, body);
                        default -> admin.delete(path);
                    };
            assertTrue(reply.text().contains("second-person-needed"), () -> row.getKey() + ": " + reply.text());
            for (JsonNode act : acts("anna")) {
                if (act.path("body").asText().contains("walk")
                        || act.path("path").asText().contains("/nobody")) {
                    admin.delete("/api/acts/" + act.path("id").asText());
                }
            }
        }
        assertTrue(acts > 0);
    }

    private static CentreClient.Reply patch(String account, String name, Map<String, ?> form) {
        return centre.clientOf(account).patch("/api/accounts/" + name, JSON, CentreAnswers.json(form));
    }

    private static String roleOf(String name) {
        for (JsonNode account :
                RunningCentre.ok(centre.clientOf("olga").get("/api/accounts")).path("accounts")) {
            if (account.path("name").asText().equals(name)) {
                return account.path("role").asText();
            }
        }
        return "";
    }

    @Test
    void aRoleIsChangedWhenAnotherAdministratorConfirms() {
        Map<String, ?> form = Map.of("role", "analyst");
        assertEquals(409, patch("anna", "oleg", form).status());
        assertEquals(409, patch("anna", "oleg", form).status(), "nobody confirms an own act");
        assertEquals("operator", roleOf("oleg"));
        assertEquals(204, patch("bela", "oleg", form).status());
        assertEquals("analyst", roleOf("oleg"));
        assertEquals(409, patch("bela", "oleg", Map.of("role", "operator")).status());
        assertEquals(204, patch("anna", "oleg", Map.of("role", "operator")).status());
    }

    @Test
    void anAccountThatWasChangedMeanwhileIsConfirmedAnew() {
        Map<String, ?> enable = Map.of("disabled", false, "role", "analyst");
        assertEquals(409, patch("anna", "tamas", enable).status());
        CentreClient.Reply disabled = patch("anna", "tamas", Map.of("disabled", true));
        assertEquals(204, disabled.status(), "who locks an account out does not wait");
        CentreClient.Reply anew = patch("bela", "tamas", enable);
        assertEquals(409, anew.status());
        assertTrue(anew.text().contains("before what it concerns was changed"), anew::text);
        assertEquals("writer", roleOf("tamas"));
        assertEquals(409, patch("bela", "tamas", enable).status(), "bela asked anew");
        assertEquals(204, patch("anna", "tamas", enable).status());
        assertEquals("analyst", roleOf("tamas"));
    }

    @Test
    void theSecondPersonGetsThePasswordOfANewAccount() throws Exception {
        byte[] body = CentreAnswers.json(Map.of("name", "nodira", "role", "admin"));
        CentreClient.Reply waits = centre.clientOf("anna").post("/api/accounts", JSON, body);
        assertEquals(409, waits.status(), waits::text);
        assertEquals("", roleOf("nodira"));
        String id = waits.text().replaceAll("(?s).*act confirm ([0-9a-f]{16})`.*", "$1");
        Path token = Files.writeString(centres.folder().resolve("bela.token"), centre.tokenOf("bela"));
        CommandResult confirmed = centre.koprik("act", "confirm", id, "--token-file", token.toString());
        assertEquals(0, confirmed.code(), confirmed::toString);
        assertTrue(confirmed.out().contains("shown once, hand it over to nodira: "), confirmed::toString);
        assertEquals("admin", roleOf("nodira"));
    }

    @Test
    void passwordsTokensAndSecondFactorsOfOthersWait() {
        CentreClient anna = centre.clientOf("anna");
        byte[] token = CentreAnswers.json(Map.of("label", "siem-1"));
        assertEquals(409, anna.post("/api/accounts/siem/tokens", JSON, token).status());
        assertEquals(
                409, anna.post("/api/accounts/siem/secret", JSON, new byte[0]).status());
        assertEquals(
                409,
                centre.clientOf("olga")
                        .delete("/api/accounts/rustam/second-factor")
                        .status());
        CentreClient bela = centre.clientOf("bela");
        assertEquals(201, bela.post("/api/accounts/siem/tokens", JSON, token).status());
        assertEquals(
                200, bela.post("/api/accounts/siem/secret", JSON, new byte[0]).status());
        assertEquals(204, bela.delete("/api/accounts/rustam/second-factor").status());
    }

    @Test
    void aCommandOnTheFilesOfTheHomeWaitsForNobodyAndSaysSo() throws Exception {
        CommandResult added = centre.koprik("account", "add", "zafar", "--role", "reader");
        assertEquals(0, added.code(), added::all);
        assertTrue(added.all().contains("WARNING: this centre has accounts.two_persons"), added::all);
        assertTrue(Files.readString(centre.home().root().resolve("account-changes.jsonl"))
                .contains("without a second person"));
        JsonNode entries = RunningCentre.ok(centre.clientOf("rustam").get("/api/access?route=koprik%20account%20add"))
                .path("entries");
        assertEquals("none", entries.at("/0/asked/second_person").asText(), entries::toString);
        CommandResult listed = centre.koprik("account", "list");
        assertFalse(listed.all().contains("WARNING"), listed::all);
    }

    private static JsonNode act(String id) {
        for (JsonNode act : acts("anna")) {
            if (act.path("id").asText().equals(id)) {
                return act;
            }
        }
        throw new AssertionError(id);
    }

    private static String add(String account, String name, int status) {
        byte[] body = CentreAnswers.json(Map.of("name", name, "role", "reader"));
        CentreClient.Reply reply = centre.clientOf(account).post("/api/accounts", JSON, body);
        assertEquals(status, reply.status(), reply::text);
        return reply.text();
    }

    private static String idOf(String waits) {
        return waits.replaceAll("(?s).*act confirm ([0-9a-f]{16})`.*", "$1");
    }

    @Test
    void anActEndsWithTheAccountThatAskedForIt() throws Exception {
        centre.account("dora", Role.ADMIN, Tlp.GREEN);
        centre.account("emil", Role.ADMIN, Tlp.GREEN);
        String first = idOf(add("dora", "reader-1", 409));
        String second = idOf(add("dora", "reader-2", 409));
        String third = idOf(add("emil", "reader-3", 409));
        assertFalse(act(first).has("ended"));
        assertEquals(204, patch("anna", "dora", Map.of("disabled", true)).status());
        assertEquals("dora is disabled", act(first).path("ended").asText());
        assertEquals(409, patch("anna", "dora", Map.of("disabled", false)).status());
        assertEquals(204, patch("bela", "dora", Map.of("disabled", false)).status());
        assertEquals("dora is disabled", act(first).path("ended").asText(), "what has ended stays so");
        String anew = add("bela", "reader-1", 409);
        assertTrue(anew.contains("dora asked for this, and that ended: dora is disabled. It waits anew: bela"), anew);
        assertEquals("", roleOf("reader-1"));
        add("anna", "reader-1", 201);
        Path token = Files.writeString(centres.folder().resolve("anna.token"), centre.tokenOf("anna"));
        CommandResult listed = centre.koprik("act", "list", "--token-file", token.toString());
        assertTrue(listed.out().contains(", ended: dora is disabled"), listed::all);
        CommandResult confirmed = centre.koprik("act", "confirm", second, "--token-file", token.toString());
        assertEquals(1, confirmed.code(), confirmed::all);
        assertTrue(confirmed.all().contains("that ended: dora is disabled"), confirmed::all);

        assertEquals(409, patch("anna", "emil", Map.of("role", "operator")).status());
        assertEquals(204, patch("bela", "emil", Map.of("role", "operator")).status());
        assertTrue(act(third).path("ended").asText().startsWith("emil has no right to "), () -> act(third)
                .toString());
        assertEquals(409, patch("anna", "emil", Map.of("role", "admin")).status());
        assertEquals(204, patch("bela", "emil", Map.of("role", "admin")).status());
        String fourth = idOf(add("emil", "reader-4", 409));
        assertEquals(0, centre.koprik("account", "remove", "emil").code());
        centre.account("emil", Role.ADMIN, Tlp.GREEN);
        assertEquals("emil was removed", act(fourth).path("ended").asText(), "another account of that name");
        for (String id : List.of(second, third, fourth)) {
            assertEquals(204, centre.clientOf("bela").delete("/api/acts/" + id).status());
        }
    }

    @Test
    void anActWaitsForItsTimeAndIsTakenOnce() throws Exception {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-29T08:00:00Z"));
        PendingActs acts =
                new PendingActs(new MemoryStateStore(), Duration.ofHours(24), act -> Optional.empty(), now::get);
        String id = PendingActs.id("POST", "/api/partners", "{}");
        acts.add(new PendingAct(id, "POST", "/api/partners", "{}", "olga", now.get()));
        PendingActs.Found found = acts.find(id).orElseThrow();
        now.set(Instant.parse("2026-11-30T07:59:59Z"));
        assertEquals(1, acts.all().size());
        now.set(Instant.parse("2026-11-30T08:00:00Z"));
        assertTrue(acts.find(id).isEmpty(), "its time is over");
        acts.add(new PendingAct(id, "POST", "/api/partners", "{}", "oleg", now.get()));
        assertFalse(acts.take(found), "not what it was");
        PendingActs.Found again = acts.find(id).orElseThrow();
        assertTrue(acts.take(again));
        assertFalse(acts.take(again), "one of two carries it out");
        assertTrue(acts.all().isEmpty());
    }
}
