package uz.koprik.gateway.cases;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.indicators.cases.CaseChange;
import uz.koprik.indicators.cases.CaseFile;
import uz.koprik.indicators.cases.CaseObservable;
import uz.koprik.indicators.cases.tables.CaseMapping;
import uz.koprik.indicators.cases.tables.CaseRow;
import uz.koprik.indicators.cases.tables.CaseRowReader;
import uz.koprik.indicators.imports.ImportRefused;
import uz.koprik.indicators.imports.Table;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.observable.forms.MaskedCard;
import uz.koprik.indicators.observable.text.RecognisedValue;
import uz.koprik.indicators.observable.text.Recognition;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.wording.Sentence;

/**
 * A dry run of an import: reads the whole table and stores nothing.
 *
 * @param rows number of rows
 * @param columns from the left
 * @param cases the first cases that would result
 * @param refused number of rows that would be refused
 * @param faults the first thousand faults
 */
public record CasePreview(
        long rows, List<Column> columns, List<Would> cases, long refused, List<CaseImport.Fault> faults) {

    private static final int MAX_FAULTS = 1000;
    private static final int EXAMPLES = 3;

    /**
     * A column.
     *
     * @param as the part of a case to which the mapping assigns it; empty when the mapping ignores it
     * @param filled number of rows with a value
     * @param kinds of values that are recognised in it: code → how many cells; a hint for columns that are left out
     * @param examples its first values; never a whole card number
     */
    public record Column(String name, List<String> as, long filled, Map<String, Long> kinds, List<String> examples) {}

    /**
     * A case that would result.
     *
     * @param lines its rows
     * @param created whether it would be opened; else it would be changed, or stay when there are no changes
     */
    public record Would(List<Long> lines, boolean created, CaseFile file, List<CaseChange> changes) {}

    /**
     * Reads the table.
     *
     * @param show how many cases to show
     * @throws ImportRefused when the file cannot be read on
     */
    public static CasePreview of(
            CaseRowReader rows,
            CaseMapping mapping,
            Recognition recognition,
            CaseService book,
            Caller caller,
            InstantSource clock,
            int show)
            throws IOException, ImportRefused, StoreUnavailable {
        List<ColumnCounts> counting = rows.columns().stream()
                .map(name -> new ColumnCounts(name, uses(mapping, name)))
                .toList();
        Map<String, List<CaseRow>> shown = new LinkedHashMap<>();
        List<CaseImport.Fault> faults = new ArrayList<>();
        long all = 0;
        long refused = 0;
        for (CaseRowReader.Item item = rows.next(); item != null; item = rows.next()) {
            all++;
            refused += item.row().isEmpty() ? 1 : 0;
            CaseImport.faults(item).stream().limit(MAX_FAULTS - faults.size()).forEach(faults::add);
            for (int i = 0; i < Math.min(counting.size(), rows.cells().size()); i++) {
                counting.get(i).count(rows.cells().get(i), recognition);
            }
            item.row()
                    .filter(row -> shown.size() < show || shown.containsKey(row.number()))
                    .ifPresent(row -> shown.computeIfAbsent(row.number(), n -> new ArrayList<>())
                            .add(row));
        }
        Instant now = clock.instant();
        List<Would> cases = new ArrayList<>();
        for (Map.Entry<String, List<CaseRow>> entry : shown.entrySet()) {
            try {
                Optional<CaseFile> before = book.find(caller, entry.getKey()).map(CaseService.StoredCase::file);
                CaseFile after = CaseService.placed(caller, CaseImport.merged(entry.getValue(), before, now));
                cases.add(new Would(
                        entry.getValue().stream().map(CaseRow::line).toList(),
                        before.isEmpty(),
                        after,
                        CaseChange.between(before, after)));
            } catch (CaseConflict | IllegalArgumentException wrong) {
                refused += entry.getValue().size();
                entry.getValue()
                        .forEach(row -> faults.add(
                                new CaseImport.Fault(row.line(), "", Sentence.other(wrong.getMessage()), true)));
            }
        }
        return new CasePreview(all, counting.stream().map(ColumnCounts::column).toList(), cases, refused, faults);
    }

    /** The part of a case to which the mapping assigns a column. */
    private static List<String> uses(CaseMapping mapping, String name) {
        List<String> uses = new ArrayList<>();
        for (CaseMapping.Field field : CaseMapping.Field.values()) {
            if (mapping.fields().containsKey(field)
                    && same(mapping.fields().get(field).column(), name)) {
                uses.add(field.word());
            }
        }
        mapping.values().stream()
                .filter(values -> same(values.column(), name))
                .forEach(values -> uses.add("values: "
                        + values.role().map(CaseObservable.Role::word).orElse("no role")
                        + values.kind().map(kind -> ", " + kind.code()).orElse("")));
        for (CaseMapping.Losses losses : mapping.losses()) {
            if (same(losses.column(), name)) {
                uses.add("loss");
            }
            if (same(losses.currencyColumn(), name)) {
                uses.add("currency of a loss");
            }
            if (same(losses.noteColumn(), name)) {
                uses.add("note of a loss");
            }
        }
        return uses;
    }

    private static boolean same(String column, String name) {
        return column.strip().equalsIgnoreCase(name.strip());
    }

    /** Counts of a column. */
    private static final class ColumnCounts {

        private final String name;
        private final List<String> as;
        private final Map<String, Long> kinds = new TreeMap<>();
        private final List<String> examples = new ArrayList<>();
        private long filled;

        ColumnCounts(String name, List<String> as) {
            this.name = name;
            this.as = as;
        }

        void count(Table.Cell cell, Recognition recognition) {
            if (cell.text().isEmpty()) {
                return;
            }
            filled++;
            boolean card = false;
            for (RecognisedValue found : recognition.recognise(cell.text())) {
                kinds.merge(found.observable().kind().code(), 1L, Long::sum);
                card |= found.observable().kind() == ObservableKind.PAYMENT_CARD
                        && MaskedCard.showsMore(cell.text().substring(found.start(), found.end()));
            }
            if (!card
                    && examples.size() < EXAMPLES
                    && cell.content() != Table.Content.FAULT
                    && !examples.contains(cell.text())) {
                examples.add(cell.text());
            }
        }

        Column column() {
            return new Column(name, as, filled, kinds, examples);
        }
    }
}
