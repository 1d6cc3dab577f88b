package uz.koprik.indicators.imports.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How a text table is laid out, by its first lines.
 *
 * @param separator between the fields
 * @param commentHeader the header, where it stands in a comment before the first row; empty otherwise
 * @param hasHeader whether a row or a comment names the columns
 */
public record TableShape(char separator, List<String> commentHeader, boolean hasHeader) {

    private static final char[] SEPARATORS = {',', ';', '\t', '|'};

    /** Rows that are looked at. */
    private static final int ROWS = 20;

    /** Rows before the header, such as a title. */
    public static final int PREAMBLE = 8;

    public TableShape {
        commentHeader = List.copyOf(commentHeader);
    }

    /**
     * Looks at the beginning of a file.
     *
     * @param head its first lines
     * @param fileName may say that fields are between tabulators; may be empty
     */
    public static TableShape of(List<String> head, String fileName) {
        List<String> rows = head.stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .limit(ROWS)
                .toList();
        String name = fileName.toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
        char separator = name.endsWith(".tsv") || name.endsWith(".tab") ? '\t' : separator(rows);
        List<String> header = commentHeader(head, rows, separator);
        boolean named = !header.isEmpty();
        for (int i = 0; i < Math.min(rows.size(), PREAMBLE) && !named; i++) {
            List<String> fields = fields(rows.get(i), separator);
            int next = i + 1 < rows.size() ? fields(rows.get(i + 1), separator).size() : fields.size();
            named = fields.size() > 1 && fields.size() == next && ColumnChoice.isHeader(fields);
        }
        return new TableShape(separator, header, named);
    }

    /** The sign that the most rows have equally often. */
    private static char separator(List<String> rows) {
        char best = ',';
        long most = 0;
        for (char candidate : SEPARATORS) {
            List<Integer> counts =
                    rows.stream().map(row -> fields(row, candidate).size() - 1).toList();
            for (int count : counts.stream().filter(c -> c > 0).distinct().toList()) {
                long same = counts.stream().filter(c -> c == count).count() * 1000 + count;
                boolean header = !rows.isEmpty() && counts.getFirst() == count;
                long weight = same + (header ? 500 : 0);
                if (weight > most) {
                    most = weight;
                    best = candidate;
                }
            }
        }
        return best;
    }

    /** The last comment before the first row that names the columns of that row. */
    private static List<String> commentHeader(List<String> head, List<String> rows, char separator) {
        if (rows.isEmpty()) {
            return List.of();
        }
        int width = fields(rows.getFirst(), separator).size();
        List<String> found = List.of();
        for (String line : head) {
            if (!line.isBlank() && !line.startsWith("#")) {
                break;
            }
            List<String> fields = fields(line.replaceFirst("^[#\\s]+", ""), separator);
            if (fields.size() > 1 && fields.size() == width && ColumnChoice.isHeader(fields)) {
                found = fields;
            }
        }
        return found.isEmpty() || known(fields(rows.getFirst(), separator)) >= known(found) ? List.of() : found;
    }

    /** How many fields are names of columns. */
    private static long known(List<String> fields) {
        return fields.stream().filter(name -> !HeaderWords.of(name).isEmpty()).count();
    }

    /** The fields of a line, as far as a line alone shows them. */
    static List<String> fields(String line, char separator) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"' && separator != '\t' && (quoted || field.toString().isBlank())) {
                quoted = !quoted;
            } else if (c == separator && !quoted) {
                fields.add(field.toString().strip());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString().strip());
        return fields;
    }
}
