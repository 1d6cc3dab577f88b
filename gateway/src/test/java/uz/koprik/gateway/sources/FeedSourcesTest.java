package uz.koprik.gateway.sources;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.CommandResult;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.concurrent.CentreThreads;
import uz.koprik.indicators.store.lease.LeaseRecord;
import uz.koprik.indicators.store.lease.LeaseStore;
import uz.koprik.indicators.store.lease.Leases;

/** Feeds of a whole centre, and of two gateways of one. */
class FeedSourcesTest {

    @RegisterExtension
    final Centres centres = new Centres();

    /** Leases in memory. */
    private static final class MemoryLeases implements LeaseStore {

        private final Map<String, StoredLease> leases = new HashMap<>();
        private long versions;

        @Override
        public synchronized Optional<StoredLease> read(String name) {
            return Optional.ofNullable(leases.get(name));
        }

        @Override
        public synchronized Optional<String> replace(String name, String expected, LeaseRecord lease) {
            String there = leases.containsKey(name) ? leases.get(name).version() : "";
            if (!there.equals(expected)) {
                return Optional.empty();
            }
            String version = Long.toString(++versions);
            leases.put(name, new StoredLease(version, lease));
            return Optional.of(version);
        }
    }

    @Test
    void twoGatewaysFetchOnceAndTheOtherGoesOnWhenOneStops(@TempDir Path home) throws Exception {
        MemoryLeases register = new MemoryLeases();
        AtomicInteger fetches = new AtomicInteger();
        try (FeedCentre centre = new FeedCentre(home);
                CentreThreads threads = CentreThreads.unwatched()) {
            centre.add("list", "");
            centre.write("list", "value,name", "a.evil.example.com,One");
            SourceFetcher counting = (source, known, into, stop) -> {
                fetches.incrementAndGet();
                return new FileFetcher(home).fetch(source, known, into, stop);
            };
            FeedSources first = gateway(centre, register, "first", counting, threads);
            FeedSources second = gateway(centre, register, "second", counting, threads);
            try (first;
                    second) {
                first.start();
                RunningCentre.await(() -> first.find("list")
                        .orElseThrow()
                        .state()
                        .health()
                        .success()
                        .isPresent());
                second.start();
                RunningCentre.await(
                        () -> second.find("list").orElseThrow().runner().equals(Optional.of("first")));
                assertEquals(FeedSources.Answer.ELSEWHERE, second.run("list", false));
                assertEquals(
                        1, second.find("list").orElseThrow().state().content().entries(), "both see how it goes");
                first.close();
                RunningCentre.await(() -> second.run("list", false) == FeedSources.Answer.STARTED);
                RunningCentre.await(() -> fetches.get() >= 2);
                assertEquals(1, centre.versions("a.evil.example.com").size());
            }
        }
    }

    private static FeedSources gateway(
            FeedCentre centre, LeaseStore register, String name, SourceFetcher fetcher, CentreThreads threads) {
        return new FeedSources(
                List.copyOf(centre.feeds.values()),
                centre.services,
                fetcher,
                fetcher,
                Optional.of(new Leases(register, name, Duration.ofSeconds(2))),
                threads);
    }

    @Test
    void aCentreReadsItsFeedsAndSaysHowTheyGo() throws Exception {
        RunningCentre centre = centres.init("tashkent")
                .withConfig("sources: []", "sources: [{name: list, path: list.csv, tlp: green, interval: 30d}]");
        Path file = centre.home().root().resolve("list.csv");
        Files.writeString(
                file, "value,name,shoe_size\na.evil.example.com,One,4\nb.evil.example.com,Two,5\n8.8.8.8,Three,6\n");
        centre.start();
        RunningCentre.await(() -> centre.koprik("feed", "list").out().contains("well"));
        CommandResult status = centre.koprik("partner", "status");
        assertEquals(0, status.code(), status::toString);
        assertTrue(
                status.out()
                        .contains("  3 entries: 2 new, 0 changed, 0 unchanged, 0 ended, 1 refused (protected 1);"
                                + " last success 2"),
                status.out());
        assertTrue(
                centre.koprik("feed", "show", "list")
                        .out()
                        .contains("  list.csv, header: columns that are not used: \"shoe_size\""),
                () -> centre.koprik("feed", "show", "list").out());
        assertEquals(0, centre.koprik("search", "a.evil.example.com").code());

        Files.writeString(file, "value,name\na.evil.example.com,One\n");
        assertEquals(0, centre.koprik("feed", "run", "list").code());
        RunningCentre.await(() -> centre.koprik("feed", "show", "list").code() == 1);
        CommandResult failing = centre.koprik("partner", "status");
        assertEquals(1, failing.code());
        assertTrue(failing.out().contains("koprik feed accept list"), failing.out());
        assertTrue(failing.out().contains("  next try at 2"), failing.out());
        assertEquals(1, centre.koprik("partner", "status", "--json").code());
        String metrics = centre.get(centre.url() + "/metrics", null).body();
        for (String line : List.of(
                "koprik_feed_entries{feed=\"list\"} 3.0",
                "koprik_feed_failing{feed=\"list\"} 1.0",
                "koprik_feed_waiting{feed=\"list\"} 1.0",
                "koprik_feed_objects_total{feed=\"list\",outcome=\"new\"} 2.0",
                "koprik_feed_refusals_total{feed=\"list\",reason=\"protected\"} 1.0")) {
            assertTrue(metrics.contains(line), line);
        }

        centre.stop();
        centre.start();
        CommandResult after = centre.koprik("feed", "show", "list");
        assertEquals(1, after.code(), "a restart forgets nothing");
        assertEquals(0, centre.koprik("feed", "accept", "list").code());
        RunningCentre.await(() -> centre.koprik("feed", "show", "list").code() == 0);
        assertTrue(
                centre.koprik("feed", "show", "list")
                        .out()
                        .contains("  1 entries: 0 new, 0 changed, 1 unchanged, 1 ended"),
                () -> centre.koprik("feed", "show", "list").out());
    }
}
