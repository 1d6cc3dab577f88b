package uz.koprik.indicators.store.elasticsearch.client;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.Level;
import co.elastic.clients.elasticsearch.indices.stats.ShardStats;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import uz.koprik.indicators.store.StoreUnavailable;

/**
 * Has a cluster drop what it still keeps of documents that were replaced or deleted: Lucene marks these only, and a
 * node keeps them, and its translog, for copies of the shard that may come back. So this waits until every copy has the
 * changes and no lease retains what was before, has every segment with such documents written anew, and has the
 * translog cut.
 */
public final class IndexPurge {

    /** Leases move every 30 s ({@code RetentionLeaseSyncer}); a node may do so late. */
    private static final long LEASES = TimeUnit.SECONDS.toNanos(120);
    /** As long as a search of ours may hold an old segment open: a point in time lives a minute. */
    private static final long SEARCHES = TimeUnit.SECONDS.toNanos(70);

    /** How long a moment without merges is waited for. */
    private static final long QUIET = TimeUnit.MINUTES.toNanos(2);

    private static final long MERGES = TimeUnit.HOURS.toNanos(6);
    private static final long LOOK = 500;
    private static final int ROUNDS = 5;
    private static final String RETAINED = "min_retained_seq_no";

    private final ElasticsearchClient client;
    private final RetryPolicy calls;

    public IndexPurge(ElasticsearchClient client, RetryPolicy calls) {
        this.client = client;
        this.calls = calls;
    }

    /** Called between steps; throws when it should not go on. */
    public interface GoOn {
        void check() throws StoreUnavailable;
    }

    /**
     * Drops what was replaced or deleted before the call.
     *
     * @throws StoreUnavailable when the cluster keeps some of it: says why
     */
    public void run(List<String> indices, GoOn goOn) throws StoreUnavailable {
        calls.make("let the cluster drop what was erased", () -> client.indices()
                .putSettings(request -> request.index(indices)
                        .withJson(new StringReader("{\"index.merge.policy.expunge_deletes_allowed\": 0}"))));
        Map<String, Long> last = new HashMap<>();
        for (Copy copy : copies(indices)) {
            last.merge(copy.shard, copy.stats.seqNo().maxSeqNo(), Math::max);
        }
        await(
                indices,
                LEASES,
                goOn,
                copy -> leased(copy) > last.get(copy.shard),
                "a copy that is away may still ask for what was erased, so the cluster keeps it: start that node again;"
                        + " the cluster gives it up after index.soft_deletes.retention_lease.period (12 h)");
        for (int round = 1; ; round++) {
            boolean quiet = isQuiet(indices, goOn);
            flush(indices);
            merge(indices, goOn);
            refresh(indices);
            flush(indices);
            boolean dropped = copies(indices).stream().allMatch(copy -> retained(copy) > last.get(copy.shard));
            if (quiet && dropped) {
                break; // merges that began before the leases moved may have kept it
            }
            if (round == ROUNDS) {
                throw new StoreUnavailable(
                        "the cluster still keeps some of what was erased, since it merges all the time", null);
            }
            pause();
            goOn.check();
        }
        awaitSearches(indices, goOn);
        flush(indices); // removes the files that those held
    }

    /** Waits a while for a moment without merges; whether there was one. */
    private boolean isQuiet(List<String> indices, GoOn goOn) throws StoreUnavailable {
        long begun = System.nanoTime();
        while (copies(indices).stream().anyMatch(copy -> copy.stats.merges().current() > 0)) {
            if (System.nanoTime() - begun > QUIET) {
                return false;
            }
            pause();
            goOn.check();
        }
        return true;
    }

    /** One copy of a shard. */
    private record Copy(String shard, ShardStats stats) {}

    private List<Copy> copies(List<String> indices) throws StoreUnavailable {
        List<Copy> copies = new ArrayList<>();
        calls.make("read the state of the indices", () -> client.indices()
                        .stats(request -> request.index(indices).level(Level.Shards)))
                .indices()
                .forEach((index, stats) -> stats.shards()
                        .forEach((number, all) -> all.forEach(one -> copies.add(new Copy(index + "/" + number, one)))));
        return copies;
    }

    /** From which operation on the history of a shard is kept for other copies. */
    private static long leased(Copy copy) {
        return copy.stats.retentionLeases().leases().stream()
                .mapToLong(lease -> lease.retainingSeqNo())
                .min()
                .orElse(0);
    }

    /** From which operation on the last commit of a copy keeps what was replaced. */
    private static long retained(Copy copy) {
        String seqNo = copy.stats.commit().userData().get(RETAINED);
        return seqNo == null ? 0 : Long.parseLong(seqNo);
    }

    private void await(List<String> indices, long nanos, GoOn goOn, Predicate<Copy> reached, String otherwise)
            throws StoreUnavailable {
        long begun = System.nanoTime();
        while (!copies(indices).stream().allMatch(reached)) {
            if (System.nanoTime() - begun > nanos) {
                throw new StoreUnavailable(otherwise, null);
            }
            pause();
            goOn.check();
        }
    }

    private void awaitSearches(List<String> indices, GoOn goOn) throws StoreUnavailable {
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < SEARCHES
                && copies(indices).stream()
                        .anyMatch(copy -> copy.stats.search().openContexts() != null
                                && copy.stats.search().openContexts() > 0)) {
            pause();
            goOn.check();
        }
    }

    /** Writes every segment anew that holds what was replaced; a task of the cluster, since it may take long. */
    private void merge(List<String> indices, GoOn goOn) throws StoreUnavailable {
        String task = calls.make("merge the indices", () -> client.indices()
                        .forcemerge(request ->
                                request.index(indices).onlyExpungeDeletes(true).waitForCompletion(false)))
                .task();
        long begun = System.nanoTime();
        while (!calls.make("follow a merge", () -> client.tasks().get(request -> request.taskId(task)))
                .completed()) {
            if (System.nanoTime() - begun > MERGES) {
                throw new StoreUnavailable("the cluster did not end a merge in time", null);
            }
            pause();
            goOn.check();
        }
    }

    private void refresh(List<String> indices) throws StoreUnavailable {
        calls.make("refresh the indices", () -> client.indices().refresh(request -> request.index(indices)));
    }

    private void flush(List<String> indices) throws StoreUnavailable {
        calls.make("flush the indices", () -> client.indices()
                .flush(request -> request.index(indices).force(true).waitIfOngoing(true)));
    }

    private static void pause() throws StoreUnavailable {
        try {
            Thread.sleep(LOOK);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailable("interrupted while an erasure was carried out", e);
        }
    }
}
