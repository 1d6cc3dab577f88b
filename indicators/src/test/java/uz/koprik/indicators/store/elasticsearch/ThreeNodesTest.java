package uz.koprik.indicators.store.elasticsearch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import co.elastic.clients.elasticsearch._types.HealthStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.indicators.policy.Audience;
import uz.koprik.indicators.store.AppendResult;
import uz.koprik.indicators.store.Drafts;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.Selection;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.Versions;
import uz.koprik.indicators.store.elasticsearch.client.Connection;
import uz.koprik.indicators.store.elasticsearch.client.ElasticOptions;
import uz.koprik.indicators.store.elasticsearch.client.RetryPolicy;

/**
 * Three nodes, one copy of each shard besides the first: the master is killed while gateways write, comes back, and so
 * the next.
 */
@Tag("long")
class ThreeNodesTest {

    private static final Logger LOG = LoggerFactory.getLogger(ThreeNodesTest.class);
    private static final Selection ALL =
            new Selection(Audience.HOUSEKEEPING, Set.of(), Set.of(), Set.of(), Versions.ALL, 0);
    private static final long RESUMED_WITHIN = TimeUnit.SECONDS.toNanos(5);

    @TempDir
    Path temp;

    private final Map<String, ElasticNode> nodes = new HashMap<>();
    private final Map<Long, String> acknowledged = new ConcurrentHashMap<>();
    private final AtomicLong lastAcknowledged = new AtomicLong();
    private final AtomicLong longestGap = new AtomicLong();
    private final AtomicLong refusedReads = new AtomicLong();
    private final AtomicBoolean done = new AtomicBoolean();

    @Test
    void killingTheMasterLosesNothing() throws Exception {
        List<Integer> ports = ports(6);
        String seeds = "127.0.0.1:" + ports.get(0) + ",127.0.0.1:" + ports.get(1) + ",127.0.0.1:" + ports.get(2);
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 3; i++) {
                nodes.put(
                        "n" + i,
                        ElasticNode.begin(
                                temp.resolve("n" + i),
                                List.of(
                                        "node.name=n" + i,
                                        "cluster.name=three",
                                        "discovery.seed_hosts=" + seeds,
                                        "cluster.initial_master_nodes=n0,n1,n2",
                                        "transport.port=" + ports.get(i),
                                        "http.port=" + ports.get(3 + i),
                                        "cluster.routing.allocation.node_concurrent_recoveries=4")));
            }
            for (ElasticNode node : nodes.values()) {
                node.awaitReady();
            }
            ElasticOptions options = new ElasticOptions(
                    nodes.values().stream().map(ElasticNode::url).toList(),
                    Optional.empty(),
                    new ElasticOptions.Login.Nobody(),
                    "three",
                    1,
                    1,
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(60),
                    Duration.ofMillis(100),
                    64 << 10,
                    1 << 20);
            try (ElasticStore one = ElasticStore.open(options);
                    ElasticStore two = ElasticStore.open(options);
                    Connection connection = new Connection(options)) {
                awaitGreen(connection, options);
                List<Future<?>> busy = new ArrayList<>();
                busy.add(pool.submit(() -> write(one, 1_000_000)));
                busy.add(pool.submit(() -> write(two, 2_000_000)));
                busy.add(pool.submit(() -> read(one)));
                for (int round = 0; round < 2; round++) {
                    int before = acknowledged.size();
                    while (acknowledged.size() < before + 200) {
                        Thread.sleep(20);
                    }
                    killMaster(connection, options);
                }
                done.set(true);
                for (Future<?> future : busy) {
                    future.get();
                }
            }
            try (ElasticStore fresh = ElasticStore.open(options)) {
                verify(fresh);
            }
        } finally {
            done.set(true);
            nodes.values().forEach(ElasticNode::kill);
        }
    }

    private void killMaster(Connection connection, ElasticOptions options) throws Exception {
        String master = connection.client.cat().master().masters().getFirst().node();
        ElasticNode node = nodes.get(master);
        int atKill = acknowledged.size();
        long killed = System.nanoTime();
        node.kill();
        while (acknowledged.size() < atKill + 20) { // some may have been on their way
            assertTrue(System.nanoTime() - killed < TimeUnit.MINUTES.toNanos(2), "writes never came back");
            Thread.sleep(5);
        }
        long gap = longestGap.getAndSet(0);
        LOG.info(
                "master {} killed; longest time without an acknowledged write: {} ms; {} reads refused",
                master,
                TimeUnit.NANOSECONDS.toMillis(gap),
                refusedReads.getAndSet(0));
        assertTrue(gap <= RESUMED_WITHIN, "writes resumed after " + TimeUnit.NANOSECONDS.toMillis(gap) + " ms");
        node.start();
        node.awaitReady();
        awaitGreen(connection, options);
        longestGap.set(0);
    }

    private static void awaitGreen(Connection connection, ElasticOptions options) throws Exception {
        new RetryPolicy(Duration.ofMinutes(2)).make("wait", () -> {
            HealthStatus status = connection
                    .client
                    .cluster()
                    .health(h -> h.index(options.prefix() + "-*")
                            .waitForStatus(HealthStatus.Green)
                            .waitForNodes("3")
                            .timeout(t -> t.time("30s")))
                    .status();
            if (status != HealthStatus.Green) {
                throw new IOException("not green yet");
            }
            return status;
        });
    }

    private Void write(ElasticStore store, int first) throws StoreUnavailable {
        for (int i = first; !done.get(); i++) {
            String id = Drafts.indicator(i).id();
            AppendResult outcome = store.append(List.of(Drafts.indicator(i)
                            .carries("domain:d" + i + ".example")
                            .draft()))
                    .getFirst();
            long now = System.nanoTime();
            long before = lastAcknowledged.getAndSet(now);
            if (before != 0) {
                longestGap.accumulateAndGet(now - before, Math::max);
            }
            long seq = ((AppendResult.NewEntry) outcome).seq();
            assertEquals(null, acknowledged.put(seq, id), "one number, two objects");
        }
        return null;
    }

    /** Readers get answers or a request to retry; never a wrong one. */
    private Void read(ElasticStore store) {
        long highest = 0;
        while (!done.get()) {
            try {
                List<Entry> page =
                        store.page(ALL, Math.max(0, highest - 10), 100).entries();
                for (Entry entry : page) {
                    highest = Math.max(highest, entry.seq());
                    assertFalse(entry.facts().id().isEmpty());
                }
                if (!page.isEmpty()) {
                    String value = page.getFirst().facts().observables().getFirst();
                    assertEquals(
                            1,
                            store.carriers(List.of(value), Audience.HOUSEKEEPING, 1)
                                    .get(value)
                                    .count());
                }
            } catch (StoreUnavailable away) {
                refusedReads.incrementAndGet();
            }
        }
        return null;
    }

    private void verify(ElasticStore store) throws StoreUnavailable {
        Set<String> ids = new HashSet<>();
        Map<Long, String> there = new HashMap<>();
        long last = store.status().lastSeq();
        for (long after = 0; after < last; after += 1000) {
            for (Entry entry : store.page(ALL, after, 1000).entries()) {
                there.put(entry.seq(), entry.facts().id());
                assertTrue(ids.add(entry.facts().id()), "twice");
            }
        }
        acknowledged.forEach((seq, id) -> assertEquals(id, there.get(seq), "lost or moved"));
        assertEquals(last, there.size(), "a gap in the sequence");
        List<String> values = acknowledged.values().stream()
                .limit(500)
                .map(id -> "domain:d" + Integer.parseInt(id.substring(id.length() - 12)) + ".example")
                .toList();
        assertEquals(
                values.size(), store.carriers(values, Audience.HOUSEKEEPING, 1).size());
    }

    private static List<Integer> ports(int count) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        List<Integer> ports = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            sockets.add(socket);
            ports.add(socket.getLocalPort());
        }
        for (ServerSocket socket : sockets) {
            socket.close();
        }
        return ports;
    }
}
