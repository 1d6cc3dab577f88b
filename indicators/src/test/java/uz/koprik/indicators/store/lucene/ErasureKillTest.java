package uz.koprik.indicators.store.lucene;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.indicators.policy.Audience;
import uz.koprik.indicators.store.AppendResult;
import uz.koprik.indicators.store.AppendingChild;
import uz.koprik.indicators.store.Drafts;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.Page;
import uz.koprik.indicators.store.Selection;

/**
 * Kills a process (SIGKILL) at random moments while it erases every tenth object, imports and reads. Each round erases
 * a part of them, so that every kill has something to interrupt. Every opening verifies the whole journal; what is kept
 * and what is gone is compared object by object at the end.
 *
 * <p>For a large store: {@code -Derase.objects=1000000 -Derase.kills=20 -Derase.pause=200 -Derase.child=-Xmx1g}, and 4
 * GB for this process. The pause keeps the import at some hundred objects per second, so that the store stays at its
 * size.
 */
class ErasureKillTest {

    private static final int BATCH = 5_000;

    /** Between two batches of an import, so that the store does not grow to several times of what is erased. */
    private static final int PAUSE = Integer.getInteger("erase.pause", 5);

    /** Options of the children's virtual machines. */
    private static final List<String> CHILD =
            List.of(System.getProperty("erase.child", "-Xmx256m -XX:TieredStopAtLevel=1")
                    .split(" ", -1));

    @TempDir
    private Path temp;

    /** The numbers of imported objects that were acknowledged. */
    private final Set<Integer> imported = new HashSet<>();

    private String last = "";
    private String opened = "";

    @Test
    void killsDuringAnErasureLoseNothing() throws Exception {
        rounds(3_000, 3);
    }

    @Test
    @Tag("long")
    void killsDuringTheErasureOfManyLoseNothing() throws Exception {
        rounds(Integer.getInteger("erase.objects", 100_000), Integer.getInteger("erase.kills", 20));
    }

    private void rounds(int objects, int kills) throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        fill(objects);
        long before = bytes();
        report("processor time of this process: " + processor());
        int part = objects / (kills + 1);
        int next = objects + 1;
        long began = System.nanoTime();
        next = child(objects, next, part, -1); // nobody ends the first, which says how long one takes
        int takes = Integer.parseInt(last.replaceFirst(".* in ([0-9]+) ms.*", "$1"));
        report("first part: " + last);
        for (int kill = 0; kill < kills; kill++) {
            int to = kill == kills - 1 ? objects : part * (kill + 2);
            int millis = random.nextInt(takes + takes / 4 + 1);
            next = child(objects, next, to, millis);
            report("kill " + (kill + 1) + " after " + millis + " ms; " + opened + "; " + seconds(began));
        }
        report(kills + " kills within " + takes + " ms after the begin, " + imported.size() + " objects imported, "
                + seconds(began));
        child(objects, next, objects, -1);
        report("last: " + last + "; " + seconds(began));
        try (LuceneStore store = LuceneStore.open(temp)) {
            long asked = System.nanoTime();
            int told = store.erase(ErasingChild.erased(1, objects), "a rule of the test", "retention")
                    .size();
            report("told of " + told + " in " + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - asked) + " ms");
            assertEquals(objects / ErasingChild.PART, told);
            verify(store, objects, "seed " + seed);
        }
        assertEquals(List.of(), ErasureSearch.find(temp, ErasingChild.GONE));
        report("bytes on the disk: " + before + " before, " + bytes() + " after, with " + imported.size()
                + " objects more");
        LuceneStore.inspect(temp, List.of());
        report("verified; " + seconds(began) + "; processor time of this process: " + processor());
    }

    private static String processor() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toSeconds() + " s";
    }

    private static String seconds(long began) {
        return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began) + " s since the first erasure";
    }

    private static void report(String line) {
        System.out.println("erasure: " + line);
    }

    private void fill(int objects) throws Exception {
        long began = System.nanoTime();
        try (LuceneStore store = LuceneStore.open(temp)) {
            for (int i = 1; i <= objects; i += BATCH) {
                store.append(IntStream.range(i, Math.min(i + BATCH, objects + 1))
                        .mapToObj(n -> ErasingChild.object(n).draft())
                        .toList());
            }
        }
        report(objects + " objects stored in " + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began) + " s");
    }

    /** What the files take on the disk. */
    private long bytes() throws IOException {
        long sum = 0;
        try (Stream<Path> files = Files.walk(temp)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                sum += file.toString().endsWith(".journal") ? data(file) : Files.size(file);
            }
        }
        return sum;
    }

    /** Without the hole at the end. */
    private static long data(Path journal) throws IOException {
        Process du = new ProcessBuilder("du", "-B1", journal.toString()).start();
        return Long.parseLong(
                new String(du.getInputStream().readAllBytes(), StandardCharsets.UTF_8).split("\\s", -1)[0]);
    }

    /**
     * Runs a child.
     *
     * @param millis when it is killed after it began to erase; -1 when it ends by itself
     * @return the first number that it did not import
     */
    private int child(int objects, int first, int to, int millis) throws Exception {
        Process child = AppendingChild.start(
                CHILD,
                ErasingChild.class,
                temp.toString(),
                Integer.toString(objects),
                Integer.toString(first),
                Integer.toString(to),
                Boolean.toString(millis < 0),
                Integer.toString(PAUSE));
        List<String> trouble = new ArrayList<>();
        int next = first;
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.equals("erasing") && millis >= 0) {
                    Kills.killIn(child, millis);
                } else if (line.matches("added [0-9]+ [0-9]+")) {
                    String[] parts = line.split(" ", -1);
                    next = Integer.parseInt(parts[2]);
                    IntStream.range(Integer.parseInt(parts[1]), next).forEach(imported::add);
                } else if (line.startsWith("open in ")) {
                    opened = line;
                } else if (line.startsWith("erased ")) {
                    last = line;
                } else if (line.startsWith("failed ") || !trouble.isEmpty()) {
                    trouble.add(line);
                }
            }
        }
        assertTrue(child.waitFor(60, TimeUnit.SECONDS));
        assertEquals(List.of(), trouble);
        assertEquals(millis < 0 ? 0 : 128 + 9, child.exitValue());
        return next + 1_000; // what was written and not acknowledged may be there
    }

    private void verify(LuceneStore store, int objects, String when) throws Exception {
        int kept = 0;
        Set<Integer> missing = new HashSet<>(imported);
        Page page;
        for (long after = 0; ; after = page.nextAfter()) {
            page = store.page(Selection.all(Audience.HOUSEKEEPING), after, 1000);
            for (Entry entry : page.entries()) {
                int number =
                        Integer.parseInt(entry.facts().id().substring("indicator--00000000-0000-4000-8000-".length()));
                Drafts drafts = number > objects ? ErasingChild.kept(number) : ErasingChild.object(number);
                assertEquals(drafts.draft().facts(), entry.facts(), when);
                assertTrue(number > objects || !ErasingChild.isErased(number), when);
                kept += number <= objects ? 1 : 0;
                missing.remove(number);
            }
            if (!page.more()) {
                break;
            }
        }
        assertEquals(objects - objects / ErasingChild.PART, kept, when);
        assertEquals(Set.of(), missing, when);
        assertInstanceOf(
                AppendResult.Withdrawn.class,
                store.append(List.of(ErasingChild.object(ErasingChild.PART).draft()))
                        .getFirst());
    }
}
