package uz.koprik.indicators.store.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.PrivateFiles;

/**
 * The truth of a store: segment files to which records are appended. Nothing in them is ever changed; but a file that
 * is not written to any more may be replaced by one without what was erased, see {@link SegmentRewrite}. One writer;
 * any number of readers of what was appended.
 */
public final class Journal implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final int STAGING = 1 << 20;
    private static final int GENERATION_SHIFT = 52;
    private static final int GENERATIONS = 1 << 11;
    private static final int MOST_FILES = 1 << 20;

    private final Path directory;
    private final int segmentBytes;
    private final Disk disk;
    private final ByteBuffer staging;
    private volatile Segment[] segments = {};
    private volatile long end;
    private boolean dirty;
    private long seq;
    private long chain;
    private Optional<HighWaterMark> mark = Optional.empty();

    public Journal(Path directory, int segmentBytes, Disk disk) throws IOException {
        this.directory = PrivateFiles.folders(directory);
        this.segmentBytes = segmentBytes;
        this.disk = disk;
        this.staging = ByteBuffer.allocateDirect(Math.min(STAGING, segmentBytes));
    }

    public static Path file(Path directory, int number) {
        return directory.resolve(String.format("%08d.journal", number));
    }

    /** Where a record lies in a file that was not rewritten since the store was opened. */
    public static long position(int number, int offset) {
        return ((long) number << 32) | offset;
    }

    /**
     * Where a record lies in a file: the generation of the file in the upper bits, then its number, then the offset.
     */
    static long position(Segment segment, int number, int offset) {
        return ((long) segment.generation << GENERATION_SHIFT) | position(number, offset);
    }

    public static int offset(long position) {
        return (int) position;
    }

    /** The number of the file in which a position lies. */
    public static int number(long position) {
        return (int) (position >>> 32) & MOST_FILES - 1;
    }

    /**
     * The mapped segment in which a position lies; null when the file was rewritten meanwhile, and who asks finds the
     * new position where the old one was.
     */
    public ByteBuffer buffer(long position) {
        int generation = (int) (position >>> GENERATION_SHIFT);
        Segment segment = segments[number(position)];
        if (segment.generation == generation) {
            return segment.buffer;
        }
        Segment before = segment.before;
        return before != null && before.generation == generation ? before.buffer : null;
    }

    /** Whether what stays of an erased entry lies at a position. */
    public boolean isErased(long position) {
        return ErasedRecord.is(buffer(position), offset(position));
    }

    /** The number that distinguishes this store from any other. */
    public long store() {
        return segments[0].store();
    }

    /** The number of the store whose journal is in a folder; empty when the first file does not say. */
    public static Optional<Long> store(Path directory) throws IOException {
        try (FileChannel first = FileChannel.open(file(directory, 0), StandardOpenOption.READ)) {
            return Segment.store(first);
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
    }

    /** Lets the files found by {@link JournalReplay} be read. */
    public void attach(Segment[] found) {
        segments = found;
    }

    /** What the records of a journal add up to: the same for the same records in the same flushes. */
    static long chain(long before, int sum) {
        return (before ^ sum) * 0x9E37_79B9_7F4A_7C15L + 1;
    }

    /** Takes note of what {@link JournalReplay} has read. */
    void replayed(long lastSeq, long records) {
        seq = lastSeq;
        chain = records;
    }

    /** Writes down from now on how far the journal is acknowledged. */
    public void keep(HighWaterMark file) {
        mark = Optional.of(file);
        file.write(store(), seq, end, chain);
    }

    /** Has the mark survive a power cut; any thread may call it. */
    public void forceMark() throws IOException {
        if (mark.isPresent()) {
            mark.get().force();
        }
    }

    /**
     * Goes on writing at {@code endOfLast}, in the last file; begins the first when there is none.
     *
     * @param torn whether anything but a hole follows there
     */
    void resume(int endOfLast, boolean torn) throws IOException {
        Segment[] found = segments;
        if (found.length == 0) {
            roll(new SecureRandom().nextLong(), 0, 0);
            return;
        }
        Optional<RewrittenPart> rewritten = found[found.length - 1].rewritten();
        if (rewritten.isPresent()) {
            end = position(found.length - 1, endOfLast);
            continueAfter(found[found.length - 1], rewritten.get(), endOfLast);
            return;
        }
        if (found[found.length - 1].capacity < segmentBytes) {
            Segment small = found[found.length - 1];
            segments = found.clone();
            segments[found.length - 1] = Segment.open(small.path, segmentBytes);
            small.close();
            found = segments;
        }
        end = position(found.length - 1, endOfLast);
        dirty = torn;
        if (dirty) {
            LOG.warn(
                    "cutting a torn write off {} at byte {}: the process ended before it was acknowledged",
                    found[found.length - 1].path,
                    endOfLast);
            repair();
        }
    }

    /** Goes on after a loss that took all files after one that was rewritten: nothing is added to such a file. */
    private void continueAfter(Segment last, RewrittenPart part, int endOfLast) throws IOException {
        RewrittenPart now = part;
        if (endOfLast != part.end()) {
            long sum = chain;
            chain = part.chainBefore() ^ sum;
            now = new RewrittenPart(endOfLast, endOfLast, part.chainBefore(), chain, sum);
            ByteBuffer header = last.read(0, Segment.HEADER);
            now.put(header);
            disk.resize(last.file, endOfLast);
            disk.write(last.channel, header.clear(), 0);
            disk.force(last.channel);
        }
        roll(store(), now.originalEnd(), 0);
    }

    public Path directory() {
        return directory;
    }

    public int segmentBytes() {
        return segmentBytes;
    }

    /**
     * Appends records as one durable write, all of them in one segment.
     *
     * @param positions receives where each of them lies
     * @throws IOException when it is not certain that all of them are durable; then none of them is there
     */
    public void append(List<byte[]> records, long[] positions) throws IOException {
        repair();
        long total = 0;
        for (byte[] record : records) {
            total += record.length;
        }
        if (total > current().capacity - offset(end)) {
            roll(store(), offset(end), total);
        }
        Segment segment = current();
        int group = offset(end);
        int at = group;
        long last = seq;
        long sum = chain;
        dirty = true;
        staging.clear();
        for (int i = 0; i < records.size(); i++) {
            byte[] record = records.get(i);
            JournalRecord.seal(record, group);
            sum = chain(sum, JournalRecord.sum(record));
            last += JournalRecord.isEntry(record) ? 1 : 0;
            positions[i] = position(segments.length - 1, at + staging.position());
            for (int from = 0; from < record.length; ) {
                int length = Math.min(record.length - from, staging.remaining());
                staging.put(record, from, length);
                from += length;
                if (!staging.hasRemaining()) {
                    at = flush(segment, at);
                }
            }
        }
        at = flush(segment, at);
        disk.force(segment.channel);
        dirty = false;
        end = position(segments.length - 1, at);
        seq = last;
        chain = sum;
        mark.ifPresent(file -> file.write(store(), seq, end, chain));
    }

    private int flush(Segment segment, int at) throws IOException {
        int length = staging.flip().remaining();
        disk.write(segment.channel, staging, at);
        staging.clear();
        return at + length;
    }

    private Segment current() {
        return segments[segments.length - 1];
    }

    /** Removes what a failed write left. */
    public void repair() throws IOException {
        if (dirty) {
            Segment segment = current();
            disk.resize(segment.file, offset(end));
            disk.resize(segment.file, segment.capacity);
            dirty = false;
        }
    }

    private void roll(long store, int previousEnd, long room) throws IOException {
        int number = segments.length;
        if (number == MOST_FILES) {
            throw new IOException("the journal in " + directory + " has " + number + " files and can have no more");
        }
        Path path = file(directory, number);
        Files.deleteIfExists(path);
        Segment segment = Segment.open(path, (int) Math.max(segmentBytes, Math.addExact(room, Segment.HEADER)));
        try {
            disk.write(segment.channel, Segment.header(store, number, previousEnd), 0);
            disk.force(segment.channel);
            forceFolder();
        } catch (IOException e) {
            segment.close();
            Files.deleteIfExists(path);
            throw e;
        }
        segment.chainBefore = chain;
        synchronized (this) {
            Segment[] more = Arrays.copyOf(segments, number + 1);
            more[number] = segment;
            segments = more;
        }
        end = position(number, Segment.HEADER);
    }

    /** The number of the file that is written to. */
    public int lastFile() {
        return number(end);
    }

    /**
     * Has the files before the last one ready to be rewritten: the mark names an end that is none of theirs. Only the
     * writer calls it.
     *
     * @param all whether the last one shall be, too; then a new one is begun
     */
    public void settle(boolean all) throws IOException {
        repair();
        if (all && offset(end) > Segment.HEADER) {
            roll(store(), offset(end), 0);
        }
        if (mark.isPresent()) {
            mark.get().settle(store(), seq, end, chain);
        }
    }

    /** Replaces a file by the same one rewritten; the one before stays readable until {@link #replaced}. */
    void replace(int number, Segment fresh) {
        synchronized (this) {
            Segment[] all = segments.clone();
            Segment old = all[number];
            fresh.generation = (old.generation + 1) % GENERATIONS;
            fresh.chainBefore = old.chainBefore;
            fresh.before = old;
            all[number] = fresh;
            segments = all;
        }
    }

    /** Lets go of the file that was replaced: nobody has positions in it any more. */
    void replaced(int number) throws IOException {
        Segment fresh = segments[number];
        Segment old = fresh.before;
        fresh.before = null;
        old.close();
    }

    Segment segment(int number) {
        return segments[number];
    }

    /** What all records up to the end of a file add up to, unless it is the last. */
    long chainAfter(int number) {
        return segments[number + 1].chainBefore;
    }

    Disk disk() {
        return disk;
    }

    /** Where the records of a file end that is not the last of {@code all}. */
    static int dataEnd(Segment[] all, int number) {
        return all[number].rewritten().map(RewrittenPart::end).orElseGet(() -> all[number + 1].previousEnd());
    }

    int dataEnd(int number) {
        return dataEnd(segments, number);
    }

    /** Where they ended before anything was erased. */
    int originalEnd(int number) {
        return segments[number + 1].previousEnd();
    }

    /** A new folder beside the journal, for what a loss left. */
    Path lost() throws IOException {
        Path folder = directory.resolveSibling("lost-"
                + Instant.now().truncatedTo(ChronoUnit.MILLIS).toString().replace(':', '-'));
        return Files.createDirectory(folder, PrivateFiles.folder());
    }

    /** Has the names in the folder survive a power cut. */
    void forceFolder() throws IOException {
        try (FileChannel folder = FileChannel.open(directory, StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    /** Where the journal ends now; everything before is acknowledged or about to be. */
    public long end() {
        return end;
    }

    /** What the journal takes up to {@code position}. */
    public static long bytes(Segment[] all, long position) {
        long sum = offset(position);
        for (int i = 0; i < number(position); i++) {
            sum += dataEnd(all, i);
        }
        return sum;
    }

    public long bytes() {
        long upTo = end;
        return bytes(segments, upTo);
    }

    /** The files up to a position, for copying. */
    public Segment[] segmentsUpTo(long position) {
        return Arrays.copyOf(segments, number(position) + 1);
    }

    @Override
    public void close() throws IOException {
        if (mark.isPresent()) {
            mark.get().close();
        }
        for (Segment segment : segments) {
            segment.close();
        }
    }
}
