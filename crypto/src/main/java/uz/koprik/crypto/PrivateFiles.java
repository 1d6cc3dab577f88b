package uz.koprik.crypto;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** Makes files and folders that only their owner can use, under any umask of the process. */
public final class PrivateFiles {

    public static final Set<PosixFilePermission> FILE_MODE =
            Set.copyOf(EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));
    public static final Set<PosixFilePermission> FOLDER_MODE = Set.copyOf(EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE));

    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private PrivateFiles() {}

    /** The mode of a new file, for methods that create one; empty where the file system knows no modes. */
    public static FileAttribute<?>[] file() {
        return attributes(FILE_MODE);
    }

    /** The mode of a new folder, for methods that create one; empty where the file system knows no modes. */
    public static FileAttribute<?>[] folder() {
        return attributes(FOLDER_MODE);
    }

    private static FileAttribute<?>[] attributes(Set<PosixFilePermission> mode) {
        return POSIX ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(mode)} : new FileAttribute<?>[0];
    }

    /** Opens a file; one that the options create has mode 0600. */
    public static FileChannel open(Path file, OpenOption... options) throws IOException {
        return FileChannel.open(file, Set.of(options), file());
    }

    /** Takes a file or folder from everybody but its owner. */
    public static void restrict(Path path) throws IOException {
        if (POSIX) {
            Files.setPosixFilePermissions(path, Files.isDirectory(path) ? FOLDER_MODE : FILE_MODE);
        }
    }

    /** Makes an empty file with mode 0600 unless there is one. */
    public static void touch(Path file) throws IOException {
        try {
            Files.createFile(file, file());
        } catch (FileAlreadyExistsException there) {
            return;
        }
    }

    /** Makes a folder and those above it, as far as they are missing, with mode 0700. */
    public static Path folders(Path folder) throws IOException {
        return Files.isDirectory(folder) ? folder : Files.createDirectories(folder, folder());
    }
}
