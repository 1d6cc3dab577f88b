package uz.koprik.gateway.accessrecord;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.gateway.sessions.Sealing;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.state.MemoryStateStore;
import uz.koprik.indicators.store.state.StateStore;

/** Several gateways, each with a record of its own, and one state store. */
final class AccessGatewaysTest {

    private static final Instant DAY = Instant.parse("2026-11-22T08:00:00Z");
    private static final Duration KEEP = Duration.ofDays(400);

    @TempDir
    Path homes;

    private final StateStore papers = new MemoryStateStore();
    private Instant now = DAY;
    private final InstantSource clock = () -> now;

    private static AccessEntry entry(int second, List<String> values) {
        return new AccessEntry(
                0,
                DAY.plusSeconds(second),
                "account anna",
                "",
                "GET /api/search",
                List.of(),
                Map.of(),
                values,
                Optional.empty(),
                0,
                "",
                "",
                0);
    }

    private AccessGateways gateway(String name, String key, int... seconds) throws Exception {
        return gateway(papers, name, key, seconds);
    }

    private AccessGateways gateway(StateStore store, String name, String key, int... seconds) throws Exception {
        Path root = homes.resolve(name);
        try (AccessJournal journal = AccessJournal.open(new AccessFolder(root, "gateway"))) {
            for (int second : seconds) {
                journal.add(entry(second, List.of("domain:example.com"))).join();
            }
        }
        Sealing sealing = new Sealing(key.getBytes(java.nio.charset.StandardCharsets.UTF_8), "test");
        return new AccessGateways(
                store,
                new AccessReader(root),
                name,
                new AccessGateways.Sealed(text -> sealing.seal(text, "t"), text -> sealing.open(text, "t")),
                KEEP,
                clock);
    }

    /** Lets gateways do what they do every second, while a question waits. */
    private static AccessGateways.Answer asking(
            AccessGateways asked, Map<String, String> places, int limit, AccessGateways... others) throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        Thread tending = Thread.ofVirtual().start(() -> {
            while (!done.get()) {
                try {
                    for (AccessGateways other : others) {
                        other.tend();
                    }
                    Thread.sleep(10);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
        });
        try {
            return asked.find(
                    new AccessQuery(
                            Optional.of("anna"),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Set.of("domain:example.com"),
                            Optional.empty()),
                    places,
                    limit);
        } finally {
            done.set(true);
            tending.join();
        }
    }

    private static List<Long> seconds(AccessGateways.Answer answer) {
        return answer.entries().stream()
                .map(one -> Duration.between(DAY, one.found().entry().at()).toSeconds())
                .toList();
    }

    @Test
    void thePagesOfAllGatewaysAreOneRecord() throws Exception {
        AccessGateways one = gateway("one", "k", 1, 4, 5, 8, 12);
        AccessGateways two = gateway("two", "k", 2, 3, 9, 10, 11);
        AccessGateways three = gateway("three", "k", 6, 7);
        for (AccessGateways each : List.of(one, two, three)) {
            each.tend();
        }
        for (int limit : new int[] {1, 2, 3, 5, 100}) {
            List<Long> all = new ArrayList<>();
            Optional<Map<String, String>> place = Optional.of(Map.of());
            while (place.isPresent()) {
                AccessGateways.Answer answer = asking(one, new TreeMap<>(place.get()), limit, two, three);
                assertEquals(List.of(), answer.missing());
                all.addAll(seconds(answer));
                place = answer.next();
            }
            assertEquals(
                    IntStream.rangeClosed(1, 12).mapToObj(i -> (long) (13 - i)).toList(), all, "pages of " + limit);
        }
        assertEquals(List.of(), papers.names("access/answers/"), "nothing of a record stays in the store");
        assertTrue(papers.read("access/questions.json").stream()
                .noneMatch(board ->
                        new String(board.content(), java.nio.charset.StandardCharsets.UTF_8).contains("example.com")));
    }

    @Test
    void whoDoesNotAnswerIsNamedUntilItsEntriesWouldHaveExpired() throws Exception {
        AccessGateways one = gateway("one", "k", 1);
        AccessGateways gone = gateway("gone", "k", 2);
        AccessGateways stranger = gateway("stranger", "another", 3);
        for (AccessGateways each : List.of(one, gone, stranger)) {
            each.tend();
        }
        AccessGateways.Answer answer = asking(one, Map.of(), 10, stranger);
        assertEquals(List.of(1L), seconds(answer));
        List<String> missing = new ArrayList<>(answer.missing());
        Collections.sort(missing);
        assertEquals(List.of("gone", "stranger"), missing, "a gateway with another key cannot read the question");
        now = now.plusSeconds(3600);
        long begun = System.nanoTime();
        assertEquals(2, asking(one, Map.of(), 10).missing().size(), "who was silent for an hour is named");
        assertTrue(System.nanoTime() - begun < Duration.ofSeconds(15).toNanos(), "and not waited for");
        now = now.plus(KEEP).plusSeconds(1);
        assertEquals(List.of(), asking(one, Map.of(), 10).missing());
    }

    @Test
    void theOwnRecordIsAnsweredWhileTheClusterIsAway() throws Exception {
        StateStore away = (StateStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {StateStore.class}, (proxy, method, arguments) -> {
                    throw new StoreUnavailable("away", null);
                });
        AccessGateways.Answer answer = asking(gateway(away, "one", "k", 1, 2), Map.of(), 10);
        assertEquals(List.of(2L, 1L), seconds(answer));
        assertEquals(List.of("all others: the cluster is away"), answer.missing());
    }

    @Test
    void aLongAnswerComesInPartsAndInOrder() throws Exception {
        AccessGateways one = gateway("one", "k", 1, 50);
        List<String> many = IntStream.range(0, 20_000)
                .mapToObj(i -> "domain:host-" + i + ".example.org")
                .collect(java.util.stream.Collectors.toCollection(ArrayList::new));
        many.add("domain:example.com");
        try (AccessJournal journal = AccessJournal.open(new AccessFolder(homes.resolve("two"), "gateway"))) {
            for (int second = 10; second < 30; second++) {
                journal.add(entry(second, many)).join();
            }
        }
        AccessGateways two = gateway("two", "k");
        one.tend();
        two.tend();
        List<Long> all = new ArrayList<>();
        Optional<Map<String, String>> place = Optional.of(Map.of());
        int pages = 0;
        while (place.isPresent()) {
            AccessGateways.Answer answer = asking(one, place.get(), 100, two);
            all.addAll(seconds(answer));
            place = answer.next();
            pages++;
        }
        assertEquals(22, all.size(), all::toString);
        assertEquals(all.stream().sorted(Collections.reverseOrder()).toList(), all);
        assertTrue(pages > 1, pages + " page");
    }
}
