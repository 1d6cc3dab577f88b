package uz.koprik.crypto;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** Recognises that a disk, or the share of it that an account may use, is full. */
public final class FullDisk {

    private FullDisk() {}

    /** Whether a failure, or one that caused it, says so. */
    public static boolean caused(Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            String message = String.valueOf(at.getMessage());
            if (message.contains("No space left") || message.contains("Disk quota exceeded")) {
                return true;
            }
        }
        return false;
    }

    /** The same failure of a write, which names {@code file}: channels and streams do not say what they write. */
    public static IOException naming(Path file, IOException failure) {
        if (failure instanceof FileSystemException || !caused(failure)) {
            return failure;
        }
        FileSystemException named = new FileSystemException(file.toString(), null, failure.getMessage());
        named.initCause(failure);
        return named;
    }
}
