package uz.koprik.indicators.store.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every kind of papers does. */
public abstract class StateStoreContract {

    /** Papers of which there are none yet. */
    protected abstract StateStore empty() throws Exception;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aPaperIsReplacedOnlyInTheVersionThatWasExpected() throws Exception {
        StateStore papers = empty();
        assertEquals(Optional.empty(), papers.read("searches/a.json"));
        String first = papers.replace("searches/a.json", "", bytes("one")).orElseThrow();
        assertEquals(Optional.empty(), papers.replace("searches/a.json", "", bytes("two")));
        String second = papers.replace("searches/a.json", first, bytes("three")).orElseThrow();
        assertEquals(Optional.empty(), papers.replace("searches/a.json", first, bytes("four")));
        StateStore.Paper there = papers.read("searches/a.json").orElseThrow();
        assertEquals(second, there.version());
        assertArrayEquals(bytes("three"), there.content());
        papers.remove("searches/a.json");
        papers.remove("searches/a.json");
        assertEquals(Optional.empty(), papers.read("searches/a.json"));
        assertEquals(Optional.empty(), papers.replace("searches/a.json", second, bytes("five")), "it is gone");
        assertTrue(
                papers.replace("searches/a.json", "", new byte[] {0x78, -1, 0}).isPresent());
        assertArrayEquals(
                new byte[] {0x78, -1, 0},
                papers.read("searches/a.json").orElseThrow().content());
    }

    @Test
    void namesAreListedAndReadTogether() throws Exception {
        StateStore papers = empty();
        assertEquals(List.of(), papers.names("alerts/"));
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            names.add("alerts/digests/x/" + (100 + i) + ".json");
            papers.replace(names.getLast(), "", bytes("n" + i));
        }
        papers.replace("alerts/other.json", "", bytes("other"));
        assertEquals(names, papers.names("alerts/digests/x/"));
        assertEquals(13, papers.names("alerts/").size());
        assertEquals(List.of(), papers.names("alerts/digests/y/"));
        List<StateStore.Paper> read =
                papers.read(List.of(names.get(7), "alerts/none", "alerts/other.json", names.get(0)));
        assertEquals(
                List.of(names.get(7), "alerts/other.json", names.get(0)),
                read.stream().map(StateStore.Paper::name).toList());
        assertArrayEquals(bytes("n7"), read.getFirst().content());
        papers.remove(names.getFirst());
        assertEquals(names.subList(1, 12), papers.names("alerts/digests/x/"));
        assertEquals(List.of(), papers.read(List.of()));
    }
}
