package uz.koprik.indicators.translate.export;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Rows of RFC 4180. Every cell is quoted and keeps its line breaks. One that a spreadsheet would take for a formula
 * begins with an apostrophe, which imports take off again.
 */
final class CsvRows implements TableRows {

    private final OutputLines out;
    private boolean begun;

    CsvRows(OutputLines out) {
        this.out = out;
    }

    @Override
    public int longestCell() {
        return Integer.MAX_VALUE;
    }

    @Override
    public void write(List<String> cells) throws IOException {
        out.write((begun
                        ? cells.stream().map(CsvRows::cell).collect(Collectors.joining(","))
                        : String.join(",", cells)) // the header
                + "\r\n");
        begun = true;
    }

    @Override
    public void finish() throws IOException {
        out.flush();
    }

    /** A cell that stays one, and stays text, in every program that opens it. */
    static String cell(String text) {
        return '"' + SpreadsheetText.armed(plain(text)).replace("\"", "\"\"") + '"';
    }

    /** Without what terminals obey: a blank for every control but the tabulator and ends of lines. */
    private static String plain(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints()
                .forEach(c -> plain.appendCodePoint(
                        switch (Character.getType(c)) {
                            case Character.CONTROL -> c == '\t' || c == '\n' || c == '\r' ? c : ' ';
                            case Character.SURROGATE -> ' ';
                            default -> c;
                        }));
        return plain.toString();
    }
}
