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
        StateStore stateStore = empty();
        assertEquals(Optional.empty(), stateStore.read("searches/a.json"));
        String first = stateStore.replace("searches/a.json", "", bytes("one")).orElseThrow();
        assertEquals(Optional.empty(), stateStore.replace("searches/a.json", "", bytes("two")));
        String second =
                stateStore.replace("searches/a.json", first, bytes("three")).orElseThrow();
        assertEquals(Optional.empty(), stateStore.replace("searches/a.json", first, bytes("four")));
        StateStore.Paper there = stateStore.read("searches/a.json").orElseThrow();
        assertEquals(second, there.version());
        assertArrayEquals(bytes("three"), there.content());
        stateStore.remove("searches/a.json");
        stateStore.remove("searches/a.json");
        assertEquals(Optional.empty(), stateStore.read("searches/a.json"));
        assertEquals(Optional.empty(), stateStore.replace("searches/a.json", second, bytes("five")), "it is gone");
        assertTrue(stateStore
                .replace("searches/a.json", "", new byte[] {0x78, -1, 0})
                .isPresent());
        assertArrayEquals(
                new byte[] {0x78, -1, 0},
                stateStore.read("searches/a.json").orElseThrow().content());
    }

    @Test
    void namesAreListedAndReadTogether() throws Exception {
        StateStore stateStore = empty();
        assertEquals(List.of(), stateStore.names("alerts/"));
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            names.add("alerts/digests/x/" + (100 + i) + ".json");
            stateStore.replace(names.getLast(), "", bytes("n" + i));
        }
        stateStore.replace("alerts/other.json", "", bytes("other"));
        assertEquals(names, stateStore.names("alerts/digests/x/"));
        assertEquals(13, stateStore.names("alerts/").size());
        assertEquals(List.of(), stateStore.names("alerts/digests/y/"));
        List<StateStore.Paper> read =
                stateStore.read(List.of(names.get(7), "alerts/none", "alerts/other.json", names.get(0)));
        assertEquals(
                List.of(names.get(7), "alerts/other.json", names.get(0)),
                read.stream().map(StateStore.Paper::name).toList());
        assertArrayEquals(bytes("n7"), read.getFirst().content());
        stateStore.remove(names.getFirst());
        assertEquals(names.subList(1, 12), stateStore.names("alerts/digests/x/"));
        assertEquals(List.of(), stateStore.read(List.of()));
    }
}
