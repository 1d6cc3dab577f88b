package uz.koprik.gateway.centre;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.crypto.MemoryFolders;
import uz.koprik.gateway.config.ConfigException;
import uz.koprik.gateway.config.Home;

/**
 * Makes centres in the JVM of a test and stops them: {@code @RegisterExtension final Centres centres = new Centres();}.
 *
 * <p>After each test it stops what started since the start of that test, the last one first, also when the test failed.
 * In a static field it keeps centres of {@code @BeforeAll} for all tests of the class. A centre that does not stop
 * fails the test.
 */
public final class Centres implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {

    private static final Duration STOP_WITHIN = Duration.ofMinutes(1);

    private final Duration stopWithin;
    private final List<AutoCloseable> open = new ArrayList<>();
    private boolean shared;
    private int openBefore;
    private Path folder;

    public Centres() {
        this(STOP_WITHIN);
    }

    Centres(Duration stopWithin) {
        this.stopWithin = stopWithin;
    }

    /** The folder of all homes, where a test may keep other files; removed with the last centre. */
    public synchronized Path folder() {
        if (folder == null) {
            try {
                folder = MemoryFolders.create("koprik-centres").toRealPath();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return folder;
    }

    /** Makes the home of a centre on a free port of the loopback interface. The centre does not run yet. */
    public RunningCentre init(String name) throws IOException, ConfigException {
        return init(name, name);
    }

    /** As {@link #init(String)}, in a folder with another name: for several centres with one name and the same keys. */
    public RunningCentre init(String name, String folderName) throws IOException, ConfigException {
        Home home = new Home(folder().resolve(folderName));
        return quiet(home, HomeTemplates.found(home, name, title(name)).oneTimeSecret());
    }

    /** As {@link #init(String)}, with keys of the time of {@code clock}. */
    public RunningCentre init(String name, InstantSource clock) throws IOException, ConfigException {
        Home home = new Home(folder().resolve(name));
        CentreInitializer.Wishes wishes =
                new CentreInitializer.Wishes(name, title(name), "127.0.0.1", 0, "", List.of());
        return quiet(home, CentreInitializer.found(home, wishes, clock).oneTimeSecret());
    }

    /** A centre whose home exists, such as a restored backup. */
    public RunningCentre open(Home home) {
        return opened(new RunningCentre(home, ""));
    }

    /** A copy of a centre that has not run yet, with the same keys and accounts. */
    public RunningCentre copy(RunningCentre centre, String folderName) throws IOException {
        Path target = folder().resolve(folderName);
        HomeTemplates.copy(centre.home().root(), target);
        return opened(new RunningCentre(new Home(target), centre));
    }

    private RunningCentre quiet(Home home, String oneTimeSecret) throws IOException {
        return opened(new RunningCentre(home, oneTimeSecret))
                .withConfig("level: info", "level: warn")
                .withConfig("required: true", "required: false")
                .withConfig("  desk: true", "  desk: false");
    }

    private RunningCentre opened(RunningCentre centre) {
        add(centre);
        return centre;
    }

    synchronized void add(AutoCloseable centre) {
        open.add(centre);
    }

    private static String title(String name) {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        shared = true;
    }

    @Override
    public synchronized void beforeEach(ExtensionContext context) {
        openBefore = open.size();
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        stop(openBefore, !shared);
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        stop(0, true);
    }

    /** Stops all centres but the first {@code kept}. Reports the first failure, with the others suppressed. */
    private synchronized void stop(int kept, boolean last) throws Exception {
        Throwable failure = null;
        while (open.size() > kept) {
            try {
                stop(open.removeLast());
            } catch (Exception | AssertionError e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure instanceof Exception exception) {
            throw exception;
        } else if (failure instanceof AssertionError error) {
            throw error;
        }
        if (last && folder != null) {
            HomeTemplates.clear(folder);
            folder = null;
        }
    }

    private void stop(AutoCloseable centre) throws Exception {
        FutureTask<Void> stop = new FutureTask<>(() -> {
            centre.close();
            return null;
        });
        Thread thread = Thread.ofPlatform().daemon().name("stop of " + centre).start(stop);
        try {
            stop.get(stopWithin.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            String at = Arrays.stream(thread.getStackTrace())
                    .map(frame -> "\n\tat " + frame)
                    .collect(Collectors.joining());
            throw new AssertionError(centre + " did not stop within " + stopWithin.toMillis() + " ms; it waits" + at);
        }
    }
}
