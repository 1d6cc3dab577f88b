package uz.koprik.gateway.accessrecord;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.FullDisk;
import uz.koprik.crypto.PrivateFiles;

/**
 * The segment that a stream writes now. Zeros after its last line keep space, so that an entry seldom changes the
 * length of the file and its flush has no metadata to write. They are removed when the segment ends.
 *
 * <p>Not safe for use by many threads.
 */
final class AccessSegment implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(AccessSegment.class);

    /** Space for some tens of entries. */
    private static final int AHEAD = 32 << 10;

    /** Lines of that size have no space behind them: the next ones would soon fill it, and space is written twice. */
    private static final int LARGE = AHEAD / 2;

    private final Path file;
    private final FileChannel channel;
    private long length;
    private long space;
    private boolean partial;

    private AccessSegment(Path file, FileChannel channel, long length) {
        this.file = file;
        this.channel = channel;
        this.length = length;
        this.space = length;
    }

    /** A new segment, without entries. */
    static AccessSegment create(Path file) throws IOException {
        try {
            return new AccessSegment(
                    file,
                    PrivateFiles.open(
                            file,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.TRUNCATE_EXISTING,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.DSYNC),
                    0);
        } catch (IOException full) {
            throw FullDisk.naming(file, full);
        }
    }

    /** A segment that has entries already, and no space behind them. */
    static AccessSegment goOn(Path file) throws IOException {
        return new AccessSegment(
                file, FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.DSYNC), Files.size(file));
    }

    Path file() {
        return file;
    }

    /** Bytes of its lines. */
    long length() {
        return length;
    }

    /**
     * Adds lines, which are durable on return.
     *
     * @throws IOException when they cannot be written; nothing of them is there then
     */
    void append(byte[] lines) throws IOException {
        if (partial) {
            channel.truncate(length);
            partial = false;
        }
        boolean whole = false;
        try {
            if (length + lines.length <= space || !writeWithSpace(lines)) {
                write(ByteBuffer.wrap(lines), length);
            }
            whole = true;
        } catch (IOException full) {
            throw FullDisk.naming(file, full);
        } finally {
            if (!whole) {
                takeBack();
            }
        }
        length += lines.length;
    }

    /**
     * Writes lines and the space behind them with one flush.
     *
     * @return false when the disk is nearly full: nothing of both is there then
     */
    private boolean writeWithSpace(byte[] lines) throws IOException {
        int wanted = lines.length < LARGE ? lines.length + AHEAD : lines.length;
        try {
            write(ByteBuffer.allocate(wanted).put(lines).rewind(), length);
            space = length + wanted;
            return true;
        } catch (IOException full) {
            LOG.debug("{} has no space ahead", file, full);
            channel.truncate(length);
            space = length;
            return false;
        }
    }

    private void write(ByteBuffer bytes, long from) throws IOException {
        long at = from;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
    }

    /** Removes what was written of lines that are refused. Where that fails, the next start or write does it. */
    private void takeBack() {
        partial = true;
        space = length;
        try {
            channel.truncate(length);
            partial = false;
        } catch (IOException failed) {
            LOG.debug("{} keeps a part of entries that were refused", file, failed);
        }
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            channel.truncate(length);
        }
    }
}
