package uz.koprik.indicators.store.lucene;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.indicators.policy.Audience;
import uz.koprik.indicators.store.AppendResult;
import uz.koprik.indicators.store.AppendingChild;
import uz.koprik.indicators.store.Carriers;
import uz.koprik.indicators.store.Drafts;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.Page;
import uz.koprik.indicators.store.Selection;

/** Kills a process that appends (SIGKILL) at random moments, again and again on the same store. */
class KillTest {

    @TempDir
    private Path temp;

    private final Map<Long, String> acknowledged = new HashMap<>();

    @Test
    void nothingAcknowledgedIsLostOrTwice() throws Exception {
        rounds(5, 300);
    }

    @Test
    @Tag("long")
    void nothingAcknowledgedIsLostOrTwiceInManyRounds() throws Exception {
        rounds(60 * Integer.getInteger("faults.percent", 100) / 100, 1500);
    }

    private void rounds(int rounds, int longest) throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        // On a busy machine a process may be killed before it does anything: then later rounds last longer.
        for (int round = 0; round < rounds || (acknowledged.size() <= rounds && round < 5 * rounds); round++) {
            int before = acknowledged.size();
            int most = longest * (1 + round / rounds);
            appendAndKill(1 + random.nextInt(8), 1_000_000 * (round + 1), random.nextInt(most));
            verify("seed " + seed + " round " + round + ", " + before + " acknowledged before");
        }
        assertTrue(acknowledged.size() > rounds, "something was acknowledged at all");
    }

    private void appendAndKill(int threads, int first, int millis) throws IOException, InterruptedException {
        Process child = AppendingChild.start(
                Appender.class, temp.toString(), Integer.toString(threads), Integer.toString(first));
        AppendingChild.read(
                child,
                () -> Thread.ofVirtual().start(() -> {
                    try {
                        Thread.sleep(millis);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    child.toHandle()
                            .destroyForcibly(); // the process itself would also close the pipe before it is read
                }),
                acknowledged);
        assertTrue(child.waitFor(30, TimeUnit.SECONDS));
        assertEquals(128 + 9, child.exitValue(), "ended by SIGKILL and nothing else");
    }

    private void verify(String when) throws Exception {
        try (LuceneStore store = LuceneStore.open(temp, LuceneStoreTest.SMALL)) {
            for (Map.Entry<Long, String> one : acknowledged.entrySet()) {
                assertEquals(
                        one.getValue(),
                        store.at(one.getKey())
                                .orElseThrow(() -> new AssertionError(when))
                                .facts()
                                .id(),
                        when);
            }
            Set<String> ids = new HashSet<>();
            Page page = store.page(Selection.all(Audience.HOUSEKEEPING), 0, 1000);
            List<Entry> some = page.entries();
            for (; ; page = store.page(Selection.all(Audience.HOUSEKEEPING), page.nextAfter(), 1000)) {
                for (Entry entry : page.entries()) {
                    assertTrue(ids.add(entry.facts().id()), when);
                }
                if (!page.more()) {
                    break;
                }
            }
            assertEquals(store.status().entries(), ids.size(), when);
            for (Entry entry : some) {
                String value = entry.facts().observables().getFirst();
                Carriers carriers =
                        store.carriers(List.of(value), Audience.HOUSEKEEPING, 2).get(value);
                assertEquals(
                        List.of(entry.seq()),
                        carriers.freshest().stream().map(Entry::seq).toList(),
                        when);
                assertInstanceOf(
                        AppendResult.Duplicate.class,
                        store.append(List.of(Drafts.indicator(entry.facts().id())
                                        .carries(value)
                                        .text("word")
                                        .draft()))
                                .getFirst());
                break;
            }
        }
    }
}
