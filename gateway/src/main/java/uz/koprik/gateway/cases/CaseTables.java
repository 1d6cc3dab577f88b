package uz.koprik.gateway.cases;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import uz.koprik.crypto.PrivateFiles;
import uz.koprik.gateway.config.ConfigException;
import uz.koprik.gateway.config.Home;
import uz.koprik.gateway.config.SecretFile;
import uz.koprik.indicators.cases.tables.CaseMapping;
import uz.koprik.indicators.cases.tables.CaseRowReader;
import uz.koprik.indicators.imports.ImportRefused;
import uz.koprik.indicators.imports.TableFiles;
import uz.koprik.indicators.imports.layout.FileFault;
import uz.koprik.indicators.observable.text.Recognition;

/**
 * Tables of cases and named mappings. A table is copied before it is read: a spreadsheet is read from its end, and the
 * file may change meanwhile.
 *
 * @param mappings folder of the mappings, {@code NAME.yaml}
 * @param spool folder for copies, which are thrown away at once
 */
public record CaseTables(Path mappings, Path spool) {

    /** Largest table. */
    public static final long MAX_BYTES = 1L << 30;

    private static final String NAME = "[a-z0-9][a-z0-9-]{0,62}";
    private static final String ENDING = ".yaml";

    /** Whether a text can be the name of a mapping. */
    public static boolean isName(String text) {
        return text.matches(NAME);
    }

    /** Names of all mappings. */
    public List<String> names() throws IOException {
        if (!Files.isDirectory(mappings)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(mappings)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(ENDING))
                    .map(file -> file.substring(0, file.length() - ENDING.length()))
                    .filter(CaseTables::isName)
                    .sorted()
                    .toList();
        }
    }

    /** The text of a mapping; empty when there is none of that name. */
    public Optional<String> text(String name) throws IOException {
        if (!isName(name)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readString(mappings.resolve(name + ENDING)));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
    }

    /**
     * Stores a mapping atomically.
     *
     * @throws ConfigException when the text is no mapping
     */
    public void save(String name, String text) throws IOException, ConfigException {
        if (!isName(name)) {
            throw new ConfigException(name, 0, "the name of a mapping is of a-z, 0-9 and hyphens");
        }
        MappingText.parse(name, text);
        PrivateFiles.folders(mappings);
        SecretFile.replace(mappings.resolve(name + ENDING), text.getBytes(StandardCharsets.UTF_8));
    }

    /** A table that has been copied and is being read; closing it throws the copy away. */
    public static final class OpenTable implements AutoCloseable {

        private final Path folder;
        private final CaseRowReader rows;

        private OpenTable(Path folder, CaseRowReader rows) {
            this.folder = folder;
            this.rows = rows;
        }

        public CaseRowReader rows() {
            return rows;
        }

        @Override
        public void close() throws IOException {
            rows.close();
            throwAway(folder);
        }
    }

    /**
     * Copies and opens a table.
     *
     * @param name the file name that the sender gives
     * @param mapping empty for a table whose columns are named as the parts of cases are
     * @throws ImportRefused when the content is no table, or lacks a column
     */
    public OpenTable open(InputStream in, String name, Optional<CaseMapping> mapping, Recognition recognition)
            throws IOException, ImportRefused {
        Path folder = newFolder("table-");
        try {
            Path file = folder.resolve("table");
            try (OutputStream out = Channels.newOutputStream(
                    PrivateFiles.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
                copy(in, out);
            }
            CaseMapping used = mapping.orElseGet(CaseMapping::plain);
            return new OpenTable(
                    folder,
                    CaseRowReader.open(TableFiles.open(file, name, used.form()), used, recognition, mapping.isEmpty()));
        } catch (IOException | ImportRefused | RuntimeException e) {
            throwAway(folder);
            throw e;
        }
    }

    private static void copy(InputStream in, OutputStream out) throws IOException, ImportRefused {
        byte[] buffer = new byte[64 << 10];
        long all = 0;
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            all += n;
            if (all > MAX_BYTES) {
                throw new ImportRefused(FileFault.LARGE_TABLE.of(MAX_BYTES));
            }
            out.write(buffer, 0, n);
        }
    }

    /** A new folder for copies of files while they are read; the caller removes it by {@link #throwAway}. */
    public Path newFolder(String prefix) throws IOException {
        Home.ownerOnlyFolder(spool);
        return Files.createTempDirectory(spool, prefix);
    }

    /** Deletes copies that an earlier process left. */
    public void sweep() throws IOException {
        if (Files.isDirectory(spool)) {
            try (Stream<Path> left = Files.list(spool)) {
                for (Path folder : left.toList()) {
                    throwAway(folder);
                }
            }
        }
    }

    /** Deletes a folder with everything in it. */
    public static void throwAway(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
