package uz.koprik.indicators.store.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.CRC32C;
import uz.koprik.crypto.PrivateFiles;

/**
 * One journal file, mapped whole. It begins with {@code magic:8 store:8 number:4 previousEnd:4 crc:4} and is as long as
 * its capacity from the start, the unwritten rest being a hole; nobody reads the mapping beyond what was written. The
 * rest of the header is zero, or the {@link RewrittenPart} of a file from which something was erased.
 */
public final class Segment implements AutoCloseable {

    public static final int HEADER = 64;
    private static final long MAGIC = 0x4B4F_5052_494B_4A31L; // KOPRIKJ1
    private static final int CRC = 24;
    private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(1 << 18).asReadOnlyBuffer();

    public final Path path;
    public final RandomAccessFile file;
    public final FileChannel channel;
    /** Read-only, and shared: only absolute reads. */
    public final ByteBuffer buffer;

    public final int capacity;

    /** How often it was rewritten since the store was opened, see {@link Journal#position}. */
    int generation;
    /** What all records before this file add up to, see {@link Journal#chain}. */
    long chainBefore;
    /** The same file before it was rewritten, while rows still name places in it. */
    volatile Segment before;

    private Segment(Path path, RandomAccessFile file, int capacity) throws IOException {
        this.path = path;
        this.file = file;
        this.channel = file.getChannel();
        this.capacity = capacity;
        this.buffer = channel.map(FileChannel.MapMode.READ_ONLY, 0, capacity);
    }

    /** Opens a file as it is; it grows to {@code atLeast} when it is shorter. */
    public static Segment open(Path path, int atLeast) throws IOException {
        PrivateFiles.touch(path);
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        try {
            long size = file.length();
            if (size > Integer.MAX_VALUE) {
                throw new IOException(path + " is larger than a journal segment can be");
            }
            if (size < atLeast) {
                file.setLength(atLeast);
            }
            return new Segment(path, file, (int) Math.max(size, atLeast));
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    public static ByteBuffer header(long store, int number, int previousEnd) {
        ByteBuffer header = ByteBuffer.allocate(HEADER);
        header.putLong(MAGIC).putLong(store).putInt(number).putInt(previousEnd);
        CRC32C crc = new CRC32C();
        crc.update(header.slice(0, CRC));
        header.putInt((int) crc.getValue());
        return header.position(0);
    }

    /** Whether this begins as a segment with that number does. */
    public boolean hasHeader(int number) throws IOException {
        if (capacity < HEADER) {
            return false;
        }
        ByteBuffer header = read(0, HEADER);
        return isHeader(header, number) && RewrittenPart.sound(header);
    }

    /** What the header says of a file that was rewritten; empty for one that has all it was written with. */
    Optional<RewrittenPart> rewritten() {
        return RewrittenPart.of(buffer);
    }

    private static boolean isHeader(ByteBuffer header, int number) {
        CRC32C crc = new CRC32C();
        crc.update(header.slice(0, CRC));
        return header.getLong(0) == MAGIC && header.getInt(16) == number && header.getInt(CRC) == (int) crc.getValue();
    }

    /** The number of the store of a first segment. */
    static Optional<Long> store(FileChannel first) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(HEADER);
        Disk.fill(first, header, 0);
        return !header.hasRemaining() && isHeader(header, 0) ? Optional.of(header.getLong(8)) : Optional.empty();
    }

    /**
     * Reads bytes past the mapping. A mapped hole must not be touched: where the file system cannot fill it, on a full
     * disk, that ends the process.
     */
    public ByteBuffer read(int from, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        Disk.fill(channel, bytes, from);
        return bytes.clear();
    }

    /** Where the last byte that is not zero ends; {@code from} when all from there are. */
    public int endOfData(int from) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocateDirect(ZEROS.capacity());
        int end = capacity;
        while (end > from) {
            int length = Math.min(end - from, bytes.capacity());
            bytes.clear().limit(length);
            Disk.fill(channel, bytes, end - length);
            bytes.limit(bytes.position()).position(0);
            if (bytes.mismatch(ZEROS.slice(0, bytes.limit())) >= 0) {
                int last = bytes.limit();
                while (bytes.get(last - 1) == 0) {
                    last--;
                }
                return end - length + last;
            }
            end -= length;
        }
        return from;
    }

    /** The number that all segments of one store share, drawn when it was made. */
    public long store() {
        return buffer.getLong(8);
    }

    /** Where the segment before this one ended when this one was begun. */
    public int previousEnd() {
        return buffer.getInt(20);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
