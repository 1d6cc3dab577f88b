package uz.koprik.indicators.store.lucene;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import uz.koprik.indicators.store.Appended;
import uz.koprik.indicators.store.Draft;
import uz.koprik.indicators.store.Drafts;

/** The child of {@link KillTest}: appends until it is killed, and says what was acknowledged, a line an object. */
final class Appender {

    private Appender() {}

    /** Arguments: directory, number of threads, first number. */
    public static void main(String[] args) throws Exception {
        int threads = Integer.parseInt(args[1]);
        int first = Integer.parseInt(args[2]);
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        LuceneStore store = LuceneStore.open(Path.of(args[0]), LuceneStoreTest.SMALL);
        out.println("open");
        for (int t = 0; t < threads; t++) {
            int thread = t;
            Thread.ofPlatform().start(() -> append(store, out, first + thread * 100_000, thread + 1));
        }
        Thread.sleep(Long.MAX_VALUE);
    }

    private static void append(LuceneStore store, PrintStream out, int first, int batch) {
        try {
            for (int i = first;; i += batch) {
                List<Draft> drafts = IntStream.range(i, i + batch)
                        .mapToObj(n -> Drafts.indicator(n).carries("domain:host" + n + ".example.com").text("word").draft())
                        .toList();
                List<Appended> outcomes = store.append(drafts);
                StringBuilder lines = new StringBuilder();
                for (int d = 0; d < batch; d++) {
                    Appended.Stored stored = (Appended.Stored) outcomes.get(d);
                    lines.append(stored.seq()).append(' ').append(drafts.get(d).facts().id()).append('\n');
                }
                out.print(lines);
                out.flush();
            }
        } catch (Exception e) {
            e.printStackTrace(out);
            Runtime.getRuntime().halt(3);
        }
    }
}
