package uz.koprik.indicators.store.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * One journal file, mapped whole. It begins with {@code magic:8 store:8 number:4 previousEnd:4 crc:4} and is as long as
 * its capacity from the start, the unwritten rest being a hole; nobody reads beyond what was written.
 */
public final class Segment implements AutoCloseable {

    public static final int HEADER = 64;
    private static final long MAGIC = 0x4B4F_5052_494B_4A31L; // KOPRIKJ1
    private static final int CRC = 24;

    public final Path path;
    public final RandomAccessFile file;
    public final FileChannel channel;
    /** Read-only, and shared: only absolute reads. */
    public final ByteBuffer buffer;
    public final int capacity;

    private Segment(Path path, RandomAccessFile file, int capacity) throws IOException {
        this.path = path;
        this.file = file;
        this.channel = file.getChannel();
        this.capacity = capacity;
        this.buffer = channel.map(FileChannel.MapMode.READ_ONLY, 0, capacity);
    }

    /** Opens a file as it is; it grows to {@code atLeast} when it is shorter. */
    public static Segment open(Path path, int atLeast) throws IOException {
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
    public boolean hasHeader(int number) {
        CRC32C crc = new CRC32C();
        crc.update(buffer.slice(0, CRC));
        return buffer.getLong(0) == MAGIC && buffer.getInt(16) == number && buffer.getInt(CRC) == (int) crc.getValue();
    }

    /** The number that all segments of one store share, drawn when it was made. */
    public long store() {
        return buffer.getLong(8);
    }

    /** Where the segment before this one ends. */
    public int previousEnd() {
        return buffer.getInt(20);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
