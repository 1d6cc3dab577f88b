package uz.koprik.gateway.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.CommandResult;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.gateway.config.Home;

/** An operator adds a partner by its card through the API, with the checks of the command line. */
class AdmissionTest {

    private static final String JSON = "application/json";

    @RegisterExtension
    final Centres centres = new Centres();

    private RunningCentre tashkent;
    private RunningCentre budapest;
    private CentreClient operator;

    @BeforeEach
    void start() throws Exception {
        tashkent = centres.init("tashkent")
                .withAccount("olim", Role.OPERATOR)
                .withAccount("anna", Role.ANALYST)
                .start();
        budapest = centres.init("budapest").start();
        operator = tashkent.clientOf("olim");
    }

    private static String card(RunningCentre centre) throws Exception {
        return Files.readString(centre.home().ownCard());
    }

    private CentreClient.Reply post(String path, Object body) {
        return operator.post(path, JSON, CentreAnswers.json(body));
    }

    private static JsonNode problem(int status, CentreClient.Reply reply) {
        assertEquals(status, reply.status(), reply::text);
        return CentreAnswers.parse(reply.body());
    }

    @Test
    void theFingerprintThatWasReadAloudAddsThePartnerAtOnce() throws Exception {
        JsonNode preview = RunningCentre.ok(post("/api/card-previews", Map.of("card", card(budapest))));
        assertEquals("budapest", preview.at("/card/name").asText());
        assertFalse(preview.path("vouched").asBoolean());
        assertFalse(preview.has("known") || preview.has("refusal"), preview::toString);
        String aloud = RunningCentre.ok(budapest.adminClient().get("/api/card"))
                .path("fingerprint")
                .asText();
        assertEquals(aloud, preview.at("/card/fingerprint").asText());

        JsonNode added = RunningCentre.ok(post(
                "/api/partners",
                Map.of(
                        "card",
                        card(budapest),
                        "fingerprint",
                        aloud.toLowerCase(java.util.Locale.ROOT).replace("-", " "),
                        "push",
                        false,
                        "max_tlp",
                        "amber",
                        "agreement",
                        "letter 7",
                        "until",
                        "2036-01-01T00:00:00Z")));
        assertEquals("TLP:AMBER", added.at("/terms/max_tlp").asText());
        JsonNode partner = RunningCentre.ok(operator.get("/api/partners/budapest"));
        assertEquals("letter 7", partner.at("/agreement/reference").asText());
        assertEquals("off", partner.path("push_line").asText());
        assertEquals("budapest/1", partner.at("/keys/0/name").asText());
        assertTrue(Files.readString(tashkent.home().partners()).contains("letter 7"));

        JsonNode again = RunningCentre.ok(post("/api/card-previews", Map.of("card", card(budapest))));
        assertTrue(again.path("vouched").asBoolean(), again::toString);
        assertEquals("letter 7", again.at("/terms/agreement").asText());
    }

    @Test
    void aCardIsFetchedFromTheAddressOfItsCentre() throws Exception {
        JsonNode fetched = RunningCentre.ok(post("/api/card-previews", Map.of("address", budapest.url() + "/taxii2/")));
        assertEquals("budapest", fetched.at("/card/name").asText());
        assertFalse(fetched.path("vouched").asBoolean(), "nothing is trusted for where it came from");
        assertEquals(card(budapest).strip(), fetched.path("text").asText().strip());
        String port = budapest.url().substring(budapest.url().lastIndexOf(':'));
        assertEquals(
                "budapest",
                RunningCentre.ok(post("/api/card-previews", Map.of("address", "127.0.0.1" + port)))
                        .at("/card/name")
                        .asText());
        for (String wrong : java.util.List.of("", "http://127.0.0.1", "https://anna@127.0.0.1", "a b")) {
            problem(400, post("/api/card-previews", Map.of("address", wrong)));
        }
        JsonNode nobody = problem(400, post("/api/card-previews", Map.of("address", "127.0.0.1:1")));
        assertEquals("Not a card", nobody.path("title").asText());
        problem(400, post("/api/card-previews", Map.of("address", "127.0.0.1:1", "card", "x")));
    }

    @Test
    void bothDoorsRefuseTheSameCards() throws Exception {
        String wrong = "0000-0000-0000-0000";
        JsonNode differs = problem(409, post("/api/partners", Map.of("card", card(budapest), "fingerprint", wrong)));
        assertEquals("Fingerprint differs", differs.path("title").asText());
        java.nio.file.Path file = Files.writeString(centres.folder().resolve("b.card"), card(budapest));
        CommandResult command = tashkent.koprik("partner", "add", file.toString(), "--fingerprint", wrong);
        assertTrue(command.err().contains(differs.path("detail").asText()), command::toString);

        JsonNode silent = problem(409, post("/api/partners", Map.of("card", card(budapest))));
        assertTrue(silent.path("detail").asText().contains("proves nothing by itself"), silent::toString);

        JsonNode own = RunningCentre.ok(post("/api/card-previews", Map.of("card", card(tashkent))));
        assertTrue(own.path("refusal").asText().contains("that of this centre itself"), own::toString);
        assertEquals("no_partner", own.at("/refusal_code/code").asText());
        String mine = own.at("/card/fingerprint").asText();
        problem(409, post("/api/partners", Map.of("card", card(tashkent), "fingerprint", mine)));

        problem(400, post("/api/card-previews", Map.of("card", "{}")));
        String right = RunningCentre.ok(post("/api/card-previews", Map.of("card", card(budapest))))
                .at("/card/fingerprint")
                .asText();
        for (Map<String, Object> bad : List.<Map<String, Object>>of(
                Map.of("until", "2020-01-01T00:00:00Z"),
                Map.of("until", "tomorrow"),
                Map.of("max_tlp", "red"),
                Map.of("max_tlp", "pink"),
                Map.of("roles", List.of("king")),
                Map.of("agreement", "two\nlines"))) {
            Map<String, Object> form = new java.util.HashMap<>(bad);
            form.put("card", card(budapest));
            form.put("fingerprint", right);
            problem(400, post("/api/partners", form));
        }
        assertTrue(
                RunningCentre.ok(operator.get("/api/partners")).path("partners").isEmpty());
    }

    @Test
    void aCardThatWaitsIsTakenOnlyByTheFingerprintThatWasSeen() throws Exception {
        tashkent.stop();
        tashkent.withConfig("cards: take", "cards: ask").start();
        operator = tashkent.clientOf("olim");
        String fingerprint = RunningCentre.ok(post("/api/card-previews", Map.of("card", card(budapest))))
                .at("/card/fingerprint")
                .asText();
        RunningCentre.ok(post("/api/partners", Map.of("card", card(budapest), "fingerprint", fingerprint)));
        budapest.stop();
        budapest.withConfig(yaml -> yaml.replaceFirst("(?m)^title:.*$", "title: Budapest Centre"))
                .start();
        String offered = card(budapest);
        Home home = tashkent.home();
        Files.createDirectories(home.offeredCard("budapest").getParent());
        Files.writeString(home.offeredCard("budapest"), offered);

        JsonNode other = problem(409, post("/api/partners/budapest/card", Map.of("fingerprint", fingerprint)));
        assertTrue(other.path("detail").asText().contains("another card"), other::toString);
        String seen = RunningCentre.ok(post("/api/card-previews", Map.of("card", offered)))
                .at("/card/fingerprint")
                .asText();
        RunningCentre.ok(post("/api/partners/budapest/card", Map.of("fingerprint", seen)));
        assertEquals(
                "Budapest Centre",
                RunningCentre.ok(operator.get("/api/partners/budapest"))
                        .path("title")
                        .asText());
        problem(404, post("/api/partners/budapest/card", Map.of("fingerprint", seen)));
        problem(404, post("/api/partners/..%2Fx/card", Map.of("fingerprint", seen)));
        problem(400, post("/api/partners/budapest/card", Map.of()));
    }

    @Test
    void whoDoesNotOperateTheCentreAddsNobody() throws Exception {
        CentreClient analyst = tashkent.clientOf("anna");
        assertEquals(403, analyst.get("/api/card").status());
        byte[] form = CentreAnswers.json(Map.of("card", card(budapest)));
        assertEquals(403, analyst.post("/api/card-previews", JSON, form).status());
        assertEquals(403, analyst.post("/api/partners", JSON, form).status());
        assertEquals(
                403, analyst.post("/api/partners/budapest/card", JSON, form).status());
    }
}
