package uz.koprik.gateway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.gateway.centre.SmallDisk;

class LineFileTest {

    @TempDir
    private Path folder;

    @Test
    void addsWholeLinesAfterAnUnfinishedOne() throws IOException {
        Path file = folder.resolve("lines");
        assertEquals(0, LineFile.append(file, "one\n"));
        assertEquals(4, LineFile.append(file, "two\n"));
        Files.writeString(file, "one\nhal");
        LineFile.append(file, "two\nthree\n");
        assertEquals("one\nhal\ntwo\nthree\n", Files.readString(file));
        LineFile.cut(file, 4);
        assertEquals("one\n", Files.readString(file));
    }

    @Test
    void aFullDiskLeavesNoPartOfALine() throws Exception {
        SmallDisk.requireRoot();
        try (SmallDisk disk = SmallDisk.mount(folder, "64k")) {
            Path file = folder.resolve("lines");
            String line = "x".repeat(999) + "\n";
            disk.fill();
            IOException full = assertThrows(FileSystemException.class, () -> LineFile.append(file, line));
            assertTrue(full.getMessage().contains("lines: No space left"), full.getMessage());
            assertFalse(Files.exists(file));
            disk.fillBut(1);
            int lines = 0;
            while (lines < 4) {
                LineFile.append(file, line);
                lines++;
            }
            // 96 bytes of the block are left: the disk takes these before it refuses the rest.
            assertThrows(FileSystemException.class, () -> LineFile.append(file, line));
            assertEquals(line.repeat(4), Files.readString(file));
            disk.free();
            LineFile.append(file, line);
            assertEquals(line.repeat(5), Files.readString(file));
        }
    }
}
