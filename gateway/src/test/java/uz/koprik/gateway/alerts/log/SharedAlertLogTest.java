package uz.koprik.gateway.alerts.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uz.koprik.gateway.alerts.log.AlertLogTest.NOW;
import static uz.koprik.gateway.alerts.log.AlertLogTest.encounters;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.gateway.concurrent.CentreThreads;
import uz.koprik.gateway.config.FileStateStore;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.state.MemoryStateStore;
import uz.koprik.indicators.store.state.StateStore;

/** The log of alerts that several gateways write and read: one sequence, each alert once. */
final class SharedAlertLogTest extends AlertLogContract {

    private static final AlertMigration.Permission ALWAYS = () -> {};

    /** What people agreed and decided: it goes wherever the alerts go. */
    private static final List<String> OF_PEOPLE =
            List.of("agreements/x.json", "desk/waiting/x.json", "desk/records/x.json", "recalls/x.json");

    private final MemoryStateStore memory = new MemoryStateStore();

    @Override
    StateStore empty() {
        return memory;
    }

    @Test
    void nobodyReadsOfAnAlertBeforeItsObjectIsInView() throws Exception {
        long[] seenBefore = {0, -1};
        AlertLog[] reader = new AlertLog[1];
        try (AlertLog one = shared();
                AlertLog two = AlertLog.openShared(memory, () -> {
                    seenBefore[0]++;
                    seenBefore[1] = reader[0] == null ? 0 : reader[0].last();
                })) {
            reader[0] = two;
            long atStart = seenBefore[0];
            two.catchUp();
            assertEquals(atStart, seenBefore[0], "nothing came");
            one.append(encounters(0, 3), 1, NOW);
            two.catchUp();
            assertEquals(3, two.last());
            assertEquals(atStart + 1, seenBefore[0]);
            assertEquals(0, seenBefore[1], "the objects were brought into view first");
            one.append(encounters(3, 4), 1, NOW);
            two.catchUp();
            assertEquals(4, two.last());
            assertEquals(3, seenBefore[1], "also when a record grows");
        }
    }

    @Test
    void aFollowerReadsWhatAnotherGatewayEmits() throws Exception {
        try (AlertLog one = shared();
                AlertLog two = shared();
                AlertFollower _ = AlertFollower.start(two, Duration.ofMillis(10), CentreThreads.unwatched())) {
            one.append(encounters(0, 3), 1, NOW);
            CountDownLatch seen = new CountDownLatch(1);
            Thread.ofVirtual().start(() -> {
                try {
                    two.await(2, two.wakes(), Duration.ofSeconds(30));
                    seen.countDown();
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
            });
            assertTrue(seen.await(30, TimeUnit.SECONDS), "the reader was not woken");
            assertEquals(3, two.last());
        }
    }

    @Test
    void whatWasWrittenThoughNobodyHeardIsNotEmittedAgain() throws Exception {
        try (AlertLog log = open()) {
            for (int round = 0; round < 4; round++) {
                memory.answerLost = name -> name.startsWith(AlertBatch.RECORDS);
                List<uz.koprik.gateway.casematch.CaseMatch> some = encounters(round * 3, round * 3 + 2);
                assertThrows(StoreUnavailable.class, () -> log.append(some, 5, NOW));
                assertEquals(1, log.append(encounters(0, round * 3 + 3), 6, NOW));
                assertEquals(range(1, round * 3 + 3), seqs(all(log)), "in a new record and in one that grows");
            }
        }
    }

    @Test
    void howFarEverythingWasSearchedIsKnownToTheNextLeader() throws Exception {
        AlertLog two = shared();
        try (AlertLog one = shared()) {
            one.append(encounters(0, 2), 7, NOW);
            one.append(List.of(), 9, NOW);
            two.catchUp();
            assertTrue(two.covered() <= 9, "what is not written down yet is searched again");
        }
        two.catchUp();
        assertEquals(9, two.covered());
        two.close();
    }

    @Test
    void aGatewayThatSleptWhileAlertsWereDroppedContinuesAfterThem() throws Exception {
        try (AlertLog one = shared();
                AlertLog sleeper = shared()) {
            one.append(encounters(0, 50), 50, NOW);
            one.append(encounters(50, 60), 60, NOW.plusSeconds(60));
            one.prune(NOW.plusSeconds(30), Long.MAX_VALUE);
            assertEquals(51, all(sleeper).getFirst().seq());
            assertEquals(0, sleeper.append(encounters(0, 60), 60, NOW));
        }
    }

    @Test
    void aGatewayThatFollowsPassesOverADamagedRecord() throws Exception {
        try (AlertLog one = shared();
                AlertLog two = shared()) {
            for (int i = 0; i < 12; i++) {
                one.append(encounters(i, i + 1), i, NOW);
            }
            String name = records().get(1);
            replace(name, new byte[7]);
            long after = AlertBatch.first(records().get(2));
            assertEquals(12, seqs(all(two)).getLast());
            assertTrue(seqs(all(two)).contains(after));
            assertFalse(seqs(all(two)).contains(AlertBatch.first(name)));
            one.append(encounters(12, 13), 13, NOW);
            assertEquals(13, seqs(all(two)).getLast());
        }
    }

    @Test
    void aHomeIsCarriedToAllGatewaysAndBackAgain(@TempDir Path folder) throws Exception {
        Path home = folder.resolve("home/state");
        List<Alert> before;
        FileStateStore files = new FileStateStore(home);
        AlertMigration.prepare(home, files, 0);
        try (AlertLog log = AlertLog.open(files, SMALL)) {
            for (int i = 0; i < 20; i++) {
                log.append(encounters(i, i + 1), i, NOW.plusSeconds(i));
            }
            log.prune(NOW, 9000);
            assertTrue(log.first() > 1);
            before = all(log);
        }
        files.replace("searches/anna.json", "", new byte[] {1});
        files.replace("alerts/served/x.json", "", new byte[] {2});
        files.replace("alerts/digests/x/2026-11-22.json", "", new byte[] {3});
        for (String name : OF_PEOPLE) {
            files.replace(name, "", new byte[] {7});
        }
        // Somebody else was at it, and died.
        memory.remove(AlertState.NAME);
        memory.replace(AlertBatch.name(1), "", new byte[] {4});
        AlertMigration.fromHome(home, memory, 30, ALWAYS);
        assertTrue(AlertMigration.isIn(memory));
        try (AlertLog log = shared()) {
            assertEquals(before, all(log), "with their numbers");
            assertEquals(19, log.covered());
            assertEquals(0, log.append(encounters(0, 20), 20, NOW), "also of those that are no longer kept");
            assertEquals(1, log.append(encounters(20, 21), 21, NOW));
            before = all(log);
        }
        memory.replace("searches/bela.json", "", new byte[] {5});
        Path back = folder.resolve("back/state");
        Files.createDirectories(back.resolve("searches"));
        Files.write(back.resolve("searches/stale.json"), new byte[] {6});
        assertTrue(AlertMigration.intoHome(memory, back));
        try (AlertLog log = AlertLog.open(new FileStateStore(back))) {
            assertEquals(before, all(log));
            assertEquals(21, log.covered());
            assertEquals(0, log.append(encounters(0, 21), 21, NOW));
            assertEquals(List.of(before.getLast().seq() + 1), seqs(append(log)));
        }
        FileStateStore there = new FileStateStore(back);
        assertEquals(List.of("searches/anna.json", "searches/bela.json"), there.names("searches/"));
        assertArrayEquals(
                new byte[] {2}, there.read("alerts/served/x.json").orElseThrow().content());
        assertArrayEquals(
                new byte[] {3},
                there.read("alerts/digests/x/2026-11-22.json").orElseThrow().content());
        for (String name : OF_PEOPLE) {
            assertArrayEquals(
                    new byte[] {7},
                    memory.read(name)
                            .orElseThrow(() -> new AssertionError(name))
                            .content());
            assertArrayEquals(
                    new byte[] {7},
                    there.read(name).orElseThrow(() -> new AssertionError(name)).content());
        }
        assertFalse(AlertMigration.intoHome(new MemoryStateStore(), back), "nothing there leaves a home as it is");
        assertEquals(2, there.names("searches/").size());
    }

    @Test
    void aCopyMadeWhileAnAlertIsEmittedSearchesAgainForIt(@TempDir Path folder) throws Exception {
        try (AlertLog log = shared()) {
            log.append(encounters(0, 3), 7, NOW);
        }
        AlertMigration.intoHome(
                new MeanwhileStore(memory, AlertLoader.GIVEN, () -> {
                    try (AlertLog log = shared()) {
                        log.append(encounters(3, 4), 8, NOW);
                    }
                }),
                folder);
        try (AlertLog copy = AlertLog.open(new FileStateStore(folder))) {
            assertEquals(range(1, 3), seqs(all(copy)));
            assertEquals(7, copy.covered());
        }
    }

    @Test
    void aCopyMadeWhileAlertsAreDroppedHasNoGap(@TempDir Path folder) throws Exception {
        try (AlertLog log = shared()) {
            for (int i = 0; i < 12; i++) {
                log.append(encounters(i, i + 1), i, NOW.plusSeconds(i));
            }
            AlertMigration.intoHome(
                    new MeanwhileStore(memory, AlertBatch.RECORDS, () -> log.prune(NOW.plusSeconds(6), Long.MAX_VALUE)),
                    folder);
            try (LogLines lines = new LogLines();
                    AlertLog copy = AlertLog.open(new FileStateStore(folder))) {
                assertEquals(all(log), all(copy));
                assertTrue(copy.first() > 1);
                assertEquals(0, copy.append(encounters(0, 12), 12, NOW));
                assertEquals(List.of(), lines.all());
            }
        }
    }

    /** A state store in which something happens when names with some beginning are listed. */
    private record MeanwhileStore(StateStore inner, String beginning, Action action) implements StateStore {

        interface Action {
            void run() throws Exception;
        }

        @Override
        public List<Paper> read(Collection<String> names) throws StoreUnavailable {
            return inner.read(names);
        }

        @Override
        public Optional<String> replace(String name, String expected, byte[] content) throws StoreUnavailable {
            return inner.replace(name, expected, content);
        }

        @Override
        public void remove(String name) throws StoreUnavailable {
            inner.remove(name);
        }

        @Override
        public List<String> names(String listed) throws StoreUnavailable {
            List<String> names = inner.names(listed);
            if (listed.equals(beginning)) {
                try {
                    action.run();
                } catch (Exception failed) {
                    throw new IllegalStateException(failed);
                }
            }
            return names;
        }
    }

    private static List<Alert> append(AlertLog log) throws Exception {
        long last = log.last();
        log.append(encounters(21, 22), 22, NOW);
        return log.after(last, 10);
    }

    @Test
    void aHomeInWhichAllAlertsWereDroppedKeepsItsNumbers(@TempDir Path folder) throws Exception {
        memory.remove(AlertState.NAME);
        FileStateStore files = new FileStateStore(folder);
        AlertMigration.prepare(folder, files, 0);
        try (AlertLog log = AlertLog.open(files)) {
            log.append(encounters(0, 3), 3, NOW);
            log.prune(NOW.plusSeconds(1), Long.MAX_VALUE);
        }
        AlertMigration.fromHome(folder, memory, 3, ALWAYS);
        try (AlertLog log = shared()) {
            assertEquals(1, log.append(encounters(0, 4), 4, NOW));
            assertEquals(List.of(4L), seqs(all(log)));
            log.prune(NOW.plusSeconds(1), Long.MAX_VALUE);
        }
        Path back = folder.resolve("back");
        assertTrue(AlertMigration.intoHome(memory, back));
        try (AlertLog log = AlertLog.open(new FileStateStore(back))) {
            assertEquals(4, log.last());
            assertEquals(5, log.first());
        }
    }
}
