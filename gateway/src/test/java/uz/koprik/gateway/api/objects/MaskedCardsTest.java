package uz.koprik.gateway.api.objects;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uz.koprik.gateway.centre.RunningCentre.ok;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;

/** Masks of payment cards beside whole numbers, of which the centre keeps as much and a token. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MaskedCardsTest {

    private static final String JSON = "application/json";
    private static final String SHARED = "same first six and last four digits; about 100,000 cards may share them";

    @RegisterExtension
    static final Centres centres = new Centres();

    private static CentreClient tashkent;

    @BeforeAll
    static void start() throws Exception {
        tashkent = centres.init("tashkent").start().adminClient();
    }

    private static JsonNode report(String value) {
        return ok(tashkent.post("/api/indicators", JSON, CentreAnswers.json(Map.of("value", value))))
                .path("objects")
                .get(0);
    }

    private static JsonNode search(String text) {
        return ok(tashkent.get("/api/search?q=" + CentreAnswers.encoded(text)));
    }

    @Test
    @Order(1)
    void aMaskMatchesTheCardAndTheCardTheMask() {
        JsonNode card = report("5555 5555 5555 4444");
        assertEquals(0, card.path("matches").size(), card.toString());
        JsonNode mask = report("5555-55xx-xxxx-4444");
        JsonNode match = mask.path("matches").get(0);
        assertEquals("same_ends", match.path("rule").asText(), mask.toString());
        assertEquals("555555******4444", match.path("value").asText());
        assertTrue(match.path("other_value").asText().startsWith("555555-4444-"), match.toString());
        assertEquals(SHARED, match.path("remark").asText());
        assertEquals(
                "[{\"code\":\"same_ends\",\"cards\":100000}]",
                match.path("remark_codes").toString());
        assertTrue(CentreAnswers.why(match).endsWith("of 100 (" + SHARED + ")"), CentreAnswers.why(match));
        JsonNode object = ok(tashkent.get("/api/objects/" + mask.path("id").asText()));
        assertTrue(object.path("marking").path("personal").asBoolean(), "released as a whole card is");
        assertEquals(1, object.path("values").size());
        assertTrue(object.path("values").get(0).path("remark").asText().contains("about 100,000 cards"));
        JsonNode whole = ok(tashkent.get("/api/objects/" + card.path("id").asText()));
        assertEquals(1, whole.path("values").size(), "what leads to the card is no value of it");
    }

    @Test
    @Order(2)
    void aSearchForEitherFindsBothAndSaysThatItIsLessSure() {
        for (String asked : List.of("5555555555554444", "555555******4444", "5555 55•• •••• 4444")) {
            JsonNode found = search(asked);
            assertEquals(2, found.path("total").asInt(), asked + found);
            JsonNode value = found.path("understood").path("values").get(0);
            assertEquals(1, value.path("count").asInt(), value.toString());
            assertEquals(1, value.path("less_sure").asInt(), value.toString());
            assertEquals(SHARED, value.path("remark").asText());
        }
        assertEquals(
                0,
                search("5555555555554444 555556******4444 none").path("total").asInt());
        JsonNode pasted = ok(tashkent.post(
                "/api/search/values",
                "text/plain",
                "paid by 5555 5555 5555 4444 as he says".getBytes(StandardCharsets.UTF_8)));
        JsonNode value = pasted.path("values").get(0);
        assertEquals("same_ends", value.path("near").get(0).path("rule").asText(), pasted.toString());
        assertEquals(SHARED, value.path("near").get(0).path("remark").asText());
    }

    @Test
    @Order(3)
    void aMaskThatShowsTooLittleIsRefusedWithTheReason() {
        CentreClient.Reply refused = tashkent.post(
                "/api/indicators", JSON, CentreAnswers.json(Map.of("kind", "payment-card", "value", "****1111")));
        assertEquals(400, refused.status());
        assertTrue(refused.text().contains("the first six and the last four digits are needed"), refused.text());
    }

    @Test
    @Order(4)
    void anExportComesBackAtAnotherCentreAsMasks() throws Exception {
        byte[] misp = tashkent.get("/api/export?format=misp").body();
        assertFalse(new String(misp, StandardCharsets.UTF_8).contains("5555555555554444"));
        CentreClient budapest = centres.init("budapest").start().adminClient();
        ok(budapest.post("/api/import?file=event.json", JSON, misp));
        JsonNode found = ok(budapest.get("/api/search?q=" + CentreAnswers.encoded("5555555555554444")));
        List<String> values = new ArrayList<>();
        found.path("hits").forEach(hit -> hit.path("values")
                .forEach(value -> values.add(value.path("value").asText())));
        assertEquals(
                List.of("555555******4444", "555555*4444"),
                values.stream().sorted().toList(),
                found.toString());
    }
}
