package uz.koprik.indicators.store.elasticsearch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import uz.koprik.crypto.PrivateFiles;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.journal.Disk;
import uz.koprik.indicators.store.journal.Journal;
import uz.koprik.indicators.store.journal.JournalRecord;
import uz.koprik.indicators.store.journal.JournalReplay;
import uz.koprik.indicators.store.journal.SequenceDigest;
import uz.koprik.indicators.store.journal.SnapshotFiles;

/** The log as journal files, which every backend reads, and back. */
final class PortableCopy {

    private static final int SEGMENT = 128 << 20;

    private PortableCopy() {}

    /** Writes a snapshot of all commits up to one. */
    static void write(Path target, CommitLog log, long last) throws IOException, StoreUnavailable {
        SnapshotFiles.requireEmpty(target);
        PrivateFiles.folders(target);
        Path part = Files.createDirectory(target.resolve("part"), PrivateFiles.folder());
        log.refresh();
        List<String> manifest;
        try (Journal journal = new Journal(part, SEGMENT, Disk.REAL)) {
            append(log, last, journal);
            manifest = SnapshotFiles.copyJournal(journal, target);
        }
        clear(part);
        SnapshotFiles.seal(target, manifest);
    }

    /** Fills a journal up to a commit, from the part that is there already; returns what it then holds. */
    static SequenceDigest append(CommitLog log, long last, Journal journal) throws IOException, StoreUnavailable {
        SequenceDigest digest = new SequenceDigest();
        JournalReplay.run(journal, (segment, offset, position) -> digest.add(segment, offset));
        long there = digest.records();
        log.each(0, last, commit -> {
            List<byte[]> records = records(ByteBuffer.wrap(commit.payload()));
            long skip = Math.clamp(there - (commit.records() - records.size()), 0, records.size());
            List<byte[]> missing = records.subList((int) skip, records.size());
            if (!missing.isEmpty()) {
                missing.forEach(record -> digest.add(ByteBuffer.wrap(record), 0));
                journal.append(missing, new long[missing.size()]);
            }
        });
        return digest;
    }

    /** What the log holds up to a commit. */
    static SequenceDigest digest(CommitLog log, long last) throws IOException, StoreUnavailable {
        SequenceDigest digest = new SequenceDigest();
        log.each(0, last, commit -> records(ByteBuffer.wrap(commit.payload()))
                .forEach(record -> digest.add(ByteBuffer.wrap(record), 0)));
        return digest;
    }

    static List<byte[]> records(ByteBuffer payload) {
        List<byte[]> records = new ArrayList<>();
        for (int at = 0; at < payload.capacity(); at = JournalRecord.end(payload, at)) {
            byte[] record = new byte[JournalRecord.end(payload, at) - at];
            payload.get(at, record);
            records.add(record);
        }
        return records;
    }

    /** Fills an empty log from a snapshot. */
    static void restore(Path snapshot, CommitLog log, int groupBytes) throws IOException, StoreUnavailable {
        Path part = Files.createTempDirectory("koprik-restore");
        try {
            SnapshotFiles.restore(snapshot, part);
            fill(part.resolve("journal"), log, groupBytes, false);
        } finally {
            clear(part);
        }
    }

    /**
     * Fills a log from journal files, and opens it to all when it holds the same.
     *
     * @param goOn whether a log that was filled in part may be filled further
     */
    static SequenceDigest fill(Path files, CommitLog log, int groupBytes, boolean goOn)
            throws IOException, StoreUnavailable {
        Reindexer filling = Reindexer.begin(log, groupBytes, goOn);
        SequenceDigest source = new SequenceDigest();
        try (Journal journal = new Journal(files, SEGMENT, Disk.REAL)) {
            JournalReplay.run(journal, (segment, offset, position) -> {
                source.add(segment, offset);
                if (source.records() > filling.there()) {
                    filling.take(segment, offset);
                }
            });
        }
        long last = filling.flush();
        log.refresh();
        SequenceDigest copy = digest(log, last);
        if (!copy.hex().equals(source.hex())) {
            throw new IOException("the copy differs from its source (" + copy.records() + " and " + source.records()
                    + " records): delete the indices of the prefix and begin anew");
        }
        filling.finish();
        return copy;
    }

    private static void clear(Path directory) throws IOException {
        try (Stream<Path> found = Files.walk(directory)) {
            for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
