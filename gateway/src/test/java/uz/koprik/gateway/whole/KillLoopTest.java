package uz.koprik.gateway.whole;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonObject;

/**
 * Two centres exchange while one or the other is killed with SIGKILL at random moments, or stopped. What was
 * acknowledged must be at both in the end, once.
 */
@Execution(ExecutionMode.CONCURRENT)
class KillLoopTest {

    private static final int BATCH = 40;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path homes;

    @Test
    void survivesAFewKills() throws Exception {
        survives(2, true, new Random().nextLong());
    }

    @Test
    @Tag("long")
    void survivesFiftyKills() throws Exception {
        survives(50 * Integer.getInteger("faults.percent", 100) / 100, false, new Random().nextLong());
    }

    private void survives(int kills, boolean quickFeeds, long seed) throws Exception {
        System.out.println("kill loop: " + kills + " kills, seed " + seed);
        Random random = new Random(seed);
        try (ChildCentre tashkent = ChildCentre.init("tashkent", homes, ChildCentre.SHORT_LIVED);
                ChildCentre budapest = ChildCentre.init("budapest", homes, ChildCentre.SHORT_LIVED)) {
            ChildCentre.introduce(tashkent, budapest);
            if (quickFeeds) {
                tashkent.quickFeeds();
                budapest.quickFeeds();
            }
            tashkent.start();
            budapest.start();
            Set<String> acknowledged = ConcurrentHashMap.newKeySet();
            AtomicBoolean stop = new AtomicBoolean();
            Thread writer = Thread.ofPlatform().name("writer").start(() -> writeUntil(stop, tashkent, acknowledged));
            for (int kill = 1; kill <= kills; kill++) {
                Thread.sleep(200 + random.nextInt(2500));
                ChildCentre victim = random.nextInt(3) == 0 ? budapest : tashkent;
                if (random.nextInt(5) == 0) {
                    victim.stop();
                } else {
                    victim.kill();
                }
                victim.start();
            }
            stop.set(true);
            writer.join();
            assertTrue(
                    acknowledged.size() >= kills * BATCH,
                    "too little was written to prove anything: " + acknowledged.size());

            Taxii source = Taxii.collection(tashkent, "exchange");
            Map<String, Integer> atSource = count(source);
            assertNone(missing(acknowledged, atSource), "acknowledged, and gone at the source");
            assertNone(repeated(atSource), "stored twice at the source");

            Taxii copy = Taxii.collection(budapest, "exchange");
            Map<String, Integer> atCopy = count(copy);
            for (long end = System.nanoTime() + PATIENCE.toNanos();
                    System.nanoTime() < end && !atCopy.keySet().equals(atSource.keySet()); ) {
                Thread.sleep(200);
                atCopy = count(copy);
            }
            assertNone(
                    missing(atSource.keySet(), atCopy),
                    "of " + atSource.size() + " never arrived at the partner, which says "
                            + budapest.koprik("partner", "status") + "\nand is told "
                            + tashkent.koprik("partner", "status"));
            assertNone(repeated(atCopy), "stored twice at the partner");
            System.out.println(
                    "kill loop: " + acknowledged.size() + " acknowledged objects, all there once at both centres");
        }
    }

    private static void writeUntil(AtomicBoolean stop, ChildCentre centre, Set<String> acknowledged) {
        Taxii collection = null;
        while (!stop.get()) {
            List<String> batch = new ArrayList<>();
            for (int i = 0; i < BATCH; i++) {
                batch.add(indicator());
            }
            try {
                if (collection == null) {
                    collection = Taxii.collection(centre, "exchange");
                }
                for (Json success : collection.add(batch).items("successes")) {
                    acknowledged.add(((JsonObject) success).string("id").orElseThrow());
                }
            } catch (IOException killed) {
                pause(); // what was not acknowledged may or may not be there; the next batch has new objects
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static String indicator() {
        String id = "indicator--" + UUID.randomUUID();
        return "{\"type\":\"indicator\",\"spec_version\":\"2.1\",\"id\":\"" + id
                + "\",\"created\":\"2026-01-01T00:00:00.000Z\","
                + "\"modified\":\"2026-01-01T00:00:00.000Z\",\"valid_from\":\"2026-01-01T00:00:00Z\",\"pattern_type\":\"stix\","
                + "\"pattern\":\"[domain-name:value = '" + id.substring(11, 19) + ".example.com']\"}";
    }

    private static Map<String, Integer> count(Taxii collection) throws IOException, InterruptedException {
        Map<String, Integer> times = new HashMap<>();
        for (JsonObject object : collection.all("&match%5Bversion%5D=all&match%5Btype%5D=indicator")) {
            times.merge(object.string("id").orElseThrow(), 1, Integer::sum);
        }
        return times;
    }

    /** Thousands of ids would hide what went wrong: their number and the first few say enough. */
    private static void assertNone(Set<String> ids, String fault) {
        assertTrue(
                ids.isEmpty(),
                () -> ids.size() + " objects " + fault + ", such as "
                        + ids.stream().limit(3).toList());
    }

    private static Set<String> missing(Set<String> expected, Map<String, Integer> found) {
        Set<String> missing = new TreeSet<>(expected);
        missing.removeAll(found.keySet());
        return missing;
    }

    private static Set<String> repeated(Map<String, Integer> found) {
        Set<String> repeated = new TreeSet<>();
        found.forEach((id, times) -> {
            if (times > 1) {
                repeated.add(id);
            }
        });
        return repeated;
    }
}
