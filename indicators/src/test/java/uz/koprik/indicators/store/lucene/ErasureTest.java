package uz.koprik.indicators.store.lucene;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.indicators.policy.Audience;
import uz.koprik.indicators.store.AppendResult;
import uz.koprik.indicators.store.Draft;
import uz.koprik.indicators.store.Drafts;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.ErasedVersion;
import uz.koprik.indicators.store.SearchBuilder;
import uz.koprik.indicators.store.Selection;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.Versions;
import uz.koprik.indicators.store.journal.DamagedJournal;

/** What is on the disk, and in memory, during and after an erasure. */
class ErasureTest {

    private static final String GONE = "erasedmark";
    private static final int OBJECTS = 90;
    private static final long CLOCK = 1_800_000_000_000_000L;

    @TempDir
    private Path temp;

    private static Drafts object(int number) {
        String mark = number % 3 == 0 ? GONE : "keptmark";
        return Drafts.indicator(number)
                .carries("domain:" + mark + number + ".example.com", "url:https://example.com/" + mark + number)
                .refersTo("malware--" + number)
                .text("phishing " + mark + "word" + number + " and " + mark)
                .body("a description with " + mark + number);
    }

    private static List<String> gone() {
        return IntStream.rangeClosed(1, OBJECTS)
                .filter(i -> i % 3 == 0)
                .mapToObj(i -> object(i).id())
                .toList();
    }

    private static LuceneStore open(Path directory) throws IOException {
        return LuceneStore.open(directory, LuceneStoreTest.SMALL);
    }

    private static void fill(LuceneStore store) throws StoreUnavailable {
        for (int i = 1; i <= OBJECTS; i += 5) {
            List<Draft> batch =
                    IntStream.range(i, i + 5).mapToObj(n -> object(n).draft()).toList();
            store.append(batch);
        }
    }

    /** Has everything in the index on the disk. */
    private void commit(LuceneStore store) throws IOException, StoreUnavailable {
        assertEquals(
                OBJECTS,
                store.search(new SearchBuilder().words("phishing").build()).total());
        Path copy = Files.createTempDirectory("koprik-erasure");
        store.snapshot(copy);
        try (Stream<Path> files = Files.walk(copy)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** That everything is there but what was erased. */
    private static void verify(LuceneStore store, String when) throws StoreUnavailable {
        for (int i = 1; i <= OBJECTS; i++) {
            Optional<Entry> entry = store.at(i);
            assertEquals(i % 3 == 0, entry.isEmpty(), when + ": " + i);
            if (entry.isPresent()) {
                assertEquals(object(i).draft().facts(), entry.get().facts(), when);
                assertEquals(
                        List.of((long) i),
                        store
                                .carriers(object(i).observables(), Audience.HOUSEKEEPING, 1)
                                .get("domain:keptmark" + i + ".example.com")
                                .freshest()
                                .stream()
                                .map(Entry::seq)
                                .toList(),
                        when);
                assertInstanceOf(
                        AppendResult.Duplicate.class,
                        store.append(List.of(object(i).draft())).getFirst(),
                        when);
            } else {
                assertEquals(
                        List.of(new AppendResult.Withdrawn(1)),
                        store.append(List.of(object(i).draft())),
                        when);
                assertEquals(
                        List.of(object(i).draft().facts().digest()),
                        store.erasure(object(i).id()).orElseThrow().versions().stream()
                                .map(ErasedVersion::digest)
                                .toList(),
                        when);
            }
        }
        assertEquals(
                OBJECTS * 2 / 3,
                store.page(Selection.all(Audience.HOUSEKEEPING), 0, 1000)
                        .entries()
                        .size(),
                when);
    }

    @Test
    void noByteOfAnErasedObjectIsInAnyFile() throws Exception {
        try (LuceneStore store = open(temp)) {
            fill(store);
            commit(store);
            assertTrue(ErasureSearch.find(temp, GONE).size() > 100);
            assertEquals(30, store.erase(gone(), "rule", "retention").size());
            assertEquals(List.of(), ErasureSearch.find(temp, GONE));
            assertEquals(List.of(), ErasureSearch.mappedDeleted(temp));
            assertTrue(Files.exists(temp.resolve("journal/00000003.journal")), "there are several files");
            verify(store, "open");
        }
        assertEquals(List.of(), ErasureSearch.find(temp, GONE));
        LuceneStore.inspect(temp, List.of());
        try (LuceneStore store = open(temp)) {
            verify(store, "reopened");
        }
    }

    @Test
    void roomIsGivenBack() throws Exception {
        try (LuceneStore store = open(temp)) {
            String text = GONE.repeat(400);
            List<String> ids = new ArrayList<>();
            for (int i = 1; i <= 100; i++) {
                ids.add(object(i).id());
                store.append(List.of(object(i).body(text + i).draft()));
            }
            long before = store.status().bytes();
            assertTrue(before > 400_000);
            store.erase(ids.subList(0, 90), "rule", "retention");
            assertTrue(
                    store.status().bytes() < before / 4,
                    before + " bytes became " + store.status().bytes());
        }
    }

    @Test
    void anErasedDocumentIsIndexedWithoutTerms() throws Exception {
        try (LuceneStore store = open(temp)) {
            fill(store);
            store.erase(gone(), "rule", "retention");
        }
        try (Stream<Path> files = Files.list(temp.resolve("index"))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        try (LuceneStore store = open(temp)) {
            verify(store, "index made anew");
        }
        assertEquals(List.of(), ErasureSearch.find(temp, GONE));
    }

    @Test
    void aCrashBeforeAnyOperationLosesNothing() throws Exception {
        Path home = temp.resolve("home");
        List<Path> images = new ArrayList<>();
        WatchedDisk disk = new WatchedDisk();
        try (LuceneStore store = LuceneStore.open(home, LuceneStoreTest.SMALL, disk, clock())) {
            fill(store);
            commit(store);
            disk.listener = operation -> images.add(image(home, images.size()));
            store.eraser().watch(step -> {
                try {
                    images.add(image(home, images.size()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            store.erase(gone(), "rule", "retention");
            disk.listener = operation -> {};
        }
        assertTrue(images.size() > 20, "images: " + images.size());
        for (int i = 0; i < images.size(); i++) {
            Path image = images.get(i);
            try (LuceneStore store = open(image)) {
                store.erase(gone(), "rule", "retention"); // waits for what the opening began, or begins it anew
                assertEquals(List.of(), ErasureSearch.find(image, GONE), "image " + i);
                verify(store, "image " + i);
            }
        }
    }

    private static LongSupplier clock() {
        return new AtomicLong(CLOCK)::incrementAndGet;
    }

    /** What a process would leave that ended now. */
    private Path image(Path home, int number) throws IOException {
        Path image = temp.resolve("image" + number);
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.toList()) {
                Path to = image.resolve(home.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(to);
                } else {
                    try {
                        Files.copy(file, to);
                    } catch (NoSuchFileException merged) {
                        assertTrue(file.toString().contains("index"), file + " went meanwhile");
                    }
                }
            }
        }
        return image;
    }

    @Test
    void aFailureOfEachOperationLeavesTheStoreServing() throws Exception {
        for (int failing = 0, seen = Integer.MAX_VALUE; failing < seen; failing++) {
            Path home = temp.resolve("failing" + failing);
            WatchedDisk disk = new WatchedDisk();
            int[] operations = {0};
            int fails = failing;
            try (LuceneStore store = LuceneStore.open(home, LuceneStoreTest.SMALL, disk, clock())) {
                fill(store);
                disk.listener = operation -> {
                    if (operations[0]++ == fails) {
                        throw new IOException("No space left on device");
                    }
                };
                assertThrows(StoreUnavailable.class, () -> store.erase(gone(), "rule", "retention"));
                assertInstanceOf(
                        AppendResult.NewEntry.class,
                        store.append(List.of(Drafts.indicator(1000).draft())).getFirst());
                assertTrue(store.at(1).isPresent());
                store.withdraw(Drafts.indicator(1000).id(), Versions.ALL, "a test", "admin");
                disk.listener = operation -> operations[0]++;
                int before = operations[0];
                store.erase(gone(), "rule", "retention");
                seen = failing == 0 ? operations[0] - before : seen;
                assertEquals(List.of(), ErasureSearch.find(home, GONE), "operation " + failing);
                verify(store, "operation " + failing);
            }
            assertTrue(failing > 0 || seen > 10, "operations of an erasure: " + seen);
            try (LuceneStore store = open(home)) {
                verify(store, "operation " + failing + ", opened again");
            }
        }
    }

    @Test
    void aStepThatFailsIsDoneByTheNextOpening() throws Exception {
        for (Eraser.Step failing : Eraser.Step.values()) {
            Path home = temp.resolve(failing.name());
            try (LuceneStore store = open(home)) {
                fill(store);
                store.eraser().watch(step -> {
                    if (step == failing) {
                        throw new IllegalStateException("ended after " + step);
                    }
                });
                assertThrows(Exception.class, () -> store.erase(gone(), "rule", "retention"));
                verify(store, failing + ", still open");
            }
            try (LuceneStore store = open(home)) {
                for (int i = 0; i < 200 && !ErasureSearch.find(home, GONE).isEmpty(); i++) {
                    Thread.sleep(50);
                }
                assertEquals(List.of(), ErasureSearch.find(home, GONE), failing.name());
                verify(store, failing + ", opened again");
            }
        }
    }

    @Test
    void aCopyWaitsForTheErasureUnderWay() throws Exception {
        Path home = temp.resolve("home");
        Path copy = temp.resolve("copy");
        try (LuceneStore store = open(home)) {
            fill(store);
            CountDownLatch rewriting = new CountDownLatch(1);
            CountDownLatch copying = new CountDownLatch(1);
            store.eraser().watch(step -> {
                if (step == Eraser.Step.FILE_REWRITTEN) {
                    rewriting.countDown();
                    try {
                        copying.await(10, TimeUnit.SECONDS);
                        Thread.sleep(100); // so that the copy has begun to wait
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }
            });
            Thread erasing = Thread.ofVirtual().start(() -> {
                try {
                    store.erase(gone(), "rule", "retention");
                } catch (StoreUnavailable e) {
                    throw new IllegalStateException(e);
                }
            });
            assertTrue(rewriting.await(30, TimeUnit.SECONDS));
            copying.countDown();
            store.snapshot(copy);
            erasing.join();
        }
        assertEquals(List.of(), ErasureSearch.find(copy, GONE));
        LuceneStore.restore(copy, temp.resolve("restored"));
        try (LuceneStore store = open(temp.resolve("restored"))) {
            verify(store, "restored");
        }
    }

    @Test
    void anOlderMarkIsHarmless() throws Exception {
        Path mark = temp.resolve("home/mark");
        byte[] older;
        try (LuceneStore store = open(temp.resolve("home"))) {
            fill(store);
            older = Files.readAllBytes(mark);
            store.erase(gone(), "rule", "retention");
        }
        Files.write(mark, older);
        try (LuceneStore store = open(temp.resolve("home"))) {
            verify(store, "with the mark of before");
        }
    }

    @Test
    void aFileFromBeforeIsRewrittenAgain() throws Exception {
        Path home = temp.resolve("home");
        Path file = home.resolve("journal/00000001.journal");
        byte[] older;
        try (LuceneStore store = open(home)) {
            fill(store);
            older = Files.readAllBytes(file);
            store.erase(gone(), "rule", "retention");
        }
        assertTrue(Files.size(file) < older.length);
        Files.write(file, older);
        try (LuceneStore store = open(home)) {
            for (int i = 0; i < 200 && !ErasureSearch.find(home, GONE).isEmpty(); i++) {
                Thread.sleep(50);
            }
            assertEquals(List.of(), ErasureSearch.find(home, GONE));
            verify(store, "with a file of before");
        }
    }

    @Test
    void damageOfARewrittenFileIsFound() throws Exception {
        Path home = temp.resolve("home");
        try (LuceneStore store = open(home)) {
            fill(store);
            store.erase(gone(), "rule", "retention");
        }
        Path file = home.resolve("journal/00000001.journal");
        byte[] whole = Files.readAllBytes(file);
        for (int at = 0; at < whole.length; at += at < 64 ? 3 : 97) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 4;
            Files.write(file, damaged);
            assertThrows(
                    DamagedJournal.class, () -> LuceneStore.inspect(home, List.of()), "byte " + at + " was changed");
        }
        Files.write(file, Arrays.copyOf(whole, whole.length - 10));
        assertThrows(DamagedJournal.class, () -> LuceneStore.inspect(home, List.of()));
        Files.write(file, whole);
        LuceneStore.inspect(home, List.of());
    }

    /** The files after a rewritten one are lost, and perhaps the end of that one: the journal goes on in a new file. */
    @Test
    void theJournalGoesOnAfterALoss() throws Exception {
        for (boolean torn : List.of(false, true)) {
            Path home = temp.resolve("torn-" + torn);
            try (LuceneStore store = open(home)) {
                fill(store);
                store.erase(gone(), "rule", "retention");
            }
            try (Stream<Path> files = Files.list(home.resolve("journal"))) {
                for (Path file : files.toList()) {
                    if (!file.toString().endsWith("00000000.journal")
                            && !file.toString().endsWith("00000001.journal")) {
                        Files.delete(file);
                    }
                }
            }
            if (torn) {
                Path file = home.resolve("journal/00000001.journal");
                byte[] bytes = Files.readAllBytes(file);
                bytes[bytes.length - 3] ^= 1;
                Files.write(file, bytes);
            }
            long kept;
            try (LuceneStore store = LuceneStore.open(home, List.of(), damage -> {}, InstantSource.system())) {
                kept = store.status().entries();
                assertTrue(kept > 10 && kept < OBJECTS, "kept " + kept);
                assertTrue(store.at(1).isPresent());
                assertTrue(store.at(3).isEmpty());
                assertEquals(
                        1,
                        store.erasure(object(3).id()).orElseThrow().versions().size());
                assertInstanceOf(
                        AppendResult.NewEntry.class,
                        store.append(List.of(object(1001).draft())).getFirst());
            }
            try (LuceneStore store = open(home)) {
                assertEquals(kept + 1, store.status().entries());
                assertEquals(
                        object(1001).id(),
                        store.at(kept + 1).orElseThrow().facts().id());
                store.erase(List.of(object(1).id(), object(1001).id()), "rule", "retention");
                assertTrue(store.at(1).isEmpty());
            }
            LuceneStore.inspect(home, List.of());
        }
    }

    @Test
    void nothingOfItStaysInMemory() throws Exception {
        try (LuceneStore store = open(temp)) {
            fill(store);
            store.erase(gone(), "rule", "retention");
            Path dump = temp.resolve("heap.hprof");
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(dump.toString(), true);
            byte[] bytes = Files.readAllBytes(dump);
            String heap = new String(bytes, StandardCharsets.ISO_8859_1);
            for (int i = 3; i <= OBJECTS; i += 3) {
                assertFalse(heap.contains(GONE + i), "a value that was erased is on the heap");
                assertFalse(heap.contains(GONE + "word" + i), "a word that was erased is on the heap");
            }
            assertTrue(heap.contains("keptmark"), "values that are there are");
        }
    }
}
