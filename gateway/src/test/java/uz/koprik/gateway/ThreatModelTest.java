package uz.koprik.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/threat-model.md names tests that exist. */
class ThreatModelTest {

    private static final Pattern NAME = Pattern.compile("`([A-Z][A-Za-z0-9]*Test)`");

    @Test
    void everyTestThatIsNamedExists() throws IOException {
        String page = Files.readString(Path.of("../docs/threat-model.md"));
        Set<String> named =
                NAME.matcher(page).results().map(name -> name.group(1)).collect(Collectors.toCollection(TreeSet::new));
        assertFalse(named.isEmpty());
        named.removeAll(tests());
        assertEquals(Set.of(), named);
    }

    private static Set<String> tests() throws IOException {
        Set<String> tests = new TreeSet<>();
        for (String module : List.of("crypto", "indicators", "gateway")) {
            try (Stream<Path> files = Files.walk(Path.of("..", module, "src/test/java"))) {
                files.map(file -> file.getFileName().toString().replace(".java", ""))
                        .forEach(tests::add);
            }
        }
        return tests;
    }
}
