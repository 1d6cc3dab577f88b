package uz.koprik.indicators.store.elasticsearch;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.Level;
import co.elastic.clients.elasticsearch.indices.IndicesStatsResponse;
import co.elastic.clients.elasticsearch.indices.stats.ShardStats;
import java.util.List;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.elasticsearch.client.RetryPolicy;

/**
 * Up to which operation every copy in sync has an index of one shard. What comes after could still vanish with the node
 * that has it. Safe for use by many threads at once.
 */
final class GlobalCheckpoint {

    private final ElasticsearchClient client;
    private final RetryPolicy calls;
    private final String index;
    private volatile long safe = -1;

    GlobalCheckpoint(ElasticsearchClient client, RetryPolicy calls, String index) {
        this.client = client;
        this.calls = calls;
        this.index = index;
    }

    /** Whether every copy in sync has the operation of that sequence number; asks only when that is not known yet. */
    boolean reached(long seqNo) throws StoreUnavailable {
        if (seqNo > safe) {
            raise(globalCheckpoint());
        }
        return seqNo <= safe;
    }

    private synchronized void raise(long to) {
        safe = Math.max(safe, to);
    }

    /** As the primary knows it. */
    private long globalCheckpoint() throws StoreUnavailable {
        IndicesStatsResponse stats = calls.make("read the state of " + index, () -> client.indices()
                .stats(request -> request.index(index).level(Level.Shards)));
        for (List<ShardStats> copies : stats.indices().get(index).shards().values()) {
            for (ShardStats copy : copies) {
                if (copy.routing() != null && copy.routing().primary() && copy.seqNo() != null) {
                    return copy.seqNo().globalCheckpoint();
                }
            }
        }
        return -1;
    }
}
