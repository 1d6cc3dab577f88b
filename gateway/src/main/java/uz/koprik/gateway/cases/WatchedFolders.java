package uz.koprik.gateway.cases;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import uz.koprik.gateway.access.Caller;
import uz.koprik.gateway.config.Config;
import uz.koprik.indicators.observable.Recognition;

/** Looks at all watched folders, each on a thread of its own, until it is closed. */
public final class WatchedFolders implements AutoCloseable {

    private static final Duration GRACE = Duration.ofSeconds(10);

    private final CountDownLatch stop = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();

    /**
     * Begins to look.
     *
     * @param home folders are seen from here
     * @param callers the holder of an account
     */
    public WatchedFolders(
            Path home,
            Config.Cases config,
            Function<String, Optional<Caller>> callers,
            CaseBook book,
            CaseTables tables,
            Recognition recognition,
            InstantSource clock) {
        for (Config.Watched watched : config.watch()) {
            WatchedFolder folder = new WatchedFolder(
                    new WatchedFolder.Terms(
                            home.resolve(watched.folder()), watched.mapping(), watched.account(), config.settle()),
                    callers, book, tables, recognition, clock, () -> stop.getCount() == 0);
            threads.add(Thread.ofVirtual().name("watch-" + watched.folder()).start(() -> look(folder, config.poll())));
        }
    }

    private void look(WatchedFolder folder, Duration every) {
        try {
            do {
                folder.look();
            } while (!stop.await(every.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops between two batches; never interrupts, since that would close files of the store under its feet. */
    @Override
    public void close() {
        stop.countDown();
        try {
            for (Thread thread : threads) {
                thread.join(GRACE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
