package uz.koprik.indicators.imports;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import uz.koprik.indicators.imports.layout.CellForms;
import uz.koprik.indicators.imports.layout.CellValues;
import uz.koprik.indicators.imports.layout.ColumnChoice;
import uz.koprik.indicators.imports.layout.ColumnRole;
import uz.koprik.indicators.imports.layout.FeedLayout;
import uz.koprik.indicators.imports.layout.FileFault;
import uz.koprik.indicators.imports.layout.ImportSentence;
import uz.koprik.indicators.imports.layout.StatedMarking;
import uz.koprik.indicators.imports.layout.TableColumn;
import uz.koprik.indicators.imports.layout.TableShape;
import uz.koprik.indicators.imports.layout.TlpNumbers;
import uz.koprik.indicators.imports.layout.TypeWords;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.wording.Sentence;

/** Tables: values in the rows, columns with roles. The first rows are kept until the columns are chosen. */
final class TableSource implements ImportReader.Source {

    /** Rows by which columns are chosen. */
    private static final int SAMPLE = 64;

    /** The columns of the list of certificates of SSLBL; its list of addresses has no hash. */
    private static final Set<String> CERTIFICATES = Set.of("listingdate", "sha1", "listingreason");

    private static final String LINKED = "the value is the target of a link, and the cell shows another text";

    /** Rows of a table, of text or of a workbook. */
    interface Rows extends AutoCloseable {
        boolean next() throws IOException, ImportRefused;

        String where();

        List<String> fields();

        Sentence fault();

        /** Whether a spreadsheet does not show the row. */
        default boolean hidden() {
            return false;
        }

        /** Where links of the row lead, by the places of their cells from 0. */
        default Map<Integer, String> links() {
            return Map.of();
        }

        @Override
        default void close() throws IOException {}
    }

    private record SampleRow(
            String where, List<String> fields, Sentence fault, boolean hidden, Map<Integer, String> links) {

        static SampleRow of(Rows rows) {
            return new SampleRow(rows.where(), List.copyOf(rows.fields()), rows.fault(), rows.hidden(), rows.links());
        }
    }

    private final Rows rows;
    private final Iterator<SampleRow> sample;
    private final RowItems items;
    private final CellValues values;
    private final boolean ruled;
    private final Queue<ImportItem> waiting = new ArrayDeque<>();
    private final List<TableColumn> columns;
    private final List<ImportItem.ImportNote> notes;

    private TableSource(
            Rows rows,
            List<SampleRow> sample,
            List<TableColumn> columns,
            CellValues values,
            boolean ruled,
            List<ImportItem.ImportNote> notes) {
        this.rows = rows;
        this.sample = sample.iterator();
        this.items = new RowItems(columns, values);
        this.values = values;
        this.ruled = ruled;
        this.columns = columns;
        this.notes = notes;
    }

    /** States the marking of rows without one, in titles above them or in comments. */
    private TableSource marked(Optional<Tlp> marking) {
        items.mark(marking);
        marking.ifPresent(tlp -> notes.add(new ImportItem.ImportNote("header", StatedMarking.note(tlp))));
        return this;
    }

    /**
     * A table in a text.
     *
     * @param shape how the text is laid out, by its beginning
     * @param head its first lines
     */
    static TableSource text(InputStream text, TableShape shape, List<String> head, ImportOptions options)
            throws IOException, ImportRefused {
        RowReader reader = new RowReader(text, shape.separator());
        return open(
                new Rows() {
                    @Override
                    public boolean next() throws IOException {
                        return reader.next();
                    }

                    @Override
                    public String where() {
                        return "line " + reader.number();
                    }

                    @Override
                    public List<String> fields() {
                        return reader.fields();
                    }

                    @Override
                    public Sentence fault() {
                        return reader.fault();
                    }
                },
                shape.commentHeader(),
                StatedMarking.above(head),
                shape.separator() == '|',
                options);
    }

    /**
     * A sheet of a workbook that {@link XlsxTable#outline} read.
     *
     * @param marks what it has besides cells
     * @param only whether the workbook has no other sheet, so that places need not name it
     */
    static TableSource sheet(Path file, String name, XlsxTable.Marks marks, boolean only, ImportOptions options)
            throws IOException, ImportRefused {
        XlsxTable table = XlsxTable.openChecked(file, name, UnaryOperator.identity(), marks);
        String before = only ? "line " : "sheet " + name + ", line ";
        try {
            return open(
                    new Rows() {
                        @Override
                        public boolean next() throws IOException, ImportRefused {
                            return table.next();
                        }

                        @Override
                        public String where() {
                            return before + table.line();
                        }

                        @Override
                        public List<String> fields() {
                            return table.cells().stream()
                                    .map(cell -> cell.content() == Table.Content.FAULT ? "" : cell.text())
                                    .toList();
                        }

                        @Override
                        public Sentence fault() {
                            return table.cells().stream()
                                    .filter(cell -> cell.content() == Table.Content.FAULT)
                                    .map(Table.Cell::text)
                                    .findFirst()
                                    .map(Sentence::other)
                                    .orElse(Sentence.NONE);
                        }

                        @Override
                        public boolean hidden() {
                            return table.isHidden();
                        }

                        @Override
                        public Map<Integer, String> links() {
                            return table.links();
                        }

                        @Override
                        public void close() throws IOException {
                            table.close();
                        }
                    },
                    List.of(),
                    Optional.empty(),
                    false,
                    options);
        } catch (IOException | ImportRefused | RuntimeException e) {
            table.close();
            throw e;
        }
    }

    private static TableSource open(
            Rows rows, List<String> commentHeader, Optional<Tlp> marking, boolean ruled, ImportOptions options)
            throws IOException, ImportRefused {
        List<SampleRow> sample = new ArrayList<>();
        while (sample.size() < SAMPLE && rows.next()) {
            sample.add(SampleRow.of(rows));
        }
        if (sample.isEmpty()) {
            throw new ImportRefused(FileFault.NO_ROWS.of());
        }
        CellValues values = new CellValues(options.recognition());
        List<ImportItem.ImportNote> notes = new ArrayList<>();
        if (options.columns().isPresent()) {
            boolean header = commentHeader.isEmpty() && isHeader(sample.getFirst(), values);
            List<TableColumn> columns = options.columns().get().columns();
            if (header) {
                noteUnused(named(columns, sample.getFirst().fields()), rowsOf(rest(sample, 1)), notes);
            }
            List<SampleRow> data = rest(sample, header ? 1 : 0);
            noteNumbers(columns, rowsOf(data), notes);
            return new TableSource(rows, data, columns, values, ruled, notes).marked(marking);
        }
        if (!sample.getFirst().fault().isEmpty()) {
            throw new ImportRefused(FileFault.UNUSABLE_HEADER.of(
                    sample.getFirst().where(), sample.getFirst().fault().text()));
        }
        int at = commentHeader.isEmpty() ? header(sample, values) : -1;
        if (commentHeader.isEmpty() && at < 0) {
            return headless(rows, sample, values, ruled, options, notes).marked(marking);
        }
        if (at > 0) {
            notes.add(new ImportItem.ImportNote(
                    sample.getFirst().where(),
                    ImportSentence.BEFORE_HEADER.of(sample.get(at).where())));
        }
        List<String> header = at < 0 ? commentHeader : sample.get(at).fields();
        List<SampleRow> data = rest(sample, at + 1);
        ColumnChoice choice = choice(header, rowsOf(data), options.hints(), values, notes);
        noteUnused(choice.columns(), rowsOf(data), notes);
        Optional<Tlp> title = StatedMarking.of(sample.subList(0, Math.max(at, 0)).stream()
                .flatMap(row -> row.fields().stream())
                .toList());
        return new TableSource(rows, data, choice.columns(), values, ruled, notes).marked(marking.or(() -> title));
    }

    /** The columns of a table or of objects, chosen by their names. */
    static ColumnChoice choice(
            List<String> header,
            List<List<String>> rows,
            ImportOptions.Hints hints,
            CellValues values,
            List<ImportItem.ImportNote> notes)
            throws ImportRefused {
        Map<String, ColumnRole> stated = new HashMap<>();
        Optional<FeedLayout> feed = hints.feed().or(() -> FeedLayout.ofColumns(header));
        feed.ifPresent(known -> stated.putAll(known.roles(header)));
        List<String> bare = header.stream().map(TypeWords::bare).toList();
        for (String name : hints.named().keySet()) {
            if (!bare.contains(name)) {
                throw new ImportRefused(FileFault.NO_SUCH_COLUMN.of(
                        header.stream().filter(one -> !one.isBlank()).collect(Collectors.joining(", "))));
            }
        }
        if (hints.named().isEmpty() && bare.containsAll(CERTIFICATES)) {
            throw new ImportRefused(FileFault.CERTIFICATE_HASHES.of());
        }
        stated.putAll(hints.named());
        ColumnChoice choice = ColumnChoice.of(header, rows, stated, values::isValue);
        if (!choice.problem().isEmpty()) {
            throw new ImportRefused(hints.feed()
                    .map(known -> FileFault.OTHER_LAYOUT.of(
                            known.title(), choice.problem().text()))
                    .orElse(choice.problem()));
        }
        feed.ifPresent(
                known -> notes.add(new ImportItem.ImportNote("header", ImportSentence.READ_AS.of(known.title()))));
        noteNumbers(choice.columns(), rows, notes);
        return choice;
    }

    /** Says how numbers in columns of markings are read, when the first rows have some. */
    private static void noteNumbers(
            List<TableColumn> columns, List<List<String>> rows, List<ImportItem.ImportNote> notes) {
        for (int i = 0; i < columns.size(); i++) {
            int at = i;
            boolean numbers = columns.get(i).role() == ColumnRole.TLP
                    && rows.stream().anyMatch(row -> row.size() > at && TlpNumbers.has(row.get(at)));
            if (numbers) {
                notes.add(new ImportItem.ImportNote(
                        "header", TlpNumbers.note(columns.get(i).header())));
            }
        }
    }

    /** @param rows the first rows: a column without a name is named by its number when one of them has a cell there */
    static void noteUnused(List<TableColumn> columns, List<List<String>> rows, List<ImportItem.ImportNote> notes) {
        List<String> unused = new ArrayList<>(new ColumnChoice(columns, Sentence.NONE).unused());
        for (int i = 0; i < columns.size(); i++) {
            int at = i;
            boolean bare = columns.get(i).role() == ColumnRole.SKIP
                    && columns.get(i).header().isBlank();
            if (bare
                    && rows.stream()
                            .anyMatch(row -> row.size() > at && !row.get(at).isBlank())) {
                unused.add("column " + (i + 1) + " (without a name)");
            }
        }
        if (!unused.isEmpty()) {
            notes.add(new ImportItem.ImportNote("header", ImportSentence.UNUSED_COLUMNS.of(String.join(", ", unused))));
        }
    }

    private static List<TableColumn> named(List<TableColumn> columns, List<String> header) {
        List<TableColumn> named = new ArrayList<>();
        for (int i = 0; i < Math.min(columns.size(), header.size()); i++) {
            named.add(new TableColumn(header.get(i), columns.get(i).role(), List.of()));
        }
        return named;
    }

    /** The first row that names columns, with nothing but titles before it; -1 for none. */
    private static int header(List<SampleRow> sample, CellValues values) {
        for (int i = 0; i < Math.min(sample.size(), TableShape.PREAMBLE); i++) {
            SampleRow row = sample.get(i);
            int next = i + 1 < sample.size()
                    ? sample.get(i + 1).fields().size()
                    : row.fields().size();
            boolean wide = i == 0 || (row.fields().size() > 1 && row.fields().size() == next);
            if (wide && isHeader(row, values)) {
                boolean twice = i + 1 < sample.size()
                        && isHeader(sample.get(i + 1), values)
                        && ColumnChoice.isBetterHeader(sample.get(i + 1).fields(), row.fields());
                return twice ? i + 1 : i;
            }
            if (row.fields().stream().anyMatch(cell -> values.isValue(cell, List.of()))) {
                return -1;
            }
        }
        return -1;
    }

    private static boolean isHeader(SampleRow row, CellValues values) {
        return ColumnChoice.isHeader(row.fields())
                && row.fields().stream().noneMatch(cell -> values.isValue(cell, List.of()));
    }

    /** A table without a header is read when one column alone has values. */
    private static TableSource headless(
            Rows rows,
            List<SampleRow> sample,
            CellValues values,
            boolean ruled,
            ImportOptions options,
            List<ImportItem.ImportNote> notes)
            throws ImportRefused {
        List<List<String>> data = rowsOf(sample);
        if (data.stream().allMatch(TableSource::isMispIndex)) {
            throw new ImportRefused(FileFault.MISP_HASHES.of());
        }
        int width = data.stream().mapToInt(List::size).max().orElse(0);
        List<TableColumn> columns = new ArrayList<>();
        int found = 0;
        boolean sure = options.hints().named().isEmpty();
        for (int i = 0; i < width; i++) {
            int column = i;
            List<String> cells = data.stream()
                    .map(row -> column < row.size() ? row.get(column).strip() : "")
                    .filter(cell -> !cell.isEmpty())
                    .toList();
            long fit = cells.stream()
                    .filter(cell -> values.isValue(cell, List.of()))
                    .count();
            boolean all = fit > 0 && fit == cells.size();
            boolean types = !cells.isEmpty()
                    && cells.stream().allMatch(cell -> TypeWords.of(cell).isPresent());
            found += all ? 1 : 0;
            sure &= all || fit == 0;
            boolean markings = !cells.isEmpty() && cells.stream().allMatch(CellForms::isMarking);
            ColumnRole other = types ? ColumnRole.KIND : markings ? ColumnRole.TLP : ColumnRole.SKIP;
            columns.add(TableColumn.of("", all ? ColumnRole.VALUE : other));
        }
        boolean named = data.getFirst().stream().noneMatch(cell -> values.isValue(cell, List.of()));
        if (!named && (!sure || found != 1)) {
            throw new ImportRefused(FileFault.NO_HEADER.of());
        }
        if (!sure || found != 1 || Collections.frequency(columns, TableColumn.of("", ColumnRole.KIND)) > 1) {
            ColumnChoice choice = choice(data.getFirst(), data.subList(1, data.size()), options.hints(), values, notes);
            noteUnused(choice.columns(), data.subList(1, data.size()), notes);
            return new TableSource(rows, rest(sample, 1), choice.columns(), values, ruled, notes);
        }
        if (width > 1) {
            int value = columns.indexOf(TableColumn.of("", ColumnRole.VALUE)) + 1;
            int kind = columns.indexOf(TableColumn.of("", ColumnRole.KIND)) + 1;
            notes.add(new ImportItem.ImportNote(
                    "header", noHeader(value, kind, columns.contains(TableColumn.of("", ColumnRole.SKIP)))));
        }
        return new TableSource(rows, sample, columns, values, ruled, notes);
    }

    /** @param kind number of the column of kinds; 0 for none */
    private static Sentence noHeader(int value, int kind, boolean rest) {
        if (kind > 0) {
            return (rest ? ImportSentence.NO_HEADER_KINDS_REST : ImportSentence.NO_HEADER_KINDS).of(value, kind);
        }
        return (rest ? ImportSentence.NO_HEADER_REST : ImportSentence.NO_HEADER).of(value);
    }

    private static boolean isMispIndex(List<String> row) {
        return row.size() == 2
                && row.get(0).matches("[0-9a-f]{32}")
                && row.get(1).strip().matches("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    }

    private static List<SampleRow> rest(List<SampleRow> sample, int from) {
        return sample.subList(from, sample.size());
    }

    private static List<List<String>> rowsOf(List<SampleRow> sample) {
        return sample.stream().map(SampleRow::fields).toList();
    }

    @Override
    public List<ImportItem.ImportNote> notes() {
        return notes;
    }

    @Override
    public List<TableColumn> columns() {
        return columns;
    }

    @Override
    public ImportItem next() throws IOException, ImportRefused {
        while (waiting.isEmpty()) {
            if (sample.hasNext()) {
                SampleRow row = sample.next();
                add(row.where(), row.fields(), row.fault(), row.hidden(), row.links());
            } else if (rows.next()) {
                add(rows.where(), rows.fields(), rows.fault(), rows.hidden(), rows.links());
            } else {
                return null;
            }
        }
        return waiting.remove();
    }

    private void add(String where, List<String> fields, Sentence fault, boolean hidden, Map<Integer, String> links) {
        if (hidden) {
            waiting.add(new ImportItem.RefusedRow(where, ImportSentence.HIDDEN_ROW.of()));
        } else if (!fault.isEmpty()) {
            waiting.add(new ImportItem.RefusedRow(where, fault));
        } else if (!ruled || !fields.stream().allMatch(cell -> cell.matches("[\\s:=-]*"))) {
            List<String> followed = links.isEmpty() ? fields : followed(fields, links);
            List<ImportItem> read = items.of(where, followed);
            waiting.addAll(followed.equals(fields) ? read : doubtful(read));
        }
    }

    /** The cells, with the target of a link for the text of a value that is none. */
    private List<String> followed(List<String> fields, Map<Integer, String> links) {
        List<String> followed = new ArrayList<>(fields);
        links.forEach((at, link) -> {
            String target = link.startsWith("mailto:") ? link.substring("mailto:".length()) : link;
            boolean value = at < columns.size() && columns.get(at).role() == ColumnRole.VALUE;
            if (value
                    && !values.isValue(fields.get(at), columns.get(at).kinds())
                    && values.isValue(target, columns.get(at).kinds())) {
                followed.set(at, target);
            }
        });
        return followed;
    }

    /** A link may lead to a page about the value as well. */
    private static List<ImportItem> doubtful(List<ImportItem> read) {
        return read.stream()
                .map(item -> item instanceof ImportItem.Value value
                        ? new ImportItem.Value(value.where(), value.value(), value.others(), value.terms(), LINKED)
                        : item)
                .toList();
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
