package uz.koprik.indicators.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import uz.koprik.crypto.Oracles;
import uz.koprik.crypto.json.JsonBoolean;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.StrictJson;

/** The verdicts of the reference validator (oasis-open/cti-pattern-validator). */
class PatternConformanceTest {

    @Test
    void sameVerdictAsTheReferenceValidator() throws Exception {
        List<String> differences = new ArrayList<>();
        int cases = 0;
        for (String line : Oracles.lines("conformance/pattern_syntax_v21.jsonl")) {
            JsonObject oracle = StrictJson.parseObject(line.getBytes(StandardCharsets.UTF_8));
            String text = oracle.string("pattern").orElseThrow();
            boolean valid = oracle.get("valid") instanceof JsonBoolean b && b.value();
            cases++;
            try {
                String normal = Pattern.parse(text).toString();
                assertEquals(normal, Pattern.parse(normal).toString(), "normal form of " + text);
                assertEquals(Pattern.parse(text), Pattern.parse(normal), "tree of " + text);
                if (!valid) {
                    differences.add("accepted: " + text);
                }
            } catch (PatternSyntaxError e) {
                if (valid) {
                    differences.add("refused: " + text + " because " + e.getMessage());
                }
            }
        }
        assertEquals(List.of(), differences);
        assertTrue(cases >= 87, "cases read: " + cases);
    }

    @Test
    void readsThePatternsOfTheReferenceMatcher() throws Exception {
        List<String> differences = new ArrayList<>();
        for (String line : Oracles.lines("conformance/pattern_match_v21.jsonl")) {
            JsonObject oracle = StrictJson.parseObject(line.getBytes(StandardCharsets.UTF_8));
            String text = oracle.string("pattern").orElseThrow();
            try {
                Pattern.parse(text);
            } catch (PatternSyntaxError e) {
                // The matcher evaluates two qualifiers of one kind; the standard and the validator refuse them.
                boolean doubled = e.expected().equals("no second qualifier of this kind");
                if (!doubled && !oracle.string("outcome").orElseThrow().equals("error")) {
                    differences.add("refused: " + text + " because " + e.getMessage());
                }
            }
        }
        assertEquals(List.of(), differences);
    }
}
