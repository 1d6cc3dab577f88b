package uz.koprik.indicators.store.elasticsearch;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.HealthStatus;
import co.elastic.clients.elasticsearch.cluster.HealthResponse;
import co.elastic.clients.elasticsearch.core.InfoResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.elasticsearch.client.ClusterRefused;
import uz.koprik.indicators.store.elasticsearch.client.ElasticOptions;
import uz.koprik.indicators.store.elasticsearch.client.RetryPolicy;

/** Whether the cluster can be used: at the start with every reason why not, later by a small write. */
final class Health {

    private static final Logger LOG = LoggerFactory.getLogger(Health.class);
    private static final int MAJOR = 9;
    private static final Duration SOON = Duration.ofSeconds(2);
    private static final long FRESH = TimeUnit.SECONDS.toNanos(1);
    private static final long BYTES_FRESH = TimeUnit.SECONDS.toNanos(30);

    private final ElasticsearchClient client;
    private final RetryPolicy calls;
    private final ElasticOptions options;
    private volatile long probed = System.nanoTime() - FRESH;
    private volatile long measured = System.nanoTime() - BYTES_FRESH;
    private volatile long bytes;

    Health(ElasticsearchClient client, RetryPolicy calls, ElasticOptions options) {
        this.client = client;
        this.calls = calls;
        this.options = options;
    }

    /** Makes our indices if need be; returns when they can be read and written. */
    void requireUsable() throws ClusterRefused {
        try {
            InfoResponse info = calls.make("reach the cluster", client::info);
            String version = info.version().number();
            if (!version.startsWith(MAJOR + ".")) {
                throw new ClusterRefused(
                        "the cluster runs Elasticsearch " + version + ", and this gateway speaks with version " + MAJOR
                                + " only",
                        null);
            }
            new Indices(client, calls, options).ensure();
            requireAllocated();
            write(calls);
        } catch (StoreUnavailable unavailable) {
            throw new ClusterRefused(unavailable.getMessage(), unavailable);
        }
    }

    /** Every shard has a node; else the reason is most often a full disk. */
    private void requireAllocated() throws StoreUnavailable, ClusterRefused {
        long seconds = Math.max(1, options.patience().toSeconds());
        HealthResponse health = calls.make("read the cluster's health", () -> client.cluster()
                .health(request -> request.index(options.log(), options.entries(), options.leases(), options.state())
                        .waitForStatus(HealthStatus.Yellow)
                        .timeout(t -> t.time(seconds + "s"))));
        if (health.status() == HealthStatus.Red) {
            throw new ClusterRefused(
                    "no node holds all of our indices " + options.prefix() + "-*: a node is away, or the disks"
                            + " are above the watermark; GET _cluster/allocation/explain says which",
                    null);
        }
    }

    /** A small write, at most once a second; less patient than other calls, since somebody asks now. */
    void probe() throws StoreUnavailable {
        if (System.nanoTime() - probed >= FRESH) {
            write(new RetryPolicy(options.patience().compareTo(SOON) < 0 ? options.patience() : SOON));
            probed = System.nanoTime();
        }
    }

    private void write(RetryPolicy how) throws StoreUnavailable {
        how.make(
                "write to the log",
                () -> client.index(
                        request -> request.index(options.log()).id("probe").document(Map.of("writer", "probe"))));
    }

    /** What our indices take on the disks of all nodes, as last known; nobody waits for it. */
    long bytes() {
        if (System.nanoTime() - measured >= BYTES_FRESH) {
            measured = System.nanoTime();
            Thread.ofVirtual().name("koprik-store-size").start(this::measure);
        }
        return bytes;
    }

    private void measure() {
        try {
            Long size = client.indices()
                    .stats(request -> request.index(options.prefix() + "-*"))
                    .all()
                    .total()
                    .store()
                    .sizeInBytes();
            bytes = size == null ? bytes : size;
        } catch (IOException | RuntimeException away) {
            LOG.debug("the size of the indices is not known now", away);
        }
    }
}
