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
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.concurrent.CentreThread;
import uz.koprik.gateway.concurrent.CentreThreads;
import uz.koprik.gateway.config.Config;
import uz.koprik.indicators.observable.text.Recognition;
import uz.koprik.indicators.wording.Sentence;

/** Imports from all watched folders, each on a thread of its own, until closed. */
public final class WatchedFolders implements AutoCloseable {

    /** For all of them together: a batch that is being stored takes less. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final CountDownLatch stop = new CountDownLatch(1);
    private final List<CentreThread> threads = new ArrayList<>();
    private final List<WatchedFolder> folders = new ArrayList<>();

    /**
     * A watched folder as it was at the last look.
     *
     * @param mapping name of the mapping; empty for tables whose columns are named as the parts of cases are
     * @param account by whose right it imports
     * @param waiting files that were in it
     * @param trouble what is wrong with it
     */
    public record State(Path folder, String mapping, String account, int waiting, Optional<Sentence> trouble) {}

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
            CaseService book,
            CaseTables tables,
            Recognition recognition,
            InstantSource clock,
            CentreThreads centre) {
        for (Config.CaseFolder watched : config.watch()) {
            WatchedFolder folder = new WatchedFolder(
                    new WatchedFolder.Terms(
                            home.resolve(watched.folder()), watched.mapping(), watched.account(), config.settle()),
                    callers,
                    book,
                    tables,
                    recognition,
                    clock,
                    () -> stop.getCount() == 0);
            folders.add(folder);
            threads.add(
                    centre.start("a watched folder", "watch-" + watched.folder(), () -> look(folder, config.poll())));
        }
    }

    private void look(WatchedFolder folder, Duration every) throws InterruptedException {
        do {
            folder.look();
        } while (!stop.await(every.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** All of them, in the order of the settings. */
    public List<State> states() {
        return folders.stream().map(WatchedFolder::state).toList();
    }

    /** Stops between two batches; never interrupts, since that would close files of the store under its feet. */
    @Override
    public void close() {
        stop.countDown();
        try {
            long end = System.nanoTime() + GRACE.toNanos();
            for (CentreThread thread : threads) {
                thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
