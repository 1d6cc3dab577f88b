package uz.koprik.indicators.store.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** The few disk operations on which durability rests; tests put faults in here. */
public interface Disk {

    /** The real one. */
    Disk REAL = new Disk() {};

    /**
     * Reads from {@code position} on until the buffer is full or the file ends; the buffer must be at its beginning.
     */
    static void fill(FileChannel file, ByteBuffer bytes, long position) throws IOException {
        int read = 0;
        while (read >= 0 && bytes.hasRemaining()) {
            read = file.read(bytes, position + bytes.position());
        }
    }

    /** Writes all remaining bytes at {@code position}. */
    default void write(FileChannel file, ByteBuffer bytes, long position) throws IOException {
        long at = position;
        while (bytes.hasRemaining()) {
            at += file.write(bytes, at);
        }
    }

    /** Returns when everything written is on the medium. */
    default void force(FileChannel file) throws IOException {
        file.force(false);
    }

    /** Cuts or extends a file; what is added reads as zeros and takes no room until written. */
    default void resize(RandomAccessFile file, long size) throws IOException {
        file.setLength(size);
    }
}
