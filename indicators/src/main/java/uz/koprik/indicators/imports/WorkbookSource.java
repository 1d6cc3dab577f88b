package uz.koprik.indicators.imports;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import uz.koprik.crypto.PrivateFiles;
import uz.koprik.indicators.imports.layout.FileFault;
import uz.koprik.indicators.imports.layout.ImportSentence;
import uz.koprik.indicators.imports.layout.TableColumn;

/**
 * The sheets of an XLSX workbook, one after the other. The workbook is copied before it is read, since spreadsheets are
 * read from their end; {@link #close} deletes the copy.
 */
final class WorkbookSource implements ImportReader.Source {

    /** Largest workbook. */
    private static final long MAX_BYTES = 256L << 20;

    private final Path folder;
    private final List<TableSource> sheets = new ArrayList<>();
    private final List<ImportItem.ImportNote> notes = new ArrayList<>();
    private int at;

    private WorkbookSource(Path folder) {
        this.folder = folder;
    }

    static WorkbookSource of(InputStream in, ImportOptions options) throws IOException, ImportRefused {
        Path folder = Files.createTempDirectory("koprik-import-");
        WorkbookSource source = new WorkbookSource(folder);
        try {
            Path file = folder.resolve("workbook");
            copy(in, file);
            source.open(file, XlsxTable.outline(file), options);
            return source;
        } catch (IOException | ImportRefused | RuntimeException e) {
            source.close();
            throw e;
        }
    }

    private static void copy(InputStream in, Path file) throws IOException, ImportRefused {
        byte[] buffer = new byte[64 << 10];
        long all = 0;
        try (OutputStream out = Channels.newOutputStream(
                PrivateFiles.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                all += n;
                if (all > MAX_BYTES) {
                    throw new ImportRefused(FileFault.LARGE_WORKBOOK.of(MAX_BYTES >> 20));
                }
                out.write(buffer, 0, n);
            }
        }
    }

    /** Sheets without values are named and left out, unless none has any. */
    private void open(Path file, Map<String, XlsxTable.Marks> outline, ImportOptions options)
            throws IOException, ImportRefused {
        ImportRefused why = null;
        Set<String> names = outline.keySet();
        boolean merges = outline.values().stream()
                .anyMatch(marks -> !marks.shape().merges().isEmpty());
        if (merges) {
            notes.add(new ImportItem.ImportNote("workbook", ImportSentence.MERGED_CELLS.of()));
        }
        for (String name : names) {
            try {
                TableSource sheet = TableSource.sheet(file, name, outline.get(name), names.size() == 1, options);
                sheets.add(sheet);
                if (outline.get(name).hidden()) {
                    notes.add(new ImportItem.ImportNote("sheet " + name, ImportSentence.HIDDEN_SHEET.of()));
                }
                sheet.notes()
                        .forEach(note -> notes.add(
                                names.size() == 1
                                        ? note
                                        : new ImportItem.ImportNote(
                                                "sheet " + name + ", " + note.where(), note.sentence())));
            } catch (ImportRefused e) {
                why = why == null ? e : why;
                notes.add(new ImportItem.ImportNote("sheet " + name, ImportSentence.UNUSED_SHEET.of(e.getMessage())));
            }
        }
        if (sheets.isEmpty()) {
            throw why == null ? new ImportRefused(FileFault.NO_SHEET.of()) : why;
        }
    }

    @Override
    public List<ImportItem.ImportNote> notes() {
        return notes;
    }

    @Override
    public List<TableColumn> columns() {
        return sheets.stream().flatMap(sheet -> sheet.columns().stream()).toList();
    }

    @Override
    public ImportItem next() throws IOException, ImportRefused {
        while (at < sheets.size()) {
            ImportItem item = sheets.get(at).next();
            if (item != null) {
                return item;
            }
            at++;
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        for (TableSource sheet : sheets) {
            sheet.close();
        }
        Files.deleteIfExists(folder.resolve("workbook"));
        Files.deleteIfExists(folder);
    }
}
