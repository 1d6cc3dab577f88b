package uz.koprik.gateway.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The sources of the console: folders with texts, their files, the modules. */
final class ConsoleTexts {

    static final Path ROOT = Path.of("src", "main", "console");

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Pattern COMMENT =
            Pattern.compile("/\\*\\*?\\s.*?\\*/|^\\s*//[^\\n]*", Pattern.DOTALL | Pattern.MULTILINE);

    private ConsoleTexts() {}

    /** Names of all folders that have texts. */
    static List<String> folders() throws IOException {
        try (Stream<Path> folders = Files.list(ROOT)) {
            return folders.filter(folder -> Files.isDirectory(folder.resolve("texts")))
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    static Path file(String folder, String language) {
        return ROOT.resolve(folder).resolve("texts").resolve(language + ".json");
    }

    /** Texts by key: each a string, or an object of plural forms. */
    static Map<String, JsonNode> texts(String folder, String language) throws IOException {
        Map<String, JsonNode> texts = new TreeMap<>();
        JSON.readTree(Files.readString(file(folder, language)))
                .properties()
                .forEach(text -> texts.put(text.getKey(), text.getValue()));
        return texts;
    }

    /** The source of each module by its path, without comments. */
    static Map<Path, String> modules() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(".js"))
                    .collect(Collectors.toMap(file -> file, ConsoleTexts::read));
        }
    }

    private static String read(Path file) {
        try {
            return COMMENT.matcher(Files.readString(file)).replaceAll("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
