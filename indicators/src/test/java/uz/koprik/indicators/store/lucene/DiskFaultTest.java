package uz.koprik.indicators.store.lucene;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import uz.koprik.indicators.policy.Audience;
import uz.koprik.indicators.policy.ReleaseTerms;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.store.AppendResult;
import uz.koprik.indicators.store.Draft;
import uz.koprik.indicators.store.Drafts;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.Selection;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.Versions;

/** What an append means when the disk fails, or says so though it did not. */
class DiskFaultTest {

    @TempDir
    private Path temp;

    private final FaultyDisk disk = new FaultyDisk();

    private LuceneStore open() throws IOException {
        return LuceneStore.open(temp, LuceneStoreTest.SMALL, disk, System::nanoTime);
    }

    private static List<Draft> drafts(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> Drafts.indicator(i).carries("domain:example.com").draft())
                .toList();
    }

    private static List<Long> all(LuceneStore store) throws StoreUnavailable {
        return store.page(Selection.all(Audience.HOUSEKEEPING), 0, 1000).entries().stream()
                .map(Entry::seq)
                .toList();
    }

    @ParameterizedTest
    @EnumSource(value = FaultyDisk.Fault.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void nothingIsAcknowledgedAndARetryStoresOnce(FaultyDisk.Fault fault) throws IOException, StoreUnavailable {
        try (LuceneStore store = open()) {
            store.append(drafts(0, 3));
            disk.fault = fault;
            assertThrows(StoreUnavailable.class, () -> store.append(drafts(3, 6)));
            assertThrows(StoreUnavailable.class, () -> store.append(drafts(3, 60)), "a new file is needed");
            assertThrows(
                    StoreUnavailable.class,
                    () -> store.withdraw(Drafts.indicator(1).id(), Versions.ALL, "wrong", "admin"));
            assertThrows(
                    StoreUnavailable.class,
                    () -> store.restrict(Map.of(1L, new ReleaseTerms(Tlp.RED, false, false, false))));
            assertThrows(StoreUnavailable.class, store::check);
            assertEquals(List.of(1L, 2L, 3L), all(store), "reads go on");
            assertEquals(
                    3,
                    store.carriers(List.of("domain:example.com"), Audience.HOUSEKEEPING, 1)
                            .get("domain:example.com")
                            .count());
            disk.fault = FaultyDisk.Fault.NONE;
            store.check();
            store.append(drafts(3, 60)).forEach(outcome -> assertInstanceOf(AppendResult.NewEntry.class, outcome));
            assertEquals(60, store.status().entries());
        }
        try (LuceneStore store = open()) {
            assertEquals(60, all(store).size());
            assertEquals(Tlp.GREEN, store.at(1).orElseThrow().release().tlp());
            assertEquals(
                    60,
                    store.carriers(List.of("domain:example.com"), Audience.HOUSEKEEPING, 1)
                            .get("domain:example.com")
                            .count());
        }
    }

    /** What was written for good though an error was reported, and the process ends before it could be taken back. */
    @Test
    void persistedButFailedIsADuplicateAfterwards() throws IOException, StoreUnavailable {
        try (LuceneStore store = open()) {
            store.append(drafts(0, 3));
            disk.fault = FaultyDisk.Fault.FORCED_AND_STUCK;
            assertThrows(StoreUnavailable.class, () -> store.append(drafts(3, 6)));
            assertEquals(Optional.empty(), store.latest(Drafts.indicator(4).id()), "not acknowledged, not shown");
        }
        disk.fault = FaultyDisk.Fault.NONE;
        try (LuceneStore store = open()) {
            List<AppendResult> retried = store.append(drafts(3, 7));
            assertEquals(
                    List.of("Duplicate", "Duplicate", "Duplicate", "NewEntry"),
                    retried.stream()
                            .map(outcome -> outcome.getClass().getSimpleName())
                            .toList());
            Set<String> ids = new HashSet<>();
            for (long seq : all(store)) {
                assertTrue(ids.add(store.at(seq).orElseThrow().facts().id()), "twice");
            }
            assertEquals(7, ids.size());
        }
    }
}
