package uz.koprik.gateway.alerts.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uz.koprik.gateway.alerts.log.AlertLogContract.all;
import static uz.koprik.gateway.alerts.log.AlertLogContract.range;
import static uz.koprik.gateway.alerts.log.AlertLogContract.seqs;
import static uz.koprik.gateway.alerts.log.AlertLogTest.NOW;
import static uz.koprik.gateway.alerts.log.AlertLogTest.encounter;
import static uz.koprik.gateway.alerts.log.AlertLogTest.encounters;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.gateway.alerts.IdConflicts;
import uz.koprik.gateway.casematch.CaseMatch;
import uz.koprik.gateway.config.FileStateStore;
import uz.koprik.gateway.intake.IdConflict;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.state.MemoryStateStore;
import uz.koprik.indicators.store.state.StateStore;

/** The files of earlier versions become records of the state store: no alert is lost, repeated or renumbered. */
final class LegacyAlertFilesTest {

    @TempDir
    Path state;

    private FileStateStore files;
    private Path folder;

    @BeforeEach
    void home() throws Exception {
        files = new FileStateStore(state);
        folder = Files.createDirectories(state.resolve("alerts"));
    }

    private AlertLog open() throws Exception {
        AlertMigration.prepare(state, files, 99);
        return AlertLog.open(files);
    }

    private List<String> old() throws Exception {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static List<Alert> alerts(int from, int to) {
        List<Alert> alerts = new ArrayList<>();
        for (int i = from; i < to; i++) {
            alerts.add(Alert.of(i + 1, encounter("A-1", i), NOW));
        }
        return alerts;
    }

    /**
     * The fixture was written before alerts had kinds: six matches in files of at most 2000 bytes, of which the first
     * file was dropped.
     */
    private void fixture() throws Exception {
        for (String name : List.of(LegacyLog.name(4), "given")) {
            try (InputStream fixture = AlertLogTest.class.getResourceAsStream("log-before-kinds/" + name)) {
                Files.copy(fixture, folder.resolve(name));
            }
        }
        // Half of a fingerprint, as a hard stop leaves it.
        Files.write(folder.resolve("given"), new byte[] {1, 2, 3}, StandardOpenOption.APPEND);
    }

    @Test
    void aLogOfAnEarlierVersionGoesOn() throws Exception {
        fixture();
        List<CaseMatch> old = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            old.add(encounter("A-" + i % 2, i));
        }
        assertEquals(Optional.of(new AlertPosition(6, 10)), AlertPosition.read(state));
        try (AlertLog log = open()) {
            assertEquals(List.of(4L, 6L, 10L), List.of(log.first(), log.last(), log.covered()));
            assertEquals(List.of(), old());
            List<Alert> all = log.after(0, 10);
            for (int i = 3; i < 6; i++) {
                assertEquals(Alert.of(i + 1, old.get(i), NOW.plusSeconds(3600L * i)), all.get(i - 3));
            }
            assertEquals(0, log.append(old, 11, NOW), "neither those that are kept nor those that were dropped");
            IdConflicts conflicts = IdConflicts.open(files, () -> {}, false, Duration.ofDays(1), () -> NOW);
            conflicts.report(new IdConflict(
                    IdConflict.Kind.CONTESTED_ID,
                    "indicator--1",
                    7,
                    Optional.empty(),
                    "tashkent",
                    "budapest",
                    true,
                    Optional.empty(),
                    IdConflict.Outcome.REFUSED,
                    "",
                    0,
                    false,
                    Optional.empty()));
            conflicts.emit(log);
        }
        try (AlertLog log = open()) {
            assertEquals(range(4, 7), seqs(log.after(0, 10)));
            assertEquals(11, log.covered());
            log.prune(NOW.plusSeconds(999_999), Long.MAX_VALUE);
            assertEquals(0, log.append(old, 11, NOW));
        }
        assertEquals(Optional.of(new AlertPosition(7, 11)), AlertPosition.read(state));
    }

    @Test
    void anIncompleteLastLineIsLeftOutAndItsAlertIsEmittedAgain() throws Exception {
        byte[] whole = LegacyLog.lines(alerts(0, 1), 4);
        ByteBuffer both = ByteBuffer.allocate(10_000).put(whole).put(LegacyLog.lines(alerts(1, 2), 8));
        byte[] text = Arrays.copyOf(both.array(), both.position());
        // Every position at which a hard stop can have cut what was written last.
        for (int length = whole.length; length < text.length; length += 61) {
            Files.write(folder.resolve(LegacyLog.name(1)), Arrays.copyOf(text, length));
            assertEquals(4, AlertPosition.read(state).orElseThrow().covered());
            try (AlertLog log = open()) {
                assertEquals(4, log.covered(), "later objects are searched again");
                log.append(encounters(0, 2), 8, NOW);
                assertEquals(List.of(1L, 2L), seqs(all(log)));
            }
            files.remove(AlertState.NAME);
        }
    }

    @Test
    void aDamagedLineIsAGapAndLaterAlertsAreRead() throws Exception {
        Path file = folder.resolve(LegacyLog.name(1));
        String text = new String(LegacyLog.lines(alerts(0, 5), 4), StandardCharsets.UTF_8);
        Files.writeString(file, text.replace("w1.example.com", "w9.example.com"));
        Files.write(folder.resolve(LegacyLog.name(6)), LegacyLog.lines(alerts(5, 600), 7));
        try (LogLines lines = new LogLines();
                AlertLog log = open()) {
            List<Long> kept = new ArrayList<>(range(1, 600));
            kept.remove(2L);
            assertEquals(kept, seqs(all(log)));
            assertTrue(
                    lines.all().stream()
                            .anyMatch(line ->
                                    line.contains(LegacyLog.name(1) + ": 1 damaged lines") && line.contains("restore")),
                    () -> lines.all().toString());
            assertEquals(1, log.append(encounters(0, 600), 8, NOW));
            assertEquals(601, log.last(), "the lost alert has a new number");
        }
    }

    @Test
    void aLogWithoutAnyAlertKeepsItsEnd() throws Exception {
        Files.write(folder.resolve(LegacyLog.name(31)), LegacyLog.lines(List.of(), 17));
        assertEquals(Optional.of(new AlertPosition(30, 17)), AlertPosition.read(state));
        try (AlertLog log = open()) {
            assertEquals(List.of(31L, 30L, 17L), List.of(log.first(), log.last(), log.covered()));
            log.append(encounters(0, 1), 18, NOW);
            assertEquals(List.of(31L), seqs(all(log)));
        }
    }

    @Test
    void anInterruptedTakeOverIsRepeated() throws Exception {
        fixture();
        Files.write(folder.resolve(LegacyLog.name(7)), LegacyLog.lines(alerts(6, 500), 20));
        List<String> before = old();
        int steps = 0;
        for (boolean done = false; !done; steps++) {
            try {
                AlertMigration.prepare(state, new StoppedAfter(files, steps), 99);
                done = true;
            } catch (StoreUnavailable stopped) {
                assertEquals(before, old(), "the files remain until all records are durable");
                assertFalse(AlertMigration.isIn(files));
            }
        }
        assertTrue(steps > 5, "only " + steps + " steps");
        assertEquals(List.of(), old());
        try (AlertLog log = open()) {
            assertEquals(range(4, 500), seqs(all(log)));
            assertEquals(20, log.covered());
        }
    }

    @Test
    void filesThatAHardStopLeftAfterTheTakeOverAreRemoved() throws Exception {
        fixture();
        open().close();
        fixture();
        try (AlertLog log = open()) {
            assertEquals(range(4, 6), seqs(all(log)));
            assertEquals(List.of(), old());
        }
    }

    @Test
    void anOldHomeIsSharedByGatewaysOfACluster() throws Exception {
        fixture();
        MemoryStateStore cluster = new MemoryStateStore();
        AlertMigration.fromHome(state, cluster, 8, () -> {});
        try (AlertLog log = AlertLog.openShared(cluster, () -> {})) {
            assertEquals(range(4, 6), seqs(all(log)));
            assertEquals(8, log.covered(), "not after the last object");
        }
    }

    @Test
    void anOldLogGoesBackAfterALossOfObjects() throws Exception {
        fixture();
        AlertPosition.rewind(state, 8);
        assertEquals(Optional.of(new AlertPosition(6, 8)), AlertPosition.read(state));
        assertEquals(List.of(), old());
    }

    /** A state store that is stopped by force after some changes. */
    private static final class StoppedAfter implements StateStore {
        private final StateStore inner;
        private int left;

        StoppedAfter(StateStore inner, int left) {
            this.inner = inner;
            this.left = left;
        }

        private void change() throws StoreUnavailable {
            if (left-- <= 0) {
                throw new StoreUnavailable("stopped", null);
            }
        }

        @Override
        public List<Paper> read(Collection<String> names) throws StoreUnavailable {
            return inner.read(names);
        }

        @Override
        public Optional<String> replace(String name, String expected, byte[] content) throws StoreUnavailable {
            change();
            return inner.replace(name, expected, content);
        }

        @Override
        public void remove(String name) throws StoreUnavailable {
            change();
            inner.remove(name);
        }

        @Override
        public List<String> names(String beginning) throws StoreUnavailable {
            return inner.names(beginning);
        }
    }
}
