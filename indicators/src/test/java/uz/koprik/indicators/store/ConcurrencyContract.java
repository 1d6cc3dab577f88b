package uz.koprik.indicators.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import uz.koprik.indicators.policy.ReleaseTerms;
import uz.koprik.indicators.policy.Tlp;

/** Many threads at once, snapshots, and the end of a store. */
public abstract class ConcurrencyContract extends StoreContract {

    protected ConcurrencyContract(StoreBackend backend) {
        super(backend);
    }

    @Test
    void manyThreadsAppendTheSameAndDifferentObjects() throws Exception {
        int threads = 16;
        int each = 60;
        List<Future<List<AppendResult>>> futures = new ArrayList<>();
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int t = 0; t < threads; t++) {
                int thread = t;
                futures.add(pool.submit(() -> {
                    List<AppendResult> outcomes = new ArrayList<>();
                    for (int i = 0; i < each; i++) {
                        outcomes.addAll(append(Drafts.indicator(i), Drafts.indicator(10_000 * (thread + 1) + i)));
                        assertTrue(store.latest(Drafts.indicator(10_000 * (thread + 1) + i)
                                        .id())
                                .isPresent());
                    }
                    return outcomes;
                }));
            }
        }
        Set<Long> storedAt = new HashSet<>();
        long duplicates = 0;
        for (Future<List<AppendResult>> future : futures) {
            for (AppendResult outcome : future.get()) {
                switch (outcome) {
                    case AppendResult.NewEntry stored -> assertTrue(storedAt.add(stored.seq()));
                    case AppendResult.Duplicate duplicate -> duplicates++;
                    default -> throw new AssertionError(outcome);
                }
            }
        }
        assertEquals(each + threads * each, storedAt.size());
        assertEquals(15L * each, duplicates);
        assertEquals(storedAt.size(), all(select(Versions.ALL)).size());
        assertEquals(storedAt.size(), new HashSet<>(all(select(Versions.LAST))).size());
    }

    @Test
    void whoFollowsTheSequenceMissesNothingWhileOthersAppend() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        Set<String> seen = new HashSet<>();
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> reader = pool.submit(() -> {
                long after = 0;
                boolean last;
                do {
                    last = done.get();
                    Page page;
                    do {
                        page = store.page(select(Versions.ALL), after, 13);
                        for (Entry entry : page.entries()) {
                            assertTrue(seen.add(entry.facts().id()), "repeated");
                        }
                        after = page.nextAfter();
                    } while (page.more());
                } while (!last);
                return null;
            });
            List<Future<?>> writers = new ArrayList<>();
            for (int t = 0; t < 8; t++) {
                int thread = t;
                writers.add(pool.submit(() -> {
                    for (int i = 0; i < 50; i++) {
                        append(Drafts.indicator(1000 * thread + i), Drafts.indicator(1000 * thread + 500 + i));
                    }
                    return null;
                }));
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
            done.set(true);
            reader.get();
        }
        assertEquals(800, seen.size());
    }

    @Test
    void snapshotWhileRunningIsAWholeStore() throws Exception {
        for (int i = 0; i < 200; i++) {
            append(Drafts.indicator(i).carries("domain:example.com").text("word"));
        }
        append(Drafts.indicator(0).version(2));
        store.withdraw(Drafts.indicator(1).id(), Versions.ALL, "wrong", "admin");
        store.restrict(Map.of(3L, new ReleaseTerms(Tlp.RED, false, false, false)));
        List<Long> before = all(select(Versions.ALL));
        store.snapshot(temp.resolve("snapshot"));
        append(Drafts.indicator(9999));
        restore(temp.resolve("snapshot"), temp.resolve("restored"));
        try (InternalStore restored = open(temp.resolve("restored"))) {
            InternalStore original = store;
            store = restored;
            assertEquals(before, all(select(Versions.ALL)));
            assertEquals(
                    198,
                    store.carriers(List.of("domain:example.com"), ALL, 0)
                            .get("domain:example.com")
                            .count());
            assertEquals(198, store.search(words("word")).total());
            assertEquals(Tlp.RED, store.at(3).orElseThrow().release().tlp());
            assertInstanceOf(
                    AppendResult.Withdrawn.class, append(Drafts.indicator(1)).getFirst());
            assertEquals(202, stored(Drafts.indicator(5555)).seq());
            store = original;
        }
        assertThrows(IOException.class, () -> store.snapshot(temp.resolve("snapshot")));
        assertThrows(IOException.class, () -> restore(temp.resolve("snapshot"), temp.resolve("restored")));
    }

    @Test
    void damagedSnapshotIsRefused() throws Exception {
        append(Drafts.indicator(1));
        Path snapshot = temp.resolve("snapshot");
        store.snapshot(snapshot);
        try (var files = Files.walk(snapshot)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                byte[] bytes = Files.readAllBytes(file);
                if (bytes.length == 0) {
                    continue;
                }
                byte[] wrong = bytes.clone();
                wrong[wrong.length / 2] ^= 1;
                Files.write(file, wrong);
                Path target = temp.resolve("target-" + file.getFileName());
                assertThrows(IOException.class, () -> restore(snapshot, target), file.toString());
                Files.write(file, bytes);
                restore(snapshot, target);
            }
        }
    }

    @Test
    void closedStoreSaysSo() throws StoreUnavailable {
        append(Drafts.indicator(1));
        store.close();
        store.close();
        assertThrows(StoreUnavailable.class, () -> append(Drafts.indicator(2)));
        assertThrows(
                StoreUnavailable.class, () -> store.latest(Drafts.indicator(1).id()));
        assertThrows(StoreUnavailable.class, () -> store.page(Selection.all(ALL), 0, 1));
        assertThrows(StoreUnavailable.class, () -> store.search(words("x")));
        assertThrows(StoreUnavailable.class, () -> store.check());
        assertThrows(StoreUnavailable.class, () -> store.snapshot(temp.resolve("snapshot")));
    }
}
