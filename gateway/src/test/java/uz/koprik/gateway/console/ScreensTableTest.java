package uz.koprik.gateway.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The table of screens, and what every module must keep to. */
final class ScreensTableTest {

    private static final Pattern ROW = Pattern.compile("(?m)^  \\{ (id: .*?) \\},$");
    private static final Pattern MEMBER = Pattern.compile("(\\w+): '([^']*)'");
    private static final Pattern LIST = Pattern.compile("namespaces: \\[([^]]*)\\]");
    private static final Pattern NAME = Pattern.compile("'([^']+)'");
    private static final Pattern REQUEST =
            Pattern.compile("\\bfetch\\(|\\bEventSource\\b|\\bXMLHttpRequest\\b|sendBeacon");
    private static final Pattern MARKUP =
            Pattern.compile("innerHTML|outerHTML|unsafeHTML|insertAdjacentHTML|document\\.write"
                    + "|\\beval\\(|new Function\\b|\\sstyle=[\"']|\\son[a-z]+=[\"']");
    private static final Pattern IMPORT =
            Pattern.compile("(?m)(?:^import\\b[^'\\n]*|^export [^'\\n]* from |^\\} from |\\bimport\\()'([^']+)'");

    private final List<Map<String, String>> rows = new ArrayList<>();
    private String table;

    @BeforeEach
    void read() throws Exception {
        table = Files.readString(ConsoleTexts.ROOT.resolve("screens.js"));
        Matcher row = ROW.matcher(table);
        while (row.find()) {
            rows.add(MEMBER.matcher(row.group(1))
                    .results()
                    .collect(Collectors.toMap(
                            member -> member.group(1), member -> member.group(2), (one, other) -> one)));
        }
        assertTrue(rows.size() > 1, () -> "rows of one line each: " + rows);
    }

    @Test
    void eachRowNamesAModuleThatDefinesItsElementAndAnIconAndAName() throws Exception {
        List<String> faults = new ArrayList<>();
        String icons = Files.readString(ConsoleTexts.ROOT.resolve("kit/icons.js"));
        Set<String> names = ConsoleTexts.texts("frame", "en").keySet();
        for (Map<String, String> row : rows) {
            Path module = ConsoleTexts.ROOT.resolve(row.get("module")).normalize();
            if (!Files.exists(module)) {
                faults.add(row.get("id") + ": " + module + " is missing");
            } else if (!Files.readString(module).contains("customElements.define('" + row.get("tag") + "'")) {
                faults.add(row.get("id") + ": " + module + " does not define " + row.get("tag"));
            }
            if (!icons.contains("  " + row.get("icon") + ": '")) {
                faults.add(row.get("id") + ": there is no icon " + row.get("icon"));
            }
            if (!names.contains("screen." + row.get("id"))) {
                faults.add(row.get("id") + ": frame/texts lacks screen." + row.get("id"));
            }
        }
        assertEquals("", String.join("\n", faults));
    }

    @Test
    void idsPathsAndKeysDiffer() {
        for (String member : List.of("id", "path", "tag", "key")) {
            Set<String> seen = new HashSet<>();
            rows.stream()
                    .map(row -> row.get(member))
                    .filter(value -> value != null)
                    .filter(value -> !member.equals("tag"))
                    .forEach(value -> assertTrue(seen.add(value), () -> member + " " + value + " is there twice"));
        }
    }

    @Test
    void theTextsOfEachFolderAreLoaded() throws Exception {
        Set<String> loaded = LIST.matcher(table)
                .results()
                .flatMap(list -> NAME.matcher(list.group(1)).results())
                .map(name -> name.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        for (String source : ConsoleTexts.modules().values()) {
            Pattern.compile("\\bload\\(([^)]*)\\)")
                    .matcher(source)
                    .results()
                    .flatMap(call -> NAME.matcher(call.group(1)).results())
                    .map((MatchResult name) -> name.group(1))
                    .forEach(loaded::add);
        }
        Set<String> forgotten = new TreeSet<>(ConsoleTexts.folders());
        forgotten.removeAll(loaded);
        assertEquals(Set.of(), forgotten);
    }

    @Test
    void apiAloneSendsRequestsAndNoModuleMakesMarkupOfText() throws Exception {
        List<String> faults = new ArrayList<>();
        ConsoleTexts.modules().forEach((file, source) -> {
            if (!file.endsWith("api.js") || file.getNameCount() > ConsoleTexts.ROOT.getNameCount() + 1) {
                REQUEST.matcher(source).results().forEach(found -> faults.add(file + ": " + found.group()));
            }
            MARKUP.matcher(source).results().forEach(found -> faults.add(file + ": " + found.group()));
        });
        assertEquals("", String.join("\n", faults));
    }

    @Test
    void modulesImportWhatIsThere() throws Exception {
        List<String> faults = new ArrayList<>();
        ConsoleTexts.modules()
                .forEach((file, source) -> IMPORT.matcher(source).results().forEach(found -> {
                    String name = found.group(1);
                    if (name.startsWith(".")
                            && !Files.exists(file.resolveSibling(name).normalize())) {
                        faults.add(file + " imports " + name);
                    } else if (!name.startsWith(".") && !name.matches("lit|lit/.+\\.js|d3|cytoscape")) {
                        faults.add(file + " imports " + name);
                    }
                }));
        assertEquals("", String.join("\n", faults));
    }
}
