package uz.koprik.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import uz.koprik.gateway.config.Config;

/** The table "to add … touch …" of docs/CONTRIBUTING.md: its files exist, and the lists that it names are complete. */
class RecipesTest {

    private static final Pattern CLASS = Pattern.compile("`([A-Z][A-Za-z0-9]*)`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+\\.md)");

    /** Sources of all modules by simple name; a name may exist in several packages. */
    private static final Map<String, List<Path>> MAIN = new TreeMap<>();

    private static final Set<String> TESTS = new TreeSet<>();

    @BeforeAll
    static void readSources() throws IOException {
        for (String module : List.of("crypto", "indicators", "gateway")) {
            try (Stream<Path> files = Files.walk(Path.of("..", module, "src/main/java"))) {
                MAIN.putAll(files.filter(file -> file.toString().endsWith(".java"))
                        .collect(Collectors.groupingBy(RecipesTest::name, TreeMap::new, Collectors.toList())));
            }
            try (Stream<Path> files = Files.walk(Path.of("..", module, "src/test/java"))) {
                files.map(RecipesTest::name).forEach(TESTS::add);
            }
        }
    }

    @Test
    void everyClassAndPageThatTheTableNamesExists() throws IOException {
        List<String> rows = rows();
        assertTrue(rows.size() >= 10, "rows of the table: " + rows);
        Set<String> classes = new TreeSet<>();
        for (String row : rows) {
            CLASS.matcher(row).results().map(found -> found.group(1)).forEach(classes::add);
            LINK.matcher(row)
                    .results()
                    .forEach(link -> assertTrue(Files.exists(Path.of("../docs", link.group(1))), link.group(1)));
        }
        assertFalse(classes.isEmpty());
        classes.removeAll(MAIN.keySet());
        classes.removeAll(TESTS);
        assertEquals(Set.of(), classes);
    }

    @Test
    void everySignatureAlgorithmIsOnItsList() throws IOException {
        assertListed(implementations("SignatureAlgorithm"), 2, "SignatureAlgorithms");
    }

    @Test
    void everyExportWriterBelongsToAFormat() throws IOException {
        assertListed(implementations("ExportWriter"), 5, "ExportFormat");
    }

    @Test
    void everyRouteIsMounted() throws IOException {
        assertListed(
                implementations("Routes"),
                30,
                "AnalystApi",
                "Alerts",
                "SecondPerson",
                "ReleaseDeskApi",
                "SignInApi",
                "OpenedOidc",
                "TaxiiApi",
                "CentreStart");
    }

    @Test
    void everyCommandIsReachedFromMain() throws IOException {
        Set<String> reached = new TreeSet<>(Set.of("Main"));
        Set<String> commands = new TreeSet<>();
        Pattern annotated = Pattern.compile("(?m)^@Command\\b");
        for (String name : MAIN.keySet()) {
            if (annotated.matcher(text(name)).find()) {
                commands.add(name);
            }
        }
        assertTrue(commands.size() >= 20, "commands: " + commands);
        for (int before = 0; before != reached.size(); ) {
            before = reached.size();
            for (String parent : List.copyOf(reached)) {
                String text = text(parent);
                commands.stream()
                        .filter(name -> text.contains("new " + name + "(")
                                || text.contains(name + ".class")
                                || text.contains(" extends " + name + " "))
                        .forEach(reached::add);
            }
        }
        commands.removeAll(reached);
        assertEquals(Set.of(), commands);
    }

    @Test
    void everySettingHasItsCommentAndDefaultInConfig() {
        Set<String> bare = new TreeSet<>();
        assertTrue(collectBare(Config.class, "", bare) >= 80);
        assertEquals(Set.of(), bare);
    }

    /** The number of settings below {@code section}; those without an annotation are added to {@code bare}. */
    private static int collectBare(Class<?> section, String path, Set<String> bare) {
        int settings = 0;
        for (RecordComponent component : section.getRecordComponents()) {
            String key = path + component.getName();
            if (Arrays.stream(component.getAnnotations())
                    .noneMatch(a -> a.annotationType().getSimpleName().equals("Setting"))) {
                bare.add(key);
            }
            boolean subsection = component.getType().isRecord()
                    && component.getType().getName().contains(".config.Config$");
            settings += subsection ? collectBare(component.getType(), key + '.', bare) : 1;
        }
        return settings;
    }

    private static void assertListed(Set<String> classes, int least, String... lists) throws IOException {
        assertTrue(classes.size() >= least, "found only " + classes);
        StringBuilder text = new StringBuilder();
        for (String list : lists) {
            text.append(text(list));
        }
        Set<String> missing = new TreeSet<>(classes);
        missing.removeIf(name -> text.indexOf("new " + name + "(") >= 0);
        assertEquals(Set.of(), missing, "not in " + String.join(", ", lists));
    }

    /** Names of the classes that implement an interface directly. */
    private static Set<String> implementations(String type) throws IOException {
        Pattern declaration = Pattern.compile("class (\\w+)(?:<[^>]*>)? implements (?:\\w+, )*" + type + "\\b");
        Set<String> found = new TreeSet<>();
        for (String name : MAIN.keySet()) {
            declaration
                    .matcher(text(name))
                    .results()
                    .map(match -> match.group(1))
                    .forEach(found::add);
        }
        return found;
    }

    private static List<String> rows() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("../docs/CONTRIBUTING.md"));
        int table = lines.indexOf("| to add | touch |");
        assertTrue(table >= 0, "docs/CONTRIBUTING.md has no table \"to add | touch\"");
        return lines.subList(table + 2, lines.size()).stream()
                .takeWhile(line -> line.startsWith("|"))
                .toList();
    }

    private static String text(String name) throws IOException {
        StringBuilder text = new StringBuilder();
        for (Path file : MAIN.getOrDefault(name, List.of())) {
            text.append(Files.readString(file));
        }
        return text.toString();
    }

    private static String name(Path file) {
        return file.getFileName().toString().replace(".java", "");
    }
}
