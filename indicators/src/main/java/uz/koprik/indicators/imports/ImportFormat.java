package uz.koprik.indicators.imports;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** How a file is laid out. */
public enum ImportFormat {
    /** A STIX bundle or a TAXII envelope: an object whose {@code objects} are wanted. */
    OBJECTS,
    /** One STIX object. */
    SINGLE_OBJECT,
    /** Comma-separated values (RFC 4180); semicolons are recognised too. */
    CSV,
    /** Values separated by tabulators, without quotes. */
    TSV,
    /** One value a line; {@code #} begins a comment. */
    LIST,
    /** Events of MISP's core format: one, an answer to a search, or a list of them. */
    MISP;

    /**
     * Guesses from the beginning of a file and its name. The name decides between tables and lists, unless it says
     * nothing; the text decides about JSON.
     *
     * @param head first bytes after decompression, a few thousand at most
     * @param fileName may be empty; {@code .gz} at its end is ignored
     */
    public static ImportFormat detect(byte[] head, String fileName) {
        String start = start(head);
        if (MispShape.isMisp(start)) {
            return MISP;
        }
        if (ObjectText.isList(start)) {
            return OBJECTS;
        }
        if (start.startsWith("{")) {
            return TopLevel.isCollection(start) ? OBJECTS : SINGLE_OBJECT;
        }
        String name = fileName.toLowerCase(Locale.ROOT);
        name = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
        if (name.endsWith(".csv")) {
            return CSV;
        }
        if (name.endsWith(".tsv") || name.endsWith(".tab")) {
            return TSV;
        }
        String line = firstRow(start);
        if (line.indexOf('\t') >= 0) {
            return TSV;
        }
        String plain = line.replace("\"", "");
        boolean header = Columns.isHeader(List.of(plain.split(","))) || Columns.isHeader(List.of(plain.split(";")));
        return header ? CSV : LIST;
    }

    /** The beginning of a text, without a byte order mark and blanks. */
    static String start(byte[] head) {
        String text = new String(head, StandardCharsets.UTF_8);
        return (text.startsWith("\uFEFF") ? text.substring(1) : text).stripLeading();
    }

    private static String firstRow(String text) {
        return text.lines()
                .filter(line -> !line.isBlank() && line.charAt(0) != '#')
                .findFirst()
                .orElse("");
    }
}
