package uz.koprik.gateway.centre;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A small file system in memory (tmpfs) under a folder, which a test fills to its last byte. What was in the folder is
 * in it as well. Needs root, and not every container lets root mount; {@link #requireRoot} skips the test then and says
 * so.
 */
public final class SmallDisk implements AutoCloseable {

    /** A file that is being replaced has given its room back by then: a centre looks at its files every second. */
    private static final long GIVEN_BACK_MILLIS = 1_100;

    private final Path folder;
    private final Path ballast;

    private SmallDisk(Path folder) {
        this.folder = folder;
        this.ballast = folder.resolve(".ballast");
    }

    /** Skips the test where nothing can be mounted. */
    public static void requireRoot() throws InterruptedException {
        assumeTrue(
                "root".equals(System.getProperty("user.name")),
                "this test mounts file systems of its own: run it as root on Linux");
        assumeTrue(mounts(), "this test mounts file systems of its own, which this container does not let root do");
    }

    private static boolean mounts() throws InterruptedException {
        try (SmallDisk disk = mount(Files.createTempDirectory("mounts"), "64k")) {
            return Files.isDirectory(disk.folder);
        } catch (IOException | AssertionError refused) {
            return false;
        }
    }

    /** @param size as tmpfs takes it, such as {@code 64m} */
    public static SmallDisk mount(Path folder, String size) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Path before = Files.createTempDirectory("before");
        run("cp", "-a", folder + "/.", before.toString());
        run("mount", "-t", "tmpfs", "-o", "mode=700,size=" + size, "koprik-test", folder.toString());
        SmallDisk disk = new SmallDisk(folder);
        run("cp", "-a", before + "/.", folder.toString());
        run("rm", "-rf", before.toString());
        return disk;
    }

    /** Leaves no room, also none that what the centre writes in the background gives back. */
    public void fill() throws IOException, InterruptedException {
        long before;
        do {
            fillNow();
            before = Files.size(ballast);
            TimeUnit.MILLISECONDS.sleep(GIVEN_BACK_MILLIS);
            fillNow();
        } while (Files.size(ballast) > before);
    }

    private void fillNow() throws IOException {
        try (OutputStream out = Files.newOutputStream(ballast, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (true) {
                out.write(new byte[512]);
            }
        } catch (IOException noRoom) {
            assertTrue(noRoom.getMessage().contains("No space left"), noRoom.getMessage());
        }
    }

    /** Leaves room for a few blocks of 4,096 bytes. */
    public void fillBut(int blocks) throws IOException {
        free();
        fillNow();
        try (FileChannel file = FileChannel.open(ballast, StandardOpenOption.WRITE)) {
            file.truncate(file.size() - blocks * 4096L);
        }
    }

    /** Makes room again. */
    public void free() throws IOException {
        Files.deleteIfExists(ballast);
    }

    /** What all files hold, by their name. */
    public Map<String, byte[]> content() throws IOException {
        Map<String, byte[]> content = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                if (!file.equals(ballast)) {
                    content.put(folder.relativize(file).toString(), Files.readAllBytes(file));
                }
            }
        }
        return content;
    }

    @Override
    public void close() throws IOException {
        try {
            run("umount", "-l", folder.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void run(String... line) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(
                process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0,
                () -> String.join(" ", line) + ": " + said);
    }
}
