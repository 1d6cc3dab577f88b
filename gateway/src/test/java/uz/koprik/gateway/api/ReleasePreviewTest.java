package uz.koprik.gateway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.cli.CentreClient;

/** Who would receive something that is not stored yet. */
class ReleasePreviewTest {

    private static final String JSON = "application/json";

    @RegisterExtension
    static final Centres centres = new Centres();

    private static RunningCentre centre;
    private static CentreClient analyst;

    @BeforeAll
    static void start() throws Exception {
        centre = centres.init("tashkent").withAccount("analyst", Role.ANALYST).withAccount("outside", Role.WRITER);
        centre.partner("budapest", true);
        centre.partner("seoul", true);
        Files.writeString(
                centre.home().partners(),
                """
                partners:
                  budapest:
                    push: true
                    agreement:
                      max_tlp: amber
                      personal_purpose: fraud investigations
                  seoul:
                    agreement:
                      valid_until: "2021-03-01T00:00:00Z"
                  isac:
                    taxii:
                      api_root: https://127.0.0.1:1/api/
                """);
        centre.start();
        analyst = centre.clientOf("analyst");
    }

    private static JsonNode ask(String form) {
        return RunningCentre.ok(analyst.post("/api/explain", JSON, form.getBytes(StandardCharsets.UTF_8)));
    }

    private static JsonNode partner(JsonNode answer, String name) {
        for (JsonNode one : answer.path("partners")) {
            if (one.path("partner").asText().equals(name)) {
                return one;
            }
        }
        throw new AssertionError("no " + name + " in " + answer);
    }

    private static List<String> codes(JsonNode partner) {
        return partner.path("decisions").findValuesAsText("code");
    }

    @Test
    void saysForEachPartnerWhetherAndWhy() {
        JsonNode answer = ask("{\"tlp\": \"amber\"}");
        assertEquals(
                List.of("budapest", "isac", "seoul"),
                answer.path("partners").findValuesAsText("partner").stream()
                        .distinct()
                        .toList());
        JsonNode budapest = partner(answer, "budapest");
        assertTrue(budapest.path("released").asBoolean());
        assertEquals("sent", budapest.path("delivery").asText());
        assertEquals(List.of("within_agreement"), codes(budapest));
        JsonNode seoul = partner(answer, "seoul");
        assertEquals(List.of("agreement_ended"), codes(seoul));
        assertEquals("fetched", seoul.path("delivery").asText());
        JsonNode ended = seoul.path("decisions").get(0);
        assertEquals("2021-03-01T00:00:00Z", ended.path("details").path("ended").asText());
        assertEquals(
                "the agreement with seoul ended on 2021-03-01T00:00:00Z",
                ended.path("reason").asText());
        JsonNode isac = partner(answer, "isac");
        assertEquals(List.of("above_agreement"), codes(isac));
        assertEquals(
                "TLP:GREEN",
                isac.path("decisions").get(0).path("details").path("max_tlp").asText());
        assertEquals("none", isac.path("delivery").asText());
    }

    @Test
    void kindsThatArePersonalDataAreDecidedForThemselves() {
        JsonNode answer = ask("{\"tlp\": \"green\", \"kinds\": [\"domain\", \"iban\"]}");
        assertTrue(answer.path("personal").asBoolean());
        JsonNode isac = partner(answer, "isac");
        assertEquals(List.of("within_agreement", "no_purpose"), codes(isac));
        assertEquals(false, isac.path("released").asBoolean());
        assertEquals(List.of("within_agreement", "within_purpose"), codes(partner(answer, "budapest")));
        assertEquals(List.of("agreement_ended"), codes(partner(answer, "seoul")), "one decision for both");
        assertEquals(List.of("no_purpose"), codes(partner(ask("{\"tlp\":\"green\",\"kinds\":[\"iban\"]}"), "isac")));
    }

    @Test
    void markingProducerAndCaseDecideForAll() {
        assertEquals(List.of("tlp_red"), codes(partner(ask("{\"tlp\": \"red\"}"), "budapest")));
        assertEquals(List.of("case_file"), codes(partner(ask("{\"case_file\": true}"), "budapest")));
        String other = "{\"tlp\": \"amber\", \"created_by_ref\": \"identity--7c2f4b0e-52c1-4f0e-9a57-0d6d4c1f2a10\"}";
        assertEquals(List.of("not_handed_on"), codes(partner(ask(other), "budapest")));
    }

    @Test
    void wrongQuestionsAndStrangersAreRefused() {
        assertEquals(
                400,
                analyst.post("/api/explain", JSON, "{\"kinds\":[\"x\"]}".getBytes(StandardCharsets.UTF_8))
                        .status());
        assertEquals(
                400,
                analyst.post("/api/explain", JSON, "{\"tlp\":\"blue\"}".getBytes(StandardCharsets.UTF_8))
                        .status());
        assertEquals(
                403,
                centre.clientOf("outside")
                        .post("/api/explain", JSON, "{}".getBytes(StandardCharsets.UTF_8))
                        .status());
    }
}
