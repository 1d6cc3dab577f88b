package uz.koprik.indicators.store.lucene;

import java.io.IOException;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.indicators.store.ErasureOrder;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.entries.EntryTable;
import uz.koprik.indicators.store.entries.RowBlock;
import uz.koprik.indicators.store.entries.WriteQueue;
import uz.koprik.indicators.store.journal.Journal;
import uz.koprik.indicators.store.journal.SegmentRewrite;

/**
 * Erases entries: from every view first, then from the files of the journal, at last from the index. Each step may be
 * repeated, so that the next caller finishes what was begun.
 */
final class Eraser {

    private static final Logger LOG = LoggerFactory.getLogger(Eraser.class);
    private static final int COLLECTIONS = 3;
    private static final long COLLECTION_MILLIS = 500;
    private static final long AGAIN_SECONDS = 60;

    /** What has just been done. */
    enum Step {
        RECORDED,
        SETTLED,
        FILE_REWRITTEN,
        JOURNAL_REWRITTEN,
        INDEX_REWRITTEN
    }

    private final EntryTable entryTable;
    private final JournalHeads heads;
    private final Journal journal;
    private final Index index;
    private final Committer committer;
    private final WriteQueue queue;
    private final LongSupplier micros;
    private final ReentrantLock files = new ReentrantLock(true);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ReferenceQueue<ByteBuffer> unmapped = new ReferenceQueue<>();
    private final Set<Reference<ByteBuffer>> mapped = new HashSet<>();
    /** The moment of the last erasure of which no byte is left. */
    private long done;

    private volatile Consumer<Step> watcher = step -> {};

    Eraser(
            EntryTable entryTable,
            JournalHeads heads,
            Journal journal,
            Index index,
            Committer committer,
            WriteQueue queue,
            LongSupplier micros) {
        this.entryTable = entryTable;
        this.heads = heads;
        this.journal = journal;
        this.index = index;
        this.committer = committer;
        this.queue = queue;
        this.micros = micros;
    }

    /** For tests: what takes each step, and may end it by an exception. */
    void watch(Consumer<Step> next) {
        watcher = next;
    }

    /** Something to do while no file is replaced. */
    interface FileWork {
        void run() throws IOException, StoreUnavailable;
    }

    /** Does something while no file is replaced; waits for an erasure that is under way. */
    void undisturbed(FileWork work) throws IOException, StoreUnavailable {
        files.lock();
        try {
            work.run();
        } finally {
            files.unlock();
        }
    }

    /** Erases all entries of these ids; returns when nothing is left of them. */
    void erase(List<ErasureOrder> orders) throws StoreUnavailable {
        for (ErasureOrder order : orders) {
            record(order);
        }
        watcher.accept(Step.RECORDED);
        finish();
    }

    private void record(ErasureOrder order) throws StoreUnavailable {
        long known = entryTable.rows.last();
        NavigableSet<Long> found = new TreeSet<>();
        order.ids()
                .forEach(id -> found.addAll(
                        entryTable.erasures().erasable(id))); // here, as appends wait for what the writer does
        Set<String> wanted = new HashSet<>(order.ids());
        queue.change(() -> {
            record(wanted, found, known, order.rule(), order.by());
            return true;
        });
    }

    private void record(Set<String> ids, NavigableSet<Long> found, long known, String rule, String by)
            throws IOException {
        for (long seq = known + 1; seq <= entryTable.rows.last(); seq++) {
            String id = heads.id(seq);
            if (ids.contains(id)) {
                found.addAll(entryTable.erasures().erasable(id));
            }
        }
        List<Long> seqs =
                found.stream().filter(seq -> !entryTable.erasures().erased(seq)).toList();
        if (!seqs.isEmpty()) {
            committer.append(entryTable.erasures().records(seqs, rule, by, micros.getAsLong()));
        }
    }

    /** Finishes what another process began, in the thread that calls. */
    void finishEarlier() {
        while (true) {
            try {
                finish();
                return;
            } catch (StoreUnavailable e) {
                if (closed.getCount() == 0) {
                    return;
                }
                LOG.warn("an erasure that was begun is not finished yet; it is tried again every minute", e);
            }
            try {
                if (closed.await(AGAIN_SECONDS, TimeUnit.SECONDS)) {
                    return;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private boolean stopped() {
        return closed.getCount() == 0;
    }

    /** Removes from all files what was erased so far. */
    private void finish() throws StoreUnavailable {
        files.lock();
        try {
            long latest = entryTable.erasures().latest();
            if (done >= latest) {
                return;
            }
            long began = System.nanoTime();
            long before = journal.bytes() + index.bytes();
            NavigableSet<Integer> concerned = concerned();
            if (!concerned.isEmpty()) {
                queue.change(() -> {
                    index.cut();
                    journal.settle(concerned.last() == journal.lastFile());
                    return true;
                });
                watcher.accept(Step.SETTLED);
            }
            for (int number : concerned) {
                keep(SegmentRewrite.run(journal, number, new RewritePlan()));
                watcher.accept(Step.FILE_REWRITTEN);
            }
            watcher.accept(Step.JOURNAL_REWRITTEN);
            index.erase(this::stopped);
            watcher.accept(Step.INDEX_REWRITTEN);
            awaitUnmapped();
            done = latest;
            if (!concerned.isEmpty()) {
                LOG.info(
                        "erased content from {} journal files and the index in {} ms; journal and index had {} bytes and have {}",
                        concerned.size(),
                        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began),
                        before,
                        journal.bytes() + index.bytes());
            }
        } catch (IOException | RuntimeException e) {
            throw new StoreUnavailable(
                    "what was erased is out of every view, but not out of all files: " + e.getMessage(), e);
        } finally {
            files.unlock();
        }
    }

    /** The numbers of the files that have content of erased entries. */
    private NavigableSet<Integer> concerned() {
        NavigableSet<Integer> files = new TreeSet<>();
        long last = entryTable.rows.last();
        for (long seq = 1; seq <= last; seq++) {
            RowBlock block = entryTable.rows.block(seq);
            if (!block.anyErasure()) {
                seq = RowBlock.lastOf(seq);
            } else if (entryTable.erasures().erasedAfter(seq, done)) {
                long position = block.position[RowBlock.index(seq)];
                if (!files.contains(Journal.number(position)) && !journal.isErased(position)) {
                    files.add(Journal.number(position));
                }
            }
        }
        return files;
    }

    private final class RewritePlan implements SegmentRewrite.Plan {
        @Override
        public boolean erased(long seq) {
            return entryTable.erasures().erased(seq);
        }

        @Override
        public boolean keepsReference(String id) {
            return entryTable.isHouse(id);
        }

        @Override
        public boolean stopped() {
            return Eraser.this.stopped();
        }

        @Override
        public void moved(long seq, long position) {
            entryTable.rows.block(seq).position[RowBlock.index(seq)] = position;
        }
    }

    private void keep(ByteBuffer old) {
        mapped.add(new PhantomReference<>(old, unmapped));
    }

    /**
     * The disk gives the room of a replaced file back when nobody has it mapped: when the last entry in it that anybody
     * holds was collected.
     */
    private void awaitUnmapped() throws IOException {
        try {
            for (int i = 0; i < COLLECTIONS && !mapped.isEmpty() && !stopped(); i++) {
                System.gc();
                for (Reference<?> gone = unmapped.remove(COLLECTION_MILLIS);
                        gone != null;
                        gone = mapped.isEmpty() ? null : unmapped.remove(COLLECTION_MILLIS)) {
                    mapped.remove(gone);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the room of replaced files was given back", e);
        }
        if (!mapped.isEmpty()) {
            LOG.warn(
                    "{} replaced files of the journal are still read: the disk gives their room back when the last reader ends",
                    mapped.size());
        }
    }

    /** Ends what is under way, after which nothing is begun any more. */
    void stop() {
        closed.countDown();
    }

    /** Returns when nothing is under way. */
    void awaitEnd() {
        files.lock();
        try {
            LOG.debug("no file of the journal is rewritten any more");
        } finally {
            files.unlock();
        }
    }
}
