package uz.koprik.gateway.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import uz.koprik.crypto.FullDisk;

/** Writes files so that they are whole or not there, durable, and readable by nobody but their owner. */
public final class SecretFile {

    private SecretFile() {}

    /** What flushes a file or folder to the disk. */
    interface Flush {
        void force(FileChannel channel, Path path) throws IOException;
    }

    /**
     * Replaces {@code file}, or creates it, with {@code content}; a crash leaves the old or the new file, never a part.
     * The new one survives a power loss when this returns.
     */
    public static void replace(Path file, byte[] content) throws IOException {
        replace(file, content, (channel, path) -> channel.force(true));
    }

    static void replace(Path file, byte[] content, Flush flush) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Path part = Files.createTempFile(folder, "." + file.getFileName(), ".part", ownerOnly());
        try {
            try (FileChannel out = FileChannel.open(part, StandardOpenOption.WRITE)) {
                ByteBuffer rest = ByteBuffer.wrap(content);
                while (rest.hasRemaining()) {
                    out.write(rest);
                }
                flush.force(out, part);
            } catch (IOException full) {
                throw FullDisk.naming(file, full);
            }
            try {
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException never) {
                throw new IOException("the file system of " + file + " cannot replace a file in one step", never);
            }
        } finally {
            Files.deleteIfExists(part);
        }
        flushFolder(folder, flush);
    }

    /** Has the names in a folder survive a power loss, where the system can open folders. */
    public static void flushFolder(Path folder) throws IOException {
        flushFolder(folder, (channel, path) -> channel.force(true));
    }

    private static void flushFolder(Path folder, Flush flush) throws IOException {
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
                flush.force(names, folder);
            }
        }
    }

    private static FileAttribute<?>[] ownerOnly() {
        Set<String> views = FileSystems.getDefault().supportedFileAttributeViews();
        if (!views.contains("posix")) {
            return new FileAttribute<?>[0];
        }
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        };
    }
}
