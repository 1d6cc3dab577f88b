package uz.koprik.indicators.store.elasticsearch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.indicators.policy.Audience;
import uz.koprik.indicators.store.AppendResult;
import uz.koprik.indicators.store.Draft;
import uz.koprik.indicators.store.Drafts;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.InternalStore;
import uz.koprik.indicators.store.Page;
import uz.koprik.indicators.store.SearchBuilder;
import uz.koprik.indicators.store.Selection;
import uz.koprik.indicators.store.Versions;
import uz.koprik.indicators.store.elasticsearch.client.Connection;
import uz.koprik.indicators.store.elasticsearch.client.ElasticOptions;

/**
 * Every tenth of many objects is erased while two gateways import and read, on a node with the settings of the vendor.
 * Property {@code erase.objects}: how many there are.
 */
@Tag("long")
class ErasureLoadTest {

    private static final int BATCH = 1000;
    private static final Selection ALL =
            new Selection(Audience.HOUSEKEEPING, Set.of(), Set.of(), Set.of(), Versions.ALL, 0);

    private final int count = Integer.getInteger("erase.objects", 20_000);
    private final long seed = new Random().nextLong();
    private final AtomicBoolean done = new AtomicBoolean();

    private String word(int number) {
        Random random = new Random(seed ^ number * 0x9E3779B97F4A7C15L);
        return "%016x%016x".formatted(random.nextLong(), random.nextLong());
    }

    private Draft draft(int number) {
        String word = word(number);
        return Drafts.indicator(number)
                .body(word + " " + "described at length ".repeat(20) + word(-number - 1))
                .carries("domain:" + word + ".example.com")
                .refersTo("malware--" + word)
                .text("about " + word)
                .draft();
    }

    private static boolean erased(int number) {
        return number % 10 == 3;
    }

    private static long bytes(ElasticOptions options) throws IOException {
        try (Connection connection = new Connection(options)) {
            return connection
                    .client
                    .indices()
                    .stats(request -> request.index(options.prefix() + "-*"))
                    .all()
                    .total()
                    .store()
                    .sizeInBytes();
        }
    }

    private int imported(InternalStore store) throws Exception {
        int number = count;
        while (!done.get()) {
            int from = number;
            List<AppendResult> outcomes = store.append(
                    IntStream.range(from, from + 20).mapToObj(this::draft).toList());
            assertTrue(outcomes.stream().allMatch(AppendResult.NewEntry.class::isInstance));
            number += 20;
            Thread.sleep(20);
        }
        return number - count;
    }

    /** Pages through everything, again and again, and asks for what it finds. */
    private int read(InternalStore store) throws Exception {
        int reads = 0;
        while (!done.get()) {
            Page page = store.page(ALL, 0, BATCH);
            while (page.more() && !done.get()) {
                for (Entry entry : page.entries()) {
                    assertTrue(Drafts.object(entry).startsWith("{\"type\":"), "an object");
                }
                Entry first = page.entries().getFirst();
                store.carriers(first.facts().observables(), Audience.HOUSEKEEPING, 5);
                store.search(
                        new SearchBuilder().words(first.facts().text()).limit(5).build());
                store.latest(first.facts().id());
                reads += 4;
                page = store.page(ALL, page.nextAfter(), BATCH);
            }
        }
        return reads;
    }

    @Test
    void erasingATenthWhileImportAndReadsGoOn(@TempDir Path folder) throws Exception {
        List<String> settings = List.of("discovery.type=single-node", "http.port=0", "transport.port=0");
        try (ElasticNode node = ElasticNode.start(folder, settings)) {
            erasesATenth(node);
        }
    }

    private void erasesATenth(ElasticNode node) throws Exception {
        ElasticOptions options = ElasticStoreTest.options(
                node.url(), "l" + UUID.randomUUID().toString().replace("-", ""));
        List<String> ids = new ArrayList<>();
        List<String> words = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            if (erased(i)) {
                ids.add(Drafts.indicator(i).id());
                words.add(word(i));
            }
        }
        try (ElasticStore one = ElasticStore.open(options);
                ElasticStore two = ElasticStore.open(options);
                ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int from = 0; from < count; from += BATCH) {
                one.append(IntStream.range(from, Math.min(count, from + BATCH))
                        .mapToObj(this::draft)
                        .toList());
            }
            one.search(new SearchBuilder().words("about").limit(1).build());
            two.catchUp();
            List<Callable<Integer>> work = List.of(() -> imported(two), () -> read(one), () -> read(two));
            List<Future<Integer>> going = work.stream().map(pool::submit).toList();
            long before = bytes(options);
            long begun = System.nanoTime();
            int erased;
            try {
                erased = one.erase(ids, "retention", "admin").size();
            } finally {
                done.set(true);
            }
            double seconds = (System.nanoTime() - begun) / 1e9;
            int imported = going.getFirst().get();
            int reads = going.get(1).get() + going.get(2).get();
            assertEquals(ids.size(), erased);
            assertTrue(imported > 0 && reads > 0);
            Traces traces = new Traces(words);
            assertEquals(Set.of(), traces.files(node.data()));
            assertEquals(Set.of(), new Traces(words.subList(0, 50)).documents(options));
            System.out.printf(
                    "%d of %d objects erased in %.1f s, %d imported and %d reads meanwhile; %d bytes before, %d after%n",
                    erased, count, seconds, imported, reads, before, bytes(options));
            two.catchUp();
            for (InternalStore store : List.of(one, two)) {
                int seen = 0;
                Page page = store.page(ALL, 0, BATCH);
                while (true) {
                    for (Entry entry : page.entries()) {
                        int number = Integer.parseInt(entry.facts().id().substring(24 + 11));
                        assertTrue(number >= count || !erased(number));
                        assertTrue(Drafts.object(entry).contains(word(number)));
                        seen++;
                    }
                    if (!page.more()) {
                        break;
                    }
                    page = store.page(ALL, page.nextAfter(), BATCH);
                }
                assertEquals(count - ids.size() + imported, seen);
            }
        }
    }
}
