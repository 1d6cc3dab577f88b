import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Formats the Java sources of the three modules, or checks that they are formatted. The script {@code .ci/format} starts it. */
public final class Format {
    private Format() {}

    private static final Formatter FORMATTER = Formatter.createFormatter(
            JavaFormatterOptions.builder().style(JavaFormatterOptions.Style.PALANTIR).formatJavadoc(true).build());

    /**
     * Exits with 1 when a file is not formatted and the mode is {@code check}.
     *
     * @param args {@code check} or {@code write}, and the folder of the project
     */
    public static void main(String[] args) throws IOException {
        boolean write = args[0].equals("write");
        Path root = Path.of(args[1]).toRealPath();
        List<Path> other = Stream.of("crypto", "indicators", "gateway")
                .flatMap(module -> sources(root.resolve(module)).stream())
                .parallel()
                .filter(source -> isChanged(source, write))
                .sorted()
                .toList();
        other.forEach(source -> System.out.println((write ? "formatted " : "not formatted: ") + root.relativize(source)));
        if (!write && !other.isEmpty()) {
            System.out.println(other.size() + " files are not formatted. Run .ci/format --write");
            System.exit(1);
        }
    }

    private static List<Path> sources(Path module) {
        try (Stream<Path> files = Files.walk(module.resolve("src"))) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isChanged(Path source, boolean write) {
        try {
            String text = Files.readString(source);
            String formatted = FORMATTER.formatSource(text);
            if (formatted.equals(text)) {
                return false;
            }
            if (write) {
                Files.writeString(source, formatted);
            }
            return true;
        } catch (FormatterException e) {
            throw new IllegalStateException(source + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
