package uz.koprik.gateway.alerts.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.gateway.config.FileStateStore;
import uz.koprik.indicators.store.state.StateStore;

class AcknowledgementsTest {

    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");

    @TempDir
    Path folder;

    private static List<UUID> ids(int count) {
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(new UUID(i, 7));
        }
        return ids;
    }

    @Test
    void gatewaysThatWriteInTurnLoseNothing() throws Exception {
        StateStore store = new FileStateStore(folder);
        Acknowledgements one = Acknowledgements.open(store, true);
        Acknowledgements other = Acknowledgements.open(store, true);
        List<UUID> ids = ids(2 * Acknowledgements.FULL + 2);
        for (int from = 0; from < ids.size(); from += 100) {
            List<UUID> some = ids.subList(from, Math.min(ids.size(), from + 100));
            (from / 100 % 2 == 0 ? one : other).change(some, "anna", NOW, false);
        }
        other.change(ids.subList(0, 1), "bek", NOW.plusSeconds(1), false);
        one.change(ids.subList(1, 2), "bek", NOW.plusSeconds(1), true);
        other.change(ids.subList(2, 3), "bek", NOW.plusSeconds(1), true);
        one.change(ids.subList(2, 3), "bek", NOW.plusSeconds(2), false);
        other.change(List.of(), "bek", NOW, false); // reads what the other one wrote
        for (Acknowledgements all : List.of(one, other, Acknowledgements.open(store, true))) {
            assertEquals("anna", all.of(ids.get(0)).orElseThrow().by());
            assertTrue(all.of(ids.get(1)).isEmpty());
            assertEquals("bek", all.of(ids.get(2)).orElseThrow().by());
            assertEquals(NOW, all.of(ids.getLast()).orElseThrow().at());
        }
        assertTrue(store.names("alerts/acknowledged/").size() > 1);
    }

    @Test
    void oldOnesAreDroppedAndLaterOnesStay() throws Exception {
        StateStore store = new FileStateStore(folder);
        Acknowledgements all = Acknowledgements.open(store, false);
        List<UUID> ids = ids(Acknowledgements.FULL + 1);
        all.change(ids.subList(0, Acknowledgements.FULL), "anna", NOW, false);
        all.change(ids.subList(Acknowledgements.FULL, ids.size()), "anna", NOW.plus(Duration.ofDays(2)), false);
        all.prune(NOW.plus(Duration.ofDays(1)));
        Acknowledgements again = Acknowledgements.open(store, false);
        for (Acknowledgements one : List.of(all, again)) {
            assertFalse(one.of(ids.getFirst()).isPresent());
            assertTrue(one.of(ids.getLast()).isPresent());
        }
        assertEquals(1, store.names("alerts/acknowledged/").size());
    }
}
