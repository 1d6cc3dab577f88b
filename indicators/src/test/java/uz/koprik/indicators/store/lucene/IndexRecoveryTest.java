package uz.koprik.indicators.store.lucene;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.indicators.policy.Audience;
import uz.koprik.indicators.store.Draft;
import uz.koprik.indicators.store.Drafts;
import uz.koprik.indicators.store.Search;
import uz.koprik.indicators.store.SearchBuilder;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.Versions;

/** The index is a view: after any damage of its files it is made again from the journal. */
class IndexRecoveryTest {

    private static final String VALUE = "domain:example.com";
    private static final int ENTRIES = 300;

    @TempDir
    private Path temp;

    @BeforeEach
    void fill() throws IOException, StoreUnavailable {
        fill(temp, 0, ENTRIES);
    }

    private static void fill(Path directory, int from, int to) throws IOException, StoreUnavailable {
        try (LuceneStore store = LuceneStore.open(directory, LuceneStoreTest.SMALL)) {
            List<Draft> drafts = IntStream.range(from, to)
                    .mapToObj(i -> Drafts.indicator(i)
                            .carries(VALUE)
                            .refersTo("malware--1")
                            .text("word")
                            .draft())
                    .toList();
            store.append(drafts);
        }
    }

    private void expect(int count) throws IOException, StoreUnavailable {
        try (LuceneStore store = LuceneStore.open(temp, LuceneStoreTest.SMALL)) {
            assertEquals(
                    count,
                    store.carriers(List.of(VALUE), Audience.HOUSEKEEPING, 1)
                            .get(VALUE)
                            .count());
            assertEquals(count, store.referrers("malware--1", Versions.LAST).size());
            assertEquals(
                    count,
                    store.search(new SearchBuilder().words("word").limit(1).build())
                            .total());
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(temp.resolve("index"))) {
            return files.filter(file -> !file.endsWith("write.lock")).toList();
        }
    }

    @Test
    void aMissingIndexIsMadeAnew() throws IOException, StoreUnavailable {
        for (Path file : files()) {
            Files.delete(file);
        }
        expect(ENTRIES);
    }

    @Test
    void anIndexThatLacksAFileIsMadeAnew() throws IOException, StoreUnavailable {
        int count = files().size();
        for (int i = 0; i < count; i++) {
            Files.delete(files().get(i % files().size()));
            expect(ENTRIES);
        }
    }

    @Test
    void aCutIndexFileIsNoticed() throws IOException, StoreUnavailable {
        for (Path file : files()) {
            if (Files.exists(file) && Files.size(file) > 0) {
                byte[] bytes = Files.readAllBytes(file);
                Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
                expect(ENTRIES);
            }
        }
    }

    @Test
    void anOldIndexCatchesUp() throws IOException, StoreUnavailable {
        Path old = temp.resolve("old");
        Files.createDirectory(old);
        for (Path file : files()) {
            Files.copy(file, old.resolve(file.getFileName()));
        }
        fill(temp, ENTRIES, 2 * ENTRIES);
        replaceIndex(old);
        expect(2 * ENTRIES);
    }

    @Test
    void theIndexOfAnotherJournalIsNotTaken() throws IOException, StoreUnavailable {
        Path other = temp.resolve("other");
        fill(other, 0, 7);
        replaceIndex(other.resolve("index"));
        expect(ENTRIES);
    }

    private void replaceIndex(Path by) throws IOException {
        for (Path file : files()) {
            Files.delete(file);
        }
        try (Stream<Path> files = Files.list(by)) {
            for (Path file : files.filter(file -> !file.endsWith("write.lock")).toList()) {
                Files.copy(file, temp.resolve("index").resolve(file.getFileName()));
            }
        }
    }

    /** As on a full disk: the index cannot be written, and entries still come. */
    @Test
    void anIndexThatCannotBeWrittenShowsTheLastEntriesFromMemoryAndRecovers() throws Exception {
        Path index = temp.resolve("index");
        Path aside = temp.resolve("aside");
        try (LuceneStore store = LuceneStore.open(temp, LuceneStoreTest.SMALL)) {
            store.check();
            Files.move(index, aside);
            Files.writeString(index, "no folder");
            store.append(List.of(Drafts.indicator(ENTRIES)
                    .carries(VALUE)
                    .refersTo("malware--1")
                    .text("word")
                    .draft()));
            assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
                assertEquals(ENTRIES + 1, store.search(words()).total());
                while (isReady(store)) { // until the attempt to write has failed
                    Thread.onSpinWait();
                }
            });
            Files.delete(index);
            Files.move(aside, index);
            assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
                long total = found(store);
                while (total < 0) {
                    Thread.onSpinWait();
                    total = found(store);
                }
                assertEquals(ENTRIES + 1, total);
            });
        }
    }

    private static boolean isReady(LuceneStore store) {
        try {
            store.check();
            return true;
        } catch (StoreUnavailable notNow) {
            return false;
        }
    }

    private static Search words() {
        return new SearchBuilder().words("word").limit(1).build();
    }

    /**
     * The count of a search, or -1 while the store is not ready: an attempt that began before the folder was back may
     * still fail.
     */
    private static long found(LuceneStore store) {
        try {
            long total = store.search(words()).total();
            store.check();
            return total;
        } catch (StoreUnavailable notYet) {
            return -1;
        }
    }
}
