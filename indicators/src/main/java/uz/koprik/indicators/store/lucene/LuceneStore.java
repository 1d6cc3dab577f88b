package uz.koprik.indicators.store.lucene;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import uz.koprik.crypto.PrivateFiles;
import uz.koprik.indicators.observable.network.NetworkKey;
import uz.koprik.indicators.policy.Audience;
import uz.koprik.indicators.policy.ReleaseTerms;
import uz.koprik.indicators.store.AppendResult;
import uz.koprik.indicators.store.Carriers;
import uz.koprik.indicators.store.Draft;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.Erasure;
import uz.koprik.indicators.store.ErasureOrder;
import uz.koprik.indicators.store.RangeCarriers;
import uz.koprik.indicators.store.Search;
import uz.koprik.indicators.store.StoreStatus;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.Versions;
import uz.koprik.indicators.store.entries.EncodedDraft;
import uz.koprik.indicators.store.entries.EntryRows;
import uz.koprik.indicators.store.entries.EntryTable;
import uz.koprik.indicators.store.entries.EntryTableStore;
import uz.koprik.indicators.store.entries.RenewedDraft;
import uz.koprik.indicators.store.entries.StoreThreads;
import uz.koprik.indicators.store.entries.WriteQueue;
import uz.koprik.indicators.store.journal.AcknowledgedMarks;
import uz.koprik.indicators.store.journal.DamagedJournal;
import uz.koprik.indicators.store.journal.DirectoryLock;
import uz.koprik.indicators.store.journal.Disk;
import uz.koprik.indicators.store.journal.HighWaterMark;
import uz.koprik.indicators.store.journal.Journal;
import uz.koprik.indicators.store.journal.JournalRecord;
import uz.koprik.indicators.store.journal.JournalReplay;
import uz.koprik.indicators.store.journal.LossPolicy;
import uz.koprik.indicators.store.journal.SnapshotFiles;

/**
 * The embedded store, the default of a centre: one directory, one process, no set-up.
 *
 * <p>{@code journal/} is the truth; {@code mark} says how far it was acknowledged; {@code index/} is made again from it
 * when it is missing or broken; {@code lock} keeps other processes away.
 */
public final class LuceneStore extends EntryTableStore {

    private final Path directory;
    private final DirectoryLock lock;
    private final Disk disk;
    private final Journal journal;
    private final Index index;
    private final Committer committer;
    private final WriteQueue queue;
    private final StoreThreads threads;
    private final LongSupplier micros;
    private final PostingLists lists;
    private final LuceneSearcher searching;
    private final JournalHeads heads;
    private final Eraser eraser;
    private volatile boolean closed;

    private LuceneStore(
            Path directory,
            DirectoryLock lock,
            Disk disk,
            Journal journal,
            EntryTable entryTable,
            JournalHeads heads,
            Index index,
            Committer committer,
            WriteQueue queue,
            StoreThreads threads,
            LongSupplier micros) {
        super(entryTable);
        this.micros = micros;
        this.directory = directory;
        this.lock = lock;
        this.disk = disk;
        this.journal = journal;
        this.index = index;
        this.committer = committer;
        this.queue = queue;
        this.threads = threads;
        this.heads = heads;
        this.eraser = new Eraser(entryTable, heads, journal, index, committer, queue, micros);
        this.lists = new PostingLists(entryTable, index);
        this.searching = new LuceneSearcher(entryTable, index);
    }

    /** Opens a store as most centres want it. */
    public static LuceneStore open(Path directory) throws IOException {
        return open(directory, LuceneOptions.DEFAULT);
    }

    /**
     * Opens a store, or makes an empty one. Checks the whole journal; what is missing in the index is indexed in the
     * background while searches wait.
     *
     * @throws DamagedJournal when entries that were acknowledged cannot be read
     * @throws IOException when the directory is in use by another process, or cannot be read or written
     */
    public static LuceneStore open(Path directory, LuceneOptions options) throws IOException {
        return open(directory, options, Disk.REAL, () -> micros(InstantSource.system()));
    }

    /**
     * Opens a store that others know something of.
     *
     * @param witnesses what has seen entries: when the journal holds fewer, it is damaged
     * @param policy decides when the journal is damaged
     * @param clock by which entries and withdrawals are dated
     */
    public static LuceneStore open(
            Path directory, List<AcknowledgedMarks.Witness> witnesses, LossPolicy policy, InstantSource clock)
            throws IOException {
        return open(directory, LuceneOptions.DEFAULT, Disk.REAL, () -> micros(clock), witnesses, policy);
    }

    private static long micros(InstantSource clock) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
    }

    /** For tests: with faults and a clock of their own. */
    static LuceneStore open(Path directory, LuceneOptions options, Disk disk, LongSupplier micros) throws IOException {
        return open(directory, options, disk, micros, List.of(), LossPolicy.REFUSE);
    }

    static LuceneStore open(
            Path directory,
            LuceneOptions options,
            Disk disk,
            LongSupplier micros,
            List<AcknowledgedMarks.Witness> witnesses,
            LossPolicy policy)
            throws IOException {
        PrivateFiles.folders(directory);
        DirectoryLock lock = DirectoryLock.take(directory);
        Journal journal = new Journal(directory.resolve("journal"), options.segmentBytes(), disk);
        try {
            EntryRows rows = new EntryRows();
            JournalHeads heads = new JournalHeads(rows, journal);
            EntryTable entryTable = new EntryTable(rows, heads);
            MarkReport reading = MarkReport.of(directory);
            AcknowledgedMarks known = reading.acknowledged();
            for (AcknowledgedMarks.Witness witness : witnesses) {
                known = known.with(witness);
            }
            JournalReplay.run(journal, entryTable::apply, known, policy);
            reading.log(entryTable.rows.last());
            journal.keep(HighWaterMark.open(HighWaterMark.file(directory)));
            journal.forceMark();
            StoreThreads threads = new StoreThreads();
            Index index = new Index(directory.resolve("index"), entryTable, journal, options, threads);
            Committer committer = new Committer(entryTable, journal, index, micros);
            WriteQueue queue = new WriteQueue(committer, options.groupBytes(), Duration.ofHours(1), threads);
            index.start();
            queue.start();
            LuceneStore store = new LuceneStore(
                    directory, lock, disk, journal, entryTable, heads, index, committer, queue, threads, micros);
            if (entryTable.erasures().latest() > 0) {
                threads.unstarted("koprik-erasure", store.eraser::finishEarlier).start();
            }
            return store;
        } catch (IOException | RuntimeException e) {
            journal.close();
            lock.close();
            throw e;
        }
    }

    @Override
    public List<AppendResult> append(List<Draft> batch) throws StoreUnavailable {
        return batch.isEmpty()
                ? List.of()
                : queue.append(batch.stream().map(EncodedDraft::of).toList());
    }

    @Override
    public int withdraw(String id, Versions versions, Audience audience, String reason, String by)
            throws StoreUnavailable {
        return withdraw(id, () -> entryTable.chosen(id, versions, audience), reason, by);
    }

    @Override
    public int withdrawEntries(String id, Collection<Long> entries, String reason, String by) throws StoreUnavailable {
        return withdraw(id, () -> entryTable.inView(id, entries), reason, by);
    }

    private int withdraw(String id, Supplier<List<Long>> chosen, String reason, String by) throws StoreUnavailable {
        return queue.change(() -> {
            List<Long> seqs = chosen.get();
            if (!seqs.isEmpty()) {
                long at = micros.getAsLong();
                committer.append(EntryTable.withdrawRecord(id, seqs, reason, by, at));
            }
            return seqs.size();
        });
    }

    @Override
    public void restrict(Map<Long, ReleaseTerms> bySeq) throws StoreUnavailable {
        queue.change(() -> {
            Map<Long, ReleaseTerms> stricter = entryTable.stricter(bySeq);
            if (!stricter.isEmpty()) {
                committer.append(EntryTable.restrictRecord(stricter));
            }
            return stricter.size();
        });
    }

    @Override
    public void erase(List<ErasureOrder> orders) throws StoreUnavailable {
        requireOpen();
        eraser.erase(orders);
    }

    @Override
    public Map<String, Erasure> erasures(Collection<String> ids) throws StoreUnavailable {
        requireOpen();
        Map<String, Erasure> erasures = new LinkedHashMap<>();
        for (String id : ids) {
            entryTable.erasures().of(id, heads::erased).ifPresent(erasure -> erasures.put(id, erasure));
        }
        return erasures;
    }

    /** For tests: the part that erases. */
    Eraser eraser() {
        return eraser;
    }

    @Override
    protected List<RenewedDraft> renewed(List<RenewedDraft> drafts) throws StoreUnavailable {
        return queue.change(() -> committer.renew(drafts));
    }

    @Override
    public Map<String, Carriers> carriers(Collection<String> observables, Audience audience, int freshest)
            throws StoreUnavailable {
        requireOpen();
        return lists.carriers(observables, audience, freshest);
    }

    @Override
    public Map<NetworkKey.Span, RangeCarriers> within(
            Collection<NetworkKey.Span> places, Audience audience, int freshest, int most) throws StoreUnavailable {
        requireOpen();
        return lists.within(places, audience, freshest, most);
    }

    @Override
    public List<Entry> referrers(String id, Versions versions, Audience audience) throws StoreUnavailable {
        requireOpen();
        return lists.referrers(id, versions, audience);
    }

    @Override
    public Search.Result search(Search search) throws StoreUnavailable {
        requireOpen();
        return searching.search(search);
    }

    @Override
    public StoreStatus status() {
        long last = entryTable.rows.last();
        try {
            return new StoreStatus(last, last, entryTable.rows.added(last), journal.bytes() + index.bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void onThreadFailure(BiConsumer<String, Throwable> listener) {
        threads.onFailure(listener);
    }

    @Override
    public void check() throws StoreUnavailable {
        requireOpen();
        threads.requireAlive();
        index.requireWritable();
        queue.change(() -> {
            journal.repair();
            DiskProbe.run(directory, disk);
            return true;
        });
    }

    @Override
    public void snapshot(Path target) throws IOException, StoreUnavailable {
        requireOpen();
        eraser.undisturbed(() -> Snapshot.write(target, journal, index));
    }

    /**
     * Makes a store from a snapshot; {@link #open} it afterwards.
     *
     * @param target a directory that is empty or does not exist
     * @throws IOException when the snapshot is incomplete or damaged, or the target is not empty; nothing usable is
     *     left
     */
    public static void restore(Path snapshot, Path target) throws IOException {
        SnapshotFiles.restore(snapshot, target);
        try (Journal journal =
                new Journal(target.resolve("journal"), LuceneOptions.DEFAULT.segmentBytes(), Disk.REAL)) {
            JournalReplay.run(journal, (segment, offset, position) -> {});
            journal.keep(HighWaterMark.open(HighWaterMark.file(target)));
        }
    }

    /**
     * Checks the journal of a store that is closed, and changes nothing.
     *
     * @param witnesses as for {@link #open}
     * @return what was found
     * @throws DamagedJournal when it holds less than was acknowledged
     * @throws IOException when it is in use, or cannot be read
     */
    @SuppressWarnings("try") // the lock is only held
    public static JournalReport inspect(Path directory, List<AcknowledgedMarks.Witness> witnesses) throws IOException {
        if (!Files.isDirectory(directory.resolve("journal"))) {
            throw new IOException("there is no journal in " + directory);
        }
        try (DirectoryLock lock = DirectoryLock.take(directory)) {
            return read(directory, witnesses);
        }
    }

    /**
     * Reads the journal of a store that is open, and changes nothing. A write at the same time may look like damage, so
     * a finding is certain when a second call has it, too.
     *
     * @return what was found
     * @throws DamagedJournal when it holds less than was acknowledged
     */
    public static JournalReport recheck(Path directory) throws IOException {
        return read(directory, List.of());
    }

    private static JournalReport read(Path directory, List<AcknowledgedMarks.Witness> witnesses) throws IOException {
        try (Journal journal =
                new Journal(directory.resolve("journal"), LuceneOptions.DEFAULT.segmentBytes(), Disk.REAL)) {
            MarkReport reading = MarkReport.of(directory);
            AcknowledgedMarks known = reading.acknowledged();
            for (AcknowledgedMarks.Witness witness : witnesses) {
                known = known.with(witness);
            }
            AtomicLong entries = new AtomicLong();
            JournalReplay.inspect(
                    journal,
                    (segment, offset, position) -> {
                        if (JournalRecord.kind(segment, offset) == JournalRecord.ENTRY) {
                            entries.incrementAndGet();
                        }
                    },
                    known);
            return new JournalReport(
                    entries.get(),
                    known.seq(),
                    reading.trouble().isEmpty()
                            ? ""
                            : "the file " + HighWaterMark.file(directory) + " " + reading.trouble());
        }
    }

    @Override
    protected void requireOpen() throws StoreUnavailable {
        if (closed) {
            throw new StoreUnavailable("the store is closed", null);
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        eraser.stop();
        queue.close();
        try (lock;
                journal) {
            try {
                index.close();
            } finally {
                eraser.awaitEnd();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the store in " + directory + " was not closed well; nothing acknowledged is lost", e);
        }
    }
}
