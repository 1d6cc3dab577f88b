package uz.koprik.indicators.pattern.match;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import uz.koprik.indicators.pattern.Pattern;

class MatchPropertiesTest {

    @Provide
    Arbitrary<List<Observation>> observations() {
        return Sightings.observations();
    }

    @Provide
    Arbitrary<Pattern> patterns() {
        return Sightings.patterns();
    }

    /** The search finds a way exactly when one exists among all that can be written down. */
    @Property(tries = 4000, edgeCases = EdgeCasesMode.NONE)
    void sharesOutAsTryingAllWaysDoes(
            @ForAll("patterns") Pattern pattern, @ForAll("observations") List<Observation> observations)
            throws Exception {
        Boolean expected = new NaiveMatcher(observations).matches(pattern.root());
        if (expected != null) {
            assertEquals(
                    expected, CompiledPattern.of(pattern).match(observations).isPresent());
        }
    }

    /** What takes part in a match is enough for it. */
    @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
    void namesObservationsThatMatchByThemselves(
            @ForAll("patterns") Pattern pattern, @ForAll("observations") List<Observation> observations)
            throws Exception {
        CompiledPattern compiled = CompiledPattern.of(pattern);
        try {
            var match = compiled.match(observations);
            if (match.isPresent()) {
                assertTrue(observations.containsAll(match.get().observed()));
                assertTrue(compiled.match(match.get().observed()).isPresent());
            }
        } catch (MatchFailure e) {
            assertTrue(!e.tooMuchWork() && !e.getMessage().isBlank(), e.getMessage());
        }
    }

    /** The index finds what testing every pattern finds, and is undecided where that is, also after removals. */
    @Property(tries = 1500, edgeCases = EdgeCasesMode.NONE)
    void indexAgreesWithTestingAll(
            @ForAll @Size(max = 12) List<@net.jqwik.api.From("patterns") Pattern> patterns,
            @ForAll("observations") List<Observation> observations)
            throws Exception {
        PatternIndex<Integer> index = new PatternIndex<>();
        Map<Integer, String> expected = new HashMap<>();
        for (int i = 0; i < patterns.size(); i++) {
            CompiledPattern compiled = CompiledPattern.of(patterns.get(i));
            index.put(i, compiled);
            if (i % 4 == 3) {
                assertTrue(index.remove(i));
                continue;
            }
            try {
                if (compiled.match(observations).isPresent()) {
                    expected.put(i, "match");
                }
            } catch (MatchFailure e) {
                expected.put(i, e.getMessage());
            }
        }
        PatternIndex.Result<Integer> result = index.match(observations);
        Map<Integer, String> found = new HashMap<>();
        result.hits().forEach(h -> found.put(h.key(), "match"));
        result.undecided().forEach(u -> found.put(u.key(), u.reason().getMessage()));
        assertEquals(expected, found);
        assertTrue(result.tested() <= index.size());
    }

    /** Nothing of a removed pattern is left behind. */
    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void removesWhole(
            @ForAll @Size(max = 8) List<@net.jqwik.api.From("patterns") Pattern> patterns,
            @ForAll("observations") List<Observation> observations)
            throws Exception {
        PatternIndex<Integer> index = new PatternIndex<>();
        Set<Integer> keys = new HashSet<>();
        for (Pattern pattern : patterns) {
            index.put(keys.size(), CompiledPattern.of(pattern));
            keys.add(keys.size());
        }
        keys.forEach(index::remove);
        assertEquals(0, index.size());
        assertEquals(0, index.match(observations).tested());
    }
}
