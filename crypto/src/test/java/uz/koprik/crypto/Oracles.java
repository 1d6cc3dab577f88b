package uz.koprik.crypto;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;

/** Test vectors by others, read from the folder that the system property {@code koprik.data} names. */
public final class Oracles {

    private Oracles() {}

    /** The file or folder {@code name} of the conformance vectors. */
    public static Path conformance(String name) {
        return path("conformance/" + name);
    }

    /** A file or folder among them; the calling test is passed over, saying so, when the whole folder is absent. */
    public static Path path(String name) {
        Path folder = Path.of(System.getProperty("koprik.data", "../../shared/data"));
        Assumptions.assumeTrue(
                Files.isDirectory(folder),
                () -> "NOT RUN: the folder of oracles " + folder.toAbsolutePath()
                        + " is absent; -Dkoprik.data=DIR names another");
        Path path = folder.resolve(name);
        if (!Files.exists(path)) {
            throw new IllegalStateException("the folder of oracles has no " + name);
        }
        return path;
    }

    /** All lines of a text, unpacked when its name ends with {@code .gz}. */
    public static List<String> lines(String name) throws IOException {
        Path path = path(name);
        byte[] bytes = name.endsWith(".gz") ? gunzip(path) : Files.readAllBytes(path);
        return new String(bytes, StandardCharsets.UTF_8).lines().toList();
    }

    public static byte[] gunzip(Path path) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(path))) {
            return in.readAllBytes();
        }
    }

    /** The plain files of a {@code .tar.gz} by their paths in it. */
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
                files.put(name, content.toByteArray());
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
