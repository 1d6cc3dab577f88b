package uz.koprik.gateway.concurrent;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ends the JVM with {@link ProcessEnd#EXIT_CODE}. Its threads exist from the start: when memory is short, none can be
 * made.
 */
public final class JvmEnd implements ProcessEnd {

    private final CountDownLatch wanted = new CountDownLatch(1);

    private JvmEnd() {}

    /** @param grace after this time the JVM ends without waiting for what the shutdown hooks do */
    public static JvmEnd after(Duration grace) {
        JvmEnd end = new JvmEnd();
        Thread.ofPlatform().name("process-end").daemon().start(() -> {
            if (end.isWanted()) {
                System.exit(EXIT_CODE);
            }
        });
        Thread.ofPlatform().name("process-halt").daemon().start(() -> {
            if (end.isWanted()) {
                end.halt(grace);
            }
        });
        return end;
    }

    private boolean isWanted() {
        try {
            wanted.await();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void halt(Duration grace) {
        try {
            TimeUnit.MILLISECONDS.sleep(grace.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(EXIT_CODE);
    }

    @Override
    public void end(String sentence) {
        wanted.countDown();
    }
}
