package uz.koprik.indicators.store.lucene;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import uz.koprik.indicators.store.journal.Disk;

/** A disk that fails in chosen ways. */
final class FaultyDisk implements Disk {

    enum Fault {
        NONE,
        /** Nothing is written. */
        FULL,
        /** Half of what was to be written is. */
        HALF_WRITTEN,
        /** Everything is written, and an error reported. */
        WRITTEN_BUT_FAILED,
        /** Everything is written and durable, and an error reported. */
        FORCED_BUT_FAILED,
        /** Like the one before, and nothing can be taken back. */
        FORCED_AND_STUCK
    }

    volatile Fault fault = Fault.NONE;

    private static IOException error() {
        return new IOException("No space left on device");
    }

    @Override
    public void write(FileChannel file, ByteBuffer bytes, long position) throws IOException {
        switch (fault) {
            case FULL -> throw error();
            case HALF_WRITTEN -> {
                Disk.REAL.write(file, bytes.limit(bytes.position() + bytes.remaining() / 2), position);
                throw error();
            }
            case WRITTEN_BUT_FAILED -> {
                Disk.REAL.write(file, bytes, position);
                throw error();
            }
            default -> Disk.REAL.write(file, bytes, position);
        }
    }

    @Override
    public void force(FileChannel file) throws IOException {
        Disk.REAL.force(file);
        if (fault == Fault.FORCED_BUT_FAILED || fault == Fault.FORCED_AND_STUCK) {
            throw error();
        }
    }

    @Override
    public void resize(RandomAccessFile file, long size) throws IOException {
        if (fault == Fault.FORCED_AND_STUCK) {
            throw error();
        }
        Disk.REAL.resize(file, size);
    }
}
