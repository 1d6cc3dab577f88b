package uz.koprik.gateway.centre;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import uz.koprik.gateway.alerts.log.AlertMigration;
import uz.koprik.gateway.backup.FreshFolder;
import uz.koprik.gateway.config.Config;
import uz.koprik.gateway.config.ConfigException;
import uz.koprik.gateway.config.ConfigFile;
import uz.koprik.gateway.config.Home;
import uz.koprik.gateway.config.HomeFiles;
import uz.koprik.gateway.config.HomeManifest;
import uz.koprik.indicators.store.InternalStore;
import uz.koprik.indicators.store.StoreUnavailable;

/**
 * A copy of a centre: everything in the home but the store as files in {@code home/}, the store as a snapshot in
 * {@code store/}. It holds the private keys: keep it like the home itself.
 */
public final class Backup {

    private static final String HOME = "home";
    private static final String STORE = "store";
    private static final String CHECKED_STORE = "store-of-check";

    private Backup() {}

    /**
     * Writes a backup while the centre runs.
     *
     * @param directory empty, or not there yet
     */
    public static void write(Home home, Config config, InternalStore store, Path directory)
            throws IOException, StoreUnavailable {
        if (Files.exists(directory)) {
            try (Stream<Path> content = Files.list(directory)) {
                if (content.findAny().isPresent()) {
                    throw new IOException(directory + " is not empty; a backup needs an empty or new folder");
                }
            }
        }
        try (FreshFolder fresh = new FreshFolder(directory)) {
            fill(home, config, store, directory);
            fresh.keep();
        }
    }

    private static void fill(Home home, Config config, InternalStore store, Path directory)
            throws IOException, StoreUnavailable {
        Home.ownerOnlyFolder(directory);
        // The places in feeds first, then the store: an older place asks for a few objects twice, a newer one would
        // lose some. The
        // same holds for alerts.
        Home copy = new Home(directory.resolve(HOME));
        List<Path> except =
                new ArrayList<>(List.of(home.data(config), home.url(), home.backupWork(), directory, home.manifest()));
        home.backupFolders(config).stream()
                .filter(folder -> !home.root().startsWith(folder))
                .forEach(except::add);
        if (!home.root().startsWith(home.scheduledBackups(config))) {
            except.add(home.scheduledBackups(config));
        }
        Map<String, Long> numbers = numbers(home);
        copy(home.root(), copy.root(), except);
        AlertMigration.intoHome(StoreOpener.papers(store, home), copy.state());
        // Of the copies, since accounts may have changed in between.
        new HomeManifest(copy).record(numbers);
        store.snapshot(directory.resolve(STORE));
    }

    private static Map<String, Long> numbers(Home home) throws IOException {
        try {
            return new HomeManifest(home)
                    .read()
                    .map(HomeManifest.Content::numbers)
                    .orElse(Map.of());
        } catch (ConfigException damaged) {
            throw new IOException(damaged.getMessage(), damaged);
        }
    }

    /** Writes a backup of a centre that does not run. */
    public static void write(Home home, Path directory) throws IOException, ConfigException, StoreUnavailable {
        Config config = ConfigFile.read(home.config());
        try (InternalStore store = StoreOpener.open(home, config)) {
            write(home, config, store, directory);
        }
    }

    /**
     * Makes a home of a backup.
     *
     * @param home empty, or not there yet
     */
    public static void restore(Path directory, Home home) throws IOException, ConfigException {
        restore(directory, home, (snapshot, config) -> StoreOpener.restore(snapshot, home, config));
    }

    private static Config restore(Path directory, Home home, StoreMaker store) throws IOException, ConfigException {
        Path files = directory.resolve(HOME);
        if (!Files.exists(files.resolve(home.config().getFileName())) || !Files.isDirectory(directory.resolve(STORE))) {
            throw new IOException(directory + " is not a whole backup: home/koprik.yaml or store/ is missing");
        }
        Config config = ConfigFile.read(files.resolve(home.config().getFileName()));
        requireWhole(new Home(files));
        home.requireEmpty();
        try (FreshFolder fresh = new FreshFolder(home.root())) {
            home.create();
            copy(files, home.root(), List.of(files.resolve(home.config().getFileName())));
            store.make(directory.resolve(STORE), config);
            // Last, so that a home that was not finished does not count as one.
            copyFile(files.resolve(home.config().getFileName()), home.config());
            new HomeManifest(home).record();
            fresh.keep();
        }
        return config;
    }

    /**
     * Examines a backup: makes a scratch home of it, with a store in files, and holds the files against the manifest
     * and the journal against what the home knows to be acknowledged.
     *
     * @param scratch empty, or not there yet; stays
     * @return what was found in the store, in words
     * @throws IOException when the backup is not whole: says what is wrong
     */
    public static String check(Path directory, Path scratch) throws IOException, ConfigException {
        Home home = new Home(scratch);
        Config config = restore(
                directory,
                home,
                (snapshot, settings) ->
                        StoreOpener.restoreInFiles(snapshot, home.root().resolve(CHECKED_STORE)));
        requireWhole(home);
        return StoreOpener.inspectInFiles(home.root().resolve(CHECKED_STORE), StartChecks.witnesses(home, config));
    }

    /** Makes a store of a snapshot. */
    private interface StoreMaker {
        void make(Path snapshot, Config config) throws IOException;
    }

    /** When a backup in a folder was complete; empty when there is no whole one. */
    public static Optional<Instant> madeAt(Path directory) throws IOException {
        Path store = directory.resolve(STORE);
        return Files.isRegularFile(new Home(directory.resolve(HOME)).config()) && Files.isDirectory(store)
                ? Optional.of(Files.getLastModifiedTime(store).toInstant())
                : Optional.empty();
    }

    private static void requireWhole(Home files) throws IOException, ConfigException {
        List<HomeFiles.Finding> broken = new HomeFiles(files, System.getenv("KOPRIK_PASSPHRASE") != null)
                .check(new HomeManifest(files).read()).stream()
                        .filter(finding -> finding.weight() == HomeFiles.Weight.REFUSED)
                        .toList();
        if (!broken.isEmpty()) {
            throw new IOException("the backup is damaged: "
                    + files.root().resolve(broken.getFirst().file()) + " "
                    + broken.getFirst().sentence().replaceFirst(";.*", "") + "; take another backup");
        }
    }

    private static void copy(Path from, Path to, List<Path> except) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.sorted().toList()) {
                if (except.stream().anyMatch(path::startsWith)) {
                    continue;
                }
                Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Home.ownerOnlyFolder(target);
                } else {
                    copyFile(path, target);
                }
            }
        }
    }

    private static void copyFile(Path from, Path to) throws IOException {
        try {
            Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
        } catch (java.nio.file.NoSuchFileException gone) {
            // Status files and temporary files come and go while a centre runs; what matters is always there.
            if (Files.exists(from)) {
                throw gone;
            }
            return;
        }
        if (Files.getFileStore(to).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rw-------"));
        }
    }
}
