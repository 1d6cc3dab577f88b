package uz.koprik.indicators.imports;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import uz.koprik.indicators.imports.Columns.Role;
import uz.koprik.indicators.observable.InvalidObservable;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.observable.text.RecognisedValue;
import uz.koprik.indicators.observable.text.Recognition;
import uz.koprik.indicators.policy.Tlp;

/** Tables: one value per row, columns with roles. */
final class TableSource implements ImportReader.Source {

    private static final int HEAD = 8 << 10;

    private final RowReader rows;
    private final Columns columns;
    private final Recognition recognition;
    /** The first row was read to look for a header and turned out to be data. */
    private boolean firstPending;

    private TableSource(RowReader rows, Columns columns, Recognition recognition, boolean firstPending) {
        this.rows = rows;
        this.columns = columns;
        this.recognition = recognition;
        this.firstPending = firstPending;
    }

    static TableSource tsv(InputStream text, ImportOptions options) throws IOException, ImportRefused {
        return open(new RowReader(text, '\t'), options);
    }

    static TableSource csv(InputStream text, ImportOptions options) throws IOException, ImportRefused {
        BufferedInputStream buffered = new BufferedInputStream(text, HEAD);
        buffered.mark(HEAD);
        String head = new String(buffered.readNBytes(HEAD), StandardCharsets.UTF_8);
        buffered.reset();
        String first = head.lines()
                .filter(line -> !line.isBlank() && line.charAt(0) != '#')
                .findFirst()
                .orElse("");
        boolean semicolons = first.chars().filter(c -> c == ';').count()
                > first.chars().filter(c -> c == ',').count();
        return open(new RowReader(buffered, semicolons ? ';' : ','), options);
    }

    private static TableSource open(RowReader rows, ImportOptions options) throws IOException, ImportRefused {
        if (!rows.next()) {
            throw new ImportRefused("the table has no rows");
        }
        boolean header = Columns.isHeader(rows.fields());
        if (options.columns().isPresent()) {
            return new TableSource(rows, options.columns().get(), options.recognition(), !header);
        }
        if (!rows.fault().isEmpty()) {
            throw new ImportRefused("line " + rows.number() + ", which should be the header: " + rows.fault());
        }
        return new TableSource(rows, Columns.ofHeader(rows.fields()), options.recognition(), false);
    }

    @Override
    public ImportItem next() throws IOException {
        if (!firstPending && !rows.next()) {
            return null;
        }
        firstPending = false;
        String where = "line " + rows.number();
        if (!rows.fault().isEmpty()) {
            return new ImportItem.RefusedRow(where, rows.fault());
        }
        try {
            return item(where, rows.fields());
        } catch (BadCell e) {
            return new ImportItem.RefusedRow(where, e.getMessage());
        }
    }

    private ImportItem item(String where, List<String> fields) throws BadCell {
        List<Role> roles = columns.roles();
        if (fields.size() > roles.size()) {
            throw new BadCell("the row has " + fields.size() + " fields, the table " + roles.size() + " columns");
        }
        String value = "";
        String kind = "";
        String name = "";
        String description = "";
        List<String> labels = List.of();
        Optional<Tlp> tlp = Optional.empty();
        Optional<Long> validFrom = Optional.empty();
        Optional<Integer> confidence = Optional.empty();
        for (int i = 0; i < fields.size(); i++) {
            String cell = CellReader.unarmed(fields.get(i).strip());
            if (!cell.isEmpty()) {
                switch (roles.get(i)) {
                    case VALUE -> value = cell;
                    case KIND -> kind = cell;
                    case NAME -> name = cell;
                    case DESCRIPTION -> description = cell;
                    case LABELS -> labels = CellReader.labels(cell);
                    case TLP -> tlp = Optional.of(CellReader.tlp(cell));
                    case VALID_FROM -> validFrom = Optional.of(CellReader.time(cell));
                    case CONFIDENCE -> confidence = Optional.of(CellReader.confidence(cell));
                    case SKIP -> {}
                }
            }
        }
        return new ImportItem.Value(
                where, recognise(value, kind), name, description, labels, tlp, validFrom, confidence);
    }

    private RecognisedValue recognise(String value, String kind) throws BadCell {
        if (value.isEmpty()) {
            throw new BadCell("the row has no value");
        }
        try {
            Optional<ObservableKind> known = kind.isEmpty() ? Optional.empty() : Optional.of(CellReader.kind(kind));
            if (known.isPresent()) {
                return recognition.recogniseOne(value, known.get());
            }
            RecognisedValue one =
                    recognition.recogniseOne(value).orElseThrow(() -> new BadCell(RowReader.UNKNOWN_VALUE));
            Optional<String> doubt = RowReader.doubt(one);
            if (doubt.isPresent()) {
                throw new BadCell(doubt.get());
            }
            return one;
        } catch (InvalidObservable e) {
            throw new BadCell("not a valid " + e.kind().label() + ": " + e.reason());
        }
    }
}
