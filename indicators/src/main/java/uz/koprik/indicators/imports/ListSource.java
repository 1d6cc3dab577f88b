package uz.koprik.indicators.imports;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import uz.koprik.indicators.imports.layout.CellValues;
import uz.koprik.indicators.imports.layout.ColumnChoice;
import uz.koprik.indicators.imports.layout.ImportSentence;
import uz.koprik.indicators.imports.layout.ListLayout;
import uz.koprik.indicators.imports.layout.ListLine;
import uz.koprik.indicators.imports.layout.RuleReader;
import uz.koprik.indicators.imports.layout.StatedMarking;
import uz.koprik.indicators.imports.layout.UnusableCell;
import uz.koprik.indicators.policy.Tlp;

/** Values line by line; blank lines and comments are skipped. */
final class ListSource implements ImportReader.Source {

    private final InputLines lines;
    private final ListLayout layout;
    private final CellValues values;
    private final Queue<ImportItem> waiting = new ArrayDeque<>();
    private final List<ImportItem.ImportNote> notes;
    private final Optional<Tlp> marking;
    private final String origin;
    private final Optional<RuleReader> rules;
    private boolean begun;

    /**
     * Begins to read.
     *
     * @param head the first lines of the text, whole
     * @throws ImportRefused when the lines are rules without values
     */
    ListSource(InputStream text, ListLayout layout, List<String> head, ImportOptions options) throws ImportRefused {
        this.notes = new ArrayList<>();
        this.marking = StatedMarking.above(head);
        this.origin = layout.origin(head);
        layout.unused(head)
                .forEach(unused -> notes.add(new ImportItem.ImportNote("layout " + layout.code(), unused.of())));
        marking.ifPresent(
                tlp -> notes.add(new ImportItem.ImportNote("layout " + layout.code(), StatedMarking.note(tlp))));
        this.lines = new InputLines(text, ImportOptions.MAX_ROW_BYTES);
        this.layout = layout;
        this.values = new CellValues(options.recognition());
        this.rules = layout == ListLayout.RULES ? Optional.of(rules(head, options.fileName())) : Optional.empty();
        rules.ifPresent(reader -> notes.addFirst(
                new ImportItem.ImportNote("layout " + layout.code(), ImportSentence.READ_AS.of(reader.title()))));
    }

    private static RuleReader rules(List<String> head, String fileName) throws ImportRefused {
        try {
            return RuleReader.of(head, fileName);
        } catch (UnusableCell e) {
            throw new ImportRefused(e.sentence(), e);
        }
    }

    @Override
    public List<ImportItem.ImportNote> notes() {
        return notes;
    }

    @Override
    public ImportItem next() throws IOException {
        while (waiting.isEmpty()) {
            InputLines.State state = lines.next();
            if (state == InputLines.State.END) {
                return null;
            }
            String where = "line " + lines.number();
            if (state == InputLines.State.TEXT) {
                if (rules.isPresent()) {
                    rules.get().read(lines.text()).forEach(line -> read(where, line));
                } else {
                    read(where, layout.read(ListLayout.relative(lines.text(), origin)));
                }
            } else {
                waiting.add(new ImportItem.RefusedRow(where, RowReader.reason(state)));
            }
        }
        return waiting.remove();
    }

    private void read(String where, ListLine line) {
        if (!begun && StatedMarking.isMarking(line.value())) {
            return; // is said of the whole list
        }
        if (!line.refusal().isEmpty()) {
            waiting.add(new ImportItem.RefusedRow(where, line.refusal()));
        } else if (!line.value().isEmpty()) {
            boolean title = !begun && layout == ListLayout.PLAIN && ColumnChoice.isHeader(List.of(line.value()));
            begun = true;
            try {
                for (CellValues.Found found : values.read(line.value(), line.kinds())) {
                    waiting.add(item(where, line, found));
                }
            } catch (UnusableCell e) {
                waiting.add(
                        title
                                ? new ImportItem.ImportNote(where, ImportSentence.NAME_OF_COLUMN.of())
                                : new ImportItem.RefusedRow(where, e.sentence()));
            }
        }
    }

    private ImportItem item(String where, ListLine line, CellValues.Found found) {
        ImportItem.Terms terms = new ImportItem.Terms(
                line.name(),
                line.note(),
                List.of(),
                StatedMarking.narrowed(marking, line.note()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);
        return found.value().isPresent()
                ? new ImportItem.Value(
                        where,
                        found.value().get(),
                        found.others(),
                        terms,
                        line.doubt().isEmpty() ? found.doubt() : line.doubt())
                : new ImportItem.PatternText(where, found.pattern(), terms);
    }
}
