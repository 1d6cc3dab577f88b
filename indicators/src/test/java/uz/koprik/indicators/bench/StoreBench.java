package uz.koprik.indicators.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import uz.koprik.indicators.policy.Audience;
import uz.koprik.indicators.policy.ReleaseTerms;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.store.Draft;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.EntryMetadata;
import uz.koprik.indicators.store.InternalStore;
import uz.koprik.indicators.store.Page;
import uz.koprik.indicators.store.Provenance;
import uz.koprik.indicators.store.Search;
import uz.koprik.indicators.store.SearchBuilder;
import uz.koprik.indicators.store.Selection;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.Versions;
import uz.koprik.indicators.store.lucene.LuceneStore;

/**
 * Measures the embedded store: bulk and single appends, pages at any depth, look-ups, carriers, search, and opening.
 * Arguments: number of entries (1,000,000) and a directory (a temporary one, removed afterwards).
 */
public final class StoreBench {

    private static final int BATCH = 1000;
    private static final Provenance SIGNED = new Provenance(
            Provenance.Origin.SIGNED,
            List.of(new Provenance.Signer(
                    "budapest", "pM8cTgFKBJmZ6jbZ0oGS7Cb3u6uKRYyCkwhbCkGmM0E", "Ed25519", 1_700_000_000L)));
    private static final String[] WORDS = {
        "phishing", "botnet", "ransomware", "мошенничество", "firibgarlik", "adathalászat", "피싱"
    };

    private final int entries;

    private StoreBench(int entries) {
        this.entries = entries;
    }

    public static void main(String[] args) throws Exception {
        int entries = args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000;
        Path directory = args.length > 1 ? Path.of(args[1]) : Files.createTempDirectory("koprik-bench");
        new StoreBench(entries).run(directory);
        if (args.length < 2) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private void run(Path directory) throws Exception {
        try (InternalStore store = LuceneStore.open(directory)) {
            bulk(store);
            say("heap after bulk append: %d MB", usedHeap());
            singles(store, 64, 20_000);
        }
        long begin = System.nanoTime();
        long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        try (InternalStore store = LuceneStore.open(directory)) {
            say(
                    "open with %,d entries: %.2f s, %.2f s of CPU",
                    store.status().entries(),
                    seconds(begin),
                    (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu) / 1e9);
            say(
                    "heap after opening: %d MB, on disk %,d MB",
                    usedHeap(), store.status().bytes() >> 20);
            pages(store);
            latest(store);
            carriers(store);
            searches(store);
        }
    }

    private void bulk(InternalStore store) throws StoreUnavailable {
        long begin = System.nanoTime();
        for (int from = 0; from < entries; from += BATCH) {
            List<Draft> batch = new ArrayList<>(BATCH);
            for (int i = from; i < Math.min(entries, from + BATCH); i++) {
                batch.add(draft(i));
            }
            store.append(batch);
        }
        say("bulk append, batches of %d, one caller: %,.0f entries/s", BATCH, entries / seconds(begin));
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread.getThreadName().startsWith("koprik")
                    || thread.getThreadName().equals("main")
                    || thread.getThreadName().startsWith("Lucene")) {
                double cpu = threads.getThreadCpuTime(thread.getThreadId()) / 1e9;
                say(
                        "  thread %s: %.2f s of CPU, %,.0f entries a CPU second",
                        thread.getThreadName(), cpu, entries / cpu);
            }
        }
        long waiting = System.nanoTime();
        store.search(search("nothing"));
        say("then until the index shows all: %.2f s", seconds(waiting));
    }

    private void singles(InternalStore store, int threads, int count) throws Exception {
        CountDownLatch done = new CountDownLatch(threads);
        long begin = System.nanoTime();
        for (int t = 0; t < threads; t++) {
            int first = entries + t * count;
            Thread.ofVirtual().start(() -> {
                try {
                    for (int i = 0; i < count / threads; i++) {
                        store.append(List.of(draft(first + i)));
                    }
                } catch (StoreUnavailable e) {
                    throw new IllegalStateException(e);
                } finally {
                    done.countDown();
                }
            });
        }
        done.await();
        say("single appends from %d threads: %,.0f entries/s", threads, count / seconds(begin));
    }

    private void pages(InternalStore store) throws StoreUnavailable {
        Audience some = new Audience(1L << new ReleaseTerms(Tlp.GREEN, false, false, false).classCode());
        for (int round = 0; round < 3; round++) {
            long last = store.status().lastSeq();
            for (double depth : new double[] {0, 0.5, 0.99}) {
                measure(
                        "page of 1,000 at depth %.2f".formatted(depth),
                        1000,
                        i -> touch(
                                store.page(Selection.all(Audience.HOUSEKEEPING), (long) (last * depth) + i % 7, 1000)));
            }
            measure(
                    "page of 1,000 seen by GREEN only, half of all",
                    1000,
                    i -> touch(store.page(Selection.all(some), i * 31L, 1000)));
            measure(
                    "page of 1,000 of a type that is rare (one in 5,000)",
                    100,
                    i -> touch(store.page(
                            new Selection(
                                    Audience.HOUSEKEEPING, Set.of("malware"), Set.of(), Set.of(), Versions.LAST, 0),
                            0,
                            1000)));
            measure(
                    "page of 1,000 added after half",
                    1000,
                    i -> touch(store.page(
                            new Selection(
                                    Audience.HOUSEKEEPING,
                                    Set.of(),
                                    Set.of(),
                                    Set.of(),
                                    Versions.ALL,
                                    store.at(last / 2).orElseThrow().added()),
                            0,
                            1000)));
        }
    }

    private static int touch(Page page) {
        int bytes = 0;
        for (Entry entry : page.entries()) {
            bytes += entry.object().remaining();
        }
        return bytes;
    }

    private void latest(InternalStore store) throws StoreUnavailable {
        Random random = new Random(1);
        for (int round = 0; round < 2; round++) {
            measure(
                    "latest(id)",
                    200_000,
                    i -> store.latest(id(random.nextInt(entries))).isPresent() ? 1 : 0);
        }
    }

    private void carriers(InternalStore store) throws StoreUnavailable {
        Random random = new Random(2);
        for (int round = 0; round < 2; round++) {
            measure("carriers of 1,000 values, all there", 20, i -> store.carriers(
                            random.ints(1000, 0, entries)
                                    .mapToObj(StoreBench::domain)
                                    .toList(),
                            Audience.HOUSEKEEPING,
                            5)
                    .size());
            measure("carriers of 1,000 values, none there", 20, i -> store.carriers(
                            random.ints(1000, 0, entries)
                                    .mapToObj(n -> "domain:no" + n + ".example.org")
                                    .toList(),
                            Audience.HOUSEKEEPING,
                            5)
                    .size());
        }
    }

    private void searches(InternalStore store) throws StoreUnavailable {
        for (int round = 0; round < 2; round++) {
            measure("search of one word in seven, facets", 10, i ->
                    (int) store.search(search("phishing")).total());
            measure("search of a rare word", 100, i ->
                    (int) store.search(search("campaign" + i * 997)).total());
            measure("search of a prefix", 10, i ->
                    (int) store.search(search("campaign12*")).total());
            measure("search of everything, facets", 10, i ->
                    (int) store.search(search("")).total());
        }
    }

    private static Search search(String words) {
        return new SearchBuilder()
                .words(words)
                .facets(Search.Facet.values())
                .limit(50)
                .build();
    }

    /** Something that takes time; what it returns is added up so that nothing is optimised away. */
    private interface Work {
        int apply(int round) throws StoreUnavailable;
    }

    private static void measure(String what, int rounds, Work work) throws StoreUnavailable {
        long[] nanos = new long[rounds];
        long sum = 0;
        for (int i = 0; i < rounds; i++) {
            long begin = System.nanoTime();
            sum += work.apply(i);
            nanos[i] = System.nanoTime() - begin;
        }
        Arrays.sort(nanos);
        say(
                "%-52s first-to-last mean %,9.1f µs, median %,9.1f µs, 99%% %,9.1f µs (sum %d)",
                what,
                LongStream.of(nanos).average().orElse(0) / 1e3,
                nanos[rounds / 2] / 1e3,
                nanos[rounds * 99 / 100] / 1e3,
                sum);
    }

    private static String id(int i) {
        return "indicator--" + new UUID(i * 0x9E37_79B9_7F4A_7C15L, i);
    }

    private static String domain(int i) {
        return "domain:host" + i + ".example.com";
    }

    private static Draft draft(int i) {
        String id = id(i);
        String digest = "%064x".formatted(i);
        StringBuilder object = new StringBuilder("{\"id\":\"" + id + "\"");
        while (object.length() < 500) {
            object.append(",\"padding\":\"0123456789012345678901234567890\"");
        }
        EntryMetadata facts = new EntryMetadata(
                id,
                i % 5000 == 0 ? "malware" : "indicator",
                "2.1",
                1_700_000_000_000_000L,
                1_700_000_000_000_000L,
                Optional.of("identity--" + new UUID(7, i % 50)),
                i % 3 == 0 ? "seoul" : "",
                "analyst",
                digest,
                SIGNED,
                new ReleaseTerms(i % 2 == 0 ? Tlp.GREEN : Tlp.AMBER, false, false, false),
                false,
                List.of(domain(i), "ipv4:192.0.2." + i % 256),
                List.of("malware--" + new UUID(9, i % 1000)),
                WORDS[i % WORDS.length] + " host" + i + ".example.com campaign" + i);
        return new Draft(facts, object.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static double seconds(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }

    private static long usedHeap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return (runtime.totalMemory() - runtime.freeMemory()) >> 20;
    }

    private static void say(String format, Object... values) {
        System.out.printf(format + "%n", values);
    }
}
