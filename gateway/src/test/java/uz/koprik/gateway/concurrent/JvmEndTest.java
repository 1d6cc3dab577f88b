package uz.koprik.gateway.concurrent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The process of a centre that cannot go on ends, though its stop hangs. */
class JvmEndTest {

    /** A process whose shutdown hook never comes to its end, and one of whose threads fails. */
    static final class Hanging {

        public static void main(String[] args) throws InterruptedException {
            CentreThreads threads = new CentreThreads(JvmEnd.after(Duration.ofMillis(500)));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }));
            threads.fatal("koprik-writer", new OutOfMemoryError("no room"));
            new CountDownLatch(1).await();
        }
    }

    @Test
    void theProcessEndsWithItsExitCodeThoughTheStopHangs() throws Exception {
        Process child = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Hanging.class.getName()))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertTrue(child.waitFor(60, TimeUnit.SECONDS), "it ends");
            assertEquals(ProcessEnd.EXIT_CODE, child.exitValue());
        } finally {
            child.destroyForcibly();
        }
    }
}
