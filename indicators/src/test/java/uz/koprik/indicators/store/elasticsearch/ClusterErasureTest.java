package uz.koprik.indicators.store.elasticsearch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.indicators.policy.Audience;
import uz.koprik.indicators.store.AppendResult;
import uz.koprik.indicators.store.AppendingChild;
import uz.koprik.indicators.store.Draft;
import uz.koprik.indicators.store.Drafts;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.Erasure;
import uz.koprik.indicators.store.InternalStore;
import uz.koprik.indicators.store.SearchBuilder;
import uz.koprik.indicators.store.Selection;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.Versions;
import uz.koprik.indicators.store.elasticsearch.client.Connection;
import uz.koprik.indicators.store.elasticsearch.client.ElasticOptions;
import uz.koprik.indicators.store.elasticsearch.client.RetryPolicy;
import uz.koprik.indicators.store.journal.JournalRecord;

/** What was erased is in no file, no document and no term of the cluster any more. */
class ClusterErasureTest {

    private static final Selection ALL =
            new Selection(Audience.HOUSEKEEPING, Set.of(), Set.of(), Set.of(), Versions.ALL, 0);
    private static final int COUNT = 300;

    private final String prefix = "e" + UUID.randomUUID().toString().replace("-", "");
    private final List<String> words = words(COUNT);

    @TempDir
    Path temp;

    private ElasticOptions options() throws IOException {
        return ElasticStoreTest.options(ElasticNode.shared().url(), prefix);
    }

    private static List<String> words(int count) {
        Random random = new Random();
        List<String> words = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            words.add("%016x%016x".formatted(random.nextLong(), random.nextLong()));
        }
        return words;
    }

    private Drafts object(int number) {
        String word = words.get(number);
        return Drafts.indicator(number)
                .body(word)
                .carries("domain:" + word + ".example.com")
                .refersTo("malware--" + word)
                .text("about " + word);
    }

    private List<Draft> objects() {
        List<Draft> drafts = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            drafts.add(object(i).draft());
        }
        return drafts;
    }

    private static boolean erased(int number) {
        return number % 10 == 3;
    }

    private List<String> erasedIds() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            if (erased(i)) {
                ids.add(object(i).id());
            }
        }
        return ids;
    }

    private Traces erasedTraces() {
        List<String> some = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            if (erased(i)) {
                some.add(words.get(i));
            }
        }
        return new Traces(some);
    }

    private Traces otherTraces() {
        List<String> some = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            if (!erased(i)) {
                some.add(words.get(i));
            }
        }
        return new Traces(some);
    }

    private void requireNoTrace() throws Exception {
        assertEquals(Set.of(), erasedTraces().files(ElasticNode.shared().data()));
        assertEquals(Set.of(), erasedTraces().documents(options()));
    }

    /** All that is not erased is there, and nothing else is found. */
    private void requireTheRest(InternalStore store) throws StoreUnavailable {
        List<Entry> all = store.page(ALL, 0, 10_000).entries();
        assertEquals(COUNT - COUNT / 10, all.size());
        for (Entry entry : all) {
            int number = (int) entry.seq() - 1;
            assertEquals(object(number).id(), entry.facts().id());
            assertTrue(Drafts.object(entry).contains(words.get(number)));
        }
        for (int i = 0; i < COUNT; i += 7) {
            String word = words.get(i);
            int expected = erased(i) ? 0 : 1;
            String value = "domain:" + word + ".example.com";
            assertEquals(
                    expected,
                    store.carriers(List.of(value), Audience.HOUSEKEEPING, 1).size());
            assertEquals(
                    expected, store.referrers("malware--" + word, Versions.ALL).size());
            assertEquals(
                    expected,
                    store.search(new SearchBuilder().words(word).limit(5).build())
                            .total());
        }
    }

    @Test
    void noByteIsLeftOnTheClusterNorInACopyOfIt() throws Exception {
        try (ElasticStore store = ElasticStore.open(options())) {
            store.append(objects().subList(0, 200));
            store.search(new SearchBuilder().words("about").limit(5).build());
            store.append(objects().subList(200, COUNT));
            assertTrue(
                    erasedTraces().occurring(ElasticNode.shared().data())
                            > 2L * erasedIds().size(),
                    "the search finds what is there");
            assertTrue(
                    erasedTraces().documents(options()).size() > 4 * erasedIds().size());
            long begun = System.nanoTime();
            Map<String, Erasure> erasures = store.erase(erasedIds(), "retention 30 d", "admin");
            System.out.printf("erased %d of %d in %.1f s%n", erasures.size(), COUNT, (System.nanoTime() - begun) / 1e9);
            assertEquals(Set.copyOf(erasedIds()), erasures.keySet());
            requireNoTrace();
            assertTrue(otherTraces().occurring(ElasticNode.shared().data()) > COUNT);
            requireTheRest(store);
            Path copy = temp.resolve("copy");
            store.snapshot(copy);
            assertEquals(Set.of(), erasedTraces().files(copy));
            assertTrue(otherTraces().occurring(copy) > COUNT / 2);
        }
        try (ElasticStore again = ElasticStore.open(options())) {
            requireTheRest(again);
            Erasure erasure = again.erasure(object(3).id()).orElseThrow();
            assertEquals("retention 30 d", erasure.rule());
            assertEquals("admin", erasure.by());
            assertEquals(
                    object(3).draft().facts().digest(),
                    erasure.versions().getFirst().digest());
            assertEquals(Optional.empty(), again.erasure(object(4).id()));
            assertEquals(
                    List.of(new AppendResult.Withdrawn(1)),
                    again.append(List.of(object(3).draft())));
        }
        IndexMigration.migrate(options());
        requireNoTrace();
        try (ElasticStore again = ElasticStore.open(options())) {
            requireTheRest(again);
            assertEquals(
                    1, again.erasure(object(3).id()).orElseThrow().versions().size());
        }
    }

    private static void await(BooleanSupplier condition, int seconds) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            Thread.sleep(100);
        }
        assertTrue(condition.getAsBoolean());
    }

    /** How many of these objects are erased, as a gateway says. */
    private static int count(InternalStore store, List<String> ids) {
        int count = 0;
        for (String id : ids) {
            try {
                count += store.erasure(id).isPresent() ? 1 : 0;
            } catch (StoreUnavailable e) {
                throw new AssertionError(e);
            }
        }
        return count;
    }

    private boolean finished() {
        try (Connection connection = new Connection(options())) {
            CommitLog log = new CommitLog(
                    connection.client,
                    new RetryPolicy(options().patience()),
                    options().log());
            long[] last = new long[1];
            log.each(0, log.last().orElseThrow().number(), commit -> {
                for (byte[] record : PortableCopy.records(ByteBuffer.wrap(commit.payload()))) {
                    if (JournalRecord.kind(ByteBuffer.wrap(record), 0) == JournalRecord.ERASE) {
                        last[0] = commit.number();
                    }
                }
            });
            return log.erasureMark().done() >= last[0];
        } catch (IOException | StoreUnavailable e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @Tag("long")
    void whatOneGatewayErasesLeavesTheOther() throws Exception {
        try (ElasticStore one = ElasticStore.open(options());
                ElasticStore two = ElasticStore.open(options());
                ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            one.append(objects().subList(0, 150));
            two.append(objects().subList(150, COUNT));
            one.catchUp();
            List<String> ids = erasedIds();
            Future<Map<String, Erasure>> erasing = pool.submit(() -> one.erase(ids, "retention", "one"));
            await(() -> count(one, ids) == ids.size(), 20);
            two.catchUp();
            assertEquals(ids.size(), count(two, ids), "at once, long before the bytes are gone");
            requireTheRest(two);
            Future<Map<String, Erasure>> again = pool.submit(() -> two.erase(ids, "retention", "two"));
            Map<String, Erasure> erasures = erasing.get();
            assertEquals(ids.size(), erasures.size());
            assertEquals(erasures, again.get(), "one erasure");
            requireNoTrace();
            requireTheRest(one);
            requireTheRest(two);
            assertEquals(
                    List.of(new AppendResult.Withdrawn(1)),
                    two.append(List.of(object(3).draft())));
        }
    }

    /** Each step fails once for another part of the objects; then the next call carries out all of them. */
    @Test
    @Tag("long")
    void whereverItIsBrokenOffNothingElseIsLostAndItIsFinished() throws Exception {
        try (ElasticStore other = ElasticStore.open(options());
                ClusterProxy proxy = new ClusterProxy(ElasticNode.shared().url())) {
            other.append(objects());
            Map<String, Predicate<String>> steps = new LinkedHashMap<>();
            steps.put("the record", path -> path.contains("/_create/"));
            steps.put("the sign that it goes on", path -> path.endsWith("/_doc/erased"));
            steps.put("the log", path -> path.contains("-log-v1/_doc/") && !path.endsWith("/_doc/erased"));
            steps.put("the index", path -> path.contains("-entries-v") && path.endsWith("/_bulk"));
            steps.put("the settings", path -> path.endsWith("/_settings"));
            List<String> left = new ArrayList<>(erasedIds());
            int each = left.size() / (steps.size() + 1);
            for (Map.Entry<String, Predicate<String>> step : steps.entrySet()) {
                List<String> some = List.copyOf(left.subList(0, each));
                left.removeAll(some);
                try (ElasticStore store = ElasticStore.open(ElasticStoreTest.options(proxy.url(), prefix))) {
                    proxy.fail(ClusterProxy.Fault.NO_RIGHT_403, Integer.MAX_VALUE, step.getValue());
                    assertThrows(StoreUnavailable.class, () -> store.erase(some, "retention", "admin"), step.getKey());
                    assertTrue(proxy.hit.get() > 0, step.getKey());
                    proxy.fail(ClusterProxy.Fault.NO_RIGHT_403, 0, path -> false);
                    boolean begun = !step.getKey().equals("the record");
                    assertEquals(begun ? each : 0, count(store, some), step.getKey());
                    if (!begun) {
                        left.addAll(some);
                    }
                }
                other.catchUp();
                assertEquals(
                        COUNT - erasedIds().size() + left.size(),
                        other.page(ALL, 0, 1000).entries().size(),
                        step.getKey());
            }
            other.erase(left, "retention", "admin");
            requireNoTrace();
            requireTheRest(other);
        }
    }

    @Test
    @Tag("long")
    void whatNobodyFinishesTheNextGatewayThatOpensDoes() throws Exception {
        try (ClusterProxy proxy = new ClusterProxy(ElasticNode.shared().url());
                ElasticStore store = ElasticStore.open(ElasticStoreTest.options(proxy.url(), prefix))) {
            store.append(objects());
            proxy.fail(ClusterProxy.Fault.NO_RIGHT_403, Integer.MAX_VALUE, path -> path.endsWith("/_forcemerge"));
            assertThrows(StoreUnavailable.class, () -> store.erase(erasedIds(), "retention", "admin"));
            assertFalse(finished());
        }
        try (ElasticStore next = ElasticStore.open(options())) {
            requireTheRest(next);
            await(this::finished, 180);
            requireNoTrace();
            requireTheRest(next);
        }
    }

    /**
     * The other gateway is there all the time: it loses nothing, and in the end finishes what the killed ones began.
     */
    @Test
    @Tag("long")
    void killedWhileErasingNothingElseIsLost() throws Exception {
        int kills = Integer.getInteger("erase.kills", 5);
        String url = ElasticNode.shared().url().toString();
        Random random = new Random();
        try (ElasticStore here = ElasticStore.open(options())) {
            here.append(objects());
            for (int i = 0; i < kills; i++) {
                int from = 3 + COUNT / 10 / kills * 10 * i;
                int to = i == kills - 1 ? COUNT : from + COUNT / 10 / kills * 10;
                Process child = AppendingChild.start(
                        ErasingGateway.class, url, prefix, Integer.toString(from), Integer.toString(to), "10");
                try (BufferedReader out = child.inputReader()) {
                    for (String line = out.readLine(); !"open".equals(line); line = out.readLine()) {
                        assertNotNull(line, "it ended before it opened the store");
                    }
                    Thread.sleep(random.nextInt(2000));
                    child.toHandle().destroyForcibly();
                    child.waitFor();
                }
                here.catchUp();
                assertTrue(
                        here.page(ALL, 0, 1000).entries().size() >= COUNT - COUNT / 10, "nothing else leaves a view");
                here.carriers(List.of("domain:" + words.get(0) + ".example.com"), Audience.HOUSEKEEPING, 1);
            }
            int begun = count(here, erasedIds());
            System.out.printf(
                    "%d kills, %d of %d erasures begun%n",
                    kills, begun, erasedIds().size());
            here.erase(erasedIds(), "retention", "admin");
            requireNoTrace();
            requireTheRest(here);
        }
    }
}
