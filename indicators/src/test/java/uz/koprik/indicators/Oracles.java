package uz.koprik.indicators;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
}
