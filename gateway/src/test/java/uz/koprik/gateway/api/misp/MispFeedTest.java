package uz.koprik.gateway.api.misp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uz.koprik.gateway.centre.RunningCentre.ok;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.gateway.cli.CentreClient.Reply;
import uz.koprik.indicators.policy.Tlp;

/** A MISP instance pulls from a running centre: each account what it may see, and only what changed. */
class MispFeedTest {

    private static final String JSON = "application/json";
    private static final String STIX = "application/stix+json;version=2.1";

    @RegisterExtension
    final Centres centres = new Centres();

    private RunningCentre centre;
    private CentreClient admin;
    private String green;
    private String amber;

    @BeforeEach
    void start() throws Exception {
        centre = centres.init("tashkent").start();
        admin = centre.adminClient();
        green = centre.account("misp-green", Role.READER, Tlp.GREEN);
        amber = centre.account("misp-amber", Role.READER, Tlp.AMBER);
    }

    private MispReader reader(String authorization) throws Exception {
        return new MispReader(centre, centre.url() + "/feeds/misp", authorization);
    }

    /** An indicator of this centre; returns its id. */
    private String report(String value, String tlp) {
        return ok(admin.post(
                        "/api/indicators",
                        JSON,
                        CentreAnswers.json(Map.of("value", value, "tlp", tlp, "anyway", true))))
                .path("objects")
                .get(0)
                .path("id")
                .asText();
    }

    private void submit(String object) {
        Reply reply = admin.post("/api/objects", JSON, object.getBytes(StandardCharsets.UTF_8));
        assertTrue(reply.ok(), reply::text);
    }

    private void revoke(String id) {
        ok(admin.post("/api/objects/" + id + "/revocation", JSON, CentreAnswers.json(Map.of("reason", "cleaned"))));
    }

    private static String version(String id, String value, Tlp tlp, int minute) {
        return RunningCentre.indicator(id, value, tlp, minute);
    }

    @Test
    void datesHaveTwoDigitsOfTheDay() {
        assertEquals("Tue, 01 Dec 2026 00:53:09 GMT", MispFeedRoutes.httpDate(Instant.parse("2026-12-01T00:53:09Z")));
        assertEquals("Tue, 10 Nov 2026 23:59:59 GMT", MispFeedRoutes.httpDate(Instant.parse("2026-11-10T23:59:59Z")));
    }

    @Test
    void eachAccountPullsWhatItMaySeeAndNeverRedOrProtectedValues() throws Exception {
        report("clear.evil.example", "clear");
        report("green.evil.example", "green");
        report("amber.evil.example", "amber");
        report("strict.evil.example", "amber+strict");
        report("red.evil.example", "red");
        report("8.8.8.8", "clear");

        MispReader ofGreen = reader(green);
        MispReader ofAmber = reader(amber);
        MispReader ofMember = reader(centre.admin());
        ofGreen.pull();
        ofAmber.pull();
        ofMember.pull();
        Set<String> upToGreen = Set.of("clear.evil.example", "green.evil.example");
        assertEquals(upToGreen, ofGreen.values());
        assertEquals(Set.of("clear.evil.example", "green.evil.example", "amber.evil.example"), ofAmber.values());
        assertEquals(upToGreen, ofMember.values(), "the default limit of exports");

        assertEquals(List.copyOf(ofGreen.events.keySet()), ofGreen.lookUp("green.evil.example"));
        for (MispReader one : List.of(ofGreen, ofAmber, ofMember)) {
            assertEquals(List.of(), one.lookUp("red.evil.example"));
            assertEquals(List.of(), one.lookUp("8.8.8.8"));
            String event =
                    one.get(one.events.keySet().iterator().next() + ".json").body();
            assertFalse(event.contains("8.8.8.8"), event);
        }
        assertEquals(List.of(), ofGreen.lookUp("amber.evil.example"));
        assertEquals(1, ofAmber.lookUp("amber.evil.example").size());
        assertEquals(ofGreen.events.keySet(), ofAmber.events.keySet(), "the UUID does not depend on the account");
        assertTrue(ofGreen.attributes.values().stream()
                .allMatch(a -> a.path("to_ids").asBoolean()));
    }

    @Test
    void theManifestSaysOfAnEventWhatItsFileSays() throws Exception {
        report("a.evil.example", "green");
        MispReader misp = reader(green);
        misp.pull();
        assertEquals(1, misp.manifest().size());
        Map.Entry<String, JsonNode> entry =
                misp.manifest().properties().iterator().next();
        JsonNode event = misp.event(entry.getKey());
        assertEquals(
                Set.of("Orgc", "Tag", "analysis", "date", "info", "publish_timestamp", "threat_level_id", "timestamp"),
                names(entry.getValue()));
        for (String name : names(entry.getValue())) {
            assertEquals(entry.getValue().path(name), event.path(name), name);
        }
        assertEquals(entry.getKey(), event.path("uuid").asText());
        assertEquals("Tashkent", event.path("Orgc").path("name").asText());
        assertTrue(event.path("info").asText().startsWith("Indicators of Tashkent, 20"), event.path("info")::asText);
        assertEquals("tlp:green", event.path("Tag").path(0).path("name").asText());
        assertTrue(event.path("published").asBoolean());
        assertFalse(event.has("distribution"), "the settings of the feed say it");
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void nothingChangedIsNotModifiedAndTheSameBytes() throws Exception {
        report("a.evil.example", "green");
        MispReader misp = reader(green);
        misp.pull();
        assertEquals(200, misp.status);
        assertEquals(Set.of(), misp.pull());
        assertEquals(304, misp.status);
        for (String file : List.of(
                "manifest.json", "hashes.csv", misp.events.keySet().iterator().next() + ".json")) {
            HttpResponse<String> first = misp.get(file);
            HttpResponse<String> second = misp.get(file);
            assertEquals(200, first.statusCode(), file);
            assertEquals(first.body(), second.body(), file);
            String tag = first.headers().firstValue("ETag").orElseThrow();
            String date = first.headers().firstValue("Last-Modified").orElseThrow();
            assertEquals(tag, second.headers().firstValue("ETag").orElseThrow(), file);
            HttpResponse<String> known = misp.get(file, "If-None-Match", tag);
            assertEquals(304, known.statusCode(), file);
            assertEquals("", known.body(), file);
            assertEquals(tag, known.headers().firstValue("ETag").orElseThrow(), file);
            assertEquals(304, misp.get(file, "If-None-Match", "\"x\", W/" + tag).statusCode(), file);
            assertEquals(200, misp.get(file, "If-None-Match", "\"x\"").statusCode(), file);
            assertEquals(304, misp.get(file, "If-Modified-Since", date).statusCode(), file);
            assertEquals(
                    200,
                    misp.get(file, "If-Modified-Since", date, "If-None-Match", "\"x\"")
                            .statusCode(),
                    "the tag decides");
            assertEquals(200, misp.get(file, "If-Modified-Since", "yesterday").statusCode(), file);
        }
        report("red.evil.example", "red");
        misp.pull();
        assertEquals(304, misp.status, "what the account may not see changes nothing");
    }

    @Test
    void onlyTheEventThatChangedIsFetchedAgain() throws Exception {
        report("a.evil.example", "green");
        String foreign = RunningCentre.freshId();
        submit(version(foreign, "203.0.113.7", Tlp.GREEN, 1));
        MispReader misp = reader(green);
        Set<String> all = misp.pull();
        assertEquals(2, all.size(), "one per producer");

        submit(version(foreign, "203.0.113.8", Tlp.GREEN, 2));
        Set<String> fetched = misp.pull();
        assertEquals(1, fetched.size());
        assertEquals(Set.of("a.evil.example", "203.0.113.8"), misp.values());
        assertEquals(List.copyOf(fetched), misp.lookUp("203.0.113.8"));
        assertEquals(List.of(), misp.lookUp("203.0.113.7"));

        report("b.evil.example", "green");
        Set<String> other = misp.pull();
        assertEquals(1, other.size());
        assertNotEquals(fetched, other);
        assertEquals(all, misp.events.keySet(), "an object stays in its event");
        assertEquals(Set.of(), misp.pull());
    }

    @Test
    void whatIsRevokedIsDeleted() throws Exception {
        String id = RunningCentre.freshId();
        submit(version(id, "203.0.113.7", Tlp.GREEN, 1));
        String own = report("stays.evil.example", "green");
        MispReader misp = reader(green);
        misp.pull();
        assertEquals(Set.of("203.0.113.7", "stays.evil.example"), misp.values());

        submit(version(id, "203.0.113.7", Tlp.GREEN, 2).replace("\"pattern\":", "\"revoked\":true,\"pattern\":"));
        assertEquals(1, misp.pull().size());
        assertEquals(Set.of("stays.evil.example"), misp.values());
        assertTrue(misp.attributes
                .get(id.substring(id.length() - 36))
                .path("deleted")
                .asBoolean());
        assertEquals(List.of(), misp.lookUp("203.0.113.7"));

        revoke(own);
        assertEquals(1, misp.pull().size());
        assertTrue(misp.attributes
                .get(own.substring(own.length() - 36))
                .path("deleted")
                .asBoolean());
        assertEquals(Set.of(), misp.values());
    }

    @Test
    void whatTheAccountMayNoLongerSeeIsGone() throws Exception {
        String id = RunningCentre.freshId();
        submit(version(id, "203.0.113.7", Tlp.GREEN, 1));
        String alone = RunningCentre.freshId();
        submit(version(RunningCentre.freshId(), "203.0.113.9", Tlp.GREEN, 1));
        submit(version(alone, "203.0.113.10", Tlp.GREEN, 1)
                .replace(
                        "\"pattern\":",
                        "\"created_by_ref\":" + "\"identity--5e3c1a4c-5b2c-4b0e-8d4f-0c8f4b8a7d11\",\"pattern\":"));
        MispReader misp = reader(green);
        MispReader wider = reader(amber);
        Set<String> all = misp.pull();
        wider.pull();
        assertEquals(2, all.size());

        submit(version(id, "203.0.113.7", Tlp.AMBER, 2));
        Set<String> rewritten = misp.pull();
        assertEquals(1, rewritten.size());
        String body = misp.get(rewritten.iterator().next() + ".json").body();
        assertFalse(body.contains("203.0.113.7"), body);
        assertTrue(body.contains("203.0.113.9"), body);
        assertEquals(List.of(), misp.lookUp("203.0.113.7"));
        assertEquals(1, wider.pull().size());
        assertEquals(1, wider.lookUp("203.0.113.7").size());

        submit(version(alone, "203.0.113.10", Tlp.AMBER, 2)
                .replace(
                        "\"pattern\":",
                        "\"created_by_ref\":" + "\"identity--5e3c1a4c-5b2c-4b0e-8d4f-0c8f4b8a7d11\",\"pattern\":"));
        assertEquals(Set.of(), misp.pull());
        assertEquals(200, misp.status);
        assertEquals(1, misp.manifest().size(), "an event without content is not in the manifest");
        all.removeAll(names(misp.manifest()));
        assertEquals(404, misp.get(all.iterator().next() + ".json").statusCode());
    }

    @Test
    void aRestartChangesNoByteOfTheFeed() throws Exception {
        report("a.evil.example", "green");
        String id = RunningCentre.freshId();
        submit(version(id, "203.0.113.7", Tlp.GREEN, 1));
        submit(version(id, "203.0.113.8", Tlp.GREEN, 2));
        MispReader before = reader(green);
        before.pull();
        List<String> files = new ArrayList<>(List.of("manifest.json", "hashes.csv"));
        before.events.keySet().forEach(uuid -> files.add(uuid + ".json"));
        List<String> bytes = new ArrayList<>();
        for (String file : files) {
            bytes.add(before.get(file).body());
        }
        centre.stop();
        centre.start();
        MispReader after = reader(green);
        for (int i = 0; i < files.size(); i++) {
            assertEquals(bytes.get(i), after.get(files.get(i)).body(), files.get(i));
        }
    }

    @Test
    void objectsStayInTheirEventWhenTheirVersionsLieFarApart() throws Exception {
        String moved = RunningCentre.freshId();
        submit(version(moved, "203.0.113.7", Tlp.GREEN, 1));
        StringBuilder list = new StringBuilder();
        for (int i = 0; i < FeedReader.PART + 100; i++) {
            list.append("host").append(i).append(".evil.example\n");
        }
        Reply imported = admin.post(
                "/api/import?tlp=green", "text/plain", list.toString().getBytes(StandardCharsets.UTF_8));
        assertTrue(imported.ok(), imported::text);
        MispReader misp = reader(green);
        Set<String> all = misp.pull();
        assertEquals(3, all.size(), "two producers, of which one fills two parts of the sequence");
        assertEquals(FeedReader.PART + 101, misp.values().size());
        for (String uuid : all) {
            int size = misp.event(uuid).path("Attribute").size();
            assertTrue(size <= FeedReader.PART, size + " attributes");
        }
        String event = misp.lookUp("203.0.113.7").getFirst();

        for (int minute = 2; minute < 5; minute++) {
            submit(version(moved, "203.0.113." + (6 + minute), Tlp.GREEN, minute));
            assertEquals(Set.of(event), misp.pull());
            assertEquals(List.of(event), misp.lookUp("203.0.113." + (6 + minute)));
        }
        submit(version(moved, "203.0.113.10", Tlp.AMBER, 6));
        assertEquals(List.of(), misp.lookUp("203.0.113.10"));
        submit(version(moved, "203.0.113.10", Tlp.AMBER, 7));
        misp.pull();
        assertEquals(List.of(), misp.lookUp("203.0.113.10"));
    }

    @Test
    void theAccountIsRecognisedAsMispSendsIt() throws Exception {
        report("a.evil.example", "green");
        String token = green.substring("Bearer ".length());
        for (String header : List.of(green, token, "bearer " + token)) {
            MispReader misp = reader(header);
            misp.pull();
            assertEquals(Set.of("a.evil.example"), misp.values(), header);
        }
        for (String header : List.of("", "nonsense", "Bearer nonsense", "Negotiate nonsense")) {
            assertEquals(401, reader(header).get("manifest.json").statusCode(), header);
        }
        assertEquals(
                401,
                centre.get(centre.url() + "/api/account", token).statusCode(),
                "a key without a scheme is for the feed alone");
        MispReader slash = new MispReader(centre, centre.url() + "/feeds/misp/", green);
        slash.pull();
        assertEquals(Set.of("a.evil.example"), slash.values(), "a slash at the end of the feed's URL does no harm");
    }

    @Test
    void anEventComesBackTheSameAtASecondCentre() throws Exception {
        report("a.evil.example", "clear");
        report("https://b.evil.example/login?x=1", "green");
        report("203.0.113.5", "green");
        report("44d88612fea8a8f36de82e1278abb02f", "green");
        String gone = report("gone.evil.example", "green");
        revoke(gone);
        MispReader misp = reader(green);
        misp.pull();

        RunningCentre second = centres.init("almaty").start();
        CentreClient there = second.adminClient();
        for (String uuid : misp.events.keySet()) {
            Reply reply = there.post(
                    "/api/import", JSON, misp.get(uuid + ".json").body().getBytes(StandardCharsets.UTF_8));
            assertTrue(reply.ok(), reply::text);
        }
        for (String attribute : misp.attributes.keySet()) {
            String id = "indicator--" + attribute;
            JsonNode here =
                    CentreAnswers.parse(admin.get("/api/objects/" + id, STIX).body());
            JsonNode copy =
                    CentreAnswers.parse(there.get("/api/objects/" + id, STIX).body());
            assertEquals(
                    ok(admin.get("/api/objects/" + id)).path("values"),
                    ok(there.get("/api/objects/" + id)).path("values"),
                    id);
            assertEquals(here.path("revoked").asBoolean(), copy.path("revoked").asBoolean(), id);
            assertEquals(here.path("object_marking_refs"), copy.path("object_marking_refs"), id);
            assertEquals(here.path("created_by_ref"), copy.path("created_by_ref"), id);
        }
        assertEquals(5, misp.attributes.size());
        assertEquals(4, misp.values().size());
    }
}
