package uz.koprik.gateway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.gateway.agreements.HomeAgreements;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.CommandResult;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.recalls.RecallExchange;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.Recall;
import uz.koprik.indicators.stix.StixWriter;

/** Recalls, the release desk and erasures speak of personal objects of a partner only to who said a purpose. */
final class PurposeAtActsTest {

    private static final String PURPOSE = "fraud";
    private static final String CASE = "F-1";
    private static final Duration SOON = Duration.ofSeconds(30);

    @RegisterExtension
    static final Centres centres = new Centres();

    private static RunningCentre centre;
    private static CentreKeys budapest;
    private static String identity;

    @BeforeAll
    static void start() throws Exception {
        centre = centres.init("tashkent")
                .withConfig("  desk: false", "  desk: true")
                .withConfig("  relayed: false", "  relayed: true")
                .withAccount("anna", Role.ANALYST)
                .withAccount("chief", Role.ADMIN)
                .withAccount("botir", Role.RELEASER);
        budapest = centre.partner("budapest", true);
        HomeAgreements agreements = new HomeAgreements(centre.home());
        identity = agreements.identity("budapest");
        agreements.signAsking(
                "budapest", budapest, List.of(PURPOSE), Instant.now().plus(Duration.ofDays(90)));
        centre.start();
        CommandResult opened = centre.koprik("case", "add", CASE, "--title", "A case", "--type", "phishing");
        assertEquals(0, opened.code(), opened::all);
    }

    private static String given(String pattern) throws Exception {
        String id = RunningCentre.freshId();
        PurposeOnUseTest.send(
                centre,
                budapest,
                RunningCentre.indicator(id, "198.51.100.7", Tlp.GREEN, 1)
                        .replace("\"spec_version\"", "\"created_by_ref\":\"" + identity + "\",\"spec_version\"")
                        .replace("ipv4-addr:value = '198.51.100.7'", pattern));
        RunningCentre.await(
                SOON, () -> ask("chief", "/api/objects/" + id, PURPOSE).statusCode() == 200);
        return id;
    }

    private static String personal() throws Exception {
        return given("email-addr:value = 'mule" + UUID.randomUUID() + "@example.com'");
    }

    private static String plain() throws Exception {
        return given("domain-name:value = 'd" + UUID.randomUUID() + ".example.com'");
    }

    private static HttpResponse<String> ask(String account, String path, String purpose) throws Exception {
        return sent(account, HttpRequest.newBuilder(URI.create(centre.url() + path)), purpose);
    }

    private static HttpResponse<String> post(String account, String path, String body, String purpose)
            throws Exception {
        return sent(
                account,
                HttpRequest.newBuilder(URI.create(centre.url() + path))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body)),
                purpose);
    }

    private static HttpResponse<String> sent(String account, HttpRequest.Builder request, String purpose)
            throws Exception {
        if (!purpose.isEmpty()) {
            request.header(PurposeOnUse.PURPOSE, purpose).header(PurposeOnUse.CASE, CASE);
        }
        try (HttpClient client = centre.client(null)) {
            return RunningCentre.send(client, request, "Bearer " + centre.tokenOf(account));
        }
    }

    private static JsonNode json(HttpResponse<String> answer) {
        assertEquals(200, answer.statusCode(), answer.body());
        return CentreAnswers.parse(answer.body().getBytes(StandardCharsets.UTF_8));
    }

    private static String withoutIds(HttpResponse<String> answer) {
        return answer.statusCode() + answer.body().replaceAll("\"request_id\":\"[^\"]*\"", "");
    }

    private static CommandResult koprik(String account, String... arguments) throws Exception {
        Path token = Files.writeString(centres.folder().resolve(account + ".token"), centre.tokenOf(account));
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        all.addAll(List.of("--token-file", token.toString()));
        return centre.koprik(all.toArray(String[]::new));
    }

    /** Budapest takes an object back; the id of the recall. */
    private static String recalled(String object) throws Exception {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Recall recall = new Recall(
                Recall.TYPE + "--" + UUID.randomUUID(),
                now,
                identity,
                object,
                now.toEpochMilli() * 1000,
                Recall.Act.WITHDRAW,
                Optional.empty(),
                "the account of a victim");
        JsonObject body = JsonObject.builder()
                .put(
                        "pieces",
                        new JsonArray(List.of(StixWriter.signed(recall.json(), budapest.signer(), now)
                                .json())))
                .put("holds", new JsonArray(List.of()))
                .build();
        try (HttpClient client = centre.client(budapest)) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create(centre.url() + RecallExchange.PATH))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofByteArray(CanonicalJson.bytes(body)))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertEquals(200, answer.statusCode(), answer.body());
        }
        return recall.id();
    }

    @Test
    void aRecallOfAPersonalObjectIsThereForWhoSaidAPurposeOnly() throws Exception {
        String absent = RunningCentre.freshId();
        for (String object : List.of(personal(), absent)) {
            String recall = recalled(object);
            for (String path : List.of(
                    "/api/recalls",
                    "/api/recalls?object=" + object,
                    "/api/recalls?state=complete",
                    "/api/recalls/" + recall,
                    "/api/objects/" + object)) {
                String without = ask("anna", path, "").body();
                assertFalse(without.contains(recall) || without.contains("victim"), path + ": " + without);
                String with = ask("anna", path, PURPOSE).body();
                assertTrue(with.contains("victim"), path + ": " + with);
            }
            assertEquals(
                    withoutIds(ask("anna", "/api/recalls/recall--" + UUID.randomUUID(), "")),
                    withoutIds(ask("anna", "/api/recalls/" + recall, "")));
            assertEquals(
                    404,
                    post("anna", "/api/recalls/" + recall + "/again", "{}", "").statusCode());
            CommandResult without = koprik("anna", "recall", "status");
            assertFalse(without.out().contains(object), without::all);
            assertTrue(without.all().contains("personal objects of budapest are left out"), without::all);
            CommandResult with = koprik("anna", "recall", "status", "--purpose", PURPOSE, "--for-case", CASE);
            assertTrue(with.out().contains(object), with::all);
        }
    }

    @Test
    void aRecallOfAnythingElseIsThereForEachMember() throws Exception {
        String recall = recalled(plain());
        assertTrue(ask("anna", "/api/recalls", "").body().contains(recall));
        assertEquals(200, ask("anna", "/api/recalls/" + recall, "").statusCode());
    }

    /** The item of an object at the desk, as somebody reads it who may. */
    private static String item(String object) throws Exception {
        return json(ask("chief", "/api/releases?object=" + object, PURPOSE))
                .at("/releases/0/id")
                .asText();
    }

    @Test
    void listAndItemOfTheDeskAreThereForWhoSaidAPurposeOnly() throws Exception {
        String object = personal();
        String item = item(object);
        assertFalse(item.isEmpty());
        for (String account : List.of("chief", "botir")) {
            assertEquals(
                    0,
                    json(ask(account, "/api/releases?object=" + object, ""))
                            .path("releases")
                            .size());
            assertFalse(ask(account, "/api/releases", "").body().contains(item));
            for (String act : List.of("approval", "refusal", "withdrawal")) {
                HttpResponse<String> answer =
                        post(account, "/api/releases/" + item + "/" + act, "{\"comment\":\"no\"}", "");
                assertEquals(404, answer.statusCode(), act);
            }
            assertEquals(
                    withoutIds(ask(account, "/api/releases/0000000000000000", "")),
                    withoutIds(ask(account, "/api/releases/" + item, "")));
        }
        JsonNode shown = json(ask("chief", "/api/releases/" + item, PURPOSE));
        assertEquals(1, shown.at("/release/objects").asInt());
        assertEquals(object, shown.at("/held/0/id").asText());
        CommandResult listed = koprik("chief", "release", "list", "--purpose", PURPOSE, "--for-case", CASE);
        assertTrue(listed.out().contains(item), listed::all);
        CommandResult blind = koprik("chief", "release", "approve", item);
        assertEquals(1, blind.code(), blind::all);
        assertTrue(blind.all().contains("personal objects of budapest are left out"), blind::all);
        CommandResult approved = koprik("chief", "release", "approve", item, "--purpose", PURPOSE, "--for-case", CASE);
        assertEquals(0, approved.code(), approved::all);

        assertFalse(ask("chief", "/api/releases?state=decided", "").body().contains(item));
        assertEquals(404, ask("chief", "/api/releases/" + item, "").statusCode());
        assertTrue(ask("chief", "/api/releases?state=decided", PURPOSE).body().contains(item));
        assertEquals(200, ask("chief", "/api/releases/" + item, PURPOSE).statusCode());
    }

    @Test
    void whatThisCentreSubmittedIsAtTheDeskWithoutAPurpose() throws Exception {
        HttpResponse<String> made = post(
                "anna",
                "/api/indicators",
                new String(
                        CentreAnswers.json(Map.of("value", "victim@example.com", "tlp", "green")),
                        StandardCharsets.UTF_8),
                "");
        String item = CentreAnswers.parse(made.body().getBytes(StandardCharsets.UTF_8))
                .at("/objects/0/waits")
                .asText();
        assertEquals(200, ask("botir", "/api/releases/" + item, "").statusCode(), made.body());
        assertEquals(
                200,
                post("botir", "/api/releases/" + item + "/approval", "{\"comment\":\"yes\"}", "")
                        .statusCode());
        assertTrue(ask("botir", "/api/releases?state=decided", "").body().contains(item));
    }

    @Test
    void theCommandErasesAPersonalObjectForAPurpose() throws Exception {
        String object = personal();
        CommandResult without = koprik("chief", "erase", object, "--reason", "order 7");
        assertEquals(1, without.code(), without::all);
        assertTrue(without.all().contains("personal objects of budapest are left out"), without::all);
        CommandResult half = koprik("chief", "erase", object, "--reason", "order 7", "--purpose", PURPOSE);
        assertEquals(2, half.code(), half::all);
        CommandResult with =
                koprik("chief", "erase", object, "--reason", "order 7", "--purpose", PURPOSE, "--for-case", CASE);
        assertEquals(0, with.code(), with::all);
        assertTrue(with.out().contains("erased " + object), with::all);
        assertEquals(410, ask("chief", "/api/objects/" + object, PURPOSE).statusCode());
        assertEquals(404, ask("chief", "/api/objects/" + object, "").statusCode());
    }
}
