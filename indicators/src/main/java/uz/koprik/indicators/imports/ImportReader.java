package uz.koprik.indicators.imports;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import uz.koprik.indicators.imports.layout.FeedLayout;
import uz.koprik.indicators.imports.layout.FileFault;
import uz.koprik.indicators.imports.layout.ForeignForm;
import uz.koprik.indicators.imports.layout.ImportSentence;
import uz.koprik.indicators.imports.layout.ListLayout;
import uz.koprik.indicators.imports.layout.TableColumn;
import uz.koprik.indicators.imports.layout.TableShape;
import uz.koprik.indicators.translate.misp.EarlierObjects;
import uz.koprik.indicators.wording.Sentence;

/**
 * Reads a file of any size row by row with bounded memory. A bad row comes out as {@link ImportItem.RefusedRow} and
 * does not stop the others. Not safe for use by several threads.
 */
public final class ImportReader implements AutoCloseable {

    /** How much of a file is looked at to find out what it is. */
    private static final int HEAD = 64 << 10;

    /** What each format does differently. */
    interface Source {
        /** The next item, or null at the end. */
        ImportItem next() throws IOException, ImportRefused;

        /** What is to be said of the file before its items. */
        default List<ImportItem.ImportNote> notes() {
            return List.of();
        }

        /** The columns of a table; empty for what is none. */
        default List<TableColumn> columns() {
            return List.of();
        }

        default void close() throws IOException {}
    }

    private final InputStream in;
    private final ImportFormat format;
    private final Source source;
    private final List<ImportItem.ImportNote> notes;

    private ImportReader(InputStream in, ImportFormat format, Source source, List<ImportItem.ImportNote> notes) {
        this.in = in;
        this.format = format;
        this.source = source;
        this.notes = List.copyOf(notes);
    }

    /**
     * Values of a text whose encoding is a guess: those with characters beyond ASCII are refused, since another
     * encoding would make other values of them.
     */
    private record GuessedText(Source source) implements Source {
        @Override
        public ImportItem next() throws IOException, ImportRefused {
            ImportItem item = source.next();
            boolean guessed = item instanceof ImportItem.Value value
                    && value.observables().stream()
                            .anyMatch(one -> one.value().startsWith("xn--")
                                    || one.value().contains(".xn--")
                                    || one.value().contains("/xn--")
                                    || !one.value().chars().allMatch(c -> c < 0x80));
            return guessed ? new ImportItem.RefusedRow(item.where(), ImportSentence.GUESSED_VALUE.of()) : item;
        }

        @Override
        public List<TableColumn> columns() {
            return source.columns();
        }

        @Override
        public void close() throws IOException {
            source.close();
        }
    }

    /**
     * Begins to read.
     *
     * @param in the file, packed with gz or not; closed by {@link #close}
     * @throws ImportRefused when it is no file that can be imported
     */
    public static ImportReader open(InputStream in, ImportOptions options) throws IOException, ImportRefused {
        return open(in, options, EarlierObjects.NONE);
    }

    /**
     * Begins to read a file that may have been imported before.
     *
     * @param earlier what earlier imports of MISP events stored; asked by {@link #next}
     */
    public static ImportReader open(InputStream in, ImportOptions options, EarlierObjects earlier)
            throws IOException, ImportRefused {
        try {
            InputStream agreeing = FileShape.agreeing(in, options.fileName());
            InputStream packed = new BufferedInputStream(UnpackLimit.of(agreeing, options.maxRatio()), HEAD);
            byte[] begin = head(packed);
            if (options.format().orElse(ImportFormat.XLSX) == ImportFormat.XLSX
                    && ImportFormat.detect(begin, "") == ImportFormat.XLSX) {
                Source source = WorkbookSource.of(packed, options);
                return new ImportReader(in, ImportFormat.XLSX, source, source.notes());
            }
            TextEncoding encoding = options.hints().encoding().isEmpty()
                    ? TextEncoding.detect(begin)
                    : TextEncoding.stated(options.hints().encoding(), begin);
            if (encoding.charset().equals(StandardCharsets.UTF_8)) {
                refuseUnreadable(begin);
            }
            InputStream text = packed;
            byte[] head = begin;
            List<ImportItem.ImportNote> notes = new ArrayList<>();
            if (!encoding.charset().equals(StandardCharsets.UTF_8)) {
                text = new BufferedInputStream(encoding.utf8(packed), HEAD);
                head = head(text);
                if (encoding.isGuessed()) {
                    notes.add(new ImportItem.ImportNote("encoding", encoding.warning()));
                }
            }
            ImportFormat format = format(head, options);
            if (format == ImportFormat.OBJECTS
                    || format == ImportFormat.SINGLE_OBJECT
                    || format == ImportFormat.MISP
                    || format == ImportFormat.RECORDS) {
                ObjectText.skipMark(text); // readers of tables and lists skip it themselves
            }
            try {
                Source source = source(text, head, format, options, earlier);
                notes.addAll(source.notes());
                return new ImportReader(in, format, encoding.isGuessed() ? new GuessedText(source) : source, notes);
            } catch (ImportRefused e) {
                if (encoding.isGuessed()) {
                    throw new ImportRefused(
                            FileFault.GUESSED_CHARSET.of(encoding.charset().name(), e.getMessage()), e);
                }
                throw e;
            }
        } catch (SuspiciousArchive e) {
            throw new ImportRefused(e);
        }
    }

    private static ImportFormat format(byte[] head, ImportOptions options) throws ImportRefused {
        if (options.format().isPresent()) {
            return options.format().get();
        }
        Optional<Sentence> foreign = ForeignForm.problem(new String(head, StandardCharsets.UTF_8));
        if (foreign.isPresent()) {
            throw new ImportRefused(foreign.get());
        }
        ImportFormat found = ImportFormat.detect(head, options.fileName());
        boolean json =
                switch (found) {
                    case OBJECTS, SINGLE_OBJECT, MISP, RECORDS, JSON_LINES -> true;
                    case CSV, TSV, LIST, XLSX -> false;
                };
        boolean table = found == ImportFormat.LIST && !options.hints().named().isEmpty();
        if (json || options.hints().feed().isEmpty()) {
            return table ? ImportFormat.CSV : found; // who names a column knows that there are some
        }
        return switch (options.hints().feed().get().reading()) {
            case LINES -> ImportFormat.LIST;
            case TABLE -> ImportFormat.CSV;
            case FOUND_OUT ->
                throw new ImportRefused(
                        FileFault.LAYOUT_IS_JSON.of(options.hints().feed().get().title()));
        };
    }

    /**
     * What is to be said of the file before anything of it is stored: columns that are not used, a guessed encoding.
     */
    public List<ImportItem.ImportNote> notes() {
        return notes;
    }

    /** The columns of a table, with what each is used for; empty for what is none. */
    public List<TableColumn> columns() {
        return source.columns();
    }

    /** What it is read as. */
    public ImportFormat format() {
        return format;
    }

    /**
     * The next row or object, or null at the end.
     *
     * @throws ImportRefused when the file cannot be read on; what came before stays good
     */
    public ImportItem next() throws IOException, ImportRefused {
        try {
            return source.next();
        } catch (SuspiciousArchive e) {
            throw new ImportRefused(e);
        }
    }

    @Override
    public void close() throws IOException {
        try (in) {
            source.close();
        }
    }

    private static Source source(
            InputStream text, byte[] head, ImportFormat format, ImportOptions options, EarlierObjects earlier)
            throws IOException, ImportRefused {
        return switch (format) {
            case OBJECTS -> ObjectsSource.of(text, options.maxObjectBytes());
            case SINGLE_OBJECT -> new SingleObjectSource(text, options.maxObjectBytes());
            case CSV -> TableSource.text(text, TableShape.of(lines(head), options.fileName()), lines(head), options);
            case TSV -> TableSource.text(text, TableShape.of(lines(head), "x.tsv"), lines(head), options);
            case LIST -> {
                List<String> first = lines(head);
                yield new ListSource(
                        text,
                        options.hints().feed().flatMap(FeedLayout::lines).orElseGet(() -> ListLayout.of(first)),
                        first,
                        options);
            }
            case XLSX -> WorkbookSource.of(text, options);
            case RECORDS -> RecordsSource.text(text, options);
            case JSON_LINES -> RecordsSource.lines(text, options);
            case MISP -> new MispSource(text, options, earlier);
        };
    }

    /** Whole lines of a head; the last one may be cut. */
    private static List<String> lines(byte[] head) {
        String text = new String(head, StandardCharsets.UTF_8);
        List<String> lines =
                (text.startsWith("\uFEFF") ? text.substring(1) : text).lines().toList();
        return head.length == HEAD && lines.size() > 1 ? lines.subList(0, lines.size() - 1) : lines;
    }

    private static byte[] head(InputStream text) throws IOException {
        text.mark(HEAD);
        byte[] head = new byte[HEAD];
        int length = text.readNBytes(head, 0, HEAD);
        text.reset();
        return Arrays.copyOf(head, length);
    }

    static void refuseUnreadable(byte[] head) throws ImportRefused {
        if (head.length == 0) {
            throw new ImportRefused(FileFault.EMPTY_FILE.of());
        }
        boolean utf16 = head.length >= 2
                && ((head[0] == (byte) 0xFE && head[1] == (byte) 0xFF)
                        || (head[0] == (byte) 0xFF && head[1] == (byte) 0xFE));
        if (utf16) {
            throw new ImportRefused(FileFault.UTF_16.of());
        }
        for (byte b : head) {
            if (b == 0) {
                throw new ImportRefused(FileFault.NO_TEXT.of());
            }
        }
    }
}
