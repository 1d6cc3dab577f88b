package uz.koprik.crypto.pkcs11;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * SoftHSM2 with tokens of the tests only, in a folder of this process. The module reads {@code SOFTHSM2_CONF} when it
 * starts, so the variable is set in this process before anything loads the module.
 */
public final class SoftHsm {

    /** Where Debian has the module. */
    public static final Path MODULE = Path.of("/usr/lib/softhsm/libsofthsm2.so");

    /** PIN of every token here. */
    public static final String PIN = "4711-test";

    private static final String VARIABLE = "SOFTHSM2_CONF";
    private static Path folder;

    private SoftHsm() {}

    /** Skips the test, and says so, where SoftHSM2 is not installed. */
    public static void require() {
        Assumptions.assumeTrue(
                Files.exists(MODULE),
                "SKIPPED: signing by PKCS#11 is not tested, since " + MODULE
                        + " is not there: apt-get install softhsm2");
    }

    /** The settings file of SoftHSM2, for {@code SOFTHSM2_CONF} of a child process. */
    public static synchronized Path settings() {
        if (folder == null) {
            try {
                folder = Files.createTempDirectory("koprik-softhsm");
                Files.createDirectory(folder.resolve("tokens"));
                Files.writeString(
                        folder.resolve("softhsm2.conf"),
                        "directories.tokendir = " + folder.resolve("tokens")
                                + "\nobjectstore.backend = file\nlog.level = ERROR\nslots.removable = true\n");
            } catch (IOException full) {
                throw new UncheckedIOException(full);
            }
            setVariable(folder.resolve("softhsm2.conf").toString());
            Runtime.getRuntime().addShutdownHook(new Thread(SoftHsm::remove));
        }
        return folder.resolve("softhsm2.conf");
    }

    @SuppressWarnings("restricted")
    private static void setVariable(String value) {
        int failed;
        try (Arena arena = Arena.ofConfined()) {
            failed = (int) Linker.nativeLinker()
                    .downcallHandle(
                            Linker.nativeLinker().defaultLookup().find("setenv").orElseThrow(),
                            FunctionDescriptor.of(
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.ADDRESS,
                                    ValueLayout.ADDRESS,
                                    ValueLayout.JAVA_INT))
                    .invokeExact(arena.allocateFrom(VARIABLE), arena.allocateFrom(value), 1);
        } catch (Throwable impossible) {
            throw new IllegalStateException("setenv cannot be called", impossible);
        }
        assertEquals(0, failed);
    }

    private static void remove() {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException left) {
            System.err.println("not removed: " + left.getMessage());
        }
    }

    /**
     * Makes a token.
     *
     * @return the folder that holds it: moved away, the token is gone
     */
    public static Path token(String label) throws IOException, InterruptedException {
        Set<Path> before = tokens();
        run("softhsm2-util", "--init-token", "--free", "--label", label, "--pin", PIN, "--so-pin", "so-pin-test");
        Set<Path> made = tokens();
        made.removeAll(before);
        assertEquals(1, made.size());
        return made.iterator().next();
    }

    private static Set<Path> tokens() throws IOException {
        try (Stream<Path> all = Files.list(settings().resolveSibling("tokens"))) {
            return new HashSet<>(all.toList());
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(List.of(command)).redirectErrorStream(true);
        builder.environment().put(VARIABLE, settings().toString());
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor(1, TimeUnit.MINUTES);
        assertEquals(0, process.exitValue(), said);
    }

    /** Takes a token out of its slot. */
    public static Path takeOut(Path token) throws IOException {
        Path out = Files.createDirectories(settings().resolveSibling("out")).resolve(token.getFileName());
        return Files.move(token, out);
    }

    /** Puts it back. */
    public static void putBack(Path out) throws IOException {
        Files.move(out, settings().resolveSibling("tokens").resolve(out.getFileName()));
    }
}
