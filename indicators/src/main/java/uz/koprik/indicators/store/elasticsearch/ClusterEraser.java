package uz.koprik.indicators.store.elasticsearch;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.elasticsearch.client.ElasticOptions;
import uz.koprik.indicators.store.elasticsearch.client.IndexPurge;
import uz.koprik.indicators.store.elasticsearch.client.RetryPolicy;
import uz.koprik.indicators.store.entries.StoreThreads;
import uz.koprik.indicators.store.entries.ThreadEnd;
import uz.koprik.indicators.store.words.WordRules;

/**
 * Carries out the erasures of the log: rewrites the commits that hold erased entries, puts what stays of these in their
 * place in every index of entries, and then has the cluster drop what it keeps of the documents before. Each step may
 * be repeated. The caller of an erasure waits for all of it; when its gateway ends in between, another one, or the next
 * that opens the store, finishes it.
 */
final class ClusterEraser implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterEraser.class);
    /** How often a gateway looks whether an erasure that it did not ask for goes on. */
    private static final long LOOK = TimeUnit.SECONDS.toMillis(2);
    /** After which time without a sign of life another gateway carries it out. */
    private static final long STALLED = TimeUnit.SECONDS.toNanos(10);

    private static final long BEAT = TimeUnit.SECONDS.toNanos(2);
    private static final int ENTRIES_AT_ONCE = 2000;

    private final CommitLog log;
    private final CommitEnds ends;
    private final Indices indices;
    private final ElasticOptions options;
    private final ElasticsearchClient client;
    private final RetryPolicy calls;
    private final WordRules words;
    private final LogRewriter rewriting;
    private final IndexPurge purge;
    private final Thread thread;
    private final Object running = new Object();
    /** By the commit that says so, entries whose erasure is not known to be carried out. */
    private final TreeMap<Long, Set<Long>> open = new TreeMap<>();

    private long done;
    private long lastBeat = System.nanoTime() - BEAT;
    private volatile boolean closing;

    ClusterEraser(
            ElasticsearchClient client,
            RetryPolicy calls,
            ElasticOptions options,
            CommitLog log,
            CommitEnds ends,
            Predicate<String> keepsReference,
            WordRules words,
            StoreThreads threads) {
        this.client = client;
        this.calls = calls;
        this.options = options;
        this.log = log;
        this.ends = ends;
        this.words = words;
        this.indices = new Indices(client, calls, options);
        this.rewriting = new LogRewriter(log, calls, keepsReference);
        this.purge = new IndexPurge(client, calls);
        this.thread = threads.unstarted("koprik-eraser", this::watch);
    }

    /** Before the log is read: learns which erasures were carried out. */
    void begin() throws StoreUnavailable {
        carriedOut(log.erasureMark().done());
    }

    /** Begins to watch over the erasures of others. */
    void start() {
        thread.start();
    }

    /** Takes note of an erasure in the log, after the entries left every view. */
    void noticed(long commit, Set<Long> seqs) {
        synchronized (open) {
            if (commit > done) {
                open.computeIfAbsent(commit, number -> new HashSet<>()).addAll(seqs);
            }
        }
    }

    private void carriedOut(long commit) {
        synchronized (open) {
            done = Math.max(done, commit);
            open.headMap(commit, true).clear();
        }
    }

    /** The last erasure that is open and all entries of those up to it; nothing when there is none. */
    private record Work(long commit, Set<Long> seqs) {}

    private Work work() {
        synchronized (open) {
            Set<Long> seqs = new HashSet<>();
            open.values().forEach(seqs::addAll);
            return new Work(open.isEmpty() ? 0 : open.lastKey(), seqs);
        }
    }

    /** Carries out every erasure that was noticed before the call. */
    void finish() throws StoreUnavailable {
        synchronized (running) {
            if (!work().seqs.isEmpty()) {
                carriedOut(log.erasureMark().done()); // another gateway may have been first
            }
            Work work = work();
            if (work.seqs.isEmpty()) {
                return;
            }
            long begun = System.nanoTime();
            beat();
            rewrite(work.seqs);
            List<String> all = new ArrayList<>(indices.everyIndexOfEntries());
            all.add(options.log());
            all.add(options.state());
            purge.run(all, this::goOn);
            log.mark(new CommitLog.ErasureMark(work.commit, UUID.randomUUID().toString()));
            carriedOut(work.commit);
            LOG.info(
                    "{} erased entries are gone from the cluster, after {} s",
                    work.seqs.size(),
                    TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun));
        }
    }

    private void rewrite(Set<Long> seqs) throws StoreUnavailable {
        Map<Long, Set<Long>> byCommit = new TreeMap<>();
        seqs.forEach(seq -> byCommit.computeIfAbsent(ends.of(seq), number -> new HashSet<>())
                .add(seq));
        List<IndexEntry> rest = new ArrayList<>();
        for (Map.Entry<Long, Set<Long>> commit : byCommit.entrySet()) {
            rest.addAll(rewriting.rewrite(commit.getKey(), commit.getValue()));
            goOn();
            if (rest.size() >= ENTRIES_AT_ONCE) {
                replace(rest);
                rest.clear();
            }
        }
        if (!rest.isEmpty()) {
            replace(rest);
        }
    }

    /**
     * Puts what stays of entries in their place in every index, also one that {@link IndexMigration} is making from
     * what the log said before: it then does not write those entries any more.
     */
    private void replace(List<IndexEntry> rest) throws StoreUnavailable {
        for (String index : indices.everyIndexOfEntries()) {
            BulkCreate entries = new BulkCreate(client, calls, index, words);
            entries.send(entries.replacing(rest));
            goOn();
        }
    }

    /** Shows the others that somebody is at work. */
    private void goOn() throws StoreUnavailable {
        if (closing) {
            throw new StoreUnavailable(
                    "the store is being closed: the erasure holds, and the next gateway that opens it finishes it",
                    null);
        }
        if (System.nanoTime() - lastBeat >= BEAT) {
            beat();
        }
    }

    private void beat() throws StoreUnavailable {
        lastBeat = System.nanoTime();
        long reached = log.erasureMark().done();
        log.mark(new CommitLog.ErasureMark(reached, UUID.randomUUID().toString()));
    }

    // ---- the watching thread

    private void watch() {
        String seen = "";
        long since = System.nanoTime();
        while (!closing) {
            try {
                if (work().seqs.isEmpty()) {
                    since = System.nanoTime();
                } else {
                    CommitLog.ErasureMark mark = log.erasureMark();
                    carriedOut(mark.done());
                    if (!mark.beat().equals(seen)) {
                        seen = mark.beat();
                        since = System.nanoTime();
                    } else if (System.nanoTime() - since >= STALLED) {
                        LOG.info("an erasure that was begun is finished by this gateway");
                        finish();
                    }
                }
            } catch (StoreUnavailable | RuntimeException failed) {
                if (!closing) {
                    LOG.warn("an erasure is not finished yet; trying again: {}", failed.getMessage());
                    LOG.debug("the reason", failed);
                }
            }
            pause();
        }
    }

    private void pause() {
        synchronized (open) {
            try {
                if (!closing) {
                    open.wait(LOOK);
                }
            } catch (InterruptedException end) {
                closing = true;
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Ends after the step that is being done. */
    @Override
    public void close() {
        closing = true;
        synchronized (open) {
            open.notifyAll();
        }
        ThreadEnd.join(thread);
    }
}
