package uz.koprik.gateway.alerts.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uz.koprik.gateway.alerts.log.AlertLogTest.NOW;
import static uz.koprik.gateway.alerts.log.AlertLogTest.encounters;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uz.koprik.indicators.store.state.StateStore;

/** What the log of alerts does over every state store: each alert once, none lost, one sequence. */
abstract class AlertLogContract {

    /** A record of this many bytes is full. */
    static final int SMALL = 2000;

    StateStore stateStore;

    /** A state store without records. */
    abstract StateStore empty() throws Exception;

    @BeforeEach
    void create() throws Exception {
        stateStore = empty();
        AlertLog.create(stateStore, 0);
    }

    AlertLog open() throws Exception {
        return AlertLog.open(stateStore, SMALL);
    }

    AlertLog shared() throws Exception {
        return AlertLog.openShared(stateStore, () -> {}, SMALL);
    }

    List<String> records() throws Exception {
        return stateStore.names(AlertBatch.RECORDS);
    }

    static List<Long> seqs(List<Alert> alerts) {
        return alerts.stream().map(Alert::seq).toList();
    }

    static List<Long> range(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    static List<Alert> all(AlertLog log) throws Exception {
        log.catchUp();
        List<Alert> all = new ArrayList<>();
        for (List<Alert> some = log.after(log.first() - 1, 7);
                !some.isEmpty();
                some = log.after(all.getLast().seq(), 7)) {
            all.addAll(some);
        }
        return all;
    }

    void replace(String name, byte[] content) throws Exception {
        stateStore.remove(name);
        assertTrue(stateStore.replace(name, "", content).isPresent());
    }

    byte[] content(String name) throws Exception {
        return stateStore.read(name).orElseThrow().content();
    }

    @Test
    void emitsEachAlertOnceAlsoAfterARestart() throws Exception {
        try (AlertLog log = open()) {
            assertEquals(0, log.covered());
            assertEquals(2, log.append(encounters(0, 2), 5, NOW));
            assertEquals(1, log.append(encounters(1, 3), 7, NOW));
            assertEquals(0, log.append(encounters(0, 3), 9, NOW));
        }
        try (AlertLog log = open()) {
            assertEquals(9, log.covered());
            assertEquals(0, log.append(encounters(0, 3), 9, NOW));
            assertEquals(1, log.append(encounters(2, 4), 10, NOW));
            List<Alert> all = log.after(0, 10);
            assertEquals(List.of(1L, 2L, 3L, 4L), seqs(all));
            assertEquals(Alert.of(3, AlertLogTest.encounter("A-1", 2), NOW), all.get(2), "every part of it is kept");
        }
    }

    @Test
    void contentOfErasedObjectsLeavesAllRecordsAndTheFactStays() throws Exception {
        try (AlertLog log = open();
                AlertLog other = shared()) {
            log.append(encounters(0, 9), 5, NOW);
            other.catchUp();
            AlertErasure erasure = new AlertErasure(List.of("indicator--1", "indicator--8"), NOW);
            assertEquals(2, log.erase(erasure));
            assertEquals(0, log.erase(erasure), "again it changes nothing");
            assertEquals(0, other.erase(erasure), "the records are shared");
            for (AlertLog one : List.of(log, other, open())) {
                List<Alert> all = all(one);
                assertEquals(range(1, 9), seqs(all));
                for (Alert alert : all) {
                    CaseMatchAlert match = (CaseMatchAlert) alert;
                    boolean erased = List.of(2L, 9L).contains(alert.seq());
                    int number = (int) alert.seq() - 1;
                    Alert before = Alert.of(alert.seq(), AlertLogTest.encounter("A-1", number), NOW);
                    assertEquals(before.id(), alert.id());
                    if (erased) {
                        assertEquals("erased on 2026-11-22", match.object().title());
                        assertEquals("domain:erased", match.objectValue().key());
                        assertEquals("domain:example.com", match.caseValue().key(), "that is the case's own");
                    } else {
                        assertEquals(before, alert);
                    }
                }
            }
            for (String name : records()) {
                String text = new String(content(name), StandardCharsets.UTF_8);
                assertTrue(!text.contains("w1.example.com") && !text.contains("w8.example.com"), text);
            }
            assertEquals(1, log.append(encounters(0, 10), 9, NOW), "the log goes on, and knows what it emitted");
            assertEquals(range(1, 10), seqs(all(other)));
        }
    }

    @Test
    void whatWasEmittedIsReadAfterAHardStop() throws Exception {
        AlertLog killed = open();
        killed.append(encounters(0, 5), 5, NOW);
        try (AlertLog log = open()) {
            assertEquals(range(1, 5), seqs(all(log)));
            assertEquals(1, log.append(encounters(0, 6), 6, NOW));
        }
    }

    @Test
    void aStoreThatWasRestoredToAnEarlierStateIsSearchedFromThere() throws Exception {
        try (AlertLog log = open()) {
            log.append(encounters(0, 1), 500, NOW);
        }
        try (AlertLog log = open()) {
            log.append(List.of(), 100, NOW);
            log.append(List.of(), 110, NOW);
        }
        try (AlertLog log = open()) {
            assertEquals(110, log.covered());
        }
    }

    @Test
    void aRecordGrowsUntilItIsFull() throws Exception {
        try (AlertLog log = open()) {
            for (int i = 0; i < 20; i++) {
                log.append(encounters(i, i + 1), i, NOW);
            }
        }
        List<String> records = records();
        assertTrue(records.size() >= 5 && records.size() <= 10, records::toString);
        for (String name : records.subList(0, records.size() - 1)) {
            int length = content(name).length;
            assertTrue(length >= SMALL && length < 2 * SMALL, () -> name + ": " + length);
        }
        try (AlertLog log = AlertLog.open(stateStore)) {
            log.append(encounters(20, 2000), 30, NOW);
            assertEquals(range(1, 2000), seqs(all(log)));
        }
        for (String name : records()) {
            int count = AlertBatch.read(name, content(name)).alerts().size();
            assertTrue(count < AlertBatch.BOUND, () -> name + ": " + count);
        }
    }

    @Test
    void readsForwardsAndBackwardsAcrossRecords() throws Exception {
        try (AlertLog log = open()) {
            for (int i = 0; i < 20; i++) {
                log.append(encounters(i, i + 1), i, NOW);
            }
        }
        // More than are in memory.
        try (AlertLog log = open()) {
            log.append(encounters(20, 2020), 20, NOW);
            log.append(encounters(2020, 2021), 20, NOW);
            List<Long> forwards = new ArrayList<>();
            for (List<Alert> some = log.after(0, 300); !some.isEmpty(); some = log.after(forwards.getLast(), 300)) {
                assertTrue(some.size() <= 300);
                forwards.addAll(seqs(some));
            }
            assertEquals(range(1, 2021), forwards);
            List<Long> backwards = new ArrayList<>();
            for (List<Alert> some = before(log, Long.MAX_VALUE);
                    !some.isEmpty();
                    some = before(log, backwards.getLast())) {
                backwards.addAll(seqs(some));
            }
            assertEquals(forwards, backwards.reversed());
            assertEquals(List.of(), log.after(2021, 3));
            List<AlertPlace> odd = log.placesAfter(3, 17).stream()
                    .filter(place -> place.seq() % 2 == 1 || place.seq() > 15)
                    .toList();
            assertEquals(List.of(5L, 7L, 9L, 11L, 13L, 15L, 16L, 17L, 18L, 19L, 20L), seqs(log.read(odd.reversed())));
            log.read(odd).forEach(alert -> assertTrue(odd.contains(new AlertPlace(alert.seq(), alert.subject()))));
            assertEquals(List.of(), log.read(List.of()));
            assertEquals(List.of(2021L), seqs(log.read(log.placesAfter(2020, 5))));
        }
    }

    private static List<Alert> before(AlertLog log, long seq) throws Exception {
        return log.read(log.placesBefore(seq, 300)).reversed();
    }

    @Test
    void whatIsDroppedIsNeverEmittedAgain() throws Exception {
        try (AlertLog one = shared();
                AlertLog two = shared()) {
            for (int i = 0; i < 40; i++) {
                one.append(encounters(i, i + 1), i, NOW.plusSeconds(i));
            }
            two.catchUp();
            one.prune(NOW.plusSeconds(20), Long.MAX_VALUE);
            long first = one.first();
            assertTrue(first > 15 && first <= 21, () -> "first kept: " + first);
            assertEquals(first, all(two).getFirst().seq());
            assertEquals(first, two.first());
            one.prune(NOW, 6000);
            long later = one.first();
            assertTrue(later > first && later < 40, () -> "first kept: " + later);
            try (AlertLog third = shared()) {
                assertEquals(later, third.first());
                assertEquals(0, third.append(encounters(0, 40), 40, NOW));
                assertEquals(1, third.append(encounters(40, 41), 41, NOW));
            }
            one.prune(NOW.plusSeconds(3600), Long.MAX_VALUE);
            assertEquals(List.of(), all(one), "nothing that is too old is kept");
            assertEquals(List.of(), records());
            assertEquals(1, stateStore.names(AlertLoader.GIVEN).size());
            assertEquals(0, one.append(encounters(0, 41), 41, NOW));
            assertEquals(1, one.append(encounters(41, 42), 42, NOW));
            assertEquals(List.of(42L), seqs(all(two)));
            two.append(encounters(42, 43), 43, NOW);
            assertEquals(List.of(42L, 43L), seqs(all(one)));
        }
    }

    @Test
    void theNewestRecordIsKeptEvenIfItExceedsTheSize() throws Exception {
        try (AlertLog log = open()) {
            log.append(encounters(0, 20), 1, NOW);
            log.prune(NOW, 1);
            assertEquals(20, log.after(0, 100).size());
        }
    }

    @Test
    void aDroppedRecordThatWasNotRemovedIsNotKept() throws Exception {
        try (AlertLog one = open()) {
            one.append(encounters(0, 3), 1, NOW);
            byte[] dropped = content(AlertBatch.name(1));
            one.append(encounters(3, 4), 2, NOW.plusSeconds(60));
            one.prune(NOW.plusSeconds(30), Long.MAX_VALUE);
            stateStore.replace(AlertBatch.name(1), "", dropped);
            try (AlertLog later = open()) {
                assertEquals(List.of(4L), seqs(all(later)));
                assertEquals(List.of(AlertBatch.name(4)), records());
                assertEquals(0, later.append(encounters(0, 3), 2, NOW));
            }
        }
    }

    @Test
    void twoThatEmitAtTheSameTimeMakeOneSequenceOfEachOnce() throws Exception {
        try (AlertLog one = shared();
                AlertLog two = shared();
                ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> both = new ArrayList<>();
            for (AlertLog log : List.of(one, two)) {
                int most = log == one ? 3 : 7; // one fills records sooner than the other expects
                both.add(pool.submit(() -> {
                    for (int i = 0; i < 60; i++) {
                        log.append(encounters(i, i + most), i, NOW);
                    }
                    return true;
                }));
            }
            for (Future<?> each : both) {
                each.get();
            }
            List<Alert> all = all(one);
            assertEquals(range(1, 66), seqs(all));
            assertEquals(66, new HashSet<>(all.stream().map(Alert::id).toList()).size());
            assertEquals(all, all(two));
            try (AlertLog later = shared()) {
                assertEquals(all, all(later), "a gateway that starts later reads the same");
                assertEquals(0, later.append(encounters(0, 66), 102, NOW));
                assertEquals(List.of(3L, 4L), seqs(later.after(2, 2)));
            }
        }
    }

    @Test
    void oneThatDropsDoesNotDropWhatTheOtherEmitsMeanwhile() throws Exception {
        try (AlertLog one = shared();
                AlertLog two = shared()) {
            one.append(encounters(0, 1), 1, NOW);
            two.catchUp();
            one.prune(NOW.plusSeconds(1), Long.MAX_VALUE);
            assertEquals(1, two.append(encounters(0, 2), 1, NOW), "two does not know yet that alert 1 was dropped");
            assertEquals(List.of(2L), seqs(all(one)));
            assertEquals(List.of(2L), seqs(all(two)));
        }
    }

    // ---- damage

    private void twentyInRecords() throws Exception {
        try (AlertLog log = open()) {
            for (int i = 0; i < 20; i++) {
                log.append(encounters(i, i + 1), i + 1, NOW);
            }
        }
    }

    /** Every kind of damage that leaves a record. */
    private static List<byte[]> damaged(byte[] whole) {
        byte[] flipped = whole.clone();
        flipped[whole.length / 2] ^= 1;
        byte[] end = whole.clone();
        end[whole.length - 20] ^= 1;
        byte[] hole = new String(whole, StandardCharsets.UTF_8)
                .replaceFirst("\"seq\":(\\d+)", "\"seq\":1$1")
                .getBytes(StandardCharsets.UTF_8);
        return List.of(new byte[0], Arrays.copyOf(whole, whole.length / 2), flipped, end, hole, new byte[whole.length]);
    }

    @Test
    void aDamagedRecordIsAGapAndLaterAlertsAreRead() throws Exception {
        twentyInRecords();
        String name = records().get(1);
        byte[] whole = content(name);
        List<Long> lost = seqs(AlertBatch.read(name, whole).alerts());
        List<Long> kept =
                range(1, 20).stream().filter(seq -> !lost.contains(seq)).toList();
        for (byte[] damaged : damaged(whole)) {
            replace(name, damaged);
            stateStore.remove(AlertLoader.REPORTED);
            try (LogLines lines = new LogLines();
                    AlertLog log = open()) {
                assertEquals(kept, seqs(all(log)));
                assertEquals(20, log.covered());
                assertTrue(
                        lines.all().stream().anyMatch(line -> line.contains(name) && line.contains("restore")),
                        () -> lines.all().toString());
            }
        }
        stateStore.remove(name);
        try (LogLines lines = new LogLines();
                AlertLog log = open()) {
            assertEquals(kept, seqs(all(log)));
            String numbers = "alerts " + lost.getFirst() + " to " + lost.getLast() + " are missing";
            assertTrue(lines.all().stream().anyMatch(line -> line.contains(numbers)), () -> lines.all()
                    .toString());
        }
        replace(name, whole);
        try (AlertLog log = open()) {
            assertEquals(range(1, 20), seqs(all(log)), "restored from a backup");
        }
    }

    @Test
    void gapIsLoggedOnceAndAgainWhenItComesBack() throws Exception {
        twentyInRecords();
        String name = records().get(1);
        byte[] whole = content(name);
        for (int round = 0; round < 2; round++) {
            replace(name, new byte[3]);
            assertEquals(1, errorsAtAStart(name));
            assertEquals(0, errorsAtAStart(name), "it was logged before");
            replace(name, whole);
            assertEquals(0, errorsAtAStart(name));
        }
    }

    private long errorsAtAStart(String record) throws Exception {
        try (LogLines lines = new LogLines();
                AlertLog log = open()) {
            assertEquals(20, log.covered());
            return lines.all().stream()
                    .filter(line -> line.contains(record) && line.contains("damaged"))
                    .count();
        }
    }

    @Test
    void aRecordThatIsDamagedWhileTheLogIsOpenIsPassedOver() throws Exception {
        twentyInRecords();
        try (AlertLog log = open()) {
            log.append(encounters(20, 2021), 21, NOW); // the first are no longer in memory
            String name = records().getFirst();
            int lost = AlertBatch.read(name, content(name)).alerts().size();
            replace(name, new byte[3]);
            assertEquals(lost + 1, log.after(0, 2).getFirst().seq());
            assertEquals(lost + 1, log.read(log.placesAfter(0, 8)).getFirst().seq());
        }
    }

    @Test
    void alertsOfADamagedLastRecordAreEmittedAgainUnderNewNumbers() throws Exception {
        twentyInRecords();
        String name = records().getLast();
        long first = AlertBatch.first(name);
        byte[] whole = content(name);
        for (byte[] damaged : damaged(whole)) {
            replace(name, damaged);
            try (AlertLog log = open()) {
                assertTrue(log.covered() >= first - 3 && log.covered() < first, () -> "" + log.covered());
                assertEquals(range(1, first - 1), seqs(all(log)));
            }
        }
        try (AlertLog log = open()) {
            assertEquals(21 - first, log.append(encounters(0, 20), 20, NOW));
            Set<Long> numbers = new HashSet<>(seqs(all(log)));
            assertEquals(20, numbers.size());
            assertFalse(numbers.removeAll(range(first, 20)), "no number means two alerts");
        }
        try (AlertLog log = open()) {
            assertEquals(20, all(log).size());
            assertEquals(20, log.covered());
            assertEquals(0, log.append(encounters(0, 20), 20, NOW));
        }
    }

    @Test
    void alertsThatAnOlderCopyOfTheLastRecordLacksAreEmittedAgain() throws Exception {
        byte[] older;
        try (AlertLog log = open()) {
            log.append(encounters(0, 1), 10, NOW);
            older = content(AlertBatch.name(1));
            log.append(encounters(1, 2), 20, NOW);
        }
        replace(AlertBatch.name(1), older);
        try (AlertLog log = open()) {
            assertEquals(0, log.covered(), "what record 1 is known to hold when it is written");
            assertEquals(1, log.append(encounters(0, 2), 20, NOW));
            assertEquals(List.of(1L, 3L), seqs(all(log)));
        }
        stateStore.remove(AlertBatch.name(1));
        stateStore.remove(AlertBatch.name(3));
        try (AlertLog log = open()) {
            assertEquals(0, log.covered(), "the first record is lost too");
            assertEquals(2, log.append(encounters(0, 2), 20, NOW));
            assertEquals(List.of(4L, 5L), seqs(all(log)));
        }
    }

    /** What versions before checksums wrote: a record per batch, and a state of two numbers. */
    @Test
    void recordsOfEarlierVersionsAreReadAndContinued() throws Exception {
        stateStore.remove(AlertState.NAME);
        stateStore.replace(AlertState.NAME, "", "{\"covered\":9,\"first\":4}".getBytes(StandardCharsets.UTF_8));
        for (int from : List.of(4, 6)) {
            List<Alert> alerts = List.of(
                    Alert.of(from, AlertLogTest.encounter("A-1", from), NOW),
                    Alert.of(from + 1, AlertLogTest.encounter("A-1", from + 1), NOW));
            String items = new String(AlertBatch.items(new byte[0], alerts), StandardCharsets.UTF_8);
            stateStore.replace(
                    AlertBatch.name(from),
                    "",
                    ("{\"alerts\":[" + items + "],\"next\":" + (from + 2) + "}").getBytes(StandardCharsets.UTF_8));
        }
        try (AlertLog log = shared()) {
            assertEquals(List.of(4L, 7L, 9L), List.of(log.first(), log.last(), log.covered()));
            assertEquals(range(4, 7), seqs(all(log)));
            assertEquals(2, log.append(encounters(4, 10), 12, NOW));
            assertEquals(range(4, 9), seqs(all(log)));
        }
        try (AlertLog log = shared()) {
            assertEquals(range(4, 9), seqs(all(log)));
            assertEquals(12, log.covered());
        }
    }
}
