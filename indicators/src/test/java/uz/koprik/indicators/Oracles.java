package uz.koprik.indicators;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;

/** Vectors and input written by others, which lie outside this repository; see the system property koprik.data. */
public final class Oracles {

    private Oracles() {}

    /** A file or folder among them; the calling test is passed over, saying so, when the whole folder is absent. */
    public static Path path(String name) {
        Path folder = Path.of(System.getProperty("koprik.data", "../shared/data"));
        Assumptions.assumeTrue(Files.isDirectory(folder),
                () -> "NOT RUN: the folder of oracles is absent (-Dkoprik.data=" + folder + ")");
        Path path = folder.resolve(name);
        if (!Files.exists(path)) {
            throw new IllegalStateException("the folder of oracles has no " + name);
        }
        return path;
    }

    /** All lines of a text, unpacked when its name ends with {@code .gz}. */
    public static List<String> lines(String name) throws IOException {
        Path path = path(name);
        try (InputStream raw = Files.newInputStream(path);
                InputStream in = name.endsWith(".gz") ? new GZIPInputStream(raw, 1 << 16) : raw;
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        }
    }

    /** The plain files of a {@code .tar.gz} by their paths in it. */
    public static Map<String, byte[]> untar(String name) throws IOException {
        byte[] tar;
        try (InputStream in = new GZIPInputStream(Files.newInputStream(path(name)), 1 << 16)) {
            tar = in.readAllBytes();
        }
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (int at = 0; at + 512 <= tar.length && tar[at] != 0;) {
            int size = Integer.parseInt(header(tar, at + 124, 12).strip(), 8);
            if (tar[at + 156] == '0' || tar[at + 156] == 0) {
                files.put(header(tar, at, 100), Arrays.copyOfRange(tar, at + 512, at + 512 + size));
            }
            at += 512 + (size + 511) / 512 * 512;
        }
        return files;
    }

    private static String header(byte[] tar, int from, int length) {
        int end = from;
        while (end < from + length && tar[end] != 0) {
            end++;
        }
        return new String(tar, from, end - from, StandardCharsets.US_ASCII);
    }
}
