package uz.koprik.indicators.store.elasticsearch;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch.core.SearchResponse;
import co.elastic.clients.elasticsearch.indices.RefreshResponse;
import co.elastic.clients.util.BinaryData;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.indicators.store.EntryMetadata;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.elasticsearch.client.ElasticOptions;
import uz.koprik.indicators.store.elasticsearch.client.RetryPolicy;
import uz.koprik.indicators.store.entries.PendingGenerations;
import uz.koprik.indicators.store.entries.PendingPostings;
import uz.koprik.indicators.store.entries.StoreThreads;
import uz.koprik.indicators.store.entries.ThreadEnd;
import uz.koprik.indicators.store.words.WordRules;

/**
 * Follows the log in a thread of its own and keeps the index of entries. An entry is always written under its number in
 * the sequence and never changed, so writing it again, by this gateway or another, does no harm. What searches do not
 * see yet is in {@link PendingPostings}.
 */
final class EntryIndexer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EntryIndexer.class);
    /**
     * Entries after which searches are made to see them: each time a node makes a segment, which it merges with others
     * later.
     */
    private static final int GENERATION = 65_536;

    private static final long IDLE = TimeUnit.MILLISECONDS.toNanos(500);

    private final ElasticsearchClient client;
    private final RetryPolicy calls;
    private final ElasticOptions options;
    private final IndexQueue backlog;
    private final BulkCreate entries;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Thread thread;
    private final ExecutorService sender = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("koprik-index-sender").factory());
    private final PendingGenerations recent = new PendingGenerations(GENERATION);
    private volatile long covered;
    private volatile long indexedSeq;
    private volatile long indexedCommit;
    private volatile boolean closing;
    private volatile String trouble = "";
    private long wanted;
    /** What the index thread has sent and not heard of yet. */
    private Optional<Flight> flight = Optional.empty();

    EntryIndexer(
            ElasticsearchClient client,
            RetryPolicy calls,
            ElasticOptions options,
            IndexQueue backlog,
            WordRules words,
            StoreThreads threads) {
        this.client = client;
        this.calls = calls;
        this.options = options;
        this.backlog = backlog;
        this.thread = threads.unstarted("koprik-index", this::run);
        this.entries = new BulkCreate(client, calls, options.entries(), words);
    }

    /** Begins; everything up to that commit is in the index. */
    void start(long commit) throws StoreUnavailable {
        indexedCommit = commit;
        indexedSeq = unbroken();
        covered = indexedSeq;
        thread.start();
    }

    /** Up to which entry nothing is missing in the index: the last one if there are as many, or else nobody knows. */
    private long unbroken() throws StoreUnavailable {
        refreshed();
        SearchResponse<Void> answer = calls.make(
                "count the entries in the index",
                () -> client.search(
                        request -> request.index(options.entries())
                                .size(0)
                                .trackTotalHits(track -> track.enabled(true))
                                .aggregations("last", last -> last.max(max -> max.field(EntryDocument.SEQ))),
                        Void.class));
        Double last = answer.aggregations().get("last").max().value();
        long count = answer.hits().total().value();
        return last != null && last.longValue() == count ? count : 0;
    }

    /** Whether a commit was in the index already at the start. */
    boolean has(long commit, List<IndexEntry> entries) {
        if (entries.getLast().seq() > covered) {
            return false;
        }
        if (commit > indexedCommit) {
            settle(commit);
        }
        return true;
    }

    // ---- the writing thread

    /** Takes note of an entry before it comes into view. */
    void added(long seq, EntryMetadata facts) {
        if (seq <= covered) {
            return; // found in the index
        }
        recent.add(seq, facts);
    }

    /**
     * Takes note that entries were erased, after they left every view.
     *
     * @param last the last entry that there is; what is in memory up to it goes once searches see it
     */
    void erased(Set<Long> seqs, Predicate<String> keepsReference, long last) {
        backlog.erase(seqs, keepsReference);
        recent.cut();
        backlog.hurry();
        lock.lock();
        try {
            wanted = Math.max(wanted, last);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Up to which commit the index is complete. */
    long indexedCommit() {
        return indexedCommit;
    }

    /** Another gateway says that everything up to that commit is in the index. */
    void othersIndexed(long commit) {
        settle(commit);
    }

    // ---- readers

    /** Up to which entry searches see everything. */
    long covered() {
        return covered;
    }

    /** What readers need together: each entry is in one or the other, or in both. */
    record IndexSnapshot(List<PendingPostings> recent, long covered) {}

    /** For posting lists; what came before this gateway started is always covered. */
    IndexSnapshot read(long base) throws StoreUnavailable {
        awaitCovered(base);
        List<PendingPostings> late =
                recent.all(); // first, since a generation goes only when the index shows its entries
        return new IndexSnapshot(late, covered);
    }

    /** Waits until searches see everything up to an entry. */
    void awaitCovered(long seq) throws StoreUnavailable {
        if (covered >= seq) {
            return;
        }
        backlog.hurry();
        long left = options.patience().toNanos();
        lock.lock();
        try {
            wanted = Math.max(wanted, seq);
            changed.signalAll();
            while (covered < seq) {
                if (closing || left <= 0) {
                    throw new StoreUnavailable(
                            "the index shows " + covered + " of " + seq + " entries"
                                    + (trouble.isEmpty() ? "" : ": " + trouble),
                            null);
                }
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailable("interrupted while waiting for the index", e);
        } finally {
            lock.unlock();
        }
    }

    // ---- the index thread

    /** Documents on their way to the index: those of the commits up to this one. */
    private record Flight(long commit, Future<Void> answer) {}

    private void run() {
        try {
            while (!closing || !backlog.isEmpty()) {
                step();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            sender.shutdownNow();
        }
    }

    /** Makes the next documents while the nodes take in those before. */
    private void step() throws InterruptedException {
        try {
            long after = flight.map(Flight::commit).orElse(0L); // what did not arrive waits still
            List<IndexQueue.WaitingCommit> due =
                    backlog.next(after, flight.isPresent() || refreshIsWanted() ? 0 : IDLE);
            Optional<BinaryData> documents = due.isEmpty() ? Optional.empty() : Optional.of(documents(due));
            land();
            flight = documents.map(body -> new Flight(due.getLast().commit(), sender.submit(() -> {
                entries.send(body);
                return null;
            })));
            if (refreshIsWanted() || (due.isEmpty() && covered < indexedSeq)) {
                refresh();
            }
            trouble = "";
        } catch (StoreUnavailable | RuntimeException e) {
            trouble = e.getMessage();
            LOG.warn("the index of entries cannot be written; trying again: {}", trouble);
            LOG.debug("the reason", e);
            if (closing) {
                throw new InterruptedException("closing: the next gateway that starts indexes the rest");
            }
            Thread.sleep(500);
        }
    }

    /** Waits for what is on its way; when it does not arrive, it is due again. */
    private void land() throws StoreUnavailable, InterruptedException {
        if (flight.isEmpty()) {
            return;
        }
        Flight landing = flight.get();
        flight = Optional.empty();
        try {
            landing.answer.get();
        } catch (ExecutionException failed) {
            throw new StoreUnavailable(failed.getCause().getMessage(), failed.getCause());
        }
        settle(landing.commit);
    }

    private boolean refreshIsWanted() {
        lock.lock();
        try {
            return (wanted > covered && indexedSeq >= wanted) || indexedSeq - covered >= GENERATION;
        } finally {
            lock.unlock();
        }
    }

    private void settle(long commit) {
        long last = backlog.done(commit);
        lock.lock();
        try {
            indexedCommit = Math.max(indexedCommit, commit);
            indexedSeq = Math.max(indexedSeq, last);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private BinaryData documents(List<IndexQueue.WaitingCommit> due) {
        return entries.body(
                due.stream().flatMap(commit -> commit.entries().stream()).toList());
    }

    private void refresh() throws StoreUnavailable {
        long shown = indexedSeq;
        refreshed();
        lock.lock();
        try {
            covered = shown;
            recent.shown(shown);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void refreshed() throws StoreUnavailable {
        RefreshResponse answer = calls.make("refresh the index of entries", () -> client.indices()
                .refresh(request -> request.index(options.entries())));
        if (answer.shards() != null && answer.shards().failed().intValue() > 0) {
            throw new StoreUnavailable("the index of entries could not be refreshed on all shards", null);
        }
    }

    /** Indexes what waits, if the cluster lets it, and ends. */
    @Override
    public void close() {
        closing = true;
        backlog.close();
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        ThreadEnd.join(thread);
    }
}
