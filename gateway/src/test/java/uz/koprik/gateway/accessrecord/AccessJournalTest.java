package uz.koprik.gateway.accessrecord;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Entries are durable, in order and chained; what was changed or removed is noticed. */
final class AccessJournalTest {

    private static final Instant DAY = Instant.parse("2026-11-22T08:00:00Z");

    @TempDir
    Path root;

    private AccessFolder folder;

    @BeforeEach
    void folder() {
        folder = new AccessFolder(root, "gateway");
    }

    private static AccessEntry entry(Instant at, String by, String value) {
        return new AccessEntry(
                0,
                at,
                "account " + by,
                "198.51.100.7",
                "GET /api/search",
                List.of(),
                Map.of("q", value),
                List.of("domain:" + value),
                Optional.of(2L),
                0,
                "r-1",
                "",
                0);
    }

    private void write(int from, int to) throws Exception {
        try (AccessJournal journal = AccessJournal.open(folder)) {
            for (int i = from; i <= to; i++) {
                assertEquals(
                        i,
                        journal.add(entry(DAY.plusSeconds(i), "anna", "host-" + i + ".example.com"))
                                .join());
            }
        }
    }

    private List<String> findings() throws Exception {
        return AccessCheck.of(folder, 0).findings();
    }

    private Path segment() throws Exception {
        return folder.segments().firstEntry().getValue();
    }

    private void rewrite(List<String> lines) throws Exception {
        Files.writeString(segment(), String.join("\n", lines) + "\n");
    }

    @Test
    void numbersGoOnAfterARestart() throws Exception {
        write(1, 3);
        write(4, 6);
        assertEquals(List.of(), findings());
        List<AccessQuery.Found> found = new AccessReader(root)
                .find(AccessQuery.ALL, Optional.empty(), 10)
                .entries();
        assertEquals(
                List.of(6L, 5L, 4L, 3L, 2L, 1L),
                found.stream().map(one -> one.entry().number()).toList());
        assertEquals(
                entry(DAY.plusSeconds(6), "anna", "host-6.example.com").numbered(6),
                found.getFirst().entry());
    }

    @Test
    void entriesOfManyThreadsAreAllThereOnce() throws Exception {
        Set<Long> numbers = new ConcurrentSkipListSet<>();
        try (AccessJournal journal = AccessJournal.open(folder)) {
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                String value = "host-" + i + ".example.com";
                threads.add(Thread.startVirtualThread(
                        () -> numbers.add(journal.add(entry(DAY, "anna", value)).join())));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertEquals(200, journal.last());
        }
        assertEquals(200, numbers.size());
        assertEquals(List.of(), findings());
        Set<String> values = new TreeSet<>();
        new AccessReader(root)
                .find(AccessQuery.ALL, Optional.empty(), 1000)
                .entries()
                .forEach(one -> values.addAll(one.entry().values()));
        assertEquals(200, values.size());
    }

    @Test
    void aChangedLineIsNoticed() throws Exception {
        write(1, 5);
        List<String> lines = new ArrayList<>(AccessFolder.lines(segment()));
        lines.set(2, lines.get(2).replace("account anna", "account bela"));
        rewrite(lines);
        assertTrue(findings().getFirst().contains("line 3"), findings().toString());
    }

    @Test
    void aRemovedLineIsNoticed() throws Exception {
        write(1, 5);
        List<String> lines = new ArrayList<>(AccessFolder.lines(segment()));
        lines.remove(2);
        rewrite(lines);
        assertTrue(findings().getFirst().contains("line 3"), findings().toString());
    }

    @Test
    void linesThatAreMissingAtTheEndAreNoticed() throws Exception {
        write(1, 5);
        rewrite(AccessFolder.lines(segment()).subList(0, 3));
        assertEquals(
                List.of("entries after 3 are missing in 000000000001.jsonl: the stream went to 5 by"
                        + " gateway-mark.json"),
                findings());
    }

    @Test
    void aWholeSegmentThatIsMissingIsNoticed() throws Exception {
        try (AccessJournal journal = AccessJournal.open(folder)) {
            journal.add(entry(DAY, "anna", "one.example.com")).join();
            journal.add(entry(DAY.plus(Duration.ofDays(1)), "anna", "two.example.com"))
                    .join();
        }
        assertEquals(2, folder.segments().size(), "a segment a day");
        Files.delete(segment());
        assertEquals(List.of("entries 1 to 1 are missing, which have not expired"), findings());
    }

    @Test
    void theStreamGoesOnAfterDamageWhichStaysVisible() throws Exception {
        write(1, 5);
        rewrite(AccessFolder.lines(segment()).subList(0, 3));
        write(6, 7);
        assertFalse(findings().isEmpty());
        assertEquals(
                List.of(7L, 6L, 3L, 2L, 1L),
                new AccessReader(root)
                        .find(AccessQuery.ALL, Optional.empty(), 10).entries().stream()
                                .map(one -> one.entry().number())
                                .toList());
    }

    @Test
    void whatACrashLeftOfALineIsRemoved() throws Exception {
        write(1, 2);
        Files.write(segment(), "{\"n\":3,\"at\":\"20".getBytes(StandardCharsets.UTF_8), StandardOpenOption.APPEND);
        write(3, 4);
        assertEquals(List.of(), findings());
    }

    @Test
    void spaceAheadOfTheWriterIsNoEntry() throws Exception {
        try (AccessJournal journal = AccessJournal.open(folder)) {
            journal.add(entry(DAY, "anna", "one.example.com")).join();
            byte[] bytes = Files.readAllBytes(segment());
            assertEquals(0, bytes[bytes.length - 1], "space for the next entries");
            assertEquals(1, AccessFolder.lines(segment()).size());
            journal.mark();
            assertEquals(List.of(), findings());
            assertEquals(
                    1,
                    new AccessReader(root)
                            .find(AccessQuery.ALL, Optional.empty(), 10)
                            .entries()
                            .size());
        }
        byte[] closed = Files.readAllBytes(segment());
        assertEquals('\n', closed[closed.length - 1]);
    }

    @Test
    void largeEntriesHaveNoSpaceBehindThemAndSmallOnesGoOn() throws Exception {
        String large = "a".repeat(40_000) + ".example.com";
        try (AccessJournal journal = AccessJournal.open(folder)) {
            for (String value : List.of("one.example.com", large, large, "two.example.com", large)) {
                journal.add(entry(DAY, "anna", value)).join();
                byte[] bytes = Files.readAllBytes(segment());
                assertEquals(value.equals(large) ? '\n' : 0, bytes[bytes.length - 1]);
            }
            journal.mark();
            assertEquals(List.of(), findings());
        }
        write(6, 7);
        assertEquals(List.of(), findings());
        assertEquals(7, AccessFolder.lines(segment()).size());
    }

    /** A loss of power may leave the second page of a batch without the first. */
    @Test
    void whatStandsBehindAHoleWasNotAcknowledgedAndIsRemoved() throws Exception {
        write(1, 2);
        String line = AccessFolder.lines(segment()).getLast();
        byte[] torn = new byte[4096];
        System.arraycopy(line.getBytes(StandardCharsets.UTF_8), 0, torn, 3000, 100);
        torn[3200] = '\n';
        Files.write(segment(), torn, StandardOpenOption.APPEND);
        assertEquals(2, AccessFolder.lines(segment()).size());
        write(3, 4);
        assertEquals(List.of(), findings());
        assertEquals(4, AccessFolder.lines(segment()).size());
    }

    @Test
    void aZeroInTheMiddleOfEntriesIsNoticed() throws Exception {
        write(1, 5);
        byte[] bytes = Files.readAllBytes(segment());
        bytes[bytes.length / 2] = 0;
        Files.write(segment(), bytes);
        assertTrue(findings().getFirst().contains("are missing"), findings().toString());
    }

    @Test
    void aClosedStreamRefusesEntries() throws Exception {
        AccessJournal journal = AccessJournal.open(folder);
        journal.close();
        assertTrue(journal.add(entry(DAY, "anna", "one.example.com")).isCompletedExceptionally());
    }

    @Test
    void entriesOfACrashAfterTheMarkAreKept() throws Exception {
        AccessJournal journal = AccessJournal.open(folder);
        journal.add(entry(DAY, "anna", "one.example.com")).join();
        journal.mark();
        journal.add(entry(DAY, "anna", "two.example.com")).join();
        // No close: the process is gone.
        write(3, 3);
        assertEquals(List.of(), findings());
    }

    @Test
    void entriesExpireByWholeSegmentsAndTheChainStays() throws Exception {
        try (AccessJournal journal = AccessJournal.open(folder)) {
            for (int day = 0; day < 5; day++) {
                journal.add(entry(DAY.plus(Duration.ofDays(day)), "anna", "one.example.com"))
                        .join();
            }
            journal.expire(DAY.plus(Duration.ofDays(2)));
            assertEquals(3, folder.segments().size());
            assertEquals(List.of(), findings());
            journal.expire(DAY.plus(Duration.ofDays(30)));
            assertEquals(0, folder.segments().size());
            assertEquals(List.of(), findings());
            assertEquals(
                    6,
                    journal.add(entry(DAY.plus(Duration.ofDays(31)), "anna", "six.example.com"))
                            .join());
        }
        assertEquals(List.of(), findings());
        write(7, 8);
        assertEquals(List.of(), findings());
    }

    @Test
    void pagesGoOnWhereTheyStopped() throws Exception {
        write(1, 9);
        LocalAccess.add(
                root,
                DAY.plusSeconds(5).plusMillis(500),
                "root",
                "koprik account list",
                List.of(),
                java.util.Map.of(),
                uz.koprik.indicators.observable.Normalisation.PLAIN);
        AccessReader reader = new AccessReader(root);
        List<String> seen = new ArrayList<>();
        Optional<String> place = Optional.empty();
        do {
            AccessQuery.Page page = reader.find(AccessQuery.ALL, place, 2);
            page.entries()
                    .forEach(one ->
                            seen.add(one.stream().charAt(0) + "" + one.entry().number()));
            place = page.next();
        } while (place.isPresent());
        assertEquals(List.of("g9", "g8", "g7", "g6", "l1", "g5", "g4", "g3", "g2", "g1"), seen);
    }

    @Test
    void whatEndsAnEntryIsShownWithItOnAnyPage() throws Exception {
        AccessEntry begun = entry(DAY, "anna", "one.example.com");
        try (AccessJournal journal = AccessJournal.open(folder)) {
            assertEquals(1, journal.add(withoutAnswers(begun)).join());
            assertEquals(2, journal.add(withoutAnswers(begun)).join());
            journal.add(end(1, Optional.of(7L))).join();
            journal.add(end(2, Optional.of(8L))).join();
            assertEquals(4, journal.last());
        }
        assertEquals(List.of(), findings());
        AccessReader reader = new AccessReader(root);
        AccessQuery.Page first = reader.find(AccessQuery.ALL, Optional.empty(), 1);
        AccessQuery.Page second = reader.find(AccessQuery.ALL, first.next(), 1);
        assertEquals(Optional.of(8L), first.entries().getFirst().entry().answers());
        assertEquals(1, second.entries().getFirst().entry().number());
        assertEquals(Optional.of(7L), second.entries().getFirst().entry().answers());
        assertEquals(Optional.empty(), second.next());
    }

    private static AccessEntry end(long ends, Optional<Long> answers) {
        return new AccessEntry(
                0,
                DAY,
                "account anna",
                "",
                "GET /api/search",
                List.of(),
                Map.of(),
                List.of(),
                answers,
                0,
                "",
                "",
                ends);
    }

    private static AccessEntry withoutAnswers(AccessEntry entry) {
        return new AccessEntry(
                0,
                entry.at(),
                entry.by(),
                entry.from(),
                entry.what(),
                entry.ids(),
                entry.asked(),
                entry.values(),
                Optional.empty(),
                0,
                entry.request(),
                "",
                0);
    }

    @Test
    void questionsAreAnsweredByAccountTimeAndValue() throws Exception {
        try (AccessJournal journal = AccessJournal.open(folder)) {
            journal.add(entry(DAY, "anna", "one.example.com")).join();
            journal.add(entry(DAY.plusSeconds(10), "bela", "one.example.com")).join();
            journal.add(entry(DAY.plusSeconds(20), "bela", "two.example.com")).join();
        }
        AccessQuery looked = new AccessQuery(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Set.of("domain:one.example.com"),
                Optional.empty());
        assertEquals(List.of(2L, 1L), numbers(looked));
        assertEquals(
                List.of(3L, 2L),
                numbers(new AccessQuery(
                        Optional.of("bela"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Set.of(),
                        Optional.empty())));
        assertEquals(
                List.of(2L),
                numbers(new AccessQuery(
                        Optional.empty(),
                        Optional.of(DAY.plusSeconds(1)),
                        Optional.of(DAY.plusSeconds(20)),
                        Optional.of("/api/search"),
                        Set.of(),
                        Optional.empty())));
    }

    private List<Long> numbers(AccessQuery query) throws Exception {
        return new AccessReader(root)
                .find(query, Optional.empty(), 10).entries().stream()
                        .map(one -> one.entry().number())
                        .toList();
    }
}
