package uz.koprik.gateway.api.objects;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uz.koprik.gateway.centre.RunningCentre.ok;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.gateway.cli.CentreClient.Reply;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.policy.Markings;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.IndicatorWriter;
import uz.koprik.indicators.stix.KeyedIds;
import uz.koprik.indicators.stix.NewIndicator;

/** A second report of a value is a second statement; nobody learns from ids or answers what others reported. */
class ReportIdsTest {

    private static final String JSON = "application/json";

    @RegisterExtension
    static final Centres centres = new Centres();

    private static RunningCentre centre;
    private static CentreClient admin;
    private static CentreClient writer;

    @BeforeAll
    static void start() throws Exception {
        centre = centres.init("tashkent").withAccount("sensor", Role.WRITER).start();
        admin = centre.adminClient();
        writer = centre.clientOf("sensor");
    }

    private static JsonNode report(CentreClient by, String value, String tlp) {
        return ok(by.post(
                        "/api/indicators",
                        JSON,
                        CentreAnswers.json(Map.of("value", value, "name", "Reported", "tlp", tlp))))
                .path("objects")
                .get(0);
    }

    private static String identity() {
        JsonNode object = report(admin, "who-are-we.example.com", "green");
        return ok(admin.get("/api/objects/" + object.path("id").asText()))
                .path("producer")
                .asText();
    }

    private static NewIndicator indicator(String value) {
        return new NewIndicator(
                List.of(new Observable(ObservableKind.DOMAIN, value)),
                Optional.empty(),
                "Reported",
                "",
                List.of(),
                Tlp.GREEN,
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void aReportThatMayNotSeeTheFirstIsASecondStatement() {
        String hidden = report(admin, "held.example.com", "red").path("id").asText();
        JsonNode second = report(writer, "held.example.com", "green");
        JsonNode free = report(writer, "not-held.example.com", "green");
        assertEquals(free.path("status").asText(), second.path("status").asText());
        assertNotEquals(hidden, second.path("id").asText());
        JsonNode kept = CentreAnswers.parse(admin.get("/api/objects/" + hidden, "application/stix+json;version=2.1")
                .body());
        assertEquals(
                Markings.id(Tlp.RED), kept.path("object_marking_refs").get(0).asText());
        assertEquals(
                "unchanged",
                report(writer, "held.example.com", "green").path("status").asText(),
                "its own second report is found again");
        assertEquals(
                "unchanged",
                report(admin, "held.example.com", "red").path("status").asText());
    }

    @Test
    void idsDoNotFollowFromPublicFacts() {
        String identity = identity();
        String id = report(admin, "guess.example.com", "red").path("id").asText();
        IndicatorWriter outsider = new IndicatorWriter(identity, null, new KeyedIds(new byte[32]));
        assertNotEquals(outsider.publicId(indicator("guess.example.com")), id);
        assertNotEquals(outsider.id(indicator("guess.example.com")), id);
    }

    @Test
    void aReportOfAnEarlierVersionIsFoundAgain() {
        IndicatorWriter early = new IndicatorWriter(identity(), null, new KeyedIds(new byte[32]));
        NewIndicator indicator = indicator("early.example.com");
        String id = early.publicId(indicator);
        ok(admin.post(
                "/api/objects",
                JSON,
                CanonicalJson.bytes(early.draft(indicator, id, Instant.now().minusSeconds(60)))));
        JsonNode again = report(admin, "early.example.com", "green");
        assertEquals(id, again.path("id").asText());
        assertEquals("unchanged", again.path("status").asText());
        Reply imported = admin.post(
                "/api/import?name=Reported", "text/plain", "early.example.com\n".getBytes(StandardCharsets.UTF_8));
        assertTrue(imported.ok(), imported::text);
        assertTrue(
                imported.text().contains("\"unchanged\":1") || imported.text().contains("\"unchanged\": 1"),
                imported::text);
    }

    @Test
    void aChangedMispEventIsANewVersionAlsoWhenItsDateWasCorrected() {
        String event =
                "{\"Event\":{\"uuid\":\"5f3e9c1a-0001-4000-8000-000000000001\",\"info\":\"An event\",\"date\":\"%s\","
                        + "\"timestamp\":\"%d\",\"Attribute\":[{\"uuid\":\"5f3e9c1a-0002-4000-8000-000000000002\",\"type\":\"domain\","
                        + "\"category\":\"Network activity\",\"to_ids\":true,\"value\":\"misp.example.com\",\"timestamp\":\"%d\"}]}}";
        Reply first = admin.post(
                "/api/import",
                JSON,
                event.formatted("2026-10-05", 1791200000L, 1791200000L).getBytes(StandardCharsets.UTF_8));
        assertTrue(first.text().contains("\"refused\":0"), first::text);
        Reply second = admin.post(
                "/api/import",
                JSON,
                event.formatted("2026-10-04", 1791300000L, 1791300000L).getBytes(StandardCharsets.UTF_8));
        assertTrue(second.text().contains("\"refused\":0"), second::text);
        assertTrue(second.text().contains("\"accepted\":2"), second::text);
    }
}
