package uz.koprik.indicators.cases.tables;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import uz.koprik.indicators.imports.ImportRefused;
import uz.koprik.indicators.imports.Table;
import uz.koprik.indicators.imports.layout.FileFault;
import uz.koprik.indicators.imports.layout.ImportSentence;
import uz.koprik.indicators.observable.text.Recognition;
import uz.koprik.indicators.wording.Sentence;

/** Reads a table through a mapping. A bad row comes out as such and does not stop the others. For one thread. */
public final class CaseRowReader implements AutoCloseable {

    /**
     * Something wrong with a cell.
     *
     * @param column its name; empty for the row as a whole
     * @param reason a sentence that does not quote the cell
     */
    public record Fault(String column, Sentence sentence) {

        /** One of no known kind. */
        public Fault(String column, String reason) {
            this(column, Sentence.other(reason));
        }

        /** The sentence in English. */
        public String reason() {
            return sentence.text();
        }
    }

    /**
     * One row.
     *
     * @param line as an editor or the spreadsheet counts
     * @param row what it says; empty when it is refused
     * @param faults why it is refused; or, when it is not, what of it was left out
     */
    public record Item(long line, Optional<CaseRow> row, List<Fault> faults) {

        public Item {
            faults = List.copyOf(faults);
        }
    }

    private final Table table;
    private final TableRowReader reading;
    private final RowAgreement agreement = new RowAgreement();
    private final List<String> columns;
    private boolean firstPending;

    private CaseRowReader(Table table, TableRowReader reading, List<String> columns, boolean firstPending) {
        this.table = table;
        this.reading = reading;
        this.columns = columns;
        this.firstPending = firstPending;
    }

    /**
     * Begins to read.
     *
     * @param table closed by {@link #close}, and when this fails
     * @throws ImportRefused when the table lacks a column that the mapping names: says which it has
     */
    public static CaseRowReader open(Table table, CaseMapping mapping, Recognition recognition, boolean columnsMayLack)
            throws IOException, ImportRefused {
        try {
            List<String> names = new ArrayList<>();
            boolean any = false;
            for (int row = 0; row < Math.max(1, mapping.header()); row++) {
                any = table.next();
            }
            if (!any) {
                throw new ImportRefused(
                        mapping.header() > 1
                                ? FileFault.ENDS_BEFORE_HEADER.of(mapping.header())
                                : FileFault.NO_ROWS.of());
            }
            if (!table.fault().isEmpty()) {
                throw new ImportRefused(FileFault.UNUSABLE_HEADER.of(
                        "line " + table.line(), table.fault().text()));
            }
            for (int i = 0; i < table.cells().size(); i++) {
                names.add(
                        mapping.header() == 0
                                ? Integer.toString(i + 1)
                                : table.cells().get(i).text());
            }
            Map<String, Integer> places = new HashMap<>();
            for (int i = names.size() - 1; i >= 0; i--) {
                places.put(key(names.get(i)), i);
            }
            TableRowReader reading = new TableRowReader(mapping, places, recognition);
            List<String> missing = reading.missing();
            if (!missing.isEmpty()
                    && (!columnsMayLack
                            || !places.containsKey(key(mapping.fields()
                                    .get(CaseMapping.Field.NUMBER)
                                    .column())))) {
                throw new ImportRefused(FileFault.NO_MAPPED_COLUMN.of(missing.getFirst(), String.join(", ", names)));
            }
            return new CaseRowReader(table, reading, names, mapping.header() == 0);
        } catch (IOException | ImportRefused | RuntimeException e) {
            table.close();
            throw e;
        }
    }

    /** How people write the same name: case and outer blanks make no difference. */
    static String key(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }

    /** Names of all columns, from the left. */
    public List<String> columns() {
        return columns;
    }

    /** The columns that the mapping names and the table lacks. */
    public List<String> missing() {
        return reading.missing();
    }

    /** The cells of the row last read, as they stand there. */
    public List<Table.Cell> cells() {
        return table.cells();
    }

    /**
     * The next row; null at the end.
     *
     * @throws ImportRefused when the file cannot be read on; what came before stays good
     */
    public Item next() throws IOException, ImportRefused {
        if (!firstPending && !table.next()) {
            return null;
        }
        firstPending = false;
        long line = table.line();
        if (!table.fault().isEmpty()) {
            return new Item(line, Optional.empty(), List.of(new Fault("", table.fault())));
        }
        if (table.cells().stream().skip(columns.size()).anyMatch(cell -> !cell.text()
                .isEmpty())) {
            return new Item(
                    line,
                    Optional.empty(),
                    List.of(new Fault(
                            "", ImportSentence.MORE_CELLS.of(table.cells().size(), columns.size()))));
        }
        List<Fault> faults = new ArrayList<>();
        Optional<CaseRow> row = reading.read(line, table.cells(), faults);
        if (row.isPresent()) {
            Optional<Fault> contradiction = agreement.with(row.get());
            if (contradiction.isPresent()) {
                return new Item(line, Optional.empty(), List.of(contradiction.get()));
            }
        }
        return new Item(line, row, faults);
    }

    @Override
    public void close() throws IOException {
        table.close();
    }
}
