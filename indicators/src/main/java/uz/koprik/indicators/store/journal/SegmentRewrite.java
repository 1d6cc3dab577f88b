package uz.koprik.indicators.store.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import uz.koprik.crypto.PrivateFiles;

/**
 * Replaces a journal file by the same one in which entries are {@link ErasedRecord}s. It is written beside the old one,
 * durably, and then renamed. So at any moment the file is there either as it was or without what was erased.
 */
public final class SegmentRewrite {

    private static final String UNFINISHED = ".rewriting";
    private static final int STAGING = 1 << 20;

    private final Journal journal;
    private final int number;
    private final ByteBuffer old;
    private final ByteBuffer staging = ByteBuffer.allocateDirect(STAGING);
    private long firstSeq;
    private int[] offsets = new int[1024];
    private int entries;
    private int end = Segment.HEADER;
    private long sum;

    private SegmentRewrite(Journal journal, int number) {
        this.journal = journal;
        this.number = number;
        this.old = journal.segment(number).buffer;
    }

    /** What shall become of the records of a file. */
    public interface Plan {

        /** Whether the entry with a sequence number is erased. */
        boolean erased(long seq);

        /**
         * Whether an erased case entry goes on naming an object that it refers to, as who may see others depends on it.
         */
        boolean keepsReference(String id);

        /** Whether the work shall end without a result. */
        boolean stopped();

        /** Takes note where an entry lies from now on. */
        void moved(long seq, long position);
    }

    /** Removes what a process left that ended while it rewrote a file. */
    static void clean(Path directory) throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(directory, "*" + UNFINISHED)) {
            for (Path file : left) {
                Files.delete(file);
            }
        }
    }

    /**
     * Rewrites a file of a journal, after {@link Journal#settle}.
     *
     * @return the old mapping, whose bytes are on the disk as long as anybody reads it
     * @throws IOException when it could not be written, or the old file is damaged; then nothing has changed
     */
    public static ByteBuffer run(Journal journal, int number, Plan plan) throws IOException {
        SegmentRewrite rewrite = new SegmentRewrite(journal, number);
        Path path = journal.segment(number).path;
        Path beside = path.resolveSibling(path.getFileName() + UNFINISHED);
        try {
            Files.deleteIfExists(beside);
            try (FileChannel out = PrivateFiles.open(beside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                rewrite.write(out, plan);
            }
            Files.move(beside, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | RuntimeException e) {
            try {
                Files.deleteIfExists(beside);
            } catch (IOException again) {
                e.addSuppressed(again);
            }
            throw e;
        }
        journal.forceFolder();
        Segment fresh = Segment.open(path, 0);
        journal.replace(number, fresh);
        for (int i = 0; i < rewrite.entries; i++) {
            plan.moved(rewrite.firstSeq + i, Journal.position(fresh, number, rewrite.offsets[i]));
        }
        journal.replaced(number);
        return rewrite.old;
    }

    private void write(FileChannel out, Plan plan) throws IOException {
        int limit = journal.dataEnd(number);
        int next;
        for (int at = Segment.HEADER; at < limit; at = next) {
            if (plan.stopped()) {
                throw new IOException("the store is closed");
            }
            if (!JournalRecord.intact(old, at, limit)) {
                throw new DamagedJournal(journal.segment(number).path, at, "a record is broken");
            }
            next = JournalRecord.end(old, at);
            put(out, record(at, next, plan));
        }
        flush(out);
        ByteBuffer header =
                Segment.header(journal.store(), number, journal.segment(number).previousEnd());
        long before = journal.segment(number).chainBefore;
        new RewrittenPart(end, journal.originalEnd(number), before, journal.chainAfter(number), sum).put(header);
        journal.disk().write(out, header.clear(), 0);
        journal.disk().force(out);
    }

    private byte[] record(int at, int next, Plan plan) {
        if (JournalRecord.kind(old, at) == JournalRecord.ENTRY) {
            long seq = EntryRecord.seq(old, at);
            if (entries == 0) {
                firstSeq = seq;
            }
            if (entries == offsets.length) {
                offsets = Arrays.copyOf(offsets, entries * 2);
            }
            offsets[entries++] = end;
            if (plan.erased(seq) && !ErasedRecord.is(old, at)) {
                return ErasedRecord.of(old, at, plan::keepsReference);
            }
        }
        byte[] record = new byte[next - at];
        old.get(at, record);
        return record;
    }

    private void put(FileChannel out, byte[] record) throws IOException {
        JournalRecord.seal(record, Segment.HEADER);
        sum = Journal.chain(sum, JournalRecord.sum(record));
        end += record.length;
        for (int from = 0; from < record.length; ) {
            int length = Math.min(record.length - from, staging.remaining());
            staging.put(record, from, length);
            from += length;
            if (!staging.hasRemaining()) {
                flush(out);
            }
        }
    }

    private void flush(FileChannel out) throws IOException {
        long at = out.size() == 0 ? Segment.HEADER : out.size();
        journal.disk().write(out, staging.flip(), at);
        staging.clear();
    }
}
