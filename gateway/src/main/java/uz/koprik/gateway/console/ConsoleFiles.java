package uz.koprik.gateway.console;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import uz.koprik.crypto.Sha256;

/**
 * The console's own files, read from the class path at the start. The content decides {@link #root}, so browsers may
 * keep each file for as long as they like, and still get new files after an upgrade.
 */
final class ConsoleFiles {

    private static final String FOLDER = "/console/";
    private static final String INDEX = "index.html";
    private static final int ROOT_LENGTH = 16;

    private final Map<String, StaticFile> files = new HashMap<>();
    private final String root;
    private final byte[] index;

    private ConsoleFiles(Map<String, byte[]> contents) {
        StringBuilder all = new StringBuilder();
        contents.forEach((name, content) -> {
            StaticFile.of(name, content).ifPresent(file -> files.put(name, file));
            all.append(name).append(' ').append(Sha256.hex(content)).append('\n');
        });
        root = Sha256.hex(all.toString().getBytes(StandardCharsets.UTF_8)).substring(0, ROOT_LENGTH);
        index = contents.get(INDEX);
    }

    /** Reads them. */
    static ConsoleFiles load() throws IOException {
        URL found = ConsoleFiles.class.getResource(FOLDER + INDEX);
        if (found == null) {
            throw new IOException("the console is missing in the program: " + FOLDER + INDEX);
        }
        try {
            URI uri = found.toURI();
            if (!uri.getScheme().equals("jar")) {
                return new ConsoleFiles(read(Path.of(uri).getParent()));
            }
            try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
                return new ConsoleFiles(read(jar.getPath(FOLDER)));
            }
        } catch (URISyntaxException impossible) {
            throw new IOException("the console cannot be found: " + found, impossible);
        }
    }

    private static Map<String, byte[]> read(Path folder) throws IOException {
        Map<String, byte[]> contents = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            List<Path> all = paths.filter(Files::isRegularFile).toList();
            for (Path path : all) {
                contents.put(folder.relativize(path).toString().replace('\\', '/'), Files.readAllBytes(path));
            }
        }
        return contents;
    }

    /** A word that changes whenever a file does. */
    String root() {
        return root;
    }

    /** The page that starts the console, before its places are filled in. */
    byte[] index() {
        return index.clone();
    }

    /** @param name below the folder of the console, such as {@code kit/tokens.css} */
    Optional<StaticFile> find(String name) {
        return Optional.ofNullable(files.get(name));
    }
}
