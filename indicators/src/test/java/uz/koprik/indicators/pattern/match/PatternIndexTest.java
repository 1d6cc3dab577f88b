package uz.koprik.indicators.pattern.match;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PatternIndexTest {

    private static final List<Observation> SEEN = Sightings.read(Sightings.observed(
            0, 0, 1, "'0':{'type':'domain-name','value':'d7.example.com'},'1':{'type':'file','size':5,'tags':['x']}"));

    private static Set<String> keys(PatternIndex.Result<String> result) {
        return result.hits().stream().map(PatternIndex.Hit::key).collect(Collectors.toSet());
    }

    @Test
    void testsOnlyWhatMayMatch() {
        PatternIndex<String> index = new PatternIndex<>();
        for (int i = 0; i < 1000; i++) {
            index.put("d" + i, Sightings.compiled("[domain-name:value = 'd" + i + ".example.com']"));
            index.put(
                    "and" + i,
                    Sightings.compiled("[file:size > 1] AND [domain-name:value IN ('d" + i + ".example.com', 'x')]"));
            index.put("u" + i, Sightings.compiled("[url:value LIKE '%" + i + "'] OR [url:value = 'd7.example.com']"));
        }
        index.put("size", Sightings.compiled("[file:size = 5.0 AND file:tags[*] = 'x']"));
        index.put("like", Sightings.compiled("[domain-name:value LIKE '%.org' OR file:tags[0] = 'y']"));
        PatternIndex.Result<String> result = index.match(SEEN);
        assertEquals(Set.of("d7", "size"), keys(result), "one observation is not two");
        assertEquals(4, result.tested());
        assertEquals(3002, index.size());
    }

    @Test
    void replacesAndRemoves() {
        PatternIndex<String> index = new PatternIndex<>();
        index.put("k", Sightings.compiled("[domain-name:value = 'other.example.com']"));
        assertTrue(index.match(SEEN).hits().isEmpty());
        index.put("k", Sightings.compiled("[domain-name:value = 'd7.example.com']"));
        assertEquals(Set.of("k"), keys(index.match(SEEN)));
        assertEquals(1, index.size());
        assertTrue(index.remove("k"));
        assertFalse(index.remove("k"));
        assertEquals(0, index.match(SEEN).tested());
    }

    @Test
    void tellsWhatIsUndecided() {
        PatternIndex<String> index = new PatternIndex<>();
        index.put("time", Sightings.compiled("[domain-name:value > t'2026-01-01T00:00:00Z']"));
        index.put("good", Sightings.compiled("[domain-name:value LIKE 'd7%']"));
        PatternIndex.Result<String> result = index.match(SEEN);
        assertEquals(Set.of("good"), keys(result));
        assertEquals("time", result.undecided().getFirst().key());
    }
}
