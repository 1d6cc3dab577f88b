package uz.koprik.indicators.store.elasticsearch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.indicators.store.AppendResult;
import uz.koprik.indicators.store.EntryMetadata;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.entries.EncodedDraft;
import uz.koprik.indicators.store.entries.EntryTable;
import uz.koprik.indicators.store.entries.Erasures;
import uz.koprik.indicators.store.entries.Placement;
import uz.koprik.indicators.store.entries.RenewedDraft;
import uz.koprik.indicators.store.entries.WriteQueue;
import uz.koprik.indicators.store.journal.EntryRecord;
import uz.koprik.indicators.store.journal.JournalRecord;

/**
 * Makes commits. Each is judged against everything before it; if another gateway was first, its commit is taken over
 * and ours is judged anew.
 */
final class CommitWriter implements WriteQueue.Writer {

    private static final Logger LOG = LoggerFactory.getLogger(CommitWriter.class);
    private static final long LONGEST_PAUSE = 20;

    private final CommitLog log;
    private final EntryTable entryTable;
    private final IndexQueue backlog;
    private final EntryIndexer view;
    private final SeenValues met;
    private final CommitEnds ends;
    private final ClusterEraser eraser;
    private final LongSupplier micros;
    private final int groupBytes;
    private final String writer = UUID.randomUUID().toString();
    private long head;
    private long records;
    private String lastAttempt;
    private volatile long othersWrote;
    private volatile String diverged = "";

    CommitWriter(
            CommitLog log,
            EntryTable entryTable,
            IndexQueue backlog,
            EntryIndexer view,
            SeenValues met,
            CommitEnds ends,
            ClusterEraser eraser,
            LongSupplier micros,
            int groupBytes,
            LogDocument founding) {
        this.log = log;
        this.entryTable = entryTable;
        this.backlog = backlog;
        this.view = view;
        this.met = met;
        this.ends = ends;
        this.eraser = eraser;
        this.micros = micros;
        this.groupBytes = groupBytes;
        this.lastAttempt = founding.attempt();
    }

    /** The last commit that was taken over. */
    long head() {
        return head;
    }

    /** The last commit of another gateway that was taken over. */
    long othersWrote() {
        return othersWrote;
    }

    @Override
    public List<List<AppendResult>> write(List<List<EncodedDraft>> batches) throws IOException, StoreUnavailable {
        List<List<AppendResult>> outcomes = new ArrayList<>();
        for (List<EncodedDraft> batch : batches) {
            outcomes.add(new ArrayList<>(batch.size()));
        }
        for (Group group : groups(batches)) {
            List<AppendResult> judged = writeOne(group.drafts);
            for (int i = 0; i < judged.size(); i++) {
                outcomes.get(group.batch.get(i)).add(judged.get(i));
            }
        }
        return outcomes;
    }

    /** Drafts that become one commit, and to which batch each belongs. */
    private record Group(List<EncodedDraft> drafts, List<Integer> batch) {}

    private List<Group> groups(List<List<EncodedDraft>> batches) {
        List<Group> groups = new ArrayList<>();
        Group current = new Group(new ArrayList<>(), new ArrayList<>());
        long bytes = 0;
        for (int i = 0; i < batches.size(); i++) {
            for (EncodedDraft draft : batches.get(i)) {
                if (!current.drafts.isEmpty() && bytes + draft.record().length > groupBytes) {
                    groups.add(current);
                    current = new Group(new ArrayList<>(), new ArrayList<>());
                    bytes = 0;
                }
                current.drafts.add(draft);
                current.batch.add(i);
                bytes += draft.record().length;
            }
        }
        groups.add(current);
        return groups;
    }

    private List<AppendResult> writeOne(List<EncodedDraft> drafts) throws IOException, StoreUnavailable {
        backlog.awaitRoom();
        Placement[] placement = new Placement[1];
        commit(() -> {
            placement[0] = Placement.of(List.of(drafts), entryTable, micros);
            List<EncodedDraft> accepted = placement[0].accepted();
            return new Proposal(
                    accepted.stream().map(EncodedDraft::record).toList(),
                    accepted.stream().map(EncodedDraft::facts).toList());
        });
        return placement[0].outcomes().getFirst();
    }

    /** Stores entries once more; returns those that were. */
    List<RenewedDraft> renew(List<RenewedDraft> drafts) throws IOException, StoreUnavailable {
        backlog.awaitRoom();
        List<RenewedDraft> done = new ArrayList<>();
        commit(() -> {
            done.clear();
            done.addAll(RenewedDraft.placed(drafts, entryTable, micros));
            return new Proposal(
                    done.stream().map(RenewedDraft::record).toList(),
                    done.stream().map(RenewedDraft::facts).toList());
        });
        return done;
    }

    /**
     * Records for one commit.
     *
     * @param facts what the entries among them say, in their order
     */
    record Proposal(List<byte[]> records, List<EntryMetadata> facts) {

        static final Proposal NOTHING = new Proposal(List.of(), List.of());

        /** A change of what is there, with no entries. */
        static Proposal of(byte[] change) {
            return new Proposal(List.of(change), List.of());
        }
    }

    /**
     * Makes one commit of records, or none if there are none to make.
     *
     * @param made makes the records anew, against the catalogue as it then is, whenever another gateway was first
     */
    void commit(Supplier<Proposal> made) throws IOException, StoreUnavailable {
        while (true) {
            requireWhole();
            Proposal proposal = made.get();
            List<byte[]> fresh = proposal.records();
            if (fresh.isEmpty()) {
                if (follow()) {
                    continue; // to say that there is nothing to do takes knowing what is there
                }
                return;
            }
            ByteBuffer payload = ByteBuffer.allocate(
                    fresh.stream().mapToInt(record -> record.length).sum());
            for (byte[] record : fresh) {
                JournalRecord.seal(record, 0);
                payload.put(record);
            }
            LogDocument commit = new LogDocument(
                    head + 1,
                    writer,
                    UUID.randomUUID().toString(),
                    lastAttempt,
                    view.indexedCommit(),
                    records + fresh.size(),
                    payload.capacity(),
                    payload.array());
            if (log.create(commit)) {
                takeOver(commit, fresh, proposal.facts());
                return;
            }
            LOG.debug("another gateway made commit {} first", commit.number());
            while (!follow()) {
                pause(); // it is not on all copies yet
            }
        }
    }

    private static void pause() throws StoreUnavailable {
        try {
            Thread.sleep(1 + ThreadLocalRandom.current().nextLong(LONGEST_PAUSE));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailable("interrupted while writing", e);
        }
    }

    /** Takes over what others wrote. */
    @Override
    public void idle() throws IOException, StoreUnavailable {
        follow();
    }

    /** Takes over what others wrote; whether there was anything. */
    boolean follow() throws IOException, StoreUnavailable {
        boolean any = false;
        List<LogDocument> found = log.after(head);
        while (!found.isEmpty()) {
            for (LogDocument commit : found) {
                take(commit);
            }
            any = true;
            found = log.after(head);
        }
        return any;
    }

    /** Takes over one commit as it was read: the next. */
    void take(LogDocument commit) throws IOException, StoreUnavailable {
        ByteBuffer payload = ByteBuffer.wrap(commit.payload());
        List<byte[]> taken = new ArrayList<>();
        List<EntryMetadata> facts = new ArrayList<>();
        for (int at = 0; at < payload.capacity(); at = JournalRecord.end(payload, at)) {
            if (!JournalRecord.intact(payload, at, payload.capacity())) {
                diverged = "commit " + commit.number() + " of the log is damaged at byte " + at
                        + ": restore the store from a snapshot";
                throw new StoreUnavailable(diverged, null);
            }
            byte[] record = new byte[JournalRecord.end(payload, at) - at];
            payload.get(at, record);
            taken.add(record);
            if (JournalRecord.kind(payload, at) == JournalRecord.ENTRY) {
                facts.add(EntryRecord.facts(payload, at));
            }
        }
        takeOver(commit, taken, facts);
    }

    private void takeOver(LogDocument commit, List<byte[]> taken, List<EntryMetadata> facts)
            throws IOException, StoreUnavailable {
        requireWhole();
        if (commit.number() != head + 1 || !commit.previous().equals(lastAttempt)) {
            diverged = "commit " + commit.number() + " of the log does not follow what this gateway took for commit "
                    + head + ": start the gateway anew, so that it reads the log from its beginning";
            throw new StoreUnavailable(diverged, null);
        }
        boolean own = commit.writer().equals(writer);
        Iterator<EntryMetadata> said = facts.iterator();
        List<IndexEntry> entries = new ArrayList<>(facts.size());
        for (byte[] record : taken) {
            if (JournalRecord.kind(ByteBuffer.wrap(record), 0) == JournalRecord.ENTRY) {
                entries.add(IndexEntry.of(record, said.next()));
            }
        }
        if (!entries.isEmpty() && !view.has(commit.number(), entries)) {
            backlog.add(commit.number(), entries, own);
        }
        for (IndexEntry entry : entries) {
            view.added(entry.seq(), entry.facts()); // first, so that what is in view is also found
            met.add(entry.seq(), entry.facts());
        }
        for (byte[] record : taken) {
            entryTable.apply(ByteBuffer.wrap(record), 0, 0);
        }
        ends.add(commit.number(), entryTable.rows.last());
        for (byte[] record : taken) {
            if (JournalRecord.kind(ByteBuffer.wrap(record), 0) == JournalRecord.ERASE) {
                Set<Long> erased = Set.copyOf(Erasures.seqs(ByteBuffer.wrap(record), 0));
                view.erased(erased, entryTable::isHouse, entryTable.rows.last());
                eraser.noticed(commit.number(), erased);
            }
        }
        if (!own) {
            othersWrote = commit.number();
        }
        head = commit.number();
        records = commit.records();
        lastAttempt = commit.attempt();
        if (commit.indexed() > view.indexedCommit()) {
            view.othersIndexed(commit.indexed());
        }
    }

    /** @throws StoreUnavailable when this gateway and the log do not agree any more */
    void requireWhole() throws StoreUnavailable {
        if (!diverged.isEmpty()) {
            throw new StoreUnavailable(diverged, null);
        }
    }
}
