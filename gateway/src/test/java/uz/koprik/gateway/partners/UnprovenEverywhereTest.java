package uz.koprik.gateway.partners;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uz.koprik.gateway.centre.RunningCentre.await;
import static uz.koprik.gateway.centre.RunningCentre.ok;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.crypto.trust.CentreCard;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.CommandResult;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.gateway.intake.Objects;
import uz.koprik.indicators.policy.Tlp;

/** Every answer that names an object says when only a compromised key proves it. */
class UnprovenEverywhereTest {

    private static final String JSON = "application/json";
    private static final String VALUE = "graph.example.com";

    @RegisterExtension
    final Centres centres = new Centres();

    private RunningCentre centre;
    private CentreClient admin;

    @Test
    void alertsGraphsCasesSightingsAndTheMispFeedMarkOrLeaveOut() throws Exception {
        centre = centres.init("tashkent").start();
        admin = centre.adminClient();
        String identity =
                CentreCard.read(Files.readAllBytes(centre.home().ownCard())).identity();
        String changed = Objects.id("indicator");
        submit(indicator(changed, identity, "old.example.com", "2026-11-01T00:00:00.000Z"));
        Instant moment = Instant.parse(ok(admin.get("/api/objects/" + changed))
                        .path("received")
                        .asText())
                .plus(1, ChronoUnit.MILLIS);
        await(() -> Instant.now().isAfter(moment));

        submit(indicator(changed, identity, "new.example.com", "2026-11-02T00:00:00.000Z"));
        String object = Objects.id("indicator");
        String malware = Objects.id("malware");
        String uses = Objects.id("relationship");
        submit(indicator(object, identity, VALUE, "2026-11-01T00:00:00.000Z"));
        submit(Objects.malware(malware, identity, Tlp.GREEN));
        submit(times("relationship", uses, identity) + ",\"relationship_type\":\"indicates\",\"source_ref\":\"" + object
                + "\",\"target_ref\":\"" + malware + "\"}");
        submit(times("sighting", Objects.id("sighting"), identity) + ",\"sighting_of_ref\":\"" + object + "\"}");
        ok(post("/api/cases", Map.of("number", "K-1", "title", "Marked", "values", List.of(VALUE))));
        ok(post("/api/objects/" + object + "/verdicts", Map.of("value", VALUE, "verdict", "confirmed")));
        await(() -> alerts().size() == 1);
        assertFalse(alert().path("object").has("unproven"), () -> alert().toString());
        assertEquals(2, met().path("sightings").path("count").asInt(), () -> met().toString());

        CommandResult revoked =
                centre.koprik("key", "revoke", "tashkent/1", "--compromised-since", moment.toString(), "--reason", "t");
        assertEquals(0, revoked.code(), revoked::all);
        await(() -> ok(admin.get("/api/objects/" + object)).has("unproven"));

        JsonNode mark = alert().path("object").path("unproven");
        assertEquals("tashkent", mark.path("centre").asText(), () -> alert().toString());
        assertEquals(moment.toString(), mark.path("compromised_since").asText());
        assertMarked(centre.koprik("alerts"));
        JsonNode graph = ok(admin.get("/api/objects/" + object + "/graph"));
        // The identity of the centre was there before the moment.
        assertEquals(graph.path("nodes").size() - 1, marked(graph.path("nodes")), graph::toString);
        assertTrue(graph.path("nodes").size() > 3, graph::toString);
        assertEquals(
                List.of(uses),
                StreamSupport.stream(graph.path("edges").spliterator(), false)
                        .filter(edge -> edge.has("unproven"))
                        .map(edge -> edge.path("via").asText())
                        .toList(),
                graph::toString);
        JsonNode timeline = ok(admin.get("/api/objects/" + object + "/timeline"));
        assertEquals(timeline.path("events").size(), marked(timeline.path("events")), timeline::toString);
        assertTrue(timeline.path("events").size() > 2, timeline::toString);

        assertTrue(ok(admin.get("/api/cases/K-1")).has("unproven"));
        assertEquals(1, marked(ok(admin.get("/api/cases")).path("cases")));
        assertEquals(1, marked(ok(admin.get("/api/cases/K-1/history")).path("versions")));
        CommandResult shown = centre.koprik("case", "show", "K-1");
        assertTrue(shown.out().lines().toList().get(1).contains("NOT PROVEN"), shown::all);
        assertTrue(shown.out().contains("confirmed by local, but NOT PROVEN"), shown::all);
        assertMarked(centre.koprik("case", "list"));
        assertMarked(centre.koprik("case", "history", "K-1"));
        JsonNode met = met();
        assertTrue(met.has("unproven") && met.path("verdict").has("unproven"), met::toString);
        assertEquals(0, met.path("sightings").path("count").asInt(-1), met::toString);
        assertEquals(2, met.path("sightings").path("unproven").asInt(), met::toString);

        // A version in the feed is never one that only the stolen key signs.
        assertFalse(mispFeed().contains("new.example.com"), this::mispFeed);
        submit(indicator(changed, identity, "newer.example.com", "2026-11-03T00:00:00.000Z"));
        await(() -> mispFeed().contains("newer.example.com"));

        // A new version, signed by the new key, heals the object, and the alert that names it.
        submit(indicator(object, identity, VALUE, "2026-11-03T00:00:00.000Z"));
        assertFalse(ok(admin.get("/api/objects/" + object)).has("unproven"));
        assertFalse(alert().path("object").has("unproven"), () -> alert().toString());
    }

    private static String times(String type, String id, String identity) {
        return "{\"type\":\"" + type + "\",\"spec_version\":\"2.1\",\"id\":\"" + id + "\",\"created_by_ref\":\""
                + identity + "\",\"created\":\"2026-11-01T00:00:00.000Z\",\"modified\":\"2026-11-01T00:00:00.000Z\"";
    }

    private static String indicator(String id, String identity, String domain, String modified) {
        return Objects.indicator(id, identity, "[domain-name:value = '" + domain + "']", modified, Tlp.GREEN);
    }

    private void submit(String object) throws Exception {
        ok(admin.post("/api/objects", JSON, ("{\"objects\":[" + object + "]}").getBytes(StandardCharsets.UTF_8)));
    }

    private CentreClient.Reply post(String path, Map<String, Object> form) {
        return admin.post(path, JSON, CentreAnswers.json(form));
    }

    private JsonNode alerts() {
        return ok(admin.get("/api/alerts")).path("alerts");
    }

    private JsonNode alert() {
        return alerts().get(0);
    }

    private JsonNode met() {
        return ok(admin.get("/api/cases/K-1/matches"))
                .path("matches")
                .get(0)
                .path("met")
                .get(0);
    }

    private static void assertMarked(CommandResult said) {
        assertTrue(said.out().contains("NOT PROVEN"), said::all);
    }

    private static long marked(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .filter(item -> item.has("unproven"))
                .count();
    }

    /** All events of the feed. */
    private String mispFeed() {
        try {
            String authorization = centre.account("misp-" + System.nanoTime(), Role.READER, Tlp.GREEN);
            HttpResponse<String> manifest = centre.get(centre.url() + "/feeds/misp/manifest.json", authorization);
            StringBuilder events = new StringBuilder();
            for (String uuid : RunningCentre.json(manifest).names()) {
                events.append(centre.get(centre.url() + "/feeds/misp/" + uuid + ".json", authorization)
                        .body());
            }
            return events.toString();
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }
}
