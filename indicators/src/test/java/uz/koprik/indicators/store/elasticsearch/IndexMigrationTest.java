package uz.koprik.indicators.store.elasticsearch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.indicators.observable.extraction.ObservableExtraction;
import uz.koprik.indicators.policy.Audience;
import uz.koprik.indicators.policy.ReleaseTerms;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.store.AppendResult;
import uz.koprik.indicators.store.Drafts;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.InternalStore;
import uz.koprik.indicators.store.Selection;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.Versions;
import uz.koprik.indicators.store.elasticsearch.client.ClusterRefused;
import uz.koprik.indicators.store.elasticsearch.client.Connection;
import uz.koprik.indicators.store.elasticsearch.client.ElasticOptions;
import uz.koprik.indicators.store.elasticsearch.client.RetryPolicy;
import uz.koprik.indicators.store.lucene.LuceneStore;

/** From one backend to the other and back, and to a new index, broken off and gone on with. */
class IndexMigrationTest {

    private static final Selection ALL =
            new Selection(Audience.HOUSEKEEPING, Set.of(), Set.of(), Set.of(), Versions.ALL, 0);

    @TempDir
    Path temp;

    private final String prefix = "m" + UUID.randomUUID().toString().replace("-", "");

    private ElasticOptions options() throws IOException {
        return options(ElasticNode.shared().url());
    }

    private ElasticOptions options(URI url) {
        return new ElasticOptions(
                List.of(url),
                Optional.empty(),
                new ElasticOptions.Login.Nobody(),
                prefix,
                1,
                0,
                Duration.ofSeconds(5),
                Duration.ofSeconds(20),
                Duration.ofSeconds(1),
                Duration.ofMillis(50),
                8 << 10,
                1 << 20);
    }

    private static void fill(InternalStore store) throws StoreUnavailable {
        for (int i = 0; i < 100; i++) {
            store.append(List.of(Drafts.indicator(i)
                    .carries("domain:example.com")
                    .text("word")
                    .draft()));
        }
        store.append(List.of(Drafts.indicator(0).version(2).draft()));
        store.withdraw(Drafts.indicator(1).id(), Versions.ALL, "wrong", "admin");
        store.restrict(Map.of(3L, new ReleaseTerms(Tlp.RED, false, false, false)));
    }

    /** What readers see of a store, in order. */
    private static List<String> seen(InternalStore store) throws StoreUnavailable {
        List<String> seen = new ArrayList<>();
        for (Entry entry : store.page(ALL, 0, 10_000).entries()) {
            seen.add(entry.seq() + " " + entry.added() + " " + entry.release() + " " + entry.superseded() + " "
                    + Drafts.object(entry));
        }
        seen.add(""
                + store.carriers(List.of("domain:example.com"), Audience.HOUSEKEEPING, 0)
                        .get("domain:example.com")
                        .count());
        return seen;
    }

    @Test
    void toTheClusterAndBackNothingChanges() throws IOException, StoreUnavailable {
        Path directory = temp.resolve("lucene");
        List<String> before;
        try (InternalStore store = LuceneStore.open(directory)) {
            fill(store);
            before = seen(store);
            assertThrows(IOException.class, () -> IndexMigration.toCluster(directory, options()), "it is open");
        }
        IndexMigration.CopyResult there = IndexMigration.toCluster(directory, options());
        assertEquals(103, there.records());
        assertThrows(
                IOException.class, () -> IndexMigration.toCluster(directory, options()), "a store is there already");
        try (InternalStore store = ElasticStore.open(options())) {
            assertEquals(before, seen(store));
            assertInstanceOf(
                    AppendResult.Withdrawn.class,
                    store.append(List.of(Drafts.indicator(1).draft())).getFirst());
        }
        Path back = temp.resolve("back");
        assertEquals(there, IndexMigration.fromCluster(options(), back));
        assertThrows(IOException.class, () -> IndexMigration.fromCluster(options(), back), "a store is there already");
        try (InternalStore store = LuceneStore.open(back)) {
            assertEquals(before, seen(store));
        }
    }

    @Test
    void aCopyThatWasBrokenOffIsNoStoreAndGoesOn() throws IOException, StoreUnavailable {
        Path directory = temp.resolve("lucene");
        List<String> before;
        try (InternalStore store = LuceneStore.open(directory)) {
            fill(store);
            before = seen(store);
        }
        try (ClusterProxy proxy = new ClusterProxy(ElasticNode.shared().url())) {
            proxy.fail(ClusterProxy.Fault.AWAY_503, Integer.MAX_VALUE, path -> path.endsWith("/_create/3"));
            assertThrows(IOException.class, () -> IndexMigration.toCluster(directory, options(proxy.url())));
            assertTrue(proxy.hit.get() > 0);
        }
        String refused = assertThrows(ClusterRefused.class, () -> ElasticStore.open(options()))
                .getMessage();
        assertTrue(refused.contains("being filled"), refused);
        assertEquals(103, IndexMigration.toCluster(directory, options()).records());
        try (InternalStore store = ElasticStore.open(options())) {
            assertEquals(before, seen(store));
        }
        Path back = temp.resolve("back");
        Path part = temp.resolve("back.filling");
        IndexMigration.fromCluster(options(), back);
        Files.move(back, part); // as if it had been broken off right before its end
        IndexMigration.fromCluster(options(), back);
        assertFalse(Files.exists(part));
        try (InternalStore store = LuceneStore.open(back)) {
            assertEquals(before, seen(store));
        }
    }

    @Test
    void aNewIndexIsMadeWhileAGatewayWrites() throws Exception {
        try (InternalStore store = ElasticStore.open(options());
                ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            fill(store);
            AtomicBoolean done = new AtomicBoolean();
            Future<Integer> writer = pool.submit(() -> {
                int number = 1000;
                while (!done.get()) {
                    store.append(List.of(Drafts.indicator(number++)
                            .carries("domain:example.com")
                            .draft()));
                    assertTrue(store.latest(Drafts.indicator(5).id()).isPresent());
                }
                return number - 1000;
            });
            try {
                assertEquals(
                        prefix + "-entries-v4-r" + ObservableExtraction.READING + "-000002",
                        IndexMigration.migrate(options()));
                assertEquals(
                        prefix + "-entries-v4-r" + ObservableExtraction.READING + "-000003",
                        IndexMigration.migrate(options()));
            } finally {
                done.set(true);
            }
            int written = writer.get();
            assertTrue(written > 0);
            assertEquals(
                    98 + written,
                    store.carriers(List.of("domain:example.com"), Audience.HOUSEKEEPING, 0)
                            .get("domain:example.com")
                            .count());
            assertEquals(100 + written, store.page(ALL, 0, 10_000).entries().size());
        }
    }

    @Test
    void anIndexOfAnotherVersionIsRefusedUntilItIsMadeAnew() throws Exception {
        try (InternalStore store = ElasticStore.open(options())) {
            fill(store);
        }
        String old = options().entries() + "-v1-000001";
        try (Connection connection = new Connection(options())) {
            connection.client.indices().create(request -> request.index(old));
            new Indices(connection.client, new RetryPolicy(Duration.ofSeconds(20)), options())
                    .alias(
                            List.of(options().entries() + "-v" + Indices.LAYOUT + "-r" + ObservableExtraction.READING
                                    + "-000001"),
                            old);
        }
        String refused = assertThrows(ClusterRefused.class, () -> ElasticStore.open(options()))
                .getMessage();
        assertTrue(refused.contains(old) && refused.contains("koprik store migrate"), refused);
        assertEquals(
                prefix + "-entries-v4-r" + ObservableExtraction.READING + "-000002", IndexMigration.migrate(options()));
        try (InternalStore store = ElasticStore.open(options())) {
            assertEquals(
                    98,
                    store.carriers(List.of("domain:example.com"), Audience.HOUSEKEEPING, 0)
                            .get("domain:example.com")
                            .count());
        }
    }

    @Test
    void anIndexOfAnEarlierReadingServesUntilItIsMadeAnew() throws Exception {
        String old = options().entries() + "-v" + Indices.LAYOUT + "-000001"; // as earlier versions named it
        try (Connection connection = new Connection(options())) {
            Indices indices = new Indices(connection.client, new RetryPolicy(Duration.ofSeconds(20)), options());
            indices.ensure();
            indices.create(old);
            indices.alias(indices.entries(), old);
            assertEquals(List.of(old), indices.olderReading());
        }
        try (InternalStore store = ElasticStore.open(options())) {
            fill(store);
        }
        assertEquals(
                prefix + "-entries-v4-r" + ObservableExtraction.READING + "-000002", IndexMigration.migrate(options()));
        try (Connection connection = new Connection(options())) {
            assertEquals(
                    List.of(),
                    new Indices(connection.client, new RetryPolicy(Duration.ofSeconds(20)), options()).olderReading());
        }
    }
}
