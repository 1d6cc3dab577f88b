package uz.koprik.gateway.whole;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;
import uz.koprik.gateway.centre.RunningCentre;

/**
 * A centre whose memory is at its limit: with the smallest heap of the documentation, and with less memory than its
 * heap wants, so that the kernel kills it. {@code -Dfaults.percent=25} shortens the load and kills less often.
 */
@Tag("long")
class MemoryTest {

    private static final int PERCENT = Integer.getInteger("faults.percent", 100);
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Path CGROUPS = Path.of("/sys/fs/cgroup/memory");

    /** On a disk: what is in a file system of memory counts as memory that the kernel cannot take back. */
    @TempDir(factory = TempDirFactory.Standard.class)
    Path homes;

    @Test
    void aSmallHeapRefusesWhatItCannotHoldAndGoesOn() throws Exception {
        try (ChildCentre centre =
                ChildCentre.init("tashkent", homes, "-Xmx256m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError")) {
            centre.start();
            try (MemoryLoad load = new MemoryLoad(centre)) {
                load.prepare();
                load.begin();
                TimeUnit.SECONDS.sleep(120L * PERCENT / 100);
                load.end();
                System.out.println("memory: heap of 256 MiB: " + load.figures());
                assertEquals(Set.of(), load.unexpected());
                assertEquals(Map.of(), load.withoutStatus(), "every request gets a status");
                assertEquals(Map.of(), load.brokenOff(), "every answer that begins is complete");
                assertTrue(load.acknowledged().size() > 100, load.figures());
                assertEquals("{\"status\":\"running\"}", centre.get("/healthz"));
                nothingIsLost(centre, load.acknowledged());
            }
            String log = Files.readString(homes.resolve("tashkent.log"));
            assertFalse(log.contains("OutOfMemory"), log.substring(0, Math.min(log.length(), 4000)));
        }
    }

    @Test
    void whatIsAcknowledgedSurvivesAKillByTheKernel() throws Exception {
        assumeTrue(
                "root".equals(System.getProperty("user.name")) && Files.isDirectory(CGROUPS),
                "this test limits the memory of a process: run it as root on Linux with " + CGROUPS);
        Path group = Files.createDirectory(
                CGROUPS.resolve("koprik-" + ProcessHandle.current().pid()));
        try {
            String enter = "if [ -d \"$0\" ]; then echo $$ > \"$0/cgroup.procs\"; fi; exec \"$@\"";
            ChildCentre.Where limited =
                    new ChildCentre.Where(List.of("sh", "-c", enter, group.toString()), "127.0.0.1", "");
            try (ChildCentre centre = ChildCentre.init("tashkent", homes, limited, "-XX:+UseSerialGC")) {
                Set<String> acknowledged = new TreeSet<>();
                for (int kill = 1; kill <= Math.max(1, 3 * PERCENT / 100); kill++) {
                    Files.writeString(group.resolve("memory.limit_in_bytes"), "-1");
                    centre.start();
                    try (MemoryLoad load = new MemoryLoad(centre)) {
                        load.prepare();
                        load.begin();
                        TimeUnit.SECONDS.sleep(5);
                        RunningCentre.await(LIMIT, () -> load.acknowledged().size() > 200);
                        limit(group);
                        centre.awaitKill(LIMIT);
                        load.end();
                        acknowledged.addAll(load.acknowledged());
                        System.out.println("memory: killed by the kernel: " + load.figures());
                    }
                }
                Files.writeString(group.resolve("memory.limit_in_bytes"), "-1");
                centre.start();
                assertTrue(acknowledged.size() > 100, "too little to prove anything: " + acknowledged.size());
                nothingIsLost(centre, acknowledged);
            }
        } finally {
            Files.deleteIfExists(group);
        }
    }

    /** Leaves the process no more than it holds; the kernel refuses that while it still takes files back. */
    private static void limit(Path group) throws Exception {
        RunningCentre.await(LIMIT, () -> {
            try {
                Files.writeString(group.resolve("memory.limit_in_bytes"), Long.toString(needed(group)));
                return true;
            } catch (IOException busy) {
                return false;
            }
        });
    }

    /** What the process holds besides files, which the kernel takes back first. */
    private static long needed(Path group) throws IOException {
        return Files.readAllLines(group.resolve("memory.stat")).stream()
                        .filter(line -> line.startsWith("rss "))
                        .mapToLong(line -> Long.parseLong(line.substring(4)))
                        .sum()
                + (4 << 20);
    }

    private static void nothingIsLost(ChildCentre centre, Set<String> acknowledged) throws Exception {
        Set<String> there = new TreeSet<>();
        Taxii.collection(centre, "exchange")
                .all("&match%5Btype%5D=" + MemoryLoad.TYPE)
                .forEach(object -> assertTrue(
                        there.add(object.string("id").orElseThrow()), () -> "twice: " + object.string("id")));
        Set<String> lost = new TreeSet<>(acknowledged);
        lost.removeAll(there);
        assertEquals(Set.of(), lost, "acknowledged, and lost");
        System.out.println("memory: all " + acknowledged.size() + " acknowledged objects are there, once");
    }
}
