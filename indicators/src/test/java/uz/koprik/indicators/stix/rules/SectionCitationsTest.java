package uz.koprik.indicators.stix.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.indicators.stix.rules.types.Rulebook;

/** The sections that faults cite are sections of STIX 2.1, and the right ones where they were wrong before. */
final class SectionCitationsTest {

    private static final Pattern CITED = Pattern.compile("\"STIX 2\\.1, (\\d+(?:\\.\\d+)*)[\";]");

    /** How many subsections each section of the table of contents has. */
    private static final List<String> SIZES = List.of(
            "2 16", "3 10", "4 19", "5 2", "6 18", "7 3", "8 2", "9 8", "10 32", "11 3", "6.6 2", "6.7 6", "6.12 5",
            "6.13 3", "6.16 2", "6.17 2", "6.18 2", "6.7.3 2", "6.7.6 3", "7.2 3", "7.2.1 4");

    @Test
    void everyCitedSectionExists() throws Exception {
        Set<String> sections = new TreeSet<>();
        for (String size : SIZES) {
            String[] parts = size.split(" ", 2);
            sections.add(parts[0]);
            for (int i = 1; i <= Integer.parseInt(parts[1]); i++) {
                sections.add(parts[0] + '.' + i);
            }
        }
        Set<String> cited = new TreeSet<>();
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            for (Path source :
                    sources.filter(one -> one.toString().endsWith(".java")).toList()) {
                Matcher one = CITED.matcher(Files.readString(source));
                while (one.find()) {
                    cited.add(one.group(1));
                }
            }
        }
        assertTrue(cited.size() > 50, "citations were found: " + cited);
        cited.removeAll(sections);
        assertEquals(Set.of(), cited, "no such sections");
    }

    @Test
    void reservedNamesCiteTheirSection() throws Exception {
        assertTrue(sections("\"severity\":\"x\"").contains("STIX 2.1, 3.8"));
    }

    @Test
    void valuesCiteTheSectionOfTheirType() throws Exception {
        assertTrue(sections("\"extensions\":{}").contains("STIX 2.1, 2.3"));
        assertTrue(sections("\"labels\":[]").contains("STIX 2.1, 2.12"));
        assertTrue(sections("\"confidence\":101").contains("STIX 2.1, 2.10"));
        assertTrue(sections("\"revoked\":\"x\"").contains("STIX 2.1, 2.2"));
        assertTrue(sections("\"external_references\":[{\"source_name\":\"x\",\"url\":\"not a url\"}]")
                .contains("STIX 2.1, 2.5"));
        assertTrue(sections("\"kill_chain_phases\":[{}]").contains("STIX 2.1, 2.11"));
        assertTrue(sections("\"valid_until\":\"x\"").contains("STIX 2.1, 2.16"));
    }

    private static List<String> sections(String member) throws Exception {
        String text = "{\"type\":\"indicator\",\"spec_version\":\"2.1\","
                + "\"id\":\"indicator--00000000-0000-4000-8000-0000000000c1\","
                + "\"created\":\"2026-01-01T00:00:00.000Z\",\"modified\":\"2026-01-01T00:00:00.000Z\","
                + "\"pattern\":\"[domain-name:value = 'a.example.com']\",\"pattern_type\":\"stix\","
                + "\"valid_from\":\"2026-01-01T00:00:00Z\"," + member + "}";
        return Rulebook.examine(StrictJson.parseObject(text.getBytes(StandardCharsets.UTF_8))).faults().stream()
                .map(Fault::section)
                .toList();
    }
}
