package uz.koprik.gateway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.CommandResult;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.gateway.cli.CentreClient.Reply;
import uz.koprik.indicators.observable.Normalisation;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.stix.values.Uuid5;
import uz.koprik.indicators.translate.misp.MispToStix;

/** MISP events in a centre that may have imported them before, also by an earlier version. */
class MispImportTest {

    private static final String STIX = "application/stix+json;version=2.1";
    private static final String PRODUCER = "identity--55f6ea5e-2c60-40e5-964f-47a8950d210f";
    private static final String GALAXY = "dcb864dc-775f-11e7-9fbb-1f41b4996683";
    private static final String EARLIER =
            "attack-pattern--" + Uuid5.koprik("misp-galaxy", PRODUCER, "mitre-attack-pattern", GALAXY);

    @RegisterExtension
    final Centres centres = new Centres();

    private RunningCentre centre;
    private CentreClient admin;

    @BeforeEach
    void start() throws Exception {
        centre = centres.init("tashkent").start();
        admin = centre.adminClient();
    }

    /** An event with one attribute; {@code number} is a part of all UUIDs. */
    private static String event(int number, String attribute, String... techniques) {
        List<String> clusters = new ArrayList<>();
        for (String technique : techniques) {
            clusters.add("{\"type\":\"mitre-attack-pattern\",\"value\":\"%s\",\"version\":\"4\",\"uuid\":\"%s\"}"
                    .formatted(technique, GALAXY));
        }
        return ("{\"Event\":{\"uuid\":\"11111111-1111-4111-8111-%012d\",\"info\":\"event %d\",\"date\":\"2018-09-05\","
                        + "\"timestamp\":\"1536100000\",\"Orgc\":{\"name\":\"o\",\"uuid\":\"55f6ea5e-2c60-40e5-964f-47a8950d210f\"},"
                        + "\"Attribute\":[{\"uuid\":\"22222222-1111-4111-8111-%012d\",\"timestamp\":\"1536100000\",%s,"
                        + "\"category\":\"Network activity\",\"Galaxy\":[{\"type\":\"mitre-attack-pattern\",\"GalaxyCluster\":[%s]}]}]}}")
                .formatted(number, number, number, attribute, String.join(",", clusters));
    }

    private static String domain(String name) {
        return "\"type\":\"domain\",\"to_ids\":true,\"value\":\"" + name + '"';
    }

    private String imported(String file) {
        return imported(file.getBytes(StandardCharsets.UTF_8));
    }

    private String imported(byte[] file) {
        Reply reply = admin.post("/api/import?tlp=green", "application/json", file);
        assertTrue(reply.ok(), reply::text);
        return reply.text();
    }

    private static JsonNode summary(String lines) {
        return CentreAnswers.parse(
                lines.strip().lines().reduce((a, b) -> b).orElseThrow().getBytes(StandardCharsets.UTF_8));
    }

    private JsonNode object(String id) {
        Reply reply = admin.get("/api/objects/" + id, STIX);
        assertTrue(reply.ok(), reply::text);
        return CentreAnswers.parse(reply.body());
    }

    /** What an earlier version made of an event: clusters known by their UUID alone, the first one of an event. */
    private static String early(String event) throws Exception {
        Map<String, String> replaced = new LinkedHashMap<>();
        List<StixObject> objects = new MispToStix(Normalisation.PLAIN, Optional.of(Tlp.GREEN))
                .translate(
                        StrictJson.parseObject(event.getBytes(StandardCharsets.UTF_8))
                                .object("Event")
                                .orElseThrow(),
                        "/Event")
                .objects();
        for (StixObject object : objects) {
            if (object.type().equals("attack-pattern")) {
                replaced.put(object.id(), EARLIER);
            } else if (object.type().equals("relationship")) {
                replaced.put(
                        object.id(), link(object.json().string("source_ref").orElseThrow()));
            }
        }
        Map<String, String> byId = new LinkedHashMap<>();
        for (StixObject object : objects) {
            String text = new String(object.bytes(), StandardCharsets.UTF_8)
                    .replace(
                            "[network-traffic:dst_ref.value",
                            "[network-traffic:dst_ref.type = 'ipv4-addr' AND network-traffic:dst_ref.value");
            for (Map.Entry<String, String> id : replaced.entrySet()) {
                text = text.replace(id.getKey(), id.getValue());
            }
            byId.putIfAbsent(replaced.getOrDefault(object.id(), object.id()), text);
        }
        return "{\"type\":\"bundle\",\"id\":\"bundle--11111111-1111-4111-8111-000000000099\",\"objects\":["
                + String.join(",", byId.values()) + "]}";
    }

    /** The relationship of an earlier version from an attribute to the technique. */
    private static String link(String indicator) {
        return "relationship--" + Uuid5.koprik("misp-galaxy", indicator, EARLIER);
    }

    private static String indicator(int number) {
        return "indicator--22222222-1111-4111-8111-%012d".formatted(number);
    }

    /** The names of the techniques to which an attribute leads. */
    private List<String> techniques(int number) {
        List<String> names = new ArrayList<>();
        Reply reply = admin.get("/api/search?limit=100&q=type:relationship");
        assertTrue(reply.ok(), reply::text);
        for (JsonNode one : CentreAnswers.parse(reply.body()).path("hits")) {
            JsonNode link = object(one.path("id").asText());
            if (link.path("source_ref").asText().equals(indicator(number))
                    && !link.path("revoked").asBoolean()) {
                names.add(object(link.path("target_ref").asText()).path("name").asText());
            }
        }
        names.sort(null);
        return names;
    }

    private void noConflict() throws Exception {
        try (Stream<Path> files = Files.walk(centre.home().evidence())) {
            assertEquals(List.of(), files.filter(Files::isRegularFile).toList());
        }
        Reply alerts = admin.get("/api/alerts");
        assertFalse(alerts.text().contains("conflict"), alerts::text);
    }

    @Test
    void techniquesOfSeveralEventsWithOneUuidStayApart() throws Exception {
        assertEquals(
                0,
                summary(imported(event(1, domain("a.example.com"), "Pass the Hash")))
                        .path("refused")
                        .asInt());
        assertEquals(
                0,
                summary(imported(event(2, domain("b.example.com"), "PowerShell")))
                        .path("refused")
                        .asInt());
        assertEquals(
                0,
                summary(imported(event(3, domain("c.example.com"), "PowerShell", "Rootkit")))
                        .path("refused")
                        .asInt());
        assertEquals(List.of("Pass the Hash"), techniques(1));
        assertEquals(List.of("PowerShell"), techniques(2));
        assertEquals(List.of("PowerShell", "Rootkit"), techniques(3));
        noConflict();
    }

    @Test
    void anEventOfAnEarlierVersionIsCorrectedByImportingItAgain() throws Exception {
        String first = event(1, domain("a.example.com"), "Pass the Hash");
        String second = event(2, domain("b.example.com"), "PowerShell");
        assertEquals(0, summary(imported(early(first))).path("refused").asInt());
        String wrong = early(second).replace("\"name\":\"PowerShell\"", "\"name\":\"Pass the Hash\"");
        assertEquals(0, summary(imported(wrong)).path("refused").asInt());
        assertEquals(List.of("Pass the Hash"), techniques(2), "as it was");

        assertEquals(0, summary(imported(second)).path("refused").asInt());
        assertEquals(List.of("PowerShell"), techniques(2));
        JsonNode again = summary(imported(first));
        assertEquals(0, again.path("refused").asInt());
        assertEquals(0, again.path("accepted").asInt(), "the object whose id was right is no other now: " + again);
        assertEquals(List.of("Pass the Hash"), techniques(1));
        assertTrue(object(link(indicator(2))).path("revoked").asBoolean());
        assertFalse(object(link(indicator(1))).path("revoked").asBoolean());
        JsonNode third = summary(imported(second));
        assertEquals(0, third.path("accepted").asInt() + third.path("refused").asInt(), third::toString);
        noConflict();

        CommandResult said = centre.koprik("store", "clusters");
        assertEquals(1, said.code(), said::err);
        assertTrue(said.out().contains(EARLIER), said::out);
        assertTrue(said.out().contains("\"Pass the Hash\", \"PowerShell\""), said::out);
    }

    @Test
    void aCentreWithoutMixedClustersSaysSo() {
        imported(event(1, domain("a.example.com"), "Pass the Hash"));
        imported(event(2, domain("b.example.com"), "PowerShell"));
        CommandResult said = centre.koprik("store", "clusters");
        assertEquals(0, said.code(), said::err);
        assertTrue(said.out().contains("no object stands for several clusters"), said::out);
    }

    @Test
    void aTranslationThatSaysMoreIsANewVersion() throws Exception {
        String event = event(1, "\"type\":\"ip-dst\",\"to_ids\":true,\"value\":\"192.0.2.7\"", "Pass the Hash");
        assertEquals(0, summary(imported(early(event))).path("refused").asInt());
        assertTrue(object(indicator(1)).path("pattern").asText().contains("dst_ref.type"));
        JsonNode again = summary(imported(event));
        assertEquals(0, again.path("refused").asInt(), again::toString);
        assertEquals(1, again.path("accepted").asInt(), again::toString);
        assertEquals(
                "[network-traffic:dst_ref.value = '192.0.2.7']",
                object(indicator(1)).path("pattern").asText());
        JsonNode third = summary(imported(event));
        assertEquals(0, third.path("accepted").asInt() + third.path("refused").asInt(), third::toString);
        noConflict();
    }

    @Test
    void anotherValueUnderTheUuidOfAnAttributeDoesNotReplaceIt() {
        imported(event(1, domain("a.example.com")));
        String refused = imported(event(1, domain("b.example.com")));
        assertEquals(1, summary(refused).path("refused").asInt(), refused);
        assertEquals(
                "[domain-name:value = 'a.example.com']",
                object(indicator(1)).path("pattern").asText());
        assertTrue(refused.contains("\"where\":\"/Event/Attribute/0\""), refused);
    }

    @Test
    void copiesOfAClusterThatSayMoreOrLessAreNoConflict() throws Exception {
        String full = event(1, domain("a.example.com"), "Pass the Hash")
                .replace("\"version\"", "\"description\":\"A technique\",\"version\"");
        String bare = event(2, domain("b.example.com"), "Pass the Hash").replace("\"name\":\"o\"", "\"name\":\"O\"");
        String both = imported("{\"response\":[" + full + "," + bare + "]}");
        assertEquals(0, summary(both).path("refused").asInt(), both);
        assertEquals(0, summary(imported(bare)).path("refused").asInt());
        assertEquals(0, summary(imported(full)).path("accepted").asInt());
        noConflict();
    }

    @Test
    void aByteOrderMarkBeforeAnEventIsPassedOver() {
        String text = "\uFEFF" + event(1, domain("a.example.com"), "Pass the Hash");
        assertEquals(0, summary(imported(text)).path("refused").asInt());
        assertEquals("Pass the Hash", techniques(1).getFirst());
    }

    @Test
    void aRefusalNamesThePartOfTheEvent() {
        String future = event(1, domain("a.example.com"), "Pass the Hash")
                .replace("\"version\":\"4\"", "\"version\":\"4102444800\"");
        String refused = imported("{\"response\":[" + future + "]}");
        assertTrue(refused.contains("/response/0/Event/Attribute/0/Galaxy/0/GalaxyCluster/0"), refused);
    }

    @Test
    void everyEventOfTheCollectionOfDefectsIsStoredOrReported() throws Exception {
        Path events = Path.of("../indicators/src/test/resources/uz/koprik/indicators/translate/misp/events");
        try (Stream<Path> files = Files.list(events)) {
            List<Path> sorted = files.sorted().toList();
            assertEquals(20, sorted.size());
            for (Path file : sorted) {
                JsonNode first = summary(imported(Files.readAllBytes(file)));
                assertTrue(first.path("done").asBoolean(), file + ": " + first);
                assertTrue(first.path("accepted").asInt() > 0, file + ": " + first);
                JsonNode again = summary(imported(Files.readAllBytes(file)));
                assertEquals(0, again.path("accepted").asInt(), file + ": " + again);
                assertEquals(first.path("refused"), again.path("refused"), file.toString());
                assertEquals(first.path("noted"), again.path("noted"), file.toString());
            }
        }
        noConflict();
    }
}
