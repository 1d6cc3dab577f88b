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
 * The truth of a store: segment files to which records are appended and in which nothing is ever changed. One writer;
 * any number of readers of what was appended.
 */
public final class Journal implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final int STAGING = 1 << 20;

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

    public static long position(int number, int offset) {
        return ((long) number << 32) | offset;
    }

    public static int offset(long position) {
        return (int) position;
    }

    static int number(long position) {
        return (int) (position >>> 32);
    }

    /** The mapped segment in which a position lies. */
    public ByteBuffer buffer(long position) {
        return segments[number(position)].buffer;
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
        Segment[] more = Arrays.copyOf(segments, number + 1);
        more[number] = segment;
        segments = more;
        end = position(number, Segment.HEADER);
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
        for (int i = 1; i <= number(position); i++) {
            sum += all[i].previousEnd();
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
