package uz.koprik.gateway.cases;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.algorithm.SigningUnavailable;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.config.ConfigException;
import uz.koprik.gateway.trouble.FolderTrouble;
import uz.koprik.indicators.cases.tables.CaseMapping;
import uz.koprik.indicators.imports.ImportRefused;
import uz.koprik.indicators.observable.text.Recognition;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.wording.Sentence;

/**
 * A folder into which another system puts tables of cases. A file is taken when it has not changed for a while, and
 * then moved to {@code done/} or {@code failed/} with its report beside it: the report is written first, so that after
 * a crash between the two the file is only moved. A crash before that means that the table is imported once more, which
 * changes nothing.
 *
 * <p>The folder is looked at again and again rather than watched by the system, so that network shares work. For one
 * thread.
 */
final class WatchedFolder {

    private static final Logger LOG = LoggerFactory.getLogger(WatchedFolder.class);

    /** Suffixes of files that are still being written. */
    private static final Set<String> UNFINISHED = Set.of("tmp", "part", "partial", "filepart", "crdownload", "lock");

    /**
     * Settings of a watched folder.
     *
     * @param folder the folder
     * @param mapping name of the mapping; empty for tables whose columns are named as the parts of cases are
     * @param account its rights apply, and the history of cases names it
     * @param settle a file that has not changed for this time is complete
     */
    record Terms(Path folder, String mapping, String account, Duration settle) {}

    /** The state of a file, and since when it has not changed. */
    private record FileState(long size, Instant modified, Instant since) {

        boolean sameAs(FileState other) {
            return size == other.size && modified.equals(other.modified);
        }
    }

    private final Terms terms;
    private final Function<String, Optional<Caller>> callers;
    private final CaseService book;
    private final CaseTables tables;
    private final Recognition recognition;
    private final InstantSource clock;
    private final BooleanSupplier stopping;
    private final Map<String, FileState> seen = new HashMap<>();
    private volatile Sentence trouble = Sentence.NONE;
    private volatile int waiting;

    /**
     * @param callers the holder of an account
     * @param stopping turns true to interrupt an import, which is repeated after the next start
     */
    WatchedFolder(
            Terms terms,
            Function<String, Optional<Caller>> callers,
            CaseService book,
            CaseTables tables,
            Recognition recognition,
            InstantSource clock,
            BooleanSupplier stopping) {
        this.terms = terms;
        this.callers = callers;
        this.book = book;
        this.tables = tables;
        this.recognition = recognition;
        this.clock = clock;
        this.stopping = stopping;
    }

    /** Imports complete files once. A failure is logged when it begins, and the import is tried again next time. */
    void look() {
        try {
            Map<String, Path> files = files();
            seen.keySet().retainAll(files.keySet());
            waiting = files.size();
            for (Map.Entry<String, Path> file : files.entrySet()) {
                if (!stopping.getAsBoolean() && isComplete(file.getKey(), file.getValue())) {
                    take(file.getKey(), file.getValue());
                }
            }
            trouble(Sentence.NONE);
        } catch (NoSuchFileException gone) {
            trouble(FolderTrouble.FOLDER_GONE.of());
        } catch (IOException e) {
            trouble(said(FolderTrouble.FOLDER_UNUSABLE, e));
        } catch (ConfigException e) {
            trouble(said(FolderTrouble.FOLDER_SETTING_WRONG, e));
        } catch (StoreUnavailable e) {
            trouble(FolderTrouble.FOLDER_STORE_AWAY.of());
        } catch (SigningUnavailable e) {
            trouble(said(FolderTrouble.FOLDER_CANNOT_SIGN, e));
        } catch (RuntimeException e) {
            LOG.error("watched folder {}: unexpected failure", terms.folder(), e);
        }
    }

    /** As it was at the last look. */
    WatchedFolders.State state() {
        return new WatchedFolders.State(
                terms.folder(),
                terms.mapping(),
                terms.account(),
                waiting,
                Optional.of(trouble).filter(now -> !now.isEmpty()));
    }

    private static Sentence said(FolderTrouble kind, Exception failure) {
        return kind.with(Map.of(Sentence.SAID, String.valueOf(failure.getMessage())));
    }

    private void trouble(Sentence now) {
        if (!now.isEmpty() && !now.equals(trouble)) {
            LOG.error("watched folder {} {}", terms.folder(), now.text());
        } else if (now.isEmpty() && !trouble.isEmpty()) {
            LOG.info("watched folder {} works again", terms.folder());
        }
        trouble = now;
    }

    private Map<String, Path> files() throws IOException {
        Map<String, Path> files = new TreeMap<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(terms.folder())) {
            for (Path file : all) {
                String name = file.getFileName().toString();
                String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
                // Symbolic links could lead anywhere. Spreadsheet programs mark open files by ~$.
                if (!name.startsWith(".")
                        && !name.startsWith("~$")
                        && !UNFINISHED.contains(ending)
                        && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    files.put(name, file);
                }
            }
        }
        return files;
    }

    private boolean isComplete(String name, Path file) throws IOException {
        FileState now = stat(file);
        FileState before = seen.get(name);
        if (before == null || !before.sameAs(now)) {
            seen.put(name, now);
            return terms.settle().isZero();
        }
        return !clock.instant().isBefore(before.since().plus(terms.settle()));
    }

    private FileState stat(Path file) throws IOException {
        BasicFileAttributes attributes =
                Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return new FileState(attributes.size(), attributes.lastModifiedTime().toInstant(), clock.instant());
    }

    private void take(String name, Path file) throws IOException, ConfigException, StoreUnavailable {
        FileState before = stat(file);
        for (String place : new String[] {ImportReport.DONE, ImportReport.FAILED}) {
            if (ImportReport.tellsOf(terms.folder().resolve(place), name, before.size(), before.modified())) {
                move(file, place, name);
                return;
            }
        }
        Caller caller = caller();
        Optional<CaseMapping> mapping = mapping();
        ImportReport report = new ImportReport(name, before.size(), before.modified(), clock.instant());
        boolean whole = true;
        try (InputStream in = Files.newInputStream(file);
                CaseTables.OpenTable table = tables.open(in, name, mapping, recognition)) {
            if (!before.sameAs(stat(file))) {
                seen.remove(name);
                return; // still being written: what was copied may be half of it
            }
            new CaseImport(book, caller, clock).run(table.rows(), (tally, faults) -> {
                report.told(tally, faults);
                if (stopping.getAsBoolean()) {
                    throw new ImportStop();
                }
            });
        } catch (ImportRefused e) {
            report.refused(e.getMessage());
            whole = false;
        } catch (ImportStop e) {
            LOG.info("watched folder {}: {} is imported again after the next start", terms.folder(), name);
            return;
        }
        String place = whole ? ImportReport.DONE : ImportReport.FAILED;
        String kept = free(terms.folder().resolve(place), name);
        report.write(terms.folder().resolve(place), kept, clock.instant());
        LOG.info("watched folder {}: {}: {}", terms.folder(), name, report.inShort());
        if (before.sameAs(stat(file))) {
            move(file, place, kept);
        }
        seen.remove(name);
    }

    private Caller caller() throws ConfigException {
        Caller caller = callers.apply(terms.account())
                .orElseThrow(() ->
                        new ConfigException("koprik.yaml", 0, "cases.watch: there is no account " + terms.account()));
        if (!caller.may(Right.CASES)) {
            throw new ConfigException(
                    "koprik.yaml",
                    0,
                    "cases.watch: the account " + terms.account() + " has no right to work on case files");
        }
        return caller;
    }

    private Optional<CaseMapping> mapping() throws IOException, ConfigException {
        if (terms.mapping().isEmpty()) {
            return Optional.empty();
        }
        String text = tables.text(terms.mapping())
                .orElseThrow(() ->
                        new ConfigException("koprik.yaml", 0, "cases.watch: there is no mapping " + terms.mapping()));
        return Optional.of(MappingText.parse(terms.mapping(), text));
    }

    private void move(Path file, String place, String name) throws IOException {
        Files.move(file, terms.folder().resolve(place).resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    /** The name under which a file is kept: its own, unless an earlier one has it. */
    private String free(Path folder, String name) {
        int dot = name.lastIndexOf('.');
        String stem = dot <= 0 ? name : name.substring(0, dot);
        String ending = dot <= 0 ? "" : name.substring(dot);
        String free = name;
        for (int i = 2; Files.exists(folder.resolve(free)); i++) {
            free = stem + '-' + i + ending;
        }
        return free;
    }

    /** Breaks off a table between two batches. */
    private static final class ImportStop extends IOException {

        private static final long serialVersionUID = 1L;

        ImportStop() {
            super("the centre is stopping");
        }
    }
}
