package uz.koprik.gateway.api.transfer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import uz.koprik.indicators.imports.ImportItem;
import uz.koprik.indicators.imports.ImportReader;
import uz.koprik.indicators.imports.ImportRefused;
import uz.koprik.indicators.imports.layout.ColumnRole;
import uz.koprik.indicators.imports.layout.TableColumn;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.stix.values.StixTimestamp;

/**
 * What an import would make of a file; nothing is stored. The schema {@code ImportPreview}.
 *
 * @param format what the file is read as
 * @param columns each column of a table and what it is used for; {@code -} for nothing
 * @param rows the first values
 * @param kinds number of values by kind
 * @param objects STIX objects, from the file or translated
 * @param doubtful number of values that a person should confirm
 * @param doubtfulRows the first of them
 * @param refused number of rows that cannot be used
 * @param refusedRows the first of them
 * @param notes what is to be said of the file
 */
record ImportPreview(
        String format,
        List<Column> columns,
        List<Row> rows,
        Map<String, Long> kinds,
        long objects,
        long doubtful,
        List<Row> doubtfulRows,
        long refused,
        List<Place> refusedRows,
        List<Place> notes,
        boolean done) {

    private static final int FIRST = 10;

    /** A column and its use. */
    record Column(String column, String use) {}

    /** A value with what its row says; what it does not say is null. */
    record Row(
            String where,
            String kind,
            String value,
            Integer port,
            String name,
            String description,
            List<String> labels,
            String tlp,
            String validFrom,
            String validUntil,
            Integer confidence,
            Boolean revoked,
            String doubt,
            String remark) {}

    /** A sentence about a place in the file. */
    record Place(String where, String reason) {}

    /** Reads the whole file. */
    static ImportPreview of(ImportReader reader) throws IOException, ImportRefused {
        List<Row> rows = new ArrayList<>();
        List<Row> doubtfulRows = new ArrayList<>();
        List<Place> refusedRows = new ArrayList<>();
        List<Place> notes = new ArrayList<>();
        reader.notes().forEach(note -> notes.add(new Place(note.where(), note.reason())));
        Map<String, Long> kinds = new TreeMap<>();
        long objects = 0;
        long doubtful = 0;
        long refused = 0;
        for (ImportItem item = reader.next(); item != null; item = reader.next()) {
            switch (item) {
                case ImportItem.ObjectBytes _ -> objects++;
                case ImportItem.RefusedRow bad -> {
                    refused++;
                    add(refusedRows, new Place(bad.where(), bad.reason()));
                }
                case ImportItem.ImportNote note -> add(notes, new Place(note.where(), note.reason()));
                case ImportItem.PatternText text -> {
                    kinds.merge("pattern", 1L, Long::sum);
                    add(rows, row(text.where(), "pattern", text.pattern(), null, text.terms(), null, null));
                }
                case ImportItem.Value value -> {
                    for (Observable one : value.observables()) {
                        kinds.merge(one.kind().code(), 1L, Long::sum);
                        Row row = row(
                                value.where(),
                                one.kind().code(),
                                one.value(),
                                value.value().port().orElse(null),
                                value.terms(),
                                value.doubt().isEmpty() ? null : value.doubt(),
                                one.remark().orElse(null));
                        add(rows, row);
                        if (!value.doubt().isEmpty()) {
                            doubtful++;
                            add(doubtfulRows, row);
                        }
                    }
                }
            }
        }
        return new ImportPreview(
                reader.format().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                reader.columns().stream().map(ImportPreview::column).toList(),
                rows,
                kinds,
                objects,
                doubtful,
                doubtfulRows,
                refused,
                refusedRows,
                notes,
                true);
    }

    private static <T> void add(List<T> list, T one) {
        if (list.size() < FIRST) {
            list.add(one);
        }
    }

    private static Column column(TableColumn column) {
        String kinds = column.role() != ColumnRole.VALUE || column.kinds().isEmpty()
                ? ""
                : " ("
                        + String.join(
                                ", ",
                                column.kinds().stream().map(kind -> kind.code()).toList()) + ")";
        return new Column(column.header(), column.role().code() + kinds);
    }

    private static Row row(
            String where,
            String kind,
            String value,
            Integer port,
            ImportItem.Terms terms,
            String doubt,
            String remark) {
        return new Row(
                where,
                kind,
                value,
                port,
                terms.name().isEmpty() ? null : terms.name(),
                terms.description().isEmpty() ? null : terms.description(),
                terms.labels().isEmpty() ? null : terms.labels(),
                terms.tlp().map(tlp -> tlp.label()).orElse(null),
                terms.validFrom().map(StixTimestamp::formatShort).orElse(null),
                terms.validUntil().map(StixTimestamp::formatShort).orElse(null),
                terms.confidence().orElse(null),
                terms.revoked() ? Boolean.TRUE : null,
                doubt,
                remark);
    }
}
