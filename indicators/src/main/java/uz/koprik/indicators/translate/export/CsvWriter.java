package uz.koprik.indicators.translate.export;

import java.io.IOException;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import uz.koprik.crypto.json.JsonNumber;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.translate.Untranslatable;

/**
 * A table (RFC 4180): a row for each value of an object. Columns are only ever added at the end.
 *
 * <p>Every cell is quoted. One that a spreadsheet would take for a formula begins with an apostrophe (OWASP, CSV
 * injection), which imports take off again. Line breaks become spaces, so that a line is a row to simple tools too.
 */
final class CsvWriter implements ExportWriter {

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

    private final OutputLines out;
    private final ExportOptions options;
    private boolean begun;

    CsvWriter(OutputLines out, ExportOptions options) {
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
        out.flush();
    }

    private void begin() throws IOException {
        if (!begun) {
            begun = true;
            out.write(String.join(",", COLUMNS) + "\r\n");
        }
    }

    private void row(StixObject object, Tlp tlp, String value, String kind, String port, boolean whole, String note)
            throws IOException {
        options.counts().wrote();
        JsonObject json = object.json();
        out.write(List.of(
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
                                note)
                        .stream()
                        .map(CsvWriter::cell)
                        .collect(Collectors.joining(","))
                + "\r\n");
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

    /** A cell that stays one, and stays text, in every program that opens it. */
    static String cell(String text) {
        String one = OutputLines.oneLine(text);
        return '"' + (beginsFormula(one) ? "'" : "") + one.replace("\"", "\"\"") + '"';
    }

    /**
     * Whether some spreadsheet takes a text for a formula: by its first sign, after all that spreadsheets pass over
     * (spaces of any kind, controls, characters without width). Full-width, small and raised signs are the same to some
     * (Unicode NFKC).
     */
    private static boolean beginsFormula(String text) {
        int at = 0;
        while (at < text.length() && isPassedOver(text.codePointAt(at))) {
            at += Character.charCount(text.codePointAt(at));
        }
        if (at == text.length()) {
            return false;
        }
        String sign = Normalizer.normalize(Character.toString(text.codePointAt(at)), Normalizer.Form.NFKC);
        return "=+-@|%\u2212".indexOf(sign.charAt(0)) >= 0;
    }

    private static boolean isPassedOver(int c) {
        return Character.isWhitespace(c)
                || Character.isSpaceChar(c)
                || Character.isISOControl(c)
                || Character.getType(c) == Character.FORMAT
                || c == 0x3164
                || c == 0x115F
                || c == 0x1160
                || c == 0xFFA0
                || c == 0x2800
                || c == 0x034F;
    }
}
