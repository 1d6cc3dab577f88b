package uz.koprik.gateway.sources;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.random.RandomGenerator;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.gateway.config.ConfigFile;
import uz.koprik.gateway.config.FeedSource;
import uz.koprik.gateway.config.FileStateStore;
import uz.koprik.gateway.intake.TestCentre;
import uz.koprik.indicators.observable.text.Recognition;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.warninglist.ProtectedValues;

/** A centre with feeds of files, whose time a test sets. */
final class FeedCentre implements AutoCloseable {

    final TestCentre centre;
    final Path home;
    final SourceServices services;
    final Map<String, FeedSource> feeds = new TreeMap<>();
    /** Jitter of a test: half of the longest wait. */
    final RandomGenerator random = () -> 0L;

    FeedCentre(Path home) {
        this.home = home;
        this.centre = new TestCentre("tashkent", home.resolve("centre"));
        this.services = new SourceServices(
                centre.localCentre(),
                centre.intake,
                centre.release,
                ProtectedValues.BUILT_IN,
                Recognition.PLAIN,
                new FileStateStore(home.resolve("state")),
                home.resolve("incoming"),
                () -> centre.now);
    }

    /** A feed as koprik.yaml has it. */
    static FeedSource feed(String yaml) throws Exception {
        return ConfigFile.parse("koprik.yaml", "name: tashkent\ntitle: Tashkent\nfeeds:\n  sources: [{" + yaml + "}]\n")
                .feeds()
                .sources()
                .getFirst();
    }

    /** Adds a feed of files, or changes its settings. */
    void add(String name, String more) throws Exception {
        feeds.put(name, feed("name: " + name + ", path: " + name + ".csv, tlp: green" + more));
    }

    /** Writes the file of a feed; its time is that of the centre. */
    void write(String name, String... lines) throws IOException {
        Path file = home.resolve(name + ".csv");
        Files.writeString(file, String.join("\n", lines) + "\n");
        Files.setLastModifiedTime(file, java.nio.file.attribute.FileTime.from(centre.now));
    }

    /** Reads a feed once. */
    SourceState run(String name) throws Exception {
        return run(name, new FileFetcher(home));
    }

    SourceState run(String name, SourceFetcher fetcher) throws Exception {
        return new SourceRun(services, feeds.get(name), fetcher, () -> endsOfOthers(name), random, () -> false).run();
    }

    private Map<UUID, Long> endsOfOthers(String name) throws StoreUnavailable {
        Map<UUID, Long> ends = new HashMap<>();
        for (String other : feeds.keySet()) {
            if (!other.equals(name)) {
                SourceStates states = new SourceStates(services.stateStore(), other);
                FeedSources.addEnds(states.entries(states.state()), ends);
            }
        }
        return ends;
    }

    void later(long seconds) {
        centre.now = centre.now.plusSeconds(seconds);
    }

    /** All stored versions of indicators whose pattern has {@code value}, in the order of the sequence. */
    List<JsonObject> versions(String value) throws Exception {
        List<JsonObject> versions = new ArrayList<>();
        for (String text : centre.published()) {
            JsonObject json = StrictJson.parseObject(text.getBytes(StandardCharsets.UTF_8));
            if (json.string("pattern").orElse("").contains("'" + value + "'")) {
                versions.add(json);
            }
        }
        return versions;
    }

    JsonObject latest(String value) throws Exception {
        return versions(value).getLast();
    }

    static Optional<Instant> end(JsonObject indicator) {
        return indicator.string("valid_until").map(Instant::parse);
    }

    @Override
    public void close() {
        centre.close();
    }
}
