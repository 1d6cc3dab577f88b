package uz.koprik.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import uz.koprik.crypto.FullDisk;

class StandardOutputTest {

    @Test
    void remembersThatTheDiskWasFull() throws IOException {
        assumeTrue(Files.exists(Path.of("/dev/full")), "only Linux has a device that is always full");
        try (StandardOutput out = new StandardOutput(new FileOutputStream("/dev/full"))) {
            PrintWriter writer = out.writer();
            writer.println("a line");
            writer.println("another");
            assertTrue(FullDisk.caused(out.failure().orElseThrow()));
        }
    }

    @Test
    void aReaderThatWantsNoMoreIsNoFailure() throws IOException {
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        try (StandardOutput out = new StandardOutput(closed)) {
            out.writer().println("a line");
            assertEquals(Optional.empty(), out.failure());
        }
    }
}
