package uz.koprik.gateway.cli;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import uz.koprik.crypto.FullDisk;

/** Failures of files in words: cause, file and cure. The messages of the JDK name the file only. */
public final class FileFailures {

    private FileFailures() {}

    /** Why a file cannot be read or written. */
    public static String words(IOException failure) {
        return switch (failure) {
            case NoSuchFileException missing -> "there is no file " + missing.getFile() + ": check its name";
            case AccessDeniedException denied ->
                "no permission for " + denied.getFile() + ": change its permissions, or use another account";
            case FileAlreadyExistsException there ->
                there.getFile() + " exists already: name another, or remove it first";
            case NotDirectoryException file -> file.getFile() + " is a file: name a folder";
            case DirectoryNotEmptyException full -> full.getFile() + " is not empty: name an empty or new folder";
            case FileSystemException other -> other.getFile() + " " + reason(other);
            case FileNotFoundException missing -> "cannot open " + missing.getMessage();
            case IOException full when FullDisk.caused(full) -> "the disk is full: make room, and repeat the command";
            default ->
                failure.getMessage() == null
                        ? "reading or writing failed (" + failure.getClass().getSimpleName() + "): repeat the command"
                        : failure.getMessage();
        };
    }

    /**
     * A command that ends since a file cannot be read or written. The command line is to blame unless a disk is full.
     */
    public static Failure failure(IOException failure) {
        return new Failure(FullDisk.caused(failure) ? ExitCode.FAILED : ExitCode.USAGE, words(failure));
    }

    private static String reason(FileSystemException failure) {
        String reason = failure.getReason() == null ? "" : failure.getReason();
        return switch (reason) {
            case "" -> "cannot be read or written: check its permissions";
            case "Is a directory" -> "is a folder: name a file";
            case "Not a directory" -> "lies in a file: name a folder";
            case "No space left on device", "Disk quota exceeded" ->
                "was not written, since the disk is full: make room, and repeat the command";
            case "Read-only file system" -> "is on a read-only disk: name a file elsewhere";
            default -> "cannot be read or written (" + reason + ")";
        };
    }

    /**
     * Opens a file for reading.
     *
     * @throws FileSystemException also for a folder, which the JDK opens and cannot read
     */
    public static InputStream open(Path file) throws IOException {
        return Files.newInputStream(requireFile(file));
    }

    /** The bytes of a file; as {@link #open} otherwise. */
    public static byte[] bytes(Path file) throws IOException {
        return Files.readAllBytes(requireFile(file));
    }

    /** Whether a file holds a certificate in PEM form (RFC 7468). */
    static boolean isCertificate(Path file) {
        try {
            return new String(bytes(file), StandardCharsets.ISO_8859_1).contains("-----BEGIN CERTIFICATE-----");
        } catch (IOException e) {
            return false;
        }
    }

    /** {@code file}, unless it is a folder. */
    public static Path requireFile(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new FileSystemException(file.toString(), null, "Is a directory");
        }
        return file;
    }

    /** {@code file}, if it can be made there: it is no folder, and its folder exists. */
    public static Path requireTarget(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file)) {
            throw new Failure(ExitCode.USAGE, file + " is a folder: name a file in it");
        }
        if (folder != null && !Files.isDirectory(folder)) {
            throw new Failure(
                    ExitCode.USAGE,
                    "there is no folder " + folder + ": make it, or write " + file.getFileName() + " elsewhere");
        }
        return file;
    }
}
