package uz.koprik.gateway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.indicators.store.state.StateStore;
import uz.koprik.indicators.store.state.StateStoreContract;

/** The files of a home, as papers. */
final class FileStateStoreTest extends StateStoreContract {

    @TempDir
    Path folder;

    @Override
    protected StateStore empty() {
        return new FileStateStore(folder.resolve("state"));
    }

    @Test
    void namesLeadNowhereElse() throws Exception {
        StateStore stateStore = empty();
        for (String name : List.of("../a", "/etc/passwd", "a/../../b", "a//b", ".hidden", "a/.part", "")) {
            assertThrows(IllegalArgumentException.class, () -> stateStore.read(name), name);
        }
        stateStore.replace("a/b.json", "", new byte[0]);
        Files.write(folder.resolve("state/a/.b.json1.part"), new byte[0]);
        assertEquals(List.of("a/b.json"), stateStore.names("a/"));
    }
}
