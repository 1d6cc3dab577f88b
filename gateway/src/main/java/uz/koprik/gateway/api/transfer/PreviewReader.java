package uz.koprik.gateway.api.transfer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.gateway.api.common.AnalystServices;
import uz.koprik.gateway.api.common.RemarkView;
import uz.koprik.gateway.api.common.ValueFacts;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.indicators.imports.ImportItem;
import uz.koprik.indicators.imports.ImportReader;
import uz.koprik.indicators.imports.ImportRefused;
import uz.koprik.indicators.imports.layout.ColumnRole;
import uz.koprik.indicators.imports.layout.TableColumn;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.extraction.ObservableExtraction;
import uz.koprik.indicators.observable.forms.ValueRemark;
import uz.koprik.indicators.policy.Markings;
import uz.koprik.indicators.stix.values.StixTimestamp;
import uz.koprik.indicators.store.Carriers;
import uz.koprik.indicators.store.StoreUnavailable;

/** Reads a file for its {@link ImportPreview}. For one thread and one file. */
final class PreviewReader {

    /** How many values of an object are shown. */
    private static final int VALUES = 5;

    private final AnalystServices services;
    private final Caller caller;
    private final int most;

    private final List<Found> rows = new ArrayList<>();
    private final List<Found> doubtfulRows = new ArrayList<>();
    private final List<ImportPreview.ObjectRow> objectRows = new ArrayList<>();
    private final List<ImportPreview.Place> refusedRows = new ArrayList<>();
    private final List<ImportPreview.Place> notes = new ArrayList<>();
    private final Map<String, Long> kinds = new TreeMap<>();
    private long objects;
    private long doubtful;
    private long refused;

    /** @param most how many of each sort are shown */
    PreviewReader(AnalystServices services, Caller caller, int most) {
        this.services = services;
        this.caller = caller;
        this.most = most;
    }

    /** A value of the file; a pattern has no observable. */
    private record Found(ImportItem item, Observable observable) {}

    /** Reads the whole file. */
    ImportPreview read(ImportReader reader) throws IOException, ImportRefused, StoreUnavailable {
        reader.notes().forEach(note -> notes.add(ImportPreview.Place.of(note.where(), note.sentence())));
        for (ImportItem item = reader.next(); item != null; item = reader.next()) {
            take(item);
        }
        Set<Observable> shown = Stream.concat(rows.stream(), doubtfulRows.stream())
                .map(Found::observable)
                .filter(one -> one != null)
                .collect(Collectors.toSet());
        Map<String, Carriers> known = ValueFacts.known(services, caller, shown);
        return new ImportPreview(
                reader.format().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                reader.columns().stream().map(PreviewReader::column).toList(),
                rows.stream().map(one -> row(one, known)).toList(),
                kinds,
                objects,
                objectRows,
                doubtful,
                doubtfulRows.stream().map(one -> row(one, known)).toList(),
                refused,
                refusedRows,
                notes,
                true);
    }

    private void take(ImportItem item) {
        switch (item) {
            case ImportItem.ObjectBytes object -> {
                objects++;
                if (objectRows.size() < most) {
                    objectRows.add(object(object));
                }
            }
            case ImportItem.RefusedRow bad -> {
                refused++;
                add(refusedRows, ImportPreview.Place.of(bad.where(), bad.sentence()));
            }
            case ImportItem.ImportNote note -> add(notes, ImportPreview.Place.of(note.where(), note.sentence()));
            case ImportItem.PatternText text -> {
                kinds.merge("pattern", 1L, Long::sum);
                add(rows, new Found(text, null));
            }
            case ImportItem.Value value -> {
                for (Observable one : value.observables()) {
                    kinds.merge(one.kind().code(), 1L, Long::sum);
                    add(rows, new Found(value, one));
                    if (!value.doubt().isEmpty()) {
                        doubtful++;
                        add(doubtfulRows, new Found(value, one));
                    }
                }
            }
        }
    }

    private <T> void add(List<T> list, T one) {
        if (list.size() < most) {
            list.add(one);
        }
    }

    private static ImportPreview.Column column(TableColumn column) {
        String kinds = column.role() != ColumnRole.VALUE || column.kinds().isEmpty()
                ? ""
                : " ("
                        + String.join(
                                ", ",
                                column.kinds().stream().map(kind -> kind.code()).toList()) + ")";
        return new ImportPreview.Column(column.header(), column.role().code() + kinds);
    }

    private ImportPreview.Row row(Found found, Map<String, Carriers> known) {
        return switch (found.item()) {
            case ImportItem.PatternText text ->
                row(
                        text.where(),
                        "pattern",
                        text.pattern(),
                        null,
                        text.terms(),
                        null,
                        List.of(),
                        null,
                        new ValueFacts(null, null, null, null, null));
            case ImportItem.Value value ->
                row(
                        value.where(),
                        found.observable().kind().code(),
                        found.observable().value(),
                        value.value().port().orElse(null),
                        value.terms(),
                        value.doubt().isEmpty() ? null : value.doubt(),
                        found.observable().remarks(),
                        ValueFacts.count(known, found.observable()),
                        ValueFacts.of(
                                services, found.observable(), found.observable().value(), value.doubt()));
            default -> throw new IllegalStateException("only values and patterns are rows");
        };
    }

    private static ImportPreview.Row row(
            String where,
            String kind,
            String value,
            Integer port,
            ImportItem.Terms terms,
            String doubt,
            List<ValueRemark> remarks,
            Long known,
            ValueFacts facts) {
        return new ImportPreview.Row(
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
                ValueRemark.text(remarks).orElse(null),
                RemarkView.of(remarks),
                known,
                facts.protection(),
                facts.protectionCode(),
                facts.list(),
                facts.doubtCode(),
                facts.otherKinds());
    }

    private ImportPreview.ObjectRow object(ImportItem.ObjectBytes bytes) {
        JsonObject json;
        try {
            json = StrictJson.parseObject(bytes.object());
        } catch (MalformedJson refusedLater) {
            return new ImportPreview.ObjectRow(bytes.where(), null, "", "", null, null, List.of());
        }
        List<ImportPreview.ObjectValue> values = ObservableExtraction.of(json).observables().stream()
                .limit(VALUES)
                .map(value -> {
                    ValueFacts facts = ValueFacts.of(services, value, value.value(), "");
                    return new ImportPreview.ObjectValue(
                            value.kind().code(),
                            value.value(),
                            facts.protection(),
                            facts.protectionCode(),
                            facts.list());
                })
                .toList();
        return new ImportPreview.ObjectRow(
                bytes.where(),
                json.string("id").orElse(null),
                json.string("type").orElse(""),
                json.string("name")
                        .or(() -> json.string("pattern"))
                        .or(() -> json.string("value"))
                        .orElse(""),
                json.items("object_marking_refs").stream()
                        .flatMap(ref ->
                                ref instanceof JsonString text ? Markings.tlp(text.value()).stream() : Stream.empty())
                        .findFirst()
                        .map(tlp -> tlp.label())
                        .orElse(null),
                json.string("created_by_ref").orElse(null),
                values);
    }
}
