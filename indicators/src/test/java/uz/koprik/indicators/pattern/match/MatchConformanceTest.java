package uz.koprik.indicators.pattern.match;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import uz.koprik.crypto.Oracles;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.indicators.pattern.PatternSyntaxError;

/** The verdicts of the reference matcher (oasis-open/cti-pattern-matcher). */
class MatchConformanceTest {

    @Test
    void sameVerdictAsTheReferenceMatcher() throws Exception {
        List<String> differences = new ArrayList<>();
        int cases = 0;
        for (String line : Oracles.lines("conformance/pattern_match_v21.jsonl")) {
            JsonObject oracle = StrictJson.parseObject(line.getBytes(StandardCharsets.UTF_8));
            String text = oracle.string("pattern").orElseThrow();
            String expected = oracle.string("outcome").orElseThrow();
            String outcome;
            try {
                CompiledPattern pattern = CompiledPattern.parse(text);
                outcome = pattern.match(Observations.read(oracle.get("observed_data")))
                                .isPresent()
                        ? "match"
                        : "no-match";
            } catch (PatternSyntaxError | UnmatchablePattern | MatchFailure e) {
                outcome = "error";
            }
            cases++;
            if (!outcome.equals(expected)) {
                differences.add(text + " is " + expected + ", not " + outcome);
            }
        }
        assertEquals(List.of(), differences);
        assertTrue(cases >= 206, "cases read: " + cases);
    }
}
