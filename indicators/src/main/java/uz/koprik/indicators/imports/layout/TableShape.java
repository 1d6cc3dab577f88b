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
        String name = fileName.toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
        char separator = name.endsWith(".tsv") || name.endsWith(".tab") ? '\t' : separator(head);
        List<String> rows = rows(head, separator);
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
    private static char separator(List<String> head) {
        char best = ',';
        double most = 0;
        for (char candidate : SEPARATORS) {
            List<String> rows = rows(head, candidate);
            List<Integer> counts =
                    rows.stream().map(row -> fields(row, candidate).size() - 1).toList();
            for (int count : counts.stream().filter(c -> c > 0).distinct().toList()) {
                // Shares, since a separator may make fewer rows of the same lines.
                double same = counts.stream().filter(c -> c == count).count() + count / 1000.0;
                boolean header = counts.getFirst() == count;
                double weight = (same + (header ? 0.5 : 0)) / rows.size();
                if (weight > most) {
                    most = weight;
                    best = candidate;
                }
            }
        }
        return best;
    }

    /** The first rows that are no comments; one with an open quote goes on in the next line (RFC 4180, section 2). */
    private static List<String> rows(List<String> head, char separator) {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < head.size() && rows.size() < ROWS; i++) {
            String line = head.get(i);
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            int last = lastLine(head, i, separator);
            rows.add(String.join("\n", head.subList(i, last + 1)));
            i = last;
        }
        return rows;
    }

    /** The line in which the quotes of the row are closed that begins in a line; that line itself when none closes. */
    private static int lastLine(List<String> head, int first, char separator) {
        boolean quoted = false;
        for (int at = first; at < head.size(); at++) {
            String line = head.get(at);
            boolean blank = true; // a field begins, and nothing but blanks came
            for (int i = 0; i < line.length() && separator != '\t'; i++) {
                char c = line.charAt(i);
                if (quoted && isDoubled(line, i)) {
                    i++;
                } else if (c == '"' && (quoted || blank)) {
                    quoted = !quoted;
                    blank = false;
                } else if (c == separator && !quoted) {
                    blank = true;
                } else {
                    blank &= Character.isWhitespace(c);
                }
            }
            if (!quoted) {
                return at;
            }
        }
        return first; // the quote is a sign of the text
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
            List<String> fields = fields(line.replaceFirst("^[#\\s]+(?:fields\\t)?", ""), separator);
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

    /** Whether two quotes stand there, which are one of the text. */
    private static boolean isDoubled(String line, int at) {
        return line.startsWith("\"\"", at);
    }

    /** The fields of a line, as far as a line alone shows them. */
    static List<String> fields(String line, char separator) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quoted && isDoubled(line, i)) {
                field.append(c);
                i++;
            } else if (c == '"'
                    && separator != '\t'
                    && (quoted || field.toString().isBlank())) {
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
