package uz.koprik.indicators.translate.export;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import uz.koprik.crypto.json.JsonNumber;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.translate.Untranslatable;
import uz.koprik.indicators.translate.export.ExportCounts.Omission;

/** A table: a row for each value of an object. Columns are only ever added at the end. */
final class TableWriter implements ExportWriter {

    static final List<String> COLUMNS = List.of(
            "value",
            "kind",
            "name",
            "description",
            "labels",
            "tlp",
            "valid_from",
            "valid_until",
            "confidence",
            "port",
            "id",
            "object_type",
            "created",
            "modified",
            "producer",
            "revoked",
            "pattern",
            "note");

    private static final int VALUE = COLUMNS.indexOf("value");
    private static final int NOTE = COLUMNS.indexOf("note");

    private final TableRows out;
    private final ExportOptions options;
    private boolean begun;

    TableWriter(TableRows out, ExportOptions options) {
        this.out = out;
        this.options = options;
    }

    @Override
    public void write(StixObject object, Tlp tlp) throws IOException {
        begin();
        JsonObject json = object.json();
        if (!options.inForce(json)) {
            return;
        }
        List<Untranslatable> leftOut = options.leftOut(object);
        leftOut.forEach(options.unexpressed());
        // The pattern of such an object has values that no table may spread; its texts may name them.
        boolean whole = leftOut.isEmpty();
        IndicatorExpressions sayings = IndicatorExpressions.of(json);
        for (IndicatorExpressions.ReportedValue one : sayings.any()) {
            if ((whole || options.mayExport(one.value()))
                    && options.takes(one.value().kind())) {
                row(
                        object,
                        tlp,
                        one.value().value(),
                        one.value().kind().code(),
                        one.port().map(String::valueOf).orElse(""),
                        whole,
                        whole
                                ? options.noteOf(one.value())
                                : "name, description and pattern are left out: it has values that are never exported");
            }
        }
        if (!whole) {
            return;
        }
        if (!sayings.problems().isEmpty() && options.kinds().isEmpty()) {
            // The pattern itself is in the row, so nothing is lost; the note says why there is no value.
            String why = String.join("; ", sayings.problems());
            row(object, tlp, "", "", "", true, why);
            options.unexpressed().accept(Untranslatable.part(object.id(), object.type(), why));
        }
    }

    @Override
    public void finish() throws IOException {
        begin();
        out.finish();
    }

    private void begin() throws IOException {
        if (!begun) {
            begun = true;
            out.write(COLUMNS);
        }
    }

    private void row(StixObject object, Tlp tlp, String value, String kind, String port, boolean whole, String note)
            throws IOException {
        JsonObject json = object.json();
        List<String> cells = new ArrayList<>(List.of(
                value,
                kind,
                whole ? text(json, "name") : "",
                whole ? text(json, "description") : "",
                labels(json),
                tlp.label().substring(4).toLowerCase(Locale.ROOT),
                text(json, "valid_from"),
                text(json, "valid_until"),
                json.get("confidence") instanceof JsonNumber n ? String.valueOf(n.longValue()) : "",
                port,
                object.id(),
                object.type(),
                text(json, "created"),
                text(json, "modified"),
                object.createdByRef().orElse(""),
                String.valueOf(object.revoked()),
                whole ? text(json, "pattern") : "",
                note));
        List<String> tooLong = IntStream.range(0, cells.size())
                .filter(i -> cells.get(i).length() > out.longestCell())
                .mapToObj(COLUMNS::get)
                .toList();
        if (tooLong.isEmpty() || shorten(object, cells, tooLong)) {
            options.counts().wrote();
            out.write(cells);
        }
    }

    /** Empties cells that are too long for the format and says so in the row; false when nothing of use is left. */
    private boolean shorten(StixObject object, List<String> cells, List<String> tooLong) {
        String why = String.join(", ", tooLong) + ": more than the " + out.longestCell()
                + " characters that a cell of the format holds";
        options.counts().omitted(Omission.NOT_EXPRESSED);
        boolean nothingLeft = tooLong.contains("value") || (cells.get(VALUE).isEmpty() && tooLong.contains("pattern"));
        if (nothingLeft) {
            options.unexpressed().accept(Untranslatable.whole(object.id(), object.type(), why));
            return false;
        }
        options.unexpressed().accept(Untranslatable.part(object.id(), object.type(), why));
        tooLong.forEach(column -> cells.set(COLUMNS.indexOf(column), ""));
        String note = cells.get(NOTE);
        cells.set(NOTE, "left out: " + why + (note.isEmpty() ? "" : "; " + note));
        return true;
    }

    /** Between bars; a backslash stands before a bar or backslash of a label, so that imports read it back. */
    private static String labels(JsonObject json) {
        return json.items("labels").stream()
                .filter(JsonString.class::isInstance)
                .map(label -> ((JsonString) label).value().replace("\\", "\\\\").replace("|", "\\|"))
                .collect(Collectors.joining("|"));
    }

    private static String text(JsonObject json, String name) {
        return json.string(name).orElse("");
    }
}
