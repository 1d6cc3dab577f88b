package uz.koprik.indicators.imports;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import uz.koprik.indicators.imports.layout.ImportSentence;
import uz.koprik.indicators.wording.Sentence;

/** Cuts lines into fields: by tabulators (TSV), or by RFC 4180 with a comma or semicolon (CSV). */
final class RowReader {

    private final InputLines lines;
    private final char separator;
    private final boolean quotes;
    private final boolean comments;
    private final List<String> fields = new ArrayList<>();
    private long number;
    private Sentence fault = Sentence.NONE;

    RowReader(InputStream text, char separator) {
        this(text, separator, true);
    }

    private RowReader(InputStream text, char separator, boolean comments) {
        this.comments = comments;
        this.lines = new InputLines(text, ImportOptions.MAX_ROW_BYTES);
        this.separator = separator;
        this.quotes = separator != '\t';
    }

    /** For tables in which a row may begin with {@code #}, as case numbers do. */
    static RowReader withoutComments(InputStream text, char separator) {
        return new RowReader(text, separator, false);
    }

    /** Reads the next row that is neither blank nor a comment; false at the end. */
    boolean next() throws IOException {
        while (true) {
            InputLines.State state = lines.next();
            if (state == InputLines.State.END) {
                return false;
            }
            number = lines.number();
            fields.clear();
            fault = Sentence.NONE;
            if (state != InputLines.State.TEXT) {
                fault = reason(state);
                return true;
            }
            String line = lines.text();
            if (!line.isBlank() && !(comments && line.charAt(0) == '#')) {
                if (quotes && line.indexOf('"') >= 0) {
                    quoted(line);
                } else if (!quotes && (line.charAt(0) == '"' || line.contains("\t\""))) {
                    quotedBetweenTabs(line);
                } else {
                    plain(line);
                }
                return true;
            }
        }
    }

    /** Line on which the row begins, from 1. */
    long number() {
        return number;
    }

    /** The fields of the row; valid until the next one is read. */
    List<String> fields() {
        return fields;
    }

    /** Why the row cannot be read; empty when it can. */
    Sentence fault() {
        return fault;
    }

    static Sentence reason(InputLines.State state) {
        return state == InputLines.State.TOO_LONG
                ? ImportSentence.LONG_LINE.of(ImportOptions.MAX_ROW_BYTES)
                : ImportSentence.NO_UTF_8.of();
    }

    private void plain(String line) {
        int from = 0;
        for (int to = line.indexOf(separator); to >= 0; to = line.indexOf(separator, from)) {
            fields.add(line.substring(from, to));
            from = to + 1;
        }
        fields.add(line.substring(from));
    }

    /** A quoted field may hold separators, doubled quotes and line breaks (RFC 4180, section 2). */
    private void quoted(String first) throws IOException {
        String line = first;
        long taken = 0; // characters of the lines before this one, each a byte at least
        StringBuilder field = new StringBuilder();
        int at = 0;
        while (true) {
            field.setLength(0);
            at = pastBlanks(line, at);
            if (at < line.length() && line.charAt(at) == '"') {
                at++;
                while (true) {
                    int quote = line.indexOf('"', at);
                    if (quote < 0) {
                        field.append(line, at, line.length()).append(lines.endedByCrLf() ? "\r\n" : "\n");
                        taken += line.length() + 1;
                        if (taken > ImportOptions.MAX_ROW_BYTES) {
                            fault = ImportSentence.LONG_ROW.of(ImportOptions.MAX_ROW_BYTES, number, lines.number());
                            return;
                        }
                        if (lines.next() != InputLines.State.TEXT) {
                            fault = open();
                            return;
                        }
                        line = lines.text();
                        at = 0;
                    } else if (quote + 1 < line.length() && line.charAt(quote + 1) == '"') {
                        field.append(line, at, quote + 1);
                        at = quote + 2;
                    } else {
                        field.append(line, at, quote);
                        at = quote + 1;
                        break;
                    }
                }
                while (at < line.length() && line.charAt(at) == ' ') {
                    at++;
                }
                if (at < line.length() && line.charAt(at) != separator) {
                    fault = ImportSentence.TEXT_AFTER_QUOTE.of();
                    return;
                }
            } else {
                int to = line.indexOf(separator, at);
                field.append(line, at, to < 0 ? line.length() : to);
                at = to < 0 ? line.length() : to;
            }
            fields.add(field.toString());
            if (at >= line.length()) {
                return;
            }
            at++;
            if (at == line.length()) {
                fields.add("");
                return;
            }
        }
    }

    /**
     * Fields between tabulators, of which spreadsheets quote some. A quote whose end does not stand at the end of the
     * field is a sign of the text.
     */
    private void quotedBetweenTabs(String line) {
        int at = 0;
        while (at <= line.length()) {
            int end = at < line.length() && line.charAt(at) == '"' ? closing(line, at + 1) : -1;
            if (end >= 0) {
                fields.add(line.substring(at + 1, end).replace("\"\"", "\""));
                at = end + 2;
            } else {
                int to = line.indexOf('\t', at);
                fields.add(line.substring(at, to < 0 ? line.length() : to));
                at = to < 0 ? line.length() + 1 : to + 1;
            }
        }
    }

    /** The quote that ends a field, with a tabulator or nothing after it; -1 for none. */
    private static int closing(String line, int from) {
        for (int i = line.indexOf('"', from); i >= 0; i = line.indexOf('"', i + 1)) {
            if (i + 1 < line.length() && line.charAt(i + 1) == '"') {
                i++;
            } else {
                return i + 1 == line.length() || line.charAt(i + 1) == '\t' ? i : -1;
            }
        }
        return -1;
    }

    /** Where a quote begins after blanks, as feeds write after commas; otherwise where it was. */
    private static int pastBlanks(String line, int at) {
        int to = at;
        while (to < line.length() && line.charAt(to) == ' ') {
            to++;
        }
        return to < line.length() && line.charAt(to) == '"' ? to : at;
    }

    /** The rest of what was read belongs to no row: says from which line to which. */
    private Sentence open() {
        return lines.number() > number
                ? ImportSentence.OPEN_QUOTE_LINES.of(number, lines.number())
                : ImportSentence.OPEN_QUOTE.of();
    }
}
