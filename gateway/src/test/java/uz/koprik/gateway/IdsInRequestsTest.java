package uz.koprik.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uz.koprik.crypto.algorithm.SignatureAlgorithms;
import uz.koprik.crypto.trust.CentreCard;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.CommandResult;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.gateway.cli.CentreClient.Reply;

/** A request for an id in capital letters, or for what is no id, gets an error that says so, not a 404. */
final class IdsInRequestsTest {

    private static final String JSON = "application/json";
    private static final String TAXII = "application/taxii+json;version=2.1";
    private static final String ID = "malware--31b940d4-6f7f-459a-80ea-9c1f17b5891b";
    private static final String UPPER = "malware--31B940D4-6F7F-459A-80EA-9C1F17B5891B";
    private static final String ABSENT = "malware--41b940d4-6f7f-459a-80ea-9c1f17b5891b";
    private static final String HINT = "a STIX id is written in lower case: use " + ID;

    @RegisterExtension
    static final Centres centres = new Centres();

    private static RunningCentre centre;
    private static CentreClient admin;
    private static String collection;
    private static String caseId;

    @BeforeAll
    static void start() throws Exception {
        centre = centres.init("tashkent");
        CentreKeys keys = CentreKeys.generate(
                "budapest", SignatureAlgorithms.ALL.getFirst(), List.of("localhost"), Instant.now());
        CentreCard card =
                CentreCard.issue("budapest", "Budapest", "identity--" + UUID.randomUUID(), keys, "", Instant.now());
        Path file = Files.write(centres.folder().resolve("budapest.card"), card.bytes());
        CommandResult added = centre.koprik(
                "partner",
                "add",
                file.toString(),
                "--fingerprint",
                card.fingerprint().toString());
        assertEquals(0, added.code(), added.err());
        centre.start();
        admin = centre.adminClient();
        String malware = "{\"type\":\"malware\",\"spec_version\":\"2.1\",\"id\":\"" + ID
                + "\",\"created\":\"2026-11-01T00:00:00.000Z\","
                + "\"modified\":\"2026-11-01T00:00:00.000Z\",\"name\":\"loader\",\"is_family\":false}";
        assertTrue(post("/api/objects", malware).ok());
        String made = post("/api/cases", CentreAnswers.json(Map.of("number", "N-1", "title", "A case")))
                .text();
        caseId = CentreAnswers.parse(made.getBytes(StandardCharsets.UTF_8))
                .path("case")
                .path("id")
                .asText();
        assertTrue(caseId.startsWith("incident--"), made);
        String collections = admin.get("/taxii2/koprik/collections/", TAXII).text();
        collection = CentreAnswers.parse(collections.getBytes(StandardCharsets.UTF_8))
                .path("collections")
                .get(0)
                .path("id")
                .asText();
    }

    private static Reply post(String path, String body) {
        return post(path, body.getBytes(StandardCharsets.UTF_8));
    }

    private static Reply post(String path, byte[] body) {
        return admin.post(path, JSON, body);
    }

    private static void refused(Reply reply, String words) {
        assertEquals(400, reply.status(), reply::text);
        assertTrue(reply.text().contains(words), reply::text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/versions", "/related", "/graph", "/timeline"})
    void ofObjects(String path) {
        refused(admin.get("/api/objects/" + UPPER + path), HINT);
        refused(admin.get("/api/objects/malware--31b940d4" + path), "this is no STIX id");
        assertEquals(404, admin.get("/api/objects/" + ABSENT + path).status());
        assertEquals(200, admin.get("/api/objects/" + ID + path).status());
    }

    @Test
    void ofVerdictsAndExplanations() {
        refused(
                post(
                        "/api/objects/" + UPPER + "/verdicts",
                        CentreAnswers.json(Map.of("value", "a.example.com", "verdict", "confirmed"))),
                HINT);
        refused(admin.get("/api/explain?to=budapest&id=" + UPPER), HINT);
        assertEquals(200, admin.get("/api/explain?to=budapest&id=" + ID).status());
    }

    @Test
    void ofCasesAndTheirLinks() {
        String upper = "incident--" + caseId.substring(10).toUpperCase(Locale.ROOT);
        assertEquals(200, admin.get("/api/cases/" + caseId).status());
        refused(admin.get("/api/cases/" + upper), "use " + caseId);
        refused(admin.get("/api/cases/" + upper + "/history"), "use " + caseId);
        refused(post("/api/cases/" + upper + "/notes", CentreAnswers.json(Map.of("text", "x"))), "use " + caseId);
        refused(
                post(
                        "/api/cases",
                        CentreAnswers.json(Map.of("number", "N-2", "title", "Linked", "incidents", List.of(UPPER)))),
                HINT);
        CommandResult said = centre.koprik("case", "change", "N-1", "--incident", UPPER);
        assertFalse(said.code() == 0);
        assertTrue(said.err().contains(HINT), said.err());
    }

    @Test
    void ofFilters() {
        String identity = "identity--31B940D4-6F7F-459A-80EA-9C1F17B5891B";
        String lower = identity.toLowerCase(Locale.ROOT);
        refused(admin.get("/api/search?q=producer:" + identity), "use " + lower);
        refused(admin.get("/api/alerts?producer=" + identity), "use " + lower);
        refused(
                post("/api/alerts/subscriptions", CentreAnswers.json(Map.of("producers", List.of(identity)))),
                "use " + lower);
        assertEquals(200, admin.get("/api/alerts?producer=" + lower).status());
    }

    @Test
    void ofTaxii() {
        String objects = "/taxii2/koprik/collections/" + collection + "/objects/";
        refused(admin.get(objects + UPPER + "/", TAXII), HINT);
        refused(admin.get(objects + UPPER + "/versions/", TAXII), HINT);
        refused(admin.get(objects + "x/", TAXII), "this is no STIX id");
        refused(admin.get(objects + "?match%5Bid%5D=" + ID + "," + UPPER, TAXII), "lower case");
        refused(
                admin.get("/taxii2/koprik/collections/" + collection + "/manifest/?match%5Bid%5D=" + UPPER, TAXII),
                "lower case");
        assertEquals(404, admin.get(objects + ABSENT + "/", TAXII).status());
        assertEquals(200, admin.get(objects + ID + "/", TAXII).status());
    }

    @Test
    void ofCommands() {
        for (List<String> command : List.of(
                List.of("show", UPPER),
                List.of("show", "--raw", UPPER),
                List.of("explain", UPPER, "--to", "budapest"))) {
            CommandResult said = centre.koprik(command.toArray(String[]::new));
            assertFalse(said.code() == 0);
            assertTrue(said.err().contains(HINT), said.err());
        }
    }

    /** A bundle is one thing, however many objects it has and wherever its definition stands. */
    @Test
    void aDefinitionCountsWhereverItStandsInALongBundle() {
        String statement = "marking-definition--" + UUID.randomUUID();
        StringBuilder objects = new StringBuilder();
        String first = "";
        for (int i = 0; i < 2100; i++) {
            String id = "tool--" + UUID.randomUUID();
            first = first.isEmpty() ? id : first;
            objects.append("{\"type\":\"tool\",\"spec_version\":\"2.1\",\"id\":\"")
                    .append(id)
                    .append(
                            "\",\"created\":\"2026-11-01T00:00:00.000Z\",\"modified\":\"2026-11-01T00:00:00.000Z\",\"name\":\"tool\",")
                    .append("\"object_marking_refs\":[\"")
                    .append(statement)
                    .append("\"]},");
        }
        objects.append("{\"type\":\"marking-definition\",\"spec_version\":\"2.1\",\"id\":\"")
                .append(statement)
                .append(
                        "\",\"created\":\"2026-11-01T00:00:00.000Z\",\"definition_type\":\"statement\",\"definition\":{\"statement\":\"x\"}}");
        Reply imported = post(
                "/api/import?file=bundle.json",
                "{\"type\":\"bundle\",\"id\":\"bundle--" + UUID.randomUUID() + "\",\"objects\":[" + objects + "]}");
        assertTrue(imported.text().contains("\"accepted\":2101"), imported::text);
        assertEquals("TLP:GREEN", tlp(first));
    }

    @Test
    void whatItsDefinitionDoesNotComeWithCountsAsRed() {
        String id = "tool--" + UUID.randomUUID();
        Reply imported = post(
                "/api/import?file=bundle.json",
                "{\"type\":\"bundle\",\"id\":\"bundle--" + UUID.randomUUID()
                        + "\",\"objects\":[{\"type\":\"tool\",\"spec_version\":\"2.1\",\"id\":\"" + id
                        + "\",\"created\":\"2026-11-01T00:00:00.000Z\","
                        + "\"modified\":\"2026-11-01T00:00:00.000Z\",\"name\":\"tool\",\"object_marking_refs\":[\"marking-definition--"
                        + UUID.randomUUID() + "\"]}]}");
        assertTrue(imported.text().contains("\"accepted\":1"), imported::text);
        assertEquals("TLP:RED", tlp(id));
    }

    private static String tlp(String id) {
        return CentreAnswers.parse(admin.get("/api/objects/" + id).body())
                .path("marking")
                .path("tlp")
                .asText();
    }

    /** Somebody's card in this centre's own name would end its own keys. */
    @Test
    void aCardOfThisCentreItselfIsNotTaken() throws Exception {
        byte[] before = Files.readAllBytes(centre.home().trust());
        String identity =
                CentreCard.read(Files.readAllBytes(centre.home().ownCard())).identity();
        CentreKeys keys =
                CentreKeys.generate("evil", SignatureAlgorithms.ALL.getFirst(), List.of("localhost"), Instant.now());
        for (CentreCard card : List.of(
                CentreCard.issue("tashkent", "Tashkent", identity, keys, "", Instant.now()),
                CentreCard.issue("evil", "Evil", identity, keys, "", Instant.now()),
                CentreCard.read(Files.readAllBytes(centre.home().ownCard())))) {
            Path file = Files.write(centres.folder().resolve("evil.card"), card.bytes());
            CommandResult said = centre.koprik(
                    "partner",
                    "add",
                    file.toString(),
                    "--fingerprint",
                    card.fingerprint().toString());
            assertEquals(1, said.code(), said.out());
            assertTrue(said.err().contains("this centre itself"), said.err());
        }
        CentreCard card = CentreCard.issue("moscow", "Moscow", "identity--1", keys, "", Instant.now());
        Path file = Files.write(centres.folder().resolve("moscow.card"), card.bytes());
        CommandResult said = centre.koprik(
                "partner",
                "add",
                file.toString(),
                "--fingerprint",
                card.fingerprint().toString());
        assertEquals(1, said.code(), said.out());
        assertTrue(said.err().contains("no STIX id of an identity"), said.err());
        assertEquals(
                new String(before, StandardCharsets.UTF_8),
                Files.readString(centre.home().trust()));
    }
}
