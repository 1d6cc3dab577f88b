package uz.koprik.gateway.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import uz.koprik.crypto.FullDisk;

/** Writes a file that somebody names on the command line. */
public final class OutputFile {

    private OutputFile() {}

    /**
     * Replaces a file, or makes it. When that fails, the old one stays whole.
     *
     * @param file what is no regular file, such as {@code /dev/stdout}, is written to
     * @throws IOException names the file
     */
    public static void write(Path file, byte[] content) throws IOException {
        FileFailures.requireTarget(file);
        try {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                Files.write(file, content);
                return;
            }
            Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
            Path part = target.resolveSibling("." + target.getFileName() + ".part");
            try {
                Files.write(part, content);
                Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException full) {
            throw FullDisk.naming(file, full);
        }
    }
}
