package uz.koprik.indicators.store.elasticsearch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.elasticsearch.client.RetryPolicy;
import uz.koprik.indicators.store.journal.EntryRecord;
import uz.koprik.indicators.store.journal.JournalRecord;

/**
 * Puts what stays of erased entries in their place in the log, commit by commit. Each commit is replaced as a whole,
 * and only while it is what was read; so two gateways may do the same at once, and either may end at any moment.
 */
final class LogRewriter {

    private final CommitLog log;
    private final RetryPolicy calls;
    private final Predicate<String> keepsReference;

    /** @param keepsReference see {@link uz.koprik.indicators.store.journal.ErasedRecord#of} */
    LogRewriter(CommitLog log, RetryPolicy calls, Predicate<String> keepsReference) {
        this.log = log;
        this.calls = calls;
        this.keepsReference = keepsReference;
    }

    /** A commit as it is to be, what stays of its erased entries, and whether that is new. */
    private record Rewritten(LogDocument commit, List<IndexEntry> rest, boolean changed) {}

    /**
     * Rewrites one commit. When this returns, every copy in sync has it.
     *
     * @param erased entries that were erased; those of other commits do not count
     * @return what stays of those in this commit
     */
    List<IndexEntry> rewrite(long number, Set<Long> erased) throws StoreUnavailable {
        RetryPolicy.RetryRun retrying = calls.retrying("rewrite the log");
        while (true) {
            CommitLog.FoundCommit found = log.find(number)
                    .orElseThrow(() -> new StoreUnavailable(
                            "the log lacks commit " + number + ": restore the store from a snapshot", null));
            Rewritten rewritten = rewritten(found.commit(), erased);
            if (rewritten.changed ? log.rewrite(found, rewritten.commit) : log.settled(found)) {
                return rewritten.rest;
            }
            retrying.pauseAfter(new IOException("commit " + number + " is being rewritten by another gateway"));
        }
    }

    private Rewritten rewritten(LogDocument commit, Set<Long> erased) throws StoreUnavailable {
        ByteBuffer payload = ByteBuffer.wrap(commit.payload());
        List<byte[]> records = new ArrayList<>();
        List<IndexEntry> rest = new ArrayList<>();
        boolean changed = false;
        for (int at = 0; at < payload.capacity(); at = JournalRecord.end(payload, at)) {
            if (!JournalRecord.intact(payload, at, payload.capacity())) {
                throw new StoreUnavailable(
                        "commit " + commit.number() + " of the log is damaged at byte " + at
                                + ": restore the store from a snapshot",
                        null);
            }
            byte[] record = new byte[JournalRecord.end(payload, at) - at];
            payload.get(at, record);
            if (JournalRecord.kind(payload, at) == JournalRecord.ENTRY
                    && erased.contains(EntryRecord.seq(payload, at))) {
                IndexEntry stays = IndexEntry.erased(record, keepsReference);
                changed |= !Arrays.equals(stays.record(), record);
                record = stays.record();
                rest.add(stays);
            }
            records.add(record);
        }
        return new Rewritten(changed ? with(commit, records) : commit, rest, changed);
    }

    /** The same commit, in the same place between the others, with other records. */
    private static LogDocument with(LogDocument commit, List<byte[]> records) {
        ByteBuffer payload = ByteBuffer.allocate(
                records.stream().mapToInt(record -> record.length).sum());
        records.forEach(payload::put);
        return new LogDocument(
                commit.number(),
                commit.writer(),
                commit.attempt(),
                commit.previous(),
                commit.indexed(),
                commit.records(),
                payload.capacity(),
                payload.array());
    }
}
