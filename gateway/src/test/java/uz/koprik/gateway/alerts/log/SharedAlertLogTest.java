package uz.koprik.gateway.alerts.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.gateway.casematch.CaseMatch;
import uz.koprik.gateway.concurrent.CentreThreads;
import uz.koprik.gateway.config.FileStateStore;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.state.MemoryStateStore;

/** The log of alerts that several gateways write and read: one sequence, each alert once. */
final class SharedAlertLogTest {

    private static final AlertMigration.Permission ALWAYS = () -> {};

    private final MemoryStateStore papers = new MemoryStateStore();

    private SharedAlertLog open() throws Exception {
        SharedAlertLog.found(papers, 0, 1);
        return SharedAlertLog.open(papers, () -> {}, Duration.ofMillis(10), CentreThreads.unwatched());
    }

    private static List<CaseMatch> encounters(int from, int to) {
        List<CaseMatch> all = new ArrayList<>();
        for (int i = from; i < to; i++) {
            all.add(AlertLogTest.encounter("A-1", i));
        }
        return all;
    }

    private static List<Long> seqs(List<Alert> alerts) {
        return alerts.stream().map(Alert::seq).toList();
    }

    private static List<Alert> all(AlertLog log) throws Exception {
        log.catchUp();
        List<Alert> all = new ArrayList<>();
        for (List<Alert> some = log.after(log.first() - 1, 7);
                !some.isEmpty();
                some = log.after(all.getLast().seq(), 7)) {
            all.addAll(some);
        }
        return all;
    }

    @Test
    void nobodyReadsOfAnAlertBeforeItsObjectIsInView() throws Exception {
        SharedAlertLog.found(papers, 0, 1);
        long[] seenBefore = {0, -1};
        SharedAlertLog[] reader = new SharedAlertLog[1];
        try (SharedAlertLog one = open();
                SharedAlertLog two = SharedAlertLog.open(
                        papers,
                        () -> {
                            seenBefore[0]++;
                            seenBefore[1] = reader[0] == null ? 0 : reader[0].last();
                        },
                        Duration.ofMillis(10),
                        CentreThreads.unwatched())) {
            reader[0] = two;
            long atStart = seenBefore[0];
            two.catchUp();
            assertEquals(atStart, seenBefore[0], "nothing came");
            one.append(encounters(0, 3), 1, AlertLogTest.NOW);
            two.catchUp();
            assertEquals(3, two.last());
            assertEquals(atStart + 1, seenBefore[0]);
            assertEquals(0, seenBefore[1], "the objects were brought into view first");
        }
    }

    @Test
    void twoThatGiveAtTheSameTimeGiveOneSequenceOfEachOnce() throws Exception {
        try (SharedAlertLog one = open();
                SharedAlertLog two = open();
                ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> both = new ArrayList<>();
            for (SharedAlertLog log : List.of(one, two)) {
                both.add(pool.submit(() -> {
                    for (int i = 0; i < 100; i++) {
                        log.append(encounters(i, i + 3), i, AlertLogTest.NOW);
                    }
                    return true;
                }));
            }
            for (Future<?> each : both) {
                each.get();
            }
            List<Alert> all = all(one);
            assertEquals(102, all.size());
            assertEquals(102, new HashSet<>(all.stream().map(Alert::id).toList()).size());
            assertEquals(all, all(two));
            try (SharedAlertLog later = open()) {
                assertEquals(all, all(later), "whoever comes later reads the same");
                assertEquals(0, later.append(encounters(0, 102), 102, AlertLogTest.NOW));
                assertEquals(List.of(3L, 4L), seqs(later.after(2, 2)));
                assertEquals(
                        List.of(9L, 8L, 7L),
                        seqs(later.read(later.placesBefore(10, 3)).reversed()));
                assertEquals(
                        List.of(102L, 101L),
                        seqs(later.read(later.placesBefore(Long.MAX_VALUE, 2)).reversed()));
                assertEquals(List.of(), later.after(102, 2));
            }
        }
    }

    @Test
    void whatWasWrittenThoughNobodyHeardIsNotGivenAgain() throws Exception {
        try (SharedAlertLog log = open()) {
            papers.answerLost = name -> name.startsWith(SharedAlertLog.BATCHES);
            assertThrows(StoreUnavailable.class, () -> log.append(encounters(0, 2), 5, AlertLogTest.NOW));
            assertEquals(1, log.append(encounters(0, 3), 6, AlertLogTest.NOW));
            assertEquals(List.of(1L, 2L, 3L), seqs(all(log)));
        }
    }

    @Test
    void howFarEverythingWasLookedAtIsKnownToWhoeverGoesOn() throws Exception {
        SharedAlertLog two = open();
        try (SharedAlertLog one = open()) {
            one.append(encounters(0, 2), 7, AlertLogTest.NOW);
            one.append(List.of(), 9, AlertLogTest.NOW);
            two.catchUp();
            assertTrue(two.covered() <= 9, "what is not written down yet is looked at again");
        }
        two.catchUp();
        assertEquals(9, two.covered());
        two.close();
    }

    @Test
    void whatIsNoLongerKeptIsNeverGivenAgainAnywhere() throws Exception {
        try (SharedAlertLog one = open();
                SharedAlertLog two = open()) {
            for (int i = 0; i < 120; i++) {
                one.append(encounters(i, i + 1), i, AlertLogTest.NOW.plusSeconds(i));
            }
            two.catchUp();
            one.prune(AlertLogTest.NOW.plusSeconds(60), Long.MAX_VALUE);
            assertEquals(61, one.first());
            assertEquals(61, all(two).getFirst().seq());
            assertEquals(61, two.first());
            one.prune(AlertLogTest.NOW, 20_000);
            long first = one.first();
            assertTrue(first > 61 && first < 120, () -> "first kept: " + first);
            try (SharedAlertLog later = open()) {
                assertEquals(first, later.first());
                assertEquals(0, later.append(encounters(0, 120), 120, AlertLogTest.NOW));
                assertEquals(1, later.append(encounters(120, 121), 121, AlertLogTest.NOW));
            }
            one.prune(AlertLogTest.NOW.plusSeconds(3600), Long.MAX_VALUE);
            assertEquals(List.of(), all(one));
            assertEquals(0, one.append(encounters(0, 121), 121, AlertLogTest.NOW));
            assertEquals(1, one.append(encounters(121, 122), 122, AlertLogTest.NOW));
            assertEquals(List.of(122L), seqs(all(two)));
        }
    }

    @Test
    void whoSleptWhileAlertsWereDroppedGoesOnBehindThem() throws Exception {
        try (SharedAlertLog one = open();
                SharedAlertLog sleeper = open()) {
            one.append(encounters(0, 50), 50, AlertLogTest.NOW);
            one.append(encounters(50, 60), 60, AlertLogTest.NOW.plusSeconds(60));
            one.prune(AlertLogTest.NOW.plusSeconds(30), Long.MAX_VALUE);
            assertEquals(51, all(sleeper).getFirst().seq());
            assertEquals(0, sleeper.append(encounters(0, 60), 60, AlertLogTest.NOW));
        }
    }

    @Test
    void whatAGatewayThatDiedDidNotRemoveAnyMoreIsNotKept() throws Exception {
        try (SharedAlertLog one = open()) {
            one.append(encounters(0, 1), 1, AlertLogTest.NOW);
            byte[] dropped = papers.read(SharedAlertLog.name(1)).orElseThrow().content();
            one.append(encounters(1, 2), 2, AlertLogTest.NOW.plusSeconds(60));
            one.prune(AlertLogTest.NOW.plusSeconds(30), Long.MAX_VALUE);
            papers.replace(SharedAlertLog.name(1), "", dropped);
            try (SharedAlertLog later = open()) {
                assertEquals(List.of(2L), seqs(all(later)));
                assertEquals(List.of(SharedAlertLog.name(2)), papers.names(SharedAlertLog.BATCHES));
            }
        }
    }

    @Test
    void aHomeIsCarriedToAllGatewaysAndBackAgain(@TempDir Path folder) throws Exception {
        Path home = folder.resolve("home/state");
        List<Alert> before;
        try (FileAlertLog log = FileAlertLog.open(home.resolve("alerts"), 2000)) {
            for (int i = 0; i < 20; i++) {
                log.append(encounters(i, i + 1), i, AlertLogTest.NOW.plusSeconds(i));
            }
            log.prune(AlertLogTest.NOW, 9000);
            before = all(log);
        }
        FileStateStore files = new FileStateStore(home);
        files.replace("searches/anna.json", "", new byte[] {1});
        files.replace("alerts/served/x.json", "", new byte[] {2});
        files.replace("alerts/digests/x/2026-11-22.json", "", new byte[] {3});
        // Somebody else was at it, and died.
        papers.replace(SharedAlertLog.name(1), "", new byte[] {4});
        AlertMigration.fromHome(home, papers, 30, ALWAYS);
        assertTrue(AlertMigration.isIn(papers));
        try (SharedAlertLog log = open()) {
            assertEquals(before, all(log), "with their numbers");
            assertEquals(19, log.covered());
            assertEquals(
                    0, log.append(encounters(0, 20), 20, AlertLogTest.NOW), "also of those that are no longer kept");
            assertEquals(1, log.append(encounters(20, 21), 21, AlertLogTest.NOW));
            before = all(log);
        }
        papers.replace("searches/bela.json", "", new byte[] {5});
        Path back = folder.resolve("back/state");
        Files.createDirectories(back.resolve("searches"));
        Files.write(back.resolve("searches/stale.json"), new byte[] {6});
        assertTrue(AlertMigration.intoHome(papers, back));
        try (FileAlertLog log = FileAlertLog.open(back.resolve("alerts"))) {
            assertEquals(before, all(log));
            assertEquals(21, log.covered());
            assertEquals(0, log.append(encounters(0, 21), 21, AlertLogTest.NOW));
            assertEquals(List.of(before.getLast().seq() + 1), seqs(append(log)));
        }
        FileStateStore there = new FileStateStore(back);
        assertEquals(List.of("searches/anna.json", "searches/bela.json"), there.names("searches/"));
        assertArrayEquals(
                new byte[] {2}, there.read("alerts/served/x.json").orElseThrow().content());
        assertArrayEquals(
                new byte[] {3},
                there.read("alerts/digests/x/2026-11-22.json").orElseThrow().content());
        assertFalse(AlertMigration.intoHome(new MemoryStateStore(), back), "nothing there leaves a home as it is");
        assertEquals(2, there.names("searches/").size());
    }

    private static List<Alert> append(AlertLog log) throws Exception {
        long last = log.last();
        log.append(encounters(21, 22), 22, AlertLogTest.NOW);
        return log.after(last, 10);
    }

    @Test
    void aHomeInWhichAllAlertsWereDroppedKeepsItsNumbers(@TempDir Path folder) throws Exception {
        try (FileAlertLog log = FileAlertLog.open(folder.resolve("alerts"))) {
            log.append(encounters(0, 3), 3, AlertLogTest.NOW);
            log.prune(AlertLogTest.NOW.plusSeconds(1), Long.MAX_VALUE);
        }
        AlertMigration.fromHome(folder, papers, 3, ALWAYS);
        try (SharedAlertLog log = open()) {
            assertEquals(1, log.append(encounters(0, 4), 4, AlertLogTest.NOW));
            assertEquals(List.of(4L), seqs(all(log)));
            log.prune(AlertLogTest.NOW.plusSeconds(1), Long.MAX_VALUE);
        }
        Path back = folder.resolve("back");
        assertTrue(AlertMigration.intoHome(papers, back));
        try (FileAlertLog log = FileAlertLog.open(back.resolve("alerts"))) {
            assertEquals(4, log.last());
            assertEquals(5, log.first());
        }
    }
}
