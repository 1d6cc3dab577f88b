package uz.koprik.indicators.store.elasticsearch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import co.elastic.clients.elasticsearch._types.Refresh;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import uz.koprik.indicators.policy.Audience;
import uz.koprik.indicators.store.AppendResult;
import uz.koprik.indicators.store.Draft;
import uz.koprik.indicators.store.Drafts;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.SearchBuilder;
import uz.koprik.indicators.store.Selection;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.Versions;
import uz.koprik.indicators.store.elasticsearch.client.ClusterRefused;
import uz.koprik.indicators.store.elasticsearch.client.Connection;
import uz.koprik.indicators.store.elasticsearch.client.ElasticOptions;

/** What was done though its answer was lost, what was not done, and what was done by half. */
public class ClusterFaultTest {

    private static boolean create(String path) {
        return path.contains("/_create/");
    }

    private static boolean bulk(String path) {
        return path.endsWith("/_bulk");
    }

    private static boolean any(String path) {
        return path.startsWith("/");
    }

    private final String prefix = "f" + UUID.randomUUID().toString().replace("-", "");
    private ClusterProxy proxy;

    @BeforeEach
    void stand() throws IOException {
        proxy = new ClusterProxy(ElasticNode.shared().url());
    }

    @AfterEach
    void leave() {
        proxy.close();
    }

    private ElasticOptions options(Duration patience) {
        return new ElasticOptions(
                List.of(proxy.url()),
                Optional.empty(),
                new ElasticOptions.Login.Nobody(),
                prefix,
                1,
                0,
                Duration.ofSeconds(5),
                Duration.ofSeconds(20),
                patience,
                Duration.ofMillis(50),
                1 << 20,
                1 << 20);
    }

    private ElasticStore open(Duration patience) throws IOException {
        return ElasticStore.open(options(patience));
    }

    private static List<Draft> drafts(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> Drafts.indicator(i)
                        .carries("domain:" + i + ".example")
                        .text("word")
                        .draft())
                .toList();
    }

    private static List<String> ids(ElasticStore store) throws StoreUnavailable {
        return store
                .page(new Selection(Audience.HOUSEKEEPING, Set.of(), Set.of(), Set.of(), Versions.ALL, 0), 0, 10_000)
                .entries()
                .stream()
                .map(entry -> entry.facts().id())
                .toList();
    }

    @ParameterizedTest
    @EnumSource(
            value = ClusterProxy.Fault.class,
            names = {"ANSWER_LOST", "REQUEST_LOST", "BUSY_429", "AWAY_503"})
    void aCommitWhoseAnswerFailsIsThereOnce(ClusterProxy.Fault fault) throws IOException, StoreUnavailable {
        try (ElasticStore store = open(Duration.ofSeconds(20))) {
            store.append(drafts(0, 1));
            proxy.fail(fault, 2, ClusterFaultTest::create);
            List<AppendResult> outcomes = store.append(drafts(0, 10));
            assertEquals(2, proxy.hit.get());
            assertInstanceOf(AppendResult.Duplicate.class, outcomes.getFirst());
            for (int i = 1; i < 10; i++) {
                assertEquals(
                        i + 1,
                        assertInstanceOf(AppendResult.NewEntry.class, outcomes.get(i))
                                .seq());
            }
            assertEquals(10, ids(store).size());
        }
        try (ElasticStore again = open(Duration.ofSeconds(20))) {
            assertEquals(10, Set.copyOf(ids(again)).size());
            assertEquals(10, again.status().lastSeq());
        }
    }

    @Test
    void outOfPatienceNothingIsAcknowledgedAndARetryStoresOnce() throws IOException, StoreUnavailable {
        try (ElasticStore store = open(Duration.ofMillis(300))) {
            proxy.fail(ClusterProxy.Fault.ANSWER_LOST, Integer.MAX_VALUE, ClusterFaultTest::create);
            StoreUnavailable away = assertThrows(StoreUnavailable.class, () -> store.append(drafts(0, 5)));
            assertTrue(away.getMessage().contains("cannot write to the log"), away.getMessage());
            proxy.fail(ClusterProxy.Fault.ANSWER_LOST, 0, ClusterFaultTest::create);
            List<AppendResult> outcomes = store.append(drafts(0, 6));
            assertInstanceOf(AppendResult.NewEntry.class, outcomes.getLast());
            assertEquals(6, ids(store).size());
            assertEquals(6, Set.copyOf(ids(store)).size());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ClusterProxy.Fault.class,
            names = {"ANSWER_LOST", "REQUEST_LOST", "BUSY_429", "AWAY_503", "HALF_A_BULK"})
    void theIndexIsCompleteThoughBulksFail(ClusterProxy.Fault fault) throws IOException, StoreUnavailable {
        try (ElasticStore store = open(Duration.ofSeconds(20))) {
            proxy.fail(fault, 3, ClusterFaultTest::bulk);
            store.append(drafts(0, 40));
            assertEquals(40, words(store));
            assertEquals(3, proxy.hit.get());
            Entry entry = store.carriers(List.of("domain:7.example"), Audience.HOUSEKEEPING, 1)
                    .get("domain:7.example")
                    .freshest()
                    .getFirst();
            assertEquals(8, entry.seq());
        }
    }

    @Test
    void aStartIndexesWhatIsMissingAndNothingElse() throws IOException, StoreUnavailable {
        try (ElasticStore store = open(Duration.ofSeconds(20))) {
            store.append(drafts(0, 40));
            store.append(drafts(40, 80));
        }
        proxy.fail(ClusterProxy.Fault.AWAY_503, 0, ClusterFaultTest::bulk);
        try (ElasticStore again = open(Duration.ofSeconds(20))) {
            assertEquals(80, words(again));
            assertEquals(80, again.status().lastSeq());
            assertEquals(0, proxy.seen.get(), "bulk requests of a start with nothing missing");
            assertEquals(
                    81,
                    assertInstanceOf(
                                    AppendResult.NewEntry.class,
                                    again.append(drafts(80, 81)).getFirst())
                            .seq());
            assertEquals(81, words(again));
        }
        try (Connection connection =
                new Connection(options(Duration.ofSeconds(20)))) { // as if a bulk had been lost with a node
            connection.client.delete(
                    request -> request.index(prefix + "-entries").id("17").refresh(Refresh.True));
        }
        try (ElasticStore again = open(Duration.ofSeconds(20))) {
            assertEquals(81, words(again));
            assertTrue(again.carriers(List.of("domain:16.example"), Audience.HOUSEKEEPING, 1)
                    .containsKey("domain:16.example"));
        }
    }

    @Test
    void anIndexThatShowsMoreThanWasLoggedIsRefused() throws IOException, StoreUnavailable {
        try (ElasticStore store = open(Duration.ofSeconds(20))) {
            store.append(drafts(0, 3));
        }
        try (Connection connection =
                new Connection(options(Duration.ofSeconds(20)))) { // as if the log alone were of an older snapshot
            connection.client.index(
                    request -> request.index(prefix + "-entries").id("4").document(Map.of("seq", 4)));
        }
        ClusterRefused refused = assertThrows(
                ClusterRefused.class, () -> open(Duration.ofMillis(300)).close());
        assertTrue(refused.getMessage().contains("the index shows 4 entries and the log has 3"), refused.getMessage());
        assertTrue(refused.getMessage().contains("koprik store migrate"), refused.getMessage());
        IndexMigration.migrate(options(Duration.ofSeconds(20)));
        try (ElasticStore again = open(Duration.ofSeconds(20))) {
            assertEquals(
                    4,
                    assertInstanceOf(
                                    AppendResult.NewEntry.class,
                                    again.append(drafts(3, 4)).getFirst())
                            .seq());
            assertEquals(4, words(again));
        }
    }

    private static long words(ElasticStore store) throws StoreUnavailable {
        return store.search(new SearchBuilder().words("word").limit(5).build()).total();
    }

    @Test
    void aBusyClusterHoldsWritersBackAndThenSaysSo() throws IOException, StoreUnavailable {
        try (ElasticStore store = open(Duration.ofMillis(500))) {
            proxy.fail(ClusterProxy.Fault.BUSY_429, Integer.MAX_VALUE, ClusterFaultTest::bulk);
            String large = "x".repeat(100_000);
            StoreUnavailable full = assertThrows(StoreUnavailable.class, () -> {
                for (int i = 0; i < 40; i++) {
                    store.append(List.of(Drafts.indicator(i).body(large).draft()));
                }
            });
            assertTrue(full.getMessage().contains("does not keep up"), full.getMessage());
            int stored = ids(store).size(); // what waits is readable
            assertTrue(stored >= 10 && stored < 40, stored + " stored");
            proxy.fail(ClusterProxy.Fault.BUSY_429, 0, ClusterFaultTest::bulk);
        }
        try (ElasticStore again = open(Duration.ofSeconds(20))) {
            assertEquals(again.status().lastSeq(), ids(again).size());
        }
    }

    @Test
    void readersAreToldWhenTheClusterIsAway() throws IOException, StoreUnavailable {
        try (ElasticStore before = open(Duration.ofSeconds(20))) {
            before.append(drafts(0, 3)); // what a store wrote itself it would answer without the cluster
        }
        try (ElasticStore store = open(Duration.ofMillis(300))) {
            store.carriers(List.of("domain:1.example"), Audience.HOUSEKEEPING, 1);
            proxy.fail(ClusterProxy.Fault.AWAY_503, Integer.MAX_VALUE, ClusterFaultTest::any);
            assertThrows(
                    StoreUnavailable.class,
                    () -> store.carriers(List.of("domain:1.example"), Audience.HOUSEKEEPING, 1));
            proxy.fail(ClusterProxy.Fault.AWAY_503, 0, ClusterFaultTest::any);
            assertEquals(
                    1,
                    store.carriers(List.of("domain:1.example"), Audience.HOUSEKEEPING, 1)
                            .size());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ClusterProxy.Fault.class,
            names = {"WRONG_KEY_401", "NO_RIGHT_403", "FLOOD_STAGE"})
    void theStartSaysWhatIsWrong(ClusterProxy.Fault fault) {
        proxy.fail(fault, Integer.MAX_VALUE, path -> fault == ClusterProxy.Fault.WRONG_KEY_401 || !path.equals("/"));
        String message = assertThrows(ClusterRefused.class, () -> open(Duration.ofMillis(300)))
                .getMessage();
        String expected =
                switch (fault) {
                    case WRONG_KEY_401 -> "does not accept our key or password";
                    case NO_RIGHT_403 -> "lacks a right";
                    default -> "flood-stage watermark";
                };
        assertTrue(message.contains(expected), message);
    }

    @Test
    void aClusterThatIsNotThereIsSaidSo() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        ElasticOptions nobody = new ElasticOptions(
                List.of(URI.create("http://127.0.0.1:" + port)),
                Optional.empty(),
                new ElasticOptions.Login.Nobody(),
                prefix,
                1,
                0,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofMillis(200),
                Duration.ofMillis(50),
                1 << 20,
                1 << 20);
        String message = assertThrows(ClusterRefused.class, () -> ElasticStore.open(nobody))
                .getMessage();
        assertTrue(message.contains("no connection to the cluster"), message);
    }

    @Test
    void aReadOnlyIndexIsSaidSo() throws Exception {
        open(Duration.ofSeconds(20)).close();
        try (Connection connection = new Connection(options(Duration.ofSeconds(20)))) {
            connection.client.indices().putSettings(s -> s.index(prefix + "-log-v1")
                    .settings(i -> i.blocks(b -> b.write(true))));
            String message = assertThrows(ClusterRefused.class, () -> open(Duration.ofMillis(300)))
                    .getMessage();
            assertTrue(message.contains("read-only"), message);
            connection.client.indices().putSettings(s -> s.index(prefix + "-log-v1")
                    .settings(i -> i.blocks(b -> b.write(false))));
        }
        open(Duration.ofSeconds(20)).close();
    }
}
