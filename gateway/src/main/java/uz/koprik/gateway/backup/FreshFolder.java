package uz.koprik.gateway.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * An empty or new folder that is being filled. Closing it removes what was written, unless that was {@link #keep kept}:
 * half a home or backup would stand in the way of the next attempt.
 */
public final class FreshFolder implements AutoCloseable {

    private final Path folder;
    private final boolean existed;
    private boolean kept;

    /** @param folder empty, or not there yet: the caller has made sure */
    public FreshFolder(Path folder) {
        this.folder = folder;
        this.existed = Files.exists(folder);
    }

    /** All is written. */
    public void keep() {
        kept = true;
    }

    @Override
    public void close() throws IOException {
        if (kept) {
            return;
        }
        if (!existed) {
            BackupArchive.remove(folder);
            return;
        }
        try (Stream<Path> content = Files.list(folder)) {
            for (Path path : content.toList()) {
                BackupArchive.remove(path);
            }
        }
    }
}
