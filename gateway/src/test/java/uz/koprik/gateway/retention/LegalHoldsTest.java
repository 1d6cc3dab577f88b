package uz.koprik.gateway.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.gateway.config.FileStateStore;
import uz.koprik.indicators.store.StoreUnavailable;

/** The record of legal holds. */
class LegalHoldsTest {

    private static final String CASE = "incident--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f";

    @TempDir
    Path folder;

    private Instant now = Instant.parse("2026-11-22T08:00:00Z");
    private LegalHolds holds;

    @BeforeEach
    void open() {
        holds = new LegalHolds(new FileStateStore(folder), () -> now);
    }

    @Test
    void holdsUntilItIsReleasedAndStaysOnRecord() throws Exception {
        holds.hold(CASE, "T-1", "court order 7", "anna");
        assertEquals("court order 7", holds.active(CASE).orElseThrow().reason());
        assertEquals("anna", holds.hold(CASE, "T-1", "again", "olga").by(), "the first one holds");
        now = now.plusSeconds(60);
        holds.release(CASE, "closed", "olga");
        assertEquals(Optional.empty(), holds.active(CASE));
        assertEquals(Optional.empty(), holds.release(CASE, "again", "olga"));
        holds.hold(CASE, "T-1", "court order 8", "anna");
        List<LegalHold> all = new LegalHolds(new FileStateStore(folder), () -> now).of(CASE);
        assertEquals(
                List.of("court order 7", "court order 8"),
                all.stream().map(LegalHold::reason).toList());
        assertEquals("olga", all.getFirst().released().orElseThrow().by());
        assertEquals(1, holds.active().size());
    }

    @Test
    void aDamagedPaperStopsAllErasure() throws Exception {
        holds.hold(CASE, "T-1", "court order 7", "anna");
        Path paper = folder.resolve("retention/holds/" + CASE + ".json");
        Files.writeString(paper, Files.readString(paper).substring(10), StandardCharsets.UTF_8);
        StoreUnavailable refused = assertThrows(StoreUnavailable.class, holds::active);
        assertTrue(refused.getMessage().contains("nothing is erased"), refused::getMessage);
    }
}
