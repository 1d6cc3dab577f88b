package uz.koprik.gateway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A replaced file survives a power loss: its content is flushed before the rename, its name after it. */
final class DurableFileTest {

    @TempDir
    Path folder;

    @Test
    void theFileIsFlushedBeforeItsRenameAndTheFolderAfterIt() throws Exception {
        Path file = folder.resolve("record");
        SecretFile.replace(file, new byte[] {1});
        List<String> flushed = new ArrayList<>();
        SecretFile.replace(file, new byte[] {2, 3}, (channel, path) -> {
            String what = path.equals(folder) ? "folder" : "part of " + channel.size() + " bytes";
            flushed.add(what + ", while the record has " + Files.size(file));
            channel.force(true);
        });
        assertEquals(List.of("part of 2 bytes, while the record has 1", "folder, while the record has 2"), flushed);
    }

    @Test
    void aFailedFlushOfTheFolderIsReported() {
        Path file = folder.resolve("record");
        IOException failed = assertThrows(
                IOException.class,
                () -> SecretFile.replace(file, new byte[] {1}, (channel, path) -> {
                    if (path.equals(folder)) {
                        throw new IOException("disk error");
                    }
                }));
        assertEquals("disk error", failed.getMessage());
    }
}
