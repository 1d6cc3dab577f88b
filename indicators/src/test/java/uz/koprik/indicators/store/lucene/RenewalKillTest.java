package uz.koprik.indicators.store.lucene;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.indicators.policy.Audience;
import uz.koprik.indicators.store.AppendingChild;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.InternalStore;
import uz.koprik.indicators.store.Page;
import uz.koprik.indicators.store.Selection;

/**
 * Kills a process (SIGKILL) at random moments while it renews many objects and two readers read. After each start the
 * readers go on where they were. {@code -Drenewal.objects} and {@code -Drenewal.kills} say how many.
 */
class RenewalKillTest {

    private static final int OBJECTS = Integer.getInteger("renewal.objects", 4_000);
    private static final int KILLS = Integer.getInteger("renewal.kills", 4);

    @TempDir
    private Path temp;

    private final Seen position = new Seen("position", RenewingChild.BY_POSITION);
    private final Seen time = new Seen("time", RenewingChild.BY_TIME);

    /** How much was renewed before each kill, and whether it came before the end. */
    private final List<Integer> progress = new ArrayList<>();

    private int amid;

    /** What a reader has, and where it goes on. */
    private static final class Seen {
        final String name;
        final RenewingChild.Reader reader;
        final int[] times = new int[OBJECTS + 1];
        long after;

        Seen(String name, RenewingChild.Reader reader) {
            this.name = name;
            this.reader = reader;
        }

        void page(long next, Stream<Integer> numbers) {
            numbers.forEach(number -> times[number]++);
            after = next;
        }

        void rest(InternalStore store) throws Exception {
            for (Page page = reader.read(store, after); !page.entries().isEmpty(); page = reader.read(store, after)) {
                page(reader.next(page), page.entries().stream().map(RenewingChild::number));
            }
        }

        void verify(String when) {
            for (int number = 1; number <= OBJECTS; number++) {
                int most = RenewingChild.isHeld(number) ? 1 : 2;
                assertTrue(
                        times[number] >= 1 && times[number] <= most,
                        "the reader by " + name + " saw object " + number + " " + times[number] + " times, " + when);
            }
        }
    }

    @Test
    void killsDuringARenewalHideNothingAndRepeatNothingTwice() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try (LuceneStore store = LuceneStore.open(temp)) {
            RenewingChild.fill(store, OBJECTS);
        }
        for (int kill = 0; kill < KILLS; kill++) {
            child(random.nextInt(OBJECTS / KILLS), random.nextInt(4));
        }
        child(-1, 0);
        String when = "seed " + seed;
        try (LuceneStore store = LuceneStore.open(temp)) {
            position.rest(store);
            time.rest(store);
            position.verify(when);
            time.verify(when);
            assertEquals(2L * OBJECTS, store.status().lastSeq(), "each was renewed once, " + when);
            int there = 0;
            Page page = new Page(List.of(), true, 0);
            while (page.more()) {
                page = store.page(Selection.all(Audience.HOUSEKEEPING), page.nextAfter(), 1_000);
                for (Entry entry : page.entries()) {
                    assertTrue(entry.seq() > OBJECTS, when);
                    assertEquals(RenewingChild.after(RenewingChild.number(entry)), entry.release(), when);
                    there++;
                }
            }
            assertEquals(OBJECTS, there, when);
        }
        LuceneStore.inspect(temp, List.of());
        System.out.println("renewal: " + OBJECTS + " objects, " + amid + " of " + KILLS
                + " kills amid the renewal, after " + progress + " objects; seen twice: " + twice(position)
                + " by position, " + twice(time)
                + " by time");
        assertTrue(amid > 0, "no kill came amid the renewal");
    }

    private static long twice(Seen seen) {
        return Arrays.stream(seen.times).filter(times -> times == 2).count();
    }

    /**
     * Runs a child; it is killed some ms after it renewed {@code renewed} objects, or ends by itself when that is -1.
     */
    private void child(int renewed, int millis) throws Exception {
        Process child = AppendingChild.start(
                RenewingChild.class,
                temp.toString(),
                Long.toString(position.after),
                Long.toString(time.after),
                Boolean.toString(renewed < 0));
        List<String> trouble = new ArrayList<>();
        boolean complete = false;
        int sofar = 0;
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                String[] parts = line.split(" ", -1);
                if (parts.length == 4 && parts[3].equals(".")) { // the last line may be cut
                    Seen seen = parts[0].equals(position.name) ? position : time;
                    seen.page(
                            Long.parseLong(parts[1]),
                            Stream.of(parts[2].split(",", -1)).map(Integer::valueOf));
                } else if (line.matches("renewed [0-9]+")) {
                    int before = sofar;
                    sofar = Integer.parseInt(parts[1]);
                    if (before <= renewed && sofar > renewed) {
                        Kills.killIn(child, millis);
                    }
                } else if (line.equals("complete")) {
                    complete = true;
                    if (renewed >= 0) {
                        Kills.killIn(child, 0);
                    }
                } else if (line.startsWith("failed ") || !trouble.isEmpty()) {
                    trouble.add(line);
                }
            }
        }
        assertTrue(child.waitFor(60, TimeUnit.SECONDS));
        assertEquals(List.of(), trouble);
        assertEquals(renewed < 0 ? 0 : 128 + 9, child.exitValue());
        if (renewed >= 0) {
            progress.add(sofar);
            amid += complete ? 0 : 1;
        }
    }
}
