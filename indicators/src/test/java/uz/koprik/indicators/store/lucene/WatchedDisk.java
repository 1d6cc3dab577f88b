package uz.koprik.indicators.store.lucene;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import uz.koprik.indicators.store.journal.Disk;

/** A disk that says before each operation that it comes; the listener may have it fail. */
final class WatchedDisk implements Disk {

    interface Listener {
        void before(String operation) throws IOException;
    }

    volatile Listener listener = operation -> {};

    @Override
    public void write(FileChannel file, ByteBuffer bytes, long position) throws IOException {
        listener.before("write");
        Disk.REAL.write(file, bytes, position);
    }

    @Override
    public void force(FileChannel file) throws IOException {
        listener.before("force");
        Disk.REAL.force(file);
    }

    @Override
    public void resize(RandomAccessFile file, long size) throws IOException {
        listener.before("resize");
        Disk.REAL.resize(file, size);
    }
}
