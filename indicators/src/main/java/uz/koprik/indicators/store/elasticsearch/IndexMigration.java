package uz.koprik.indicators.store.elasticsearch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import uz.koprik.crypto.PrivateFiles;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.elasticsearch.client.ClusterRefused;
import uz.koprik.indicators.store.elasticsearch.client.Connection;
import uz.koprik.indicators.store.elasticsearch.client.ElasticOptions;
import uz.koprik.indicators.store.elasticsearch.client.RetryPolicy;
import uz.koprik.indicators.store.journal.DirectoryLock;
import uz.koprik.indicators.store.journal.Disk;
import uz.koprik.indicators.store.journal.Journal;
import uz.koprik.indicators.store.journal.JournalRecord;
import uz.koprik.indicators.store.journal.SequenceDigest;
import uz.koprik.indicators.store.journal.SnapshotFiles;
import uz.koprik.indicators.store.words.WordRules;

/**
 * Moves a store to a cluster and back, and makes the index of entries anew. Each can be called again after it was
 * broken off, and then goes on; nothing counts as a store before all of it is there and its digest is the source's.
 */
public final class IndexMigration {

    private static final int SEGMENT = 128 << 20;
    private static final int ROUNDS = 3;

    private IndexMigration() {}

    /**
     * What was copied.
     *
     * @param records entries, withdrawals and restrictions together
     * @param digest of all of them in their order; the same on both sides
     */
    public record CopyResult(long records, String digest) {}

    /**
     * Copies the journal of a directory, which nobody else may have open, to an empty prefix.
     *
     * @throws IOException when either cannot be used: says why
     */
    @SuppressWarnings("try") // the lock is only held
    public static CopyResult toCluster(Path directory, ElasticOptions options) throws IOException {
        if (!Files.isDirectory(directory.resolve("journal"))) {
            throw new IOException(directory + " holds no store");
        }
        try (DirectoryLock lock = DirectoryLock.take(directory);
                Connection connection = new Connection(options)) {
            CommitLog log = log(connection, options);
            SequenceDigest copy = PortableCopy.fill(directory.resolve("journal"), log, options.groupBytes(), true);
            return copied(log, copy.records());
        } catch (StoreUnavailable unavailable) {
            throw new ClusterRefused(unavailable.getMessage(), unavailable);
        }
    }

    /**
     * Copies the log to a directory that does not exist yet or is empty. Gateways should not write meanwhile: what
     * comes after the copy was begun is not in it.
     */
    @SuppressWarnings("try") // the lock is only held
    public static CopyResult fromCluster(ElasticOptions options, Path directory) throws IOException {
        SnapshotFiles.requireEmpty(directory);
        Path part = directory.resolveSibling(directory.getFileName() + ".filling");
        PrivateFiles.folders(part);
        CopyResult copied;
        try (DirectoryLock lock = DirectoryLock.take(part);
                Connection connection = new Connection(options)) {
            CommitLog log = log(connection, options);
            StoreFoundation.founding(log);
            long last = log.last().map(LogDocument::number).orElse(0L);
            SequenceDigest there;
            try (Journal journal = new Journal(part.resolve("journal"), SEGMENT, Disk.REAL)) {
                there = PortableCopy.append(log, last, journal);
            }
            copied = copied(log, there.records());
            if (!copied.digest.equals(there.hex())) {
                throw new IOException("the copy in " + part + " differs from the log: delete it and begin anew");
            }
        } catch (StoreUnavailable unavailable) {
            throw new ClusterRefused(unavailable.getMessage(), unavailable);
        }
        Files.deleteIfExists(directory);
        Files.move(part, directory, StandardCopyOption.ATOMIC_MOVE);
        return copied;
    }

    private static CommitLog log(Connection connection, ElasticOptions options) throws ClusterRefused {
        RetryPolicy calls = new RetryPolicy(options.patience());
        new Health(connection.client, calls, options).requireUsable();
        return new CommitLog(connection.client, calls, options.log());
    }

    private static CopyResult copied(CommitLog log, long records) throws StoreUnavailable, IOException {
        SequenceDigest digest =
                PortableCopy.digest(log, log.last().map(LogDocument::number).orElse(0L));
        if (digest.records() != records) {
            throw new IOException("the log grew while it was copied: stop the gateways and copy again");
        }
        return new CopyResult(digest.records(), digest.hex());
    }

    /**
     * Makes the index of entries anew from the log, under the next name and with the shards now set, lets the alias
     * point to it, and deletes the old one. Gateways go on meanwhile.
     *
     * @return the name of the new index
     */
    public static String migrate(ElasticOptions options) throws IOException {
        try (Connection connection = new Connection(options);
                WordRules words = new WordRules()) {
            RetryPolicy calls = new RetryPolicy(options.patience());
            CommitLog log = log(connection, options);
            StoreFoundation.founding(log);
            Indices indices = new Indices(connection.client, calls, options);
            List<String> old = indices.entries();
            String fresh = indices.next(old);
            indices.delete(fresh); // what an earlier run left unfinished
            indices.create(fresh);
            long done = 0;
            long last;
            for (int round = 0;
                    round < ROUNDS;
                    round++) { // each has less to do; what the last leaves is done after the switch
                last = log.last().map(LogDocument::number).orElse(0L);
                done = index(connection, calls, log, done, last, fresh, options.groupBytes(), words);
            }
            indices.refresh(fresh);
            indices.alias(old, fresh);
            last = log.last()
                    .map(LogDocument::number)
                    .orElse(0L); // what was still written to the old one comes after done
            index(connection, calls, log, done, last, fresh, options.groupBytes(), words);
            indices.refresh(fresh);
            for (String name : old) {
                indices.delete(name);
            }
            return fresh;
        } catch (StoreUnavailable unavailable) {
            throw new ClusterRefused(unavailable.getMessage(), unavailable);
        }
    }

    private static long index(
            Connection connection,
            RetryPolicy calls,
            CommitLog log,
            long from,
            long to,
            String index,
            int groupBytes,
            WordRules words)
            throws StoreUnavailable, IOException {
        BulkCreate entries = new BulkCreate(connection.client, calls, index, words);
        List<IndexEntry> open = new ArrayList<>();
        long[] bytes = new long[1];
        log.each(from, to, commit -> {
            for (byte[] record : PortableCopy.records(ByteBuffer.wrap(commit.payload()))) {
                if (JournalRecord.kind(ByteBuffer.wrap(record), 0) == JournalRecord.ENTRY) {
                    open.add(IndexEntry.of(record));
                    bytes[0] += record.length;
                }
            }
            if (bytes[0] >= groupBytes) {
                entries.send(entries.body(open));
                open.clear();
                bytes[0] = 0;
            }
        });
        if (!open.isEmpty()) {
            entries.send(entries.body(open));
        }
        return to;
    }
}
