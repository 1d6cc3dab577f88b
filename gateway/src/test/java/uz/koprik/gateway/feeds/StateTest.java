package uz.koprik.gateway.feeds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.gateway.concurrent.Backoff;
import uz.koprik.gateway.config.ConfigException;
import uz.koprik.gateway.config.PartnerConfig;
import uz.koprik.gateway.partners.PartnerSettings;
import uz.koprik.gateway.partners.PartnersFile;
import uz.koprik.gateway.trouble.ExchangeTrouble;
import uz.koprik.indicators.policy.Agreement;
import uz.koprik.indicators.policy.Tlp;

/** What is kept of partners in files, and how long a feed waits. */
class StateTest {

    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");

    @TempDir
    Path folder;

    @Test
    void whatIsRememberedIsThereAfterARestart() throws Exception {
        Path file = folder.resolve("partners/budapest.json");
        PartnerState state = PartnerState.open(new FileKeeper(file));
        state.change(memory -> memory.withPulled("c1", "2026-11-20T00:00:00.000001Z")
                .withPushed(17, "AMBER CLEAR !seoul")
                .withPulledUnder("mark")
                .in(in -> in.contacted(NOW)
                        .counted(3, 2, Map.of("BAD_SIGNATURE", 4L))
                        .failed(ExchangeTrouble.PARTNER_NO_INBOX.with(Map.of("partner", "budapest")), NOW))
                .out(out -> out.counted(1, 0, Map.of()).succeeded(NOW)));
        assertEquals(state.now(), PartnerState.open(new FileKeeper(file)).now());
        assertEquals(4, PartnerState.open(new FileKeeper(file)).now().in().refused());
    }

    /** What an earlier version remembered of the audience goes on to decide, until the next round. */
    @Test
    void theAudienceOfAnEarlierVersionIsRead() throws Exception {
        Path file = folder.resolve("seoul.json");
        PartnerState.open(new FileKeeper(file)).change(memory -> memory.withPushed(17, "x"));
        Files.writeString(file, Files.readString(file).replace("\"pushed_sight\":\"x\"", "\"pushed_audience\":\"3\""));
        assertEquals(
                FeedPusher.CLASSES + "3",
                PartnerState.open(new FileKeeper(file)).now().pushedSight());
    }

    @Test
    void aDamagedStateBeginsAnew() throws Exception {
        Path file = folder.resolve("budapest.json");
        Files.writeString(file, "{\"pulled\":");
        assertEquals(
                PartnerState.Memory.NEW, PartnerState.open(new FileKeeper(file)).now());
        Files.writeString(file, "{}");
        assertEquals(
                PartnerState.Memory.NEW, PartnerState.open(new FileKeeper(file)).now());
    }

    @Test
    void aSuccessClearsTheError() {
        PartnerState.Direction direction = PartnerState.Direction.NEW
                .failed(ExchangeTrouble.PARTNER_NO_INBOX.with(Map.of("partner", "budapest")), NOW)
                .succeeded(NOW.plusSeconds(1));
        assertEquals("", direction.error());
        assertEquals(Optional.of(NOW.plusSeconds(1)), direction.success());
    }

    @Test
    void refusalsAreKeptNewestFirstAndTheirFileDoesNotGrowForEver() throws Exception {
        Path file = folder.resolve("budapest.jsonl");
        RefusalLog log = new RefusalLog(file, 2000);
        for (int i = 0; i < 100; i++) {
            log.add(List.of(
                    new RefusalLog.Line(NOW, "in", "id-" + i, "POLICY", "/pattern", "a \"reason\"\nin two lines")));
        }
        List<RefusalLog.Line> newest = log.newest(3);
        assertEquals(
                List.of("id-99", "id-98", "id-97"),
                newest.stream().map(RefusalLog.Line::id).toList());
        assertEquals("a \"reason\"\nin two lines", newest.getFirst().reason());
        assertTrue(Files.size(file) < 2400);
        assertTrue(Files.exists(folder.resolve("budapest.jsonl.1")));
        Files.writeString(file, "{\"cut", java.nio.file.StandardOpenOption.APPEND);
        assertTrue(log.newest(1).getFirst().reason().contains("cut off"));
    }

    @Test
    void waitsGrowToACapAndDifferFromOneAnother() {
        Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5), new SplittableRandom(1));
        Duration expected = Duration.ofSeconds(1);
        for (int i = 0; i < 50; i++) {
            Duration wait = backoff.next();
            assertTrue(
                    wait.compareTo(expected) <= 0 && wait.compareTo(expected.dividedBy(2)) >= 0,
                    wait + " for " + expected);
            expected = expected.multipliedBy(2).compareTo(Duration.ofMinutes(5)) > 0
                    ? Duration.ofMinutes(5)
                    : expected.multipliedBy(2);
        }
        backoff.reset();
        assertTrue(backoff.next().compareTo(Duration.ofSeconds(1)) <= 0);
    }

    @Test
    void partnersAreReadAsTheyWereWritten() throws Exception {
        PartnersFile file = new PartnersFile(folder.resolve("partners.yaml"), folder);
        assertEquals(List.of(), file.read(Duration.ofSeconds(30)));
        PartnerSettings centre = new PartnerSettings(
                "budapest",
                true,
                Duration.ofSeconds(5),
                true,
                false,
                new Agreement(Tlp.AMBER, Optional.of("fraud: \"operation 12\""), Optional.of(NOW), "file 7"),
                Optional.empty());
        PartnerSettings server = new PartnerSettings(
                "public-feed",
                true,
                Duration.ofSeconds(30),
                false,
                true,
                new Agreement(Tlp.GREEN, Optional.empty(), Optional.empty(), ""),
                Optional.of(new PartnerSettings.OrdinaryServer(
                        URI.create("https://taxii.example.com/api1/"),
                        List.of("c1", "c2"),
                        Optional.empty(),
                        Optional.of(new PartnerSettings.Credentials(Optional.of("us"), folder.resolve("secret"))),
                        Optional.of(folder.resolve("server.pem")))));
        file.put(centre);
        file.put(server);
        file.put(centre);
        assertEquals(List.of(server, centre), file.read(Duration.ofSeconds(30)));
        file.remove("public-feed");
        assertEquals(List.of(centre), file.read(Duration.ofSeconds(30)));
    }

    @Test
    void whatIsWrongInTheFileIsSaidWithItsLine() {
        wrong("partners:\n  a:\n    pull: maybe\n", "partners.yaml:3: partners.a.pull: must be true or false");
        wrong("partners:\n  Budapest: {}\n", "partners.yaml:2: partners.Budapest: a partner's name is of lower-case");
        wrong("budapest: {}\n", "partners.yaml:1: budapest: there is no such key; all partners stand under");
        wrong("partners:\n  a:\n    agreement: {max_tlp: red}\n", "TLP:RED goes to named recipients only");
        wrong("partners:\n  a:\n    agreement: {valid_until: \"2026-13-01T00:00:00Z\"}\n", "there is no such moment");
        wrong(
                "partners:\n  a:\n    push: true\n    taxii: {api_root: \"https://example.com/api/\"}\n",
                "needs taxii.inbox");
        wrong("partners:\n  a:\n    taxii: {api_root: \"http://example.com/api/\"}\n", "must be an https:// URL");
        wrong("partners:\n  a:\n    forgive: [empty-list, anything]\n", "\"anything\" is no rule that can be forgiven");
        wrong("partners:\n  a:\n    forgive: [anything]\n", "empty-list, empty-object");
        wrong("partners: 5\n", "must be a section with keys of its own");
    }

    private static void wrong(String text, String words) {
        ConfigException wrong = assertThrows(ConfigException.class, () -> PartnerConfig.parse("partners.yaml", text));
        assertTrue(wrong.getMessage().contains(words), wrong::getMessage);
    }
}
