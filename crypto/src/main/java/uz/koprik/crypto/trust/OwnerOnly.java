package uz.koprik.crypto.trust;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import uz.koprik.crypto.FullDisk;

/** Files that only their owner may open, written whole or not at all. */
final class OwnerOnly {

    private static final Set<PosixFilePermission> MODE_0600 =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    private static final Set<PosixFilePermission> OWNER = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private OwnerOnly() {}

    /** Reads a file with a secret, after making sure that nobody else can. */
    static byte[] readSecret(Path path, String what) throws IOException, KeyFileRejected {
        Set<PosixFilePermission> mode;
        try {
            mode = Files.getPosixFilePermissions(path);
        } catch (NoSuchFileException e) {
            throw new KeyFileRejected("there is no " + what + " at " + path, e);
        }
        if (!OWNER.containsAll(mode)) {
            throw new KeyFileRejected("the " + what + " can be opened by others (mode "
                    + PosixFilePermissions.toString(mode) + "): run chmod 600 " + path);
        }
        return Files.readAllBytes(path);
    }

    /** Writes {@code bytes} beside {@code path}, flushes them to disk and moves them into place in one step. */
    static void write(Path path, byte[] bytes) throws IOException {
        Path directory = path.toAbsolutePath().getParent();
        Path temporary = Files.createTempFile(
                directory, "." + path.getFileName(), ".tmp", PosixFilePermissions.asFileAttribute(MODE_0600));
        try {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                ByteBuffer buffer = ByteBuffer.wrap(bytes);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                channel.force(true);
            } catch (IOException full) {
                throw FullDisk.naming(path, full);
            }
            Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            throw new IOException("the file system of " + directory + " cannot replace a file in one step", e);
        } finally {
            Files.deleteIfExists(temporary);
        }
        // The new name must survive a power cut too, not just the bytes.
        try (FileChannel entry = FileChannel.open(directory, StandardOpenOption.READ)) {
            entry.force(true);
        }
    }
}
