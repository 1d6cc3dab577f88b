package uz.koprik.indicators.translate.misp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * docs/formats/misp.md says what the tables say. Its tables are made here: copy them from the failure when they differ.
 */
final class MappingPageTest {

    @Test
    void thePageSaysWhatTheTablesSay() throws Exception {
        String page = Files.readString(Path.of("../docs/formats/misp.md"));
        assertEquals(String.join("\n", attributes()), section(page, "attributes"));
        assertEquals(String.join("\n", objects()), section(page, "objects"));
        assertEquals(String.join("\n", galaxies()), section(page, "galaxies"));
    }

    private static String section(String page, String name) {
        String begin = "<!-- " + name + " -->\n";
        int from = page.indexOf(begin) + begin.length();
        return page.substring(from, page.indexOf("\n<!-- end -->", from));
    }

    private static List<String> attributes() {
        List<String> rows = new ArrayList<>(List.of("| MISP type | category | STIX |", "|---|---|---|"));
        for (AttributeType type : AttributeTypes.ALL) {
            rows.add("| `" + bars(type.name()) + "` | " + type.category() + " | " + stix(type) + " |");
        }
        return rows;
    }

    private static String stix(AttributeType type) {
        return switch (type.form()) {
            case TEXT -> "`note`: `content`";
            case RULE -> "`indicator` whose `pattern_type` is `" + type.name() + "`: `pattern`";
            case NAMED -> "`" + type.stixType() + "`: `name`";
            case VALUE -> {
                List<String> all = new ArrayList<>(type.fixed());
                type.parts().forEach(part -> all.add(part.path()));
                yield all.stream().map(path -> '`' + path + '`').collect(Collectors.joining(" and "));
            }
        };
    }

    private static List<String> objects() {
        List<String> rows =
                new ArrayList<>(List.of("| template | becomes | members compared | joined by |", "|---|---|---|---|"));
        for (ObjectTemplate template : ObjectTemplate.ALL) {
            boolean identity = !template.identityClass().isEmpty();
            String members = identity
                    ? "`" + template.nameRelation() + "` is the name"
                    : new TreeMap<>(template.relations())
                            .keySet().stream().map(r -> '`' + r + '`').collect(Collectors.joining(", "));
            rows.add("| `" + template.name() + "` | "
                    + (identity ? "identity, " + template.identityClass() : "indicator or observed data")
                    + " | " + members
                    + (template.never().isEmpty()
                            ? ""
                            : "; never kept: `" + String.join("`, `", template.never()) + '`')
                    + " | " + (identity ? "" : template.all() ? "AND" : "OR") + " |");
        }
        return rows;
    }

    private static List<String> galaxies() {
        List<String> rows = new ArrayList<>(List.of("| STIX type | galaxies |", "|---|---|"));
        GalaxyTypes.all().entrySet().stream()
                .collect(Collectors.groupingBy(
                        e -> e.getValue(),
                        java.util.LinkedHashMap::new,
                        Collectors.mapping(e -> '`' + e.getKey() + '`', Collectors.joining(", "))))
                .forEach((type, names) -> rows.add("| `" + type + "` | " + names + " |"));
        return rows;
    }

    private static String bars(String name) {
        return name.replace("|", "\\|");
    }
}
