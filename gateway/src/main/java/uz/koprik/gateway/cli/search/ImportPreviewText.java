package uz.koprik.gateway.cli.search;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import uz.koprik.gateway.cli.CentreAnswers;

/** The preview of an import as lines for a person. */
final class ImportPreviewText {

    private ImportPreviewText() {}

    static List<String> lines(String file, JsonNode preview) {
        List<String> lines = new ArrayList<>();
        lines.add(file + ": read as " + preview.path("format").asText() + "; nothing is stored");
        for (JsonNode column : preview.path("columns")) {
            String use = column.path("use").asText();
            lines.add(
                    "  column " + quoted(column.path("column").asText()) + ": " + (use.equals("-") ? "not used" : use));
        }
        for (JsonNode note : preview.path("notes")) {
            lines.add("  " + note.path("where").asText() + ": "
                    + note.path("reason").asText());
        }
        for (JsonNode row : preview.path("rows")) {
            lines.add("  " + row(row));
        }
        StringJoiner counts = new StringJoiner(", ");
        preview.path("kinds")
                .properties()
                .forEach(kind -> counts.add(CentreAnswers.number(kind.getValue().asLong()) + " " + kind.getKey()));
        if (preview.path("objects").asLong() > 0) {
            counts.add(CentreAnswers.number(preview.path("objects").asLong()) + " STIX objects");
        }
        counts.add(CentreAnswers.number(preview.path("doubtful").asLong()) + " doubtful");
        counts.add(CentreAnswers.number(preview.path("refused").asLong()) + " refused");
        lines.add("  in all: " + counts);
        for (JsonNode row : preview.path("doubtful_rows")) {
            lines.add("  doubtful: " + row(row) + ": " + row.path("doubt").asText());
        }
        for (JsonNode row : preview.path("refused_rows")) {
            lines.add("  refused: " + row.path("where").asText() + ": "
                    + row.path("reason").asText());
        }
        return lines;
    }

    private static String row(JsonNode row) {
        StringBuilder text = new StringBuilder(row.path("where").asText())
                .append("  ")
                .append(row.path("kind").asText())
                .append(' ')
                .append(row.path("value").asText());
        for (String member : List.of("port", "name", "tlp", "valid_from", "valid_until", "confidence", "revoked")) {
            if (row.has(member) && !row.path(member).isNull()) {
                text.append("  ")
                        .append(member)
                        .append(' ')
                        .append(row.path(member).asText());
            }
        }
        if (row.path("labels").isArray() && !row.path("labels").isEmpty()) {
            StringJoiner labels = new StringJoiner(", ", "  labels ", "");
            row.path("labels").forEach(label -> labels.add(label.asText()));
            text.append(labels);
        }
        if (row.has("remark") && !row.path("remark").isNull()) {
            text.append("  (").append(row.path("remark").asText()).append(')');
        }
        return text.toString();
    }

    private static String quoted(String name) {
        return name.isEmpty() ? "(no name)" : '"' + name + '"';
    }
}
