package uz.koprik.indicators.store.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.PrivateFiles;

/**
 * How far a journal was acknowledged, in a file beside it. Without it a journal that lost its end looks like one whose
 * last write was torn.
 *
 * <p>The file is written after each durable append and before its acknowledgement, without a flush of its own: the page
 * cache outlives {@code kill -9}. After a power cut it may be older than the journal, never newer. Two slots take
 * turns, so that one is always whole.
 */
public final class HighWaterMark implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HighWaterMark.class);

    private static final long MAGIC = 0x4B4F_5052_494B_4D31L; // KOPRIKM1
    private static final int SLOT = 64;
    private static final int CRC = SLOT - 4;
    /** Room is taken once, so that a full disk does not stop later writes. */
    private static final int SIZE = 4096;

    /**
     * What the file says.
     *
     * @param store number of the store
     * @param turn counts writes
     * @param seq the last entry acknowledged
     * @param end where the journal ended then, as {@link Journal#position}
     * @param chain of all records up to there, as {@link Journal#chain}
     */
    public record Mark(long store, long turn, long seq, long end, long chain) {}

    /**
     * What was found.
     *
     * @param mark the newest whole one
     * @param trouble what is wrong with the file, in words; empty when nothing is
     */
    public record MarkReading(Optional<Mark> mark, String trouble) {}

    private final Path path;
    private final FileChannel file;
    private final ByteBuffer slot = ByteBuffer.allocateDirect(SLOT);
    private final CRC32C crc = new CRC32C();
    private long turn;
    private boolean failing;

    private HighWaterMark(Path path, FileChannel file) {
        this.path = path;
        this.file = file;
    }

    /** Where the mark of the store in a directory is. */
    public static Path file(Path directory) {
        return directory.resolve("mark");
    }

    /** Reads a mark. Changes nothing. */
    public static MarkReading read(Path path) throws IOException {
        ByteBuffer all = ByteBuffer.allocate(SIZE);
        try (FileChannel in = FileChannel.open(path, StandardOpenOption.READ)) {
            Disk.fill(in, all, 0);
        } catch (NoSuchFileException none) {
            return new MarkReading(Optional.empty(), "is missing");
        }
        boolean whole = !all.hasRemaining();
        Optional<Mark> first = mark(all, 0);
        Optional<Mark> second = mark(all, SLOT);
        Optional<Mark> newest = first.isEmpty()
                        || (second.isPresent()
                                && second.get().turn() > first.get().turn())
                ? second
                : first;
        if (newest.isEmpty()) {
            return new MarkReading(newest, "is damaged");
        }
        boolean clean = whole && clean(all, first, 0) && clean(all, second, SLOT) && isZero(all, 2 * SLOT, SIZE);
        return new MarkReading(newest, clean ? "" : "is damaged in part");
    }

    private static boolean clean(ByteBuffer all, Optional<Mark> found, int at) {
        return found.isPresent() || isZero(all, at, at + SLOT);
    }

    private static boolean isZero(ByteBuffer all, int from, int to) {
        for (int i = from; i < to; i++) {
            if (all.get(i) != 0) {
                return false;
            }
        }
        return true;
    }

    private static Optional<Mark> mark(ByteBuffer all, int at) {
        CRC32C sum = new CRC32C();
        sum.update(all.slice(at, CRC));
        if (all.getLong(at) != MAGIC || all.getInt(at + CRC) != (int) sum.getValue()) {
            return Optional.empty();
        }
        return Optional.of(new Mark(
                all.getLong(at + 8),
                all.getLong(at + 16),
                all.getLong(at + 24),
                all.getLong(at + 32),
                all.getLong(at + 40)));
    }

    /** Opens the file for writing, and writes it anew when it is not whole. */
    public static HighWaterMark open(Path path) throws IOException {
        MarkReading found = read(path);
        FileChannel file = PrivateFiles.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            HighWaterMark mark = new HighWaterMark(path, file);
            if (!found.trouble().isEmpty()) {
                Disk.REAL.write(file, ByteBuffer.allocate(SIZE), 0);
                file.truncate(SIZE);
            }
            mark.turn = found.mark().map(Mark::turn).orElse(0L);
            return mark;
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /**
     * Takes note of what is about to be acknowledged. When that fails, the file keeps an older mark, which still holds:
     * the log says so, and the caller goes on.
     */
    public void write(long store, long seq, long end, long chain) {
        turn++;
        slot.clear();
        slot.putLong(MAGIC)
                .putLong(store)
                .putLong(turn)
                .putLong(seq)
                .putLong(end)
                .putLong(chain);
        while (slot.position() < CRC) {
            slot.putInt(0);
        }
        crc.reset();
        crc.update(slot.duplicate().flip());
        slot.putInt((int) crc.getValue()).flip();
        try {
            Disk.REAL.write(file, slot, (turn & 1) * SLOT);
            failing = false;
        } catch (IOException e) {
            if (!failing) {
                LOG.warn(
                        "{} cannot be written ({}): a loss of what is stored from now on would not be noticed",
                        path,
                        e.getMessage());
            }
            failing = true;
        }
    }

    /**
     * Writes both slots durably, so that none of them names an earlier end.
     *
     * @throws IOException when that is not certain
     */
    void settle(long store, long seq, long end, long chain) throws IOException {
        write(store, seq, end, chain);
        boolean first = failing;
        write(store, seq, end, chain);
        if (first || failing) {
            throw new IOException(path + " cannot be written");
        }
        force();
    }

    /** Has what was written survive a power cut. May be called by any thread. */
    public void force() throws IOException {
        file.force(false);
    }

    @Override
    public void close() throws IOException {
        try (file) {
            file.force(false);
        }
    }
}
