package uz.koprik.gateway.sources;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uz.koprik.gateway.sources.MispEventText.attribute;
import static uz.koprik.gateway.sources.MispEventText.event;
import static uz.koprik.gateway.sources.MispEventText.manifest;
import static uz.koprik.gateway.sources.MispEventText.uuid;

import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.gateway.config.Config;
import uz.koprik.gateway.http.TlsEngine;
import uz.koprik.gateway.intake.TestCentre;
import uz.koprik.gateway.sources.FetchedContent.Fault;
import uz.koprik.gateway.trouble.SourceTrouble;

/** A MISP feed as a source: by its manifest from a server, and as a folder of events. */
class MispSourceTest {

    private static final String FEED = "/feed";
    private static final long T = TestCentre.NOW.getEpochSecond() - 1_000_000;

    @TempDir
    Path home;

    private FeedCentre centre;
    private FeedServer server;
    private Vertx vertx;
    private SourceFetcher http;

    @BeforeEach
    void open() throws Exception {
        vertx = Vertx.vertx();
        server = new FeedServer();
        centre = new FeedCentre(home);
        http = new HttpFetcher(vertx, TlsEngine.choose(Config.Engine.JDK).options(), home, () -> centre.centre.now);
        settings("");
        server.put(file(1), event(1, T, attribute(1, T), attribute(2, T)));
        server.put(file(2), event(2, T, attribute(3, T)));
        list(Map.of(1, T, 2, T));
    }

    @AfterEach
    void close() throws Exception {
        centre.close();
        server.close();
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    private static String file(int event) {
        return FEED + "/" + uuid(event) + ".json";
    }

    private void list(Map<Integer, Long> events) {
        server.put(FEED + "/manifest.json", manifest(events));
    }

    private void settings(String more) throws Exception {
        settings(FEED + "/manifest.json", more);
    }

    private void settings(String path, String more) throws Exception {
        centre.feeds.put(
                "misp",
                FeedCentre.feed("name: misp, url: \"" + server.url(path)
                        + "\", tlp: amber, private_networks: true, least_percent: 0" + more));
    }

    private SourceState run() throws Exception {
        centre.later(60);
        return centre.run("misp", http);
    }

    /** Each version of the report that an event becomes is new. */
    private static void is(SourceState state, long fresh, long changed, long ended) {
        assertEquals("", state.error());
        assertEquals(
                List.of(fresh, changed, ended),
                List.of(
                        state.last().fresh(),
                        state.last().changed(),
                        state.last().ended()));
    }

    private Optional<java.time.Instant> end(int attribute) throws Exception {
        return FeedCentre.end(latest(attribute));
    }

    private JsonObject latest(int attribute) throws Exception {
        return centre.latest("m" + attribute + ".evil.example.com");
    }

    @Test
    void fetchesOnlyEventsWhoseTimestampChanged() throws Exception {
        SourceState first = run();
        assertEquals("", first.error());
        // Three indicators, two reports and their organisation.
        assertEquals(6, first.content().entries());
        assertEquals(List.of(FEED + "/manifest.json", file(1), file(2)), server.asked());

        assertEquals("", run().error());
        assertEquals(List.of(FEED + "/manifest.json"), server.asked(), "the server says 304");

        server.put(
                file(1),
                event(1, T + 5, attribute(1, T), attribute(2, T + 5, ",\"first_seen\":\"2026-01-01T00:00:00Z\"")));
        server.put(file(2), "never asked for");
        list(Map.of(1, T + 5, 2, T));
        is(run(), 1, 1, 0);
        assertEquals(List.of(FEED + "/manifest.json", file(1)), server.asked());
        assertEquals("2026-01-01T00:00:00Z", latest(2).string("valid_from").orElseThrow());
        assertEquals(Optional.empty(), end(3), "an event that is not fetched keeps its entries");
    }

    @Test
    void whatLeftAnEventOrTheManifestEndsAndComesBack() throws Exception {
        run();
        server.put(file(1), event(1, T + 5, attribute(1, T)));
        list(Map.of(1, T + 5, 2, T));
        is(run(), 1, 0, 1);
        assertEquals(Optional.of(centre.centre.now), end(2));
        list(Map.of(1, T + 5));
        is(run(), 0, 0, 1);
        assertEquals(Optional.of(centre.centre.now), end(3));
        assertEquals(Optional.empty(), end(1));
        list(Map.of(1, T + 5, 2, T));
        run();
        assertEquals(Optional.empty(), end(3), "back in the manifest, it is in force again");
        assertEquals(Optional.of(centre.centre.now.minusSeconds(120)), end(2));
    }

    @Test
    void aDeletedAttributeIsRevoked() throws Exception {
        run();
        server.put(file(2), event(2, T + 5, attribute(3, T + 5, ",\"deleted\":true")));
        list(Map.of(1, T, 2, T + 5));
        assertEquals("", run().error());
        assertTrue(latest(3).has("revoked"));
        assertTrue(!latest(1).has("revoked"));
    }

    @Test
    void oneBadEventLosesNeitherTheOthersNorItsFormerEntries() throws Exception {
        run();
        server.put(file(1), "{\"Event\":{\"uuid\":\"" + uuid(1) + "\",\"info\":\"cut");
        server.put(file(2), event(2, T + 5, attribute(3, T), attribute(4, T + 5)));
        server.cut(file(3), event(3, T, attribute(5, T)));
        list(Map.of(1, T + 5, 2, T + 5, 3, T, 4, T));
        SourceState state = run();
        is(state, 2, 0, 0);
        assertEquals(
                List.of(uuid(3) + ".json", uuid(4) + ".json", uuid(1) + ".json"),
                state.content().faults().stream().map(Fault::file).toList());
        assertEquals(3, state.content().faulty());
        assertTrue(state.content().faults().get(0).reason().contains("did not arrive whole"));
        assertTrue(state.content().faults().get(1).reason().contains("no such file"));
        assertTrue(state.content().faults().get(2).reason().contains("cannot be read"));
        assertEquals(Optional.empty(), end(1), "its former entries stay");
        assertEquals(Optional.empty(), end(4));

        server.asked();
        server.put(file(1), event(1, T + 5, attribute(1, T)));
        server.put(file(3), event(3, T, attribute(5, T)));
        server.put(file(4), event(4, T, attribute(6, T)));
        SourceState mended = run();
        assertEquals(
                List.of(FEED + "/manifest.json", file(1), file(3), file(4)), server.asked(), "they are tried again");
        assertEquals(0, mended.content().faulty());
        is(mended, 5, 0, 1);
        assertEquals(Optional.of(centre.centre.now), end(2));
    }

    @Test
    void aServerThatCannotServeIsAFailureOfTheFeed() throws Exception {
        server.status(file(2), 503, "Retry-After", "7200");
        SourceState state = run();
        assertEquals("the server answered 503: it cannot serve now", state.error());
        assertEquals(
                Optional.of(centre.centre.now.plusSeconds(7200)), state.health().next(Duration.ofHours(1)));
        assertEquals(0, state.content().entries());
        server.status(file(1), 404);
        server.status(file(2), 404);
        assertTrue(run().error().startsWith("no file of the feed can be used; " + uuid(1) + ".json: "));
    }

    @Test
    void boundsHoldForAllEventsTogether() throws Exception {
        settings(", max_entries: 5");
        assertTrue(run().error().contains("more than 5 entries"));
        settings(", max_entries: 6");
        assertEquals("", run().error());
        server.put(file(3), event(3, T, attribute(7, T)));
        list(Map.of(1, T, 2, T, 3, T));
        assertTrue(run().error().contains("more than 6 entries"), "those of unchanged events count");

        int size = event(1, T, attribute(1, T), attribute(2, T)).length()
                + event(2, T, attribute(3, T)).length();
        settings(", max_size: " + (size + manifest(Map.of(1, T, 2, T)).length() + 100) + " B");
        list(Map.of(1, T, 2, T));
        assertEquals("", run().error());
        list(Map.of(1, T, 2, T, 3, T));
        assertTrue(run().error().contains("\"max_size\""), "so do their bytes");
    }

    @Test
    void theFolderOfAFeedIsFoundByItsUrl() throws Exception {
        for (String path : List.of(FEED, FEED + "/")) {
            settings(path, ", format: misp");
            assertEquals("", run().error());
            assertEquals(3, indicators());
        }
        server.put("/one", event(9, T, attribute(9, T)));
        settings("/one", ", format: misp");
        assertEquals("", run().error(), "a URL that leads to an event is read as before");
        assertEquals(4, indicators());
        server.put("/other/manifest.json", "{\"name\":\"app\"}");
        settings("/other/", ", format: misp");
        assertTrue(run().error().contains("no manifest of a MISP feed"));
    }

    private int indicators() throws Exception {
        int count = 0;
        for (int number = 1; number < 10; number++) {
            count += centre.versions("m" + number + ".evil.example.com").isEmpty() ? 0 : 1;
        }
        return count;
    }

    @Test
    void theNameOfAnEventIsAUuidAndNothingElse() throws Exception {
        server.put(
                FEED + "/manifest.json",
                manifest(Map.of(1, T)).replaceFirst("\\{", "{\"../../secret\":{\"timestamp\":\"1\"},"));
        SourceState state = run();
        assertEquals(List.of(FEED + "/manifest.json", file(1)), server.asked());
        assertEquals(
                List.of(new Fault("manifest.json", SourceTrouble.FEED_MEMBER_NO_EVENT.of(1))),
                state.content().faults());
    }

    @Test
    void indicatorsExpireAndAreRenewed() throws Exception {
        settings(", expires: 30d");
        run();
        Optional<java.time.Instant> end = Optional.of(centre.centre.now.plus(Duration.ofDays(30)));
        assertEquals(end, end(1));
        centre.later(Duration.ofDays(10).toSeconds());
        assertEquals(0, run().last().renewed());
        assertEquals(end, end(1));
        centre.later(Duration.ofDays(10).toSeconds());
        assertEquals(3, run().last().renewed(), "also when the manifest is unchanged");
        assertEquals(Optional.of(centre.centre.now.plus(Duration.ofDays(30))), end(1));

        // The producer changed the attribute before this centre moved the end, and the event after.
        server.put(file(2), event(2, T + 5, attribute(3, T + 5).replace("\"comment\":\"\"", "\"comment\":\"new\"")));
        list(Map.of(1, T, 2, T + 5));
        is(run(), 1, 1, 0);
        assertEquals("new", latest(3).string("description").orElseThrow());
        assertEquals(Optional.of(centre.centre.now.plus(Duration.ofDays(30))), end(3));

        server.put(file(2), event(2, T + 6, attribute(3, T + 6, ",\"deleted\":true")));
        list(Map.of(1, T, 2, T + 6));
        run();
        assertTrue(latest(3).has("revoked"));

        settings("");
        assertEquals("", run().error());
        assertEquals(Optional.empty(), end(1), "without the setting there is no end");
    }

    @Test
    void anotherFeedKeepsAnIndicatorInForceAfterTheEndOfThisOne() throws Exception {
        settings(", expires: 30d");
        run();
        centre.feeds.put(
                "other", FeedCentre.feed("name: other, path: other.json, tlp: amber, format: misp, least_percent: 0"));
        Files.writeString(home.resolve("other.json"), event(1, T, attribute(1, T), attribute(2, T)));
        assertEquals("", centre.run("other").error());
        list(Map.of(2, T));
        assertEquals(0, run().last().ended());
        assertEquals(Optional.empty(), end(1), "no end that this feed would not move any more");
        assertTrue(end(3).isPresent());
    }

    @Test
    void aFolderWithABadEventKeepsTheOthersToo() throws Exception {
        Path folder = Files.createDirectory(home.resolve("folder"));
        for (String format : List.of("", ", format: misp")) {
            String name = format.isEmpty() ? "one" : "two";
            centre.feeds.put(
                    name, FeedCentre.feed("name: " + name + ", path: folder, tlp: amber, least_percent: 0" + format));
        }
        Files.writeString(folder.resolve("manifest.json"), manifest(Map.of(1, T, 2, T)));
        Files.writeString(folder.resolve("hashes.csv"), "");
        Path bad = folder.resolve(uuid(1) + ".json");
        Files.writeString(bad, event(1, T, attribute(1, T), attribute(2, T)));
        Files.writeString(folder.resolve(uuid(2) + ".json"), event(2, T, attribute(3, T)));
        for (String name : List.of("one", "two")) {
            assertEquals(6, centre.run(name).content().entries());
        }
        Files.writeString(bad, "<html>");
        Files.writeString(folder.resolve(uuid(3) + ".json"), event(3, T, attribute(4, T)));
        for (String name : List.of("one", "two")) {
            centre.later(60);
            SourceState state = centre.run(name);
            assertEquals(
                    List.of(uuid(1) + ".json"),
                    state.content().faults().stream().map(Fault::file).toList());
            assertEquals(0, state.last().ended());
        }
        assertEquals(Optional.empty(), end(1));
        assertEquals(1, centre.versions("m4.evil.example.com").size());
        Files.delete(bad);
        centre.later(60);
        assertEquals(0, centre.run("one").last().ended(), "the other feed still has them");
        centre.later(60);
        assertEquals(2, centre.run("two").last().ended());
    }
}
