package uz.koprik.indicators.store.lucene;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import uz.koprik.indicators.policy.Audience;
import uz.koprik.indicators.store.AppendResult;
import uz.koprik.indicators.store.Carriers;
import uz.koprik.indicators.store.Draft;
import uz.koprik.indicators.store.Drafts;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.ErasureOrder;
import uz.koprik.indicators.store.Page;
import uz.koprik.indicators.store.SearchBuilder;
import uz.koprik.indicators.store.Selection;
import uz.koprik.indicators.store.StoreUnavailable;

/** The child of {@link ErasureKillTest}: erases while it imports and reads. Each line it prints is a fact. */
final class ErasingChild {

    static final String GONE = "erasedmark";
    /** Every tenth object is erased. */
    static final int PART = 10;

    private static final int BATCH = 50;
    private static final String SENTENCE =
            " The analysts of the national centre described what the loader did on the machines.";

    private ErasingChild() {}

    static boolean isErased(int number) {
        return number % PART == 0;
    }

    static Drafts object(int number) {
        String mark = (isErased(number) ? GONE : "keptmark") + number;
        return Drafts.indicator(number)
                .carries("domain:" + mark + ".example.com", "url:https://" + mark + ".example.com/login")
                .text("phishing " + mark + SENTENCE)
                .body(mark + SENTENCE.repeat(8));
    }

    static List<String> erased(int from, int to) {
        return IntStream.rangeClosed(from, to)
                .filter(ErasingChild::isErased)
                .mapToObj(i -> Drafts.indicator(i).id())
                .toList();
    }

    /**
     * Arguments: directory, number of objects, first number to import, last number to erase, whether to end, and for
     * how many milliseconds the import pauses between two batches; each reader pauses for a quarter of that.
     */
    public static void main(String[] args) throws Exception {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        long started = System.nanoTime();
        LuceneStore store = LuceneStore.open(Path.of(args[0]));
        int objects = Integer.parseInt(args[1]);
        int pause = Integer.parseInt(args[5]);
        awaitIndex(store);
        out.println("open in " + millis(started) + " ms" + processor());
        AtomicLong reads = new AtomicLong();
        Thread.ofPlatform().daemon().start(() -> run(out, () -> append(store, out, Integer.parseInt(args[2]), pause)));
        for (int t = 0; t < 2; t++) {
            Thread.ofPlatform().daemon().start(() -> run(out, () -> read(store, objects, reads, pause / 4)));
        }
        long began = System.nanoTime();
        out.println("erasing");
        List<String> ids = erased(1, Integer.parseInt(args[3]));
        store.erase(List.of(new ErasureOrder(ids, "a rule of the test", "retention")));
        out.println("erased " + ids.size() + " in " + millis(began) + " ms, reads " + reads.get() + processor());
        if (Boolean.parseBoolean(args[4])) {
            Runtime.getRuntime().halt(0);
        }
        Thread.sleep(Long.MAX_VALUE);
    }

    /** What this process took so far, as other work slows it down by the clock. */
    private static String processor() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(time -> ", " + time.toMillis() + " ms of processor time since its start")
                .orElse("");
    }

    private static long millis(long since) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since);
    }

    /** What the process before left to be indexed is indexed; until then searches are refused, erasure or not. */
    private static void awaitIndex(LuceneStore store) throws InterruptedException {
        while (true) {
            try {
                store.search(new SearchBuilder().words("keptmark1").build());
                return;
            } catch (StoreUnavailable later) {
                Thread.sleep(100);
            }
        }
    }

    private interface Work {
        void run() throws Exception;
    }

    private static void run(PrintStream out, Work work) {
        try {
            work.run();
        } catch (Exception | AssertionError e) {
            out.println("failed " + e);
            e.printStackTrace(out);
            Runtime.getRuntime().halt(3);
        }
    }

    private static void append(LuceneStore store, PrintStream out, int first, int pause) throws Exception {
        for (int i = first; ; i += BATCH) {
            List<Draft> drafts =
                    IntStream.range(i, i + BATCH).mapToObj(n -> kept(n).draft()).toList();
            for (AppendResult result : store.append(drafts)) {
                if (!(result instanceof AppendResult.NewEntry)) {
                    throw new IllegalStateException("not stored: " + result);
                }
            }
            out.println("added " + i + " " + (i + BATCH));
            Thread.sleep(pause);
        }
    }

    /** An object that is imported meanwhile, none of which is erased. */
    static Drafts kept(int number) {
        return Drafts.indicator(number)
                .carries("domain:imported" + number + ".example.com")
                .body("imported" + SENTENCE);
    }

    private static void read(LuceneStore store, int objects, AtomicLong reads, int pause) throws Exception {
        Random random = new Random();
        while (true) {
            Page page = store.page(Selection.all(Audience.HOUSEKEEPING), random.nextInt(objects), 100);
            for (Entry entry : page.entries()) {
                if (!entry.object().hasRemaining()
                        || !Drafts.object(entry).contains(entry.facts().id())) {
                    throw new IllegalStateException("entry " + entry.seq() + " has not its object");
                }
            }
            int kept = random.nextInt(objects) / PART * PART + 1;
            String value = "domain:keptmark" + kept + ".example.com";
            Carriers carriers =
                    store.carriers(List.of(value), Audience.HOUSEKEEPING, 1).get(value);
            if (kept <= objects
                    && (carriers == null || carriers.freshest().getFirst().seq() != kept)) {
                throw new IllegalStateException(value + " is not found");
            }
            if (reads.get() % 10 == 0
                    && store.search(new SearchBuilder().words("keptmark" + kept).build())
                                    .total()
                            != 1) {
                throw new IllegalStateException("the word keptmark" + kept + " is not found");
            }
            reads.incrementAndGet();
            Thread.sleep(pause);
        }
    }
}
