package uz.koprik.gateway.sources;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.gateway.config.Config;
import uz.koprik.gateway.http.TlsEngine;

/** Lists in pages as a source, such as the pulses of OTX. */
class PagedListTest {

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
    }

    @AfterEach
    void close() throws Exception {
        centre.close();
        server.close();
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    private void settings(String more) throws Exception {
        centre.feeds.put(
                "otx",
                FeedCentre.feed("name: otx, url: \"" + server.url("/pulses?page=1")
                        + "\", tlp: green, private_networks: true, least_percent: 0" + more));
    }

    private SourceState run() throws Exception {
        centre.later(60);
        return centre.run("otx", http);
    }

    private void page(int page, String next, String... domains) {
        StringBuilder pulses = new StringBuilder();
        for (String domain : domains) {
            pulses.append(pulses.isEmpty() ? "" : ",")
                    .append("{\"id\":\"5f3c\",\"name\":\"Pulse\",\"tags\":[\"phishing\"],\"indicators\":[{\"id\":1,"
                            + "\"indicator\":\"" + domain
                            + "\",\"type\":\"domain\",\"created\":\"2026-01-05T08:00:00\"}]}");
        }
        server.put(
                "/pulses?page=" + page,
                "{\"results\":[" + pulses + "],\"count\":3,\"previous\":null,\"next\":"
                        + (next.isEmpty() ? "null" : "\"" + next + "\"") + "}");
    }

    @Test
    void followsThePagesOfTheSameServer() throws Exception {
        for (String format : List.of("", ", format: otx", ", format: json")) {
            settings(format);
            page(1, server.url("/pulses?page=2"), "p1.evil.example.com");
            page(2, "/pulses?page=3", "p2.evil.example.com", "p3.evil.example.com");
            page(3, "");
            SourceState state = run();
            assertEquals("", state.error());
            assertEquals(3, state.content().entries());
            assertEquals(List.of("/pulses?page=1", "/pulses?page=2", "/pulses?page=3"), server.asked());
        }
        page(2, "", "p2.evil.example.com");
        assertEquals(1, run().last().ended(), "the server says 304 of the first page alone, and is not asked so");
        assertTrue(FeedCentre.end(centre.latest("p3.evil.example.com")).isPresent());
    }

    @Test
    void saysOnceWhatIsNotUsedOfManyPages() throws Exception {
        page(1, "/pulses?page=2", "p1.evil.example.com");
        server.put(
                "/pulses?page=2",
                "{\"results\":[{\"id\":\"5f3c\",\"name\":\"Pulse\",\"indicators\":[{\"id\":1,\"indicator\":"
                        + "\"p2.evil.example.com\",\"type\":\"domain\",\"shoe_size\":44}]}],\"next\":null,"
                        + "\"weather\":\"fine\"}");
        List<SourceNotes.Note> notes = run().content().notes();
        String all = notes.toString();
        assertTrue(all.contains("weather") && all.contains("shoe_size"), all);
        assertEquals(
                notes.size(),
                notes.stream().map(note -> note.sentence().text()).distinct().count(),
                all);
    }

    @Test
    void aSinglePageIsAskedForConditionally() throws Exception {
        page(1, "", "p1.evil.example.com");
        assertEquals(1, run().last().fresh());
        server.asked();
        assertEquals(1, run().last().unchanged());
        assertEquals(List.of("/pulses?page=1"), server.asked());
    }

    @Test
    void followsNoPageOfAnotherServerAndNoCircle() throws Exception {
        try (FeedServer other = new FeedServer()) {
            page(1, other.url("/pulses?page=2"), "p1.evil.example.com");
            assertTrue(run().error().contains("not on the server of \"url\""));
            assertEquals(List.of(), other.asked());
        }
        page(1, "https://localhost/pulses", "p1.evil.example.com");
        assertTrue(run().error().contains("not on the server of \"url\""));
        page(1, "/pulses?page=2", "p1.evil.example.com");
        page(2, "/pulses?page=1", "p2.evil.example.com");
        assertTrue(run().error().contains("in a circle"));
        assertEquals(List.of(), centre.versions("p1.evil.example.com"), "nothing of it is taken");
    }

    @Test
    void boundsHoldForAllPagesTogether() throws Exception {
        page(1, "/pulses?page=2", "p1.evil.example.com");
        page(2, "/pulses?page=3", "p2.evil.example.com");
        page(3, "", "p3.evil.example.com");
        settings(", max_size: 1 KiB");
        SourceState fits = run();
        assertEquals("", fits.error());
        page(
                3,
                "",
                "p3.evil.example.com",
                "p" + "4".repeat(60) + ".evil.example.com",
                "p" + "6".repeat(60) + ".evil.example.com",
                "p5.evil.example.com");
        String tooLong = run().error();
        assertTrue(tooLong.contains("more than 1 KiB"), tooLong);
        settings(", max_entries: 2");
        assertTrue(run().error().contains("more than 2 entries"));
        page(3, "", "p3.evil.example.com");
        server.status("/pulses?page=2", 500);
        settings("");
        assertEquals("the server answered 500", run().error());
        assertEquals(0, centre.versions("p5.evil.example.com").size());
    }

    @Test
    void thereIsAnEndOfPages() throws Exception {
        for (int page = 1; page <= 1001; page++) {
            page(page, "/pulses?page=" + (page + 1), "p1.evil.example.com");
        }
        String endless = run().error();
        assertTrue(endless.contains("more than 1000 pages"), endless);
        assertEquals(1000, server.asked().size());
    }
}
