package uz.koprik.gateway.centre;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.CodeSource;
import java.util.Objects;
import java.util.Optional;

/**
 * The jar from which this process runs. A process loads classes from it as it goes on, so a jar that is overwritten in
 * place breaks the process at any later moment, in any thread. A jar that another one replaced by renaming does not:
 * the process still has the old one open.
 */
final class ProgramFile {

    private final Path file;
    private final Object key;
    private final long size;
    private final long modified;

    private ProgramFile(Path file, BasicFileAttributes attributes) {
        this.file = file;
        this.key = attributes.fileKey();
        this.size = attributes.size();
        this.modified = attributes.lastModifiedTime().toMillis();
    }

    /** Empty when the classes do not come from a jar. */
    static Optional<ProgramFile> ofThisProcess() {
        CodeSource source = ProgramFile.class.getProtectionDomain().getCodeSource();
        try {
            return source == null
                    ? Optional.empty()
                    : of(Path.of(source.getLocation().toURI()));
        } catch (URISyntaxException | IllegalArgumentException noFile) {
            return Optional.empty();
        }
    }

    /** A file as it is now; empty when it is none. */
    static Optional<ProgramFile> of(Path file) {
        try {
            return Files.isRegularFile(file)
                    ? Optional.of(new ProgramFile(file, Files.readAttributes(file, BasicFileAttributes.class)))
                    : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /** Whether the same file has other content by now. */
    boolean overwritten() {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            return Objects.equals(now.fileKey(), key)
                    && (now.size() != size || now.lastModifiedTime().toMillis() != modified);
        } catch (IOException gone) {
            return false; // removed or being renamed; this process still has it open
        }
    }

    String sentence() {
        return "the program file " + file
                + " was overwritten while this process runs from it, so further classes cannot"
                + " be loaded; for an upgrade, move the new file over the old one instead of copying";
    }
}
