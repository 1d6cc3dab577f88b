package uz.koprik.gateway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.indicators.store.state.StateStore;

/** What several gateways share is not opened by an earlier version. */
class HomeFormatTest {

    @TempDir
    Path folder;

    @Test
    void anEmptyStoreGetsTheFormatOfThisVersionOnce() throws Exception {
        StateStore shared = new FileStateStore(folder);
        assertEquals(Optional.empty(), HomeFormat.open(shared));
        StateStore.Paper paper = shared.read("format.json").orElseThrow();
        assertEquals("{\"format\":" + HomeFormat.CURRENT + "}", new String(paper.content(), StandardCharsets.UTF_8));
        assertEquals(Optional.empty(), HomeFormat.open(shared));
        assertEquals(paper.version(), shared.read("format.json").orElseThrow().version());
    }

    @Test
    void aStoreOfALaterVersionStaysAsItIs() throws Exception {
        StateStore shared = new FileStateStore(folder);
        byte[] later = "{\"format\":99}".getBytes(StandardCharsets.UTF_8);
        assertTrue(shared.replace("format.json", "", later).isPresent());
        String problem = HomeFormat.open(shared).orElseThrow();
        assertTrue(problem.startsWith("the store of this centre has format 99, which a later version"), problem);
        assertTrue(problem.contains("knows formats up to " + HomeFormat.CURRENT), problem);
        assertEquals(
                "{\"format\":99}",
                new String(shared.read("format.json").orElseThrow().content(), StandardCharsets.UTF_8));
    }
}
