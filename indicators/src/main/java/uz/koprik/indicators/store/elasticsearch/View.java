package uz.koprik.indicators.store.elasticsearch;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch.core.BulkRequest;
import co.elastic.clients.elasticsearch.core.BulkResponse;
import co.elastic.clients.elasticsearch.core.bulk.BulkResponseItem;
import co.elastic.clients.elasticsearch.indices.RefreshResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.indicators.store.EntryFacts;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.journal.Recent;
import uz.koprik.indicators.store.journal.Threads;
import uz.koprik.indicators.store.words.Words;

/**
 * Follows the log in a thread of its own and keeps the index of entries. An entry is always written under its place in the
 * sequence and never changed, so writing it again, by this gateway or another, does no harm. What searches do not see yet
 * is in {@link Recent}.
 */
final class View implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(View.class);
    /** After so many entries searches are made to see them: each time a node makes a segment, which it merges with others later. */
    private static final int GENERATION = 65_536;
    private static final long IDLE = TimeUnit.MILLISECONDS.toNanos(500);

    private final ElasticsearchClient client;
    private final Calls calls;
    private final ElasticOptions options;
    private final Backlog backlog;
    private final Words words;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Thread thread = Thread.ofPlatform().name("koprik-index").unstarted(this::run);
    private volatile List<Recent> recent = List.of(new Recent());
    private volatile long covered;
    private volatile long indexedSeq;
    private volatile long indexedCommit;
    private volatile boolean closing;
    private volatile String trouble = "";
    private long wanted;

    View(ElasticsearchClient client, Calls calls, ElasticOptions options, Backlog backlog, Words words) {
        this.client = client;
        this.calls = calls;
        this.options = options;
        this.backlog = backlog;
        this.words = words;
    }

    /** Begins; everything up to that commit and entry is in the index, if not yet shown by it. */
    void start(long commit, long seq) {
        indexedCommit = commit;
        indexedSeq = seq;
        thread.start();
    }

    // ---- the writing thread

    /** Takes note of an entry before it comes into view. */
    void added(long seq, EntryFacts facts) {
        Recent newest = recent.getLast();
        if (newest.entries() >= GENERATION) {
            newest = new Recent();
            lock.lock();
            try {
                recent = Stream.concat(recent.stream(), Stream.of(newest)).toList();
            } finally {
                lock.unlock();
            }
        }
        newest.add(seq, facts);
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

    /** What readers need together: each entry is in one or the other, or in both. */
    record Reading(List<Recent> recent, long covered) {}

    /** For posting lists; what came before this gateway started is always covered. */
    Reading read(long base) throws StoreUnavailable {
        awaitCovered(base);
        List<Recent> late = recent; // first, since a generation goes only when the index shows its entries
        return new Reading(late, covered);
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
                    throw new StoreUnavailable("the index shows " + covered + " of " + seq + " entries"
                            + (trouble.isEmpty() ? "" : ": " + trouble), null);
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

    private void run() {
        try {
            while (!closing || !backlog.isEmpty()) {
                step();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void step() throws InterruptedException {
        try {
            List<Backlog.Waiting> due = backlog.next(refreshIsWanted() ? 0 : IDLE);
            if (!due.isEmpty()) {
                index(due);
                settle(due.getLast().commit());
            }
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

    private void index(List<Backlog.Waiting> due) throws StoreUnavailable {
        Map<String, EntryDocument> open = new TreeMap<>();
        for (Backlog.Waiting commit : due) {
            for (Filed entry : commit.entries()) {
                open.put(Long.toString(entry.seq()), EntryDocument.of(entry, words));
            }
        }
        write(client, calls, options.entries(), open);
    }

    /** Writes documents that are there already or not; whatever fails for now is tried again, one by one. */
    static void write(ElasticsearchClient client, Calls calls, String alias, Map<String, EntryDocument> open) throws StoreUnavailable {
        Calls.Retrying retrying = calls.retrying("write to the index of entries");
        while (!open.isEmpty()) {
            try {
                BulkRequest.Builder bulk = new BulkRequest.Builder().index(alias);
                open.forEach((id, document) -> bulk.operations(op -> op.create(c -> c.id(id).document(document.json()))));
                BulkResponse answer = client.bulk(bulk.build());
                List<BulkResponseItem> failed = new ArrayList<>();
                for (BulkResponseItem item : answer.items()) {
                    if (item.error() == null || item.status() == 409) { // written, or written before
                        open.remove(item.id());
                    } else {
                        failed.add(item);
                    }
                }
                if (!failed.isEmpty()) {
                    BulkResponseItem first = failed.getFirst();
                    String words = failed.size() + " entries, first " + first.id() + ": "
                            + (first.error() == null ? "" : first.error().type() + ": " + first.error().reason());
                    if (!Calls.passes(first.status())) {
                        throw new StoreUnavailable("the index refuses " + words, null);
                    }
                    retrying.pauseAfter(new IOException(words));
                }
            } catch (IOException | ElasticsearchException failed) {
                retrying.pauseAfter(failed);
            }
        }
    }

    private void refresh() throws StoreUnavailable {
        long shown = indexedSeq;
        RefreshResponse answer = calls.make("refresh the index of entries",
                () -> client.indices().refresh(request -> request.index(options.entries())));
        if (answer.shards() != null && answer.shards().failed().intValue() > 0) {
            throw new StoreUnavailable("the index of entries could not be refreshed on all shards", null);
        }
        lock.lock();
        try {
            covered = shown;
            Recent newest = recent.getLast();
            recent = recent.stream().filter(some -> some == newest || some.last() > shown).toList();
            changed.signalAll();
        } finally {
            lock.unlock();
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
        Threads.join(thread);
    }
}
