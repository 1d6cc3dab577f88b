package uz.koprik.crypto.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import uz.koprik.crypto.Oracles;

/** JSONTestSuite by Nicolas Seriot: {@code y_} must be read, {@code n_} must not, {@code i_} must not crash. */
class JsonTestSuiteTest {

    /** Files of JSON that is valid (RFC 8259) and refused here, with the words of the rule that refuses them. */
    private static final Map<String, String> STRICTER = Map.of(
            "y_object_duplicated_key.json", "this name twice",
            "y_object_duplicated_key_and_value.json", "this name twice",
            "y_number_minus_zero.json", "negative zero",
            "y_number_negative_zero.json", "negative zero");

    private static Map<String, byte[]> files;

    @BeforeAll
    static void read() throws IOException {
        files = new HashMap<>();
        Oracles.untar(Oracles.conformance("json-test-parsing.tar.gz"))
                .forEach((path, text) -> files.put(path.substring(path.lastIndexOf('/') + 1), text));
    }

    @Test
    void theSuiteIsAllThere() {
        assertTrue(files.size() > 300, () -> "only " + files.size() + " files");
    }

    @Test
    void validFilesAreReadUnlessAStricterRuleNamesThem() {
        List<String> surprises = new ArrayList<>();
        Set<String> refused = new HashSet<>();
        files.forEach((name, text) -> {
            if (name.startsWith("y_")) {
                try {
                    StrictJson.parse(text);
                } catch (MalformedJson e) {
                    refused.add(name);
                    String rule = STRICTER.get(name);
                    if (rule == null || !e.reason().contains(rule)) {
                        surprises.add(name + ": " + e.getMessage());
                    }
                }
            }
        });
        assertEquals(List.of(), surprises);
        assertEquals(STRICTER.keySet(), refused);
    }

    @Test
    void invalidFilesAreRefused() {
        List<String> accepted = new ArrayList<>();
        files.forEach((name, text) -> {
            if (name.startsWith("n_")) {
                try {
                    StrictJson.parse(text);
                    accepted.add(name);
                } catch (MalformedJson expected) {
                    assertTrue(expected.line() >= 1 && expected.column() >= 1, name);
                }
            }
        });
        assertEquals(List.of(), accepted);
    }

    @Test
    void undecidedFilesAreReadOrRefusedButNeverCrash() throws MalformedJson {
        Set<String> read = new HashSet<>();
        files.forEach((name, text) -> {
            if (name.startsWith("i_")) {
                try {
                    StrictJson.parse(text);
                    read.add(name);
                } catch (MalformedJson expected) {
                    assertTrue(expected.offset() <= text.length, name);
                }
            }
        });
        // What two readers would read differently is refused, so hardly any of these files may pass.
        assertEquals(Set.of(), read);
        assertThrows(MalformedJson.class, () -> StrictJson.parse(files.get("i_structure_500_nested_arrays.json")));
    }
}
