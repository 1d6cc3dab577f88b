package uz.koprik.crypto;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;

/** Test vectors by others, read from the folder that the system property {@code koprik.data} names. */
public final class Oracles {

    private Oracles() {}

    /** The file or folder {@code name} of the conformance vectors; skips the test, saying so, where they are not there. */
    public static Path conformance(String name) {
        Path path = Path.of(System.getProperty("koprik.data", "../../shared/data"), "conformance", name);
        Assumptions.assumeTrue(Files.exists(path),
                () -> "SKIPPED: the vectors " + path.toAbsolutePath() + " are not here; set -Dkoprik.data=<folder> to run them");
        return path;
    }

    public static byte[] gunzip(Path path) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(path))) {
            return in.readAllBytes();
        }
    }

    /** The plain files of a {@code .tar.gz} by their last path element. */
    public static Map<String, byte[]> untar(Path path) throws IOException {
        byte[] tar = gunzip(path);
        Map<String, byte[]> files = new LinkedHashMap<>();
        int at = 0;
        while (at + 512 <= tar.length && tar[at] != 0) {
            String name = text(tar, at, 100);
            int size = Integer.parseInt(text(tar, at + 124, 12).strip(), 8);
            char type = (char) tar[at + 156];
            at += 512;
            if (type == '0' || type == 0) {
                ByteArrayOutputStream content = new ByteArrayOutputStream(size);
                content.write(tar, at, size);
                files.put(name.substring(name.lastIndexOf('/') + 1), content.toByteArray());
            }
            at += (size + 511) / 512 * 512;
        }
        return files;
    }

    private static String text(byte[] bytes, int from, int length) {
        int end = from;
        while (end < from + length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, from, end - from, StandardCharsets.US_ASCII);
    }
}
