package uz.koprik.indicators.store.lucene;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import uz.koprik.crypto.PrivateFiles;
import uz.koprik.indicators.store.journal.Disk;

/** Proves that the disk takes writes: a health check that only reads learns of a full disk too late. */
final class DiskProbe {

    /** The bytes of a small flush of the index: a disk with less space cannot take an entry. */
    private static final int BYTES = 1 << 20;

    private DiskProbe() {}

    static void run(Path directory, Disk disk) throws IOException {
        try (FileChannel probe = PrivateFiles.open(
                directory.resolve("probe"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.DELETE_ON_CLOSE)) {
            disk.write(probe, ByteBuffer.allocate(BYTES), 0);
            disk.force(probe);
        }
    }
}
