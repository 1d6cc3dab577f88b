package uz.koprik.indicators.store.lucene;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.apache.lucene.index.DirectoryReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.indicators.store.EntryMetadata;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.entries.EntryTable;
import uz.koprik.indicators.store.entries.PendingGenerations;
import uz.koprik.indicators.store.entries.PendingPostings;
import uz.koprik.indicators.store.entries.StoreThreads;
import uz.koprik.indicators.store.entries.ThreadEnd;
import uz.koprik.indicators.store.journal.Journal;
import uz.koprik.indicators.store.words.WordRules;

/**
 * Follows the journal in a thread of its own and keeps the Lucene index. Entries that the index does not show yet are
 * in {@link PendingPostings}. When Lucene fails (disk full), it is opened again at its last commit and catches up.
 */
final class Index implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Index.class);

    /** Entries per generation of {@link PendingPostings}, and per refresh. */
    private static final int GENERATION = 16_384;
    /** Entries in {@link PendingPostings} before appends wait. */
    private static final int MAX_RECENT = 8 * GENERATION;
    /** Entries that the index may lag behind before appends wait for a search that waits. */
    private static final int SEARCH_BACKLOG = 256;

    private static final int STEP = 1024;
    /** Entries that are indexed again after a crash, at most. */
    private static final int COMMIT_ENTRIES = 200_000;

    private static final int PROGRESS = 100_000;
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

    private final Path path;
    private final EntryTable entryTable;
    private final Journal journal;
    private final LuceneOptions options;
    private final WordRules words = new WordRules();
    /** The last entry when the store was opened: later ones are found in {@link PendingPostings} at once. */
    private final long base;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final StoreThreads threads;
    private final Thread thread;

    private final SeenValuesFilter met = new SeenValuesFilter();
    private final PendingGenerations recent = new PendingGenerations(GENERATION);
    private volatile IndexView view;
    private volatile IndexFiles files;
    private volatile boolean closing;
    /** Why the index cannot be written now; empty when it can. */
    private volatile String trouble = "";

    private volatile long wanted;
    /** Counts the views that an erasure asked for. */
    private final AtomicInteger viewsWanted = new AtomicInteger();

    private int viewsShown;
    private long indexed;
    private long committed;
    private long committedAt = System.nanoTime();

    Index(Path path, EntryTable entryTable, Journal journal, LuceneOptions options, StoreThreads threads)
            throws IOException {
        this.path = path;
        this.entryTable = entryTable;
        this.journal = journal;
        this.options = options;
        this.base = entryTable.rows.last();
        this.threads = threads;
        this.thread = threads.unstarted("koprik-index", this::run);
        openFiles();
    }

    void start() {
        thread.start();
    }

    WordRules words() {
        return words;
    }

    private void openFiles() throws IOException {
        IndexFiles opened = IndexFiles.open(path, journal, entryTable, words, options);
        IndexView first = new IndexView(DirectoryReader.open(opened.writer));
        indexed = first.covered();
        committed = indexed;
        files = opened;
        show(first);
        if (indexed < base) {
            LOG.info(
                    "the index shows {} of {} entries: indexing the rest from the journal",
                    indexed,
                    entryTable.rows.last());
        }
    }

    // ---- the appending thread

    /** Takes note of a new entry. */
    void added(long seq, EntryMetadata facts) {
        met.add(facts);
        recent.add(seq, facts);
    }

    /**
     * Wakes the index thread; waits when it lags too far, and sooner while a search waits for it: both need the same
     * processors.
     */
    void follow() throws StoreUnavailable {
        signal();
        long last = entryTable.rows.last();
        awaitCovered(last - MAX_RECENT);
        long searched = wanted;
        if (last - view.covered() > SEARCH_BACKLOG && searched > view.covered()) {
            awaitCovered(searched);
        }
    }

    private void signal() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    // ---- readers

    /** What readers need together: anything acknowledged is in one or the other, or in both. */
    record IndexSnapshot(List<PendingPostings> recent, IndexView view) implements AutoCloseable {
        @Override
        public void close() {
            view.close();
        }
    }

    /** What need not be looked for. */
    SeenValuesFilter met() {
        return met;
    }

    /** For posting lists. */
    IndexSnapshot read() throws StoreUnavailable {
        awaitCovered(base);
        while (true) {
            List<PendingPostings> late =
                    recent.all(); // first, since a generation goes only when the view after it shows its entries
            IndexView current = view;
            if (current.retain()) {
                return new IndexSnapshot(late, current);
            }
            if (closing) {
                throw new StoreUnavailable("the store is closed", null);
            }
        }
    }

    /** For full text: an index that shows everything acknowledged so far. */
    IndexSnapshot readWhole() throws StoreUnavailable {
        long last = entryTable.rows.last();
        if (view.covered() < last) {
            want(last);
            awaitCovered(last);
        }
        return read();
    }

    private void want(long last) {
        lock.lock();
        try {
            wanted = Math.max(wanted, last);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void awaitCovered(long seq) throws StoreUnavailable {
        if (view.covered() >= seq) {
            return;
        }
        long left = PATIENCE;
        lock.lock();
        try {
            while (view.covered() < seq) {
                if (!trouble.isEmpty() || threads.failedThread().isPresent()) {
                    throw new StoreUnavailable("the index cannot be written now: " + trouble, null);
                }
                if (closing || left <= 0) {
                    throw new StoreUnavailable(
                            "the index is being made: it shows " + view.covered() + " of " + entryTable.rows.last()
                                    + " entries",
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

    // ---- erasure

    /**
     * Begins new posting lists; only the appending thread calls it. The ones before go when the index shows them all.
     */
    void cut() {
        recent.cut();
    }

    /**
     * Removes the terms of all that was erased from the files. Returns when nobody reads the files before any more, and
     * they are gone.
     *
     * @param stopped whether the work shall end by an exception
     */
    void erase(BooleanSupplier stopped) throws IOException, StoreUnavailable {
        long last = entryTable.rows.last();
        want(last);
        awaitShown(() -> view.covered() >= last);
        ErasedTerms terms = new ErasedTerms(files(), stopped);
        Set<String> rewritten = terms.rewrite();
        IndexView before = view;
        lock.lock();
        try {
            viewsWanted.incrementAndGet();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        awaitShown(() -> view != before);
        terms.awaitGone(rewritten);
    }

    /** Waits as long as it takes: nobody waits for the answer but who erases. */
    private void awaitShown(BooleanSupplier shown) throws StoreUnavailable {
        lock.lock();
        try {
            while (!shown.getAsBoolean()) {
                requireWritable();
                threads.requireAlive();
                if (closing) {
                    throw new StoreUnavailable("the store is closed", null);
                }
                changed.await(1, TimeUnit.SECONDS);
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
        while (!closing) {
            try {
                if (files == null) {
                    openFiles();
                }
                step();
            } catch (IOException | RuntimeException e) {
                String now = e.toString();
                if (!now.equals(trouble)) {
                    LOG.warn("the index cannot be written; it is tried again every second", e);
                }
                abandon();
                showFromMemory();
                fail(now);
                pause(() -> true);
            }
        }
    }

    private void step() throws IOException {
        long last = entryTable.rows.last();
        long to = Math.min(last, indexed + STEP);
        while (indexed < to && !asked()) {
            files.add(indexed + 1, entryTable);
            indexed++;
            if (indexed < base && indexed % PROGRESS == 0) {
                LOG.info("indexed {} of {} entries", indexed, base);
            }
        }
        long shown = view.covered();
        boolean caughtUp = shown < base && indexed >= base;
        if (shown >= base && !met.isWhole()) {
            met.addAll(view.reader()); // later entries are added as they come
        }
        int views = viewsWanted.get();
        boolean again = views != viewsShown;
        viewsShown = views;
        if (asked() || again || caughtUp || indexed - shown >= GENERATION || !trouble.isEmpty() || overcome()) {
            refresh();
            trouble = "";
        }
        long waiting = indexed - committed;
        boolean due = System.nanoTime() - committedAt >= options.commitEvery().toNanos();
        if (waiting >= COMMIT_ENTRIES || (due && waiting > 0)) {
            commit();
        }
        pause(() -> indexed == entryTable.rows.last() && wanted <= view.covered() && viewsWanted.get() == viewsShown);
    }

    /** Has readers see the last entries though the disk takes no files; more than these take too much memory. */
    private void showFromMemory() {
        long last = entryTable.rows.last();
        long shown = view.covered();
        if (shown < base || shown == last || last - shown > 2L * GENERATION) {
            return;
        }
        try {
            show(MemoryView.of(view, entryTable, last, words));
        } catch (IOException | RuntimeException e) {
            LOG.warn("entries after {} cannot be searched for in memory either", shown, e);
        }
    }

    /** Whether the files hold what a view shows from memory. */
    private boolean overcome() {
        return view.isStandIn() && indexed >= view.covered();
    }

    /** A search waits for entries that are indexed and not shown. */
    private boolean asked() {
        long last = wanted;
        return last > view.covered() && indexed >= last;
    }

    /** Who waits for the index learns at once that it cannot be written. */
    private void fail(String now) {
        lock.lock();
        try {
            trouble = now;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** @throws StoreUnavailable when the index cannot be written now */
    void requireWritable() throws StoreUnavailable {
        if (!trouble.isEmpty()) {
            throw new StoreUnavailable("the index cannot be written now: " + trouble, null);
        }
    }

    private void refresh() throws IOException {
        show(new IndexView(DirectoryReader.open(files.writer)));
    }

    /** Shows a new view, unless it was opened anew and knows less than the old one, which then stays. */
    private void show(IndexView next) {
        IndexView old = view;
        if (old != null && old.covered() > next.covered()) {
            next.close();
            return;
        }
        lock.lock();
        try {
            view = next;
            recent.shown(next.covered());
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (old != null) {
            old.close();
        }
    }

    private void commit() throws IOException {
        files.commit();
        journal.forceMark(); // as often as the index, and not by the thread that appends
        committed = indexed;
        committedAt = System.nanoTime();
    }

    Path path() {
        return path;
    }

    /** The files of the index, for a snapshot. */
    IndexFiles files() throws StoreUnavailable {
        IndexFiles current = files;
        if (current == null) {
            throw new StoreUnavailable("the index cannot be written now", null);
        }
        return current;
    }

    long bytes() throws IOException {
        IndexFiles current = files;
        return current == null ? 0 : current.bytes();
    }

    private void abandon() {
        IndexFiles broken = files;
        files = null;
        if (broken != null) {
            try {
                broken.close();
            } catch (IOException | RuntimeException e) {
                LOG.warn("closing the broken index failed too", e);
            }
        }
    }

    /** Waits for something to do, at most a second. */
    private void pause(BooleanSupplier idle) {
        long left = TimeUnit.SECONDS.toNanos(1);
        lock.lock();
        try {
            while (!closing && left > 0 && idle.getAsBoolean()) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            closing = true;
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    /** Makes the index durable and lets go of it. */
    @Override
    public void close() throws IOException {
        closing = true;
        signal();
        ThreadEnd.join(thread);
        if (files != null) {
            try (IndexFiles last = files) {
                long behind = entryTable.rows.last() - indexed;
                for (long i = 0; i < behind && behind <= GENERATION; i++) { // more than that waits for the next opening
                    last.add(++indexed, entryTable);
                }
                last.commit();
            } finally {
                files = null;
                view.close();
                words.close();
            }
        }
    }
}
