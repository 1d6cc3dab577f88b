package uz.koprik.indicators.imports;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import uz.koprik.indicators.imports.layout.ColumnChoice;
import uz.koprik.indicators.imports.layout.ForeignForm;
import uz.koprik.indicators.imports.layout.ListLayout;
import uz.koprik.indicators.imports.layout.TableShape;

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
    /** Values line by line; {@link ListLayout} says how a line looks. */
    LIST,
    /** Events of MISP's core format: one, an answer to a search, or a list of them. */
    MISP,
    /** Sheets of an XLSX workbook. */
    XLSX,
    /** JSON of another kind: records with a value each. */
    RECORDS,
    /** One JSON object a line: STIX objects or records. */
    JSON_LINES;

    /** How many bytes of a text are looked at. */
    private static final int SEEN = 64 << 10;

    private static final Pattern JSON_LIST = Pattern.compile("\\[\\s*[{\\[\"\\]\\d-]");
    private static final Pattern STIX_ID = Pattern.compile("\"id\"\\s*:\\s*\"[a-z0-9-]+--");

    /** Objects of Anomali, which stand under the name of those of STIX. */
    private static final Pattern OTHER_OBJECTS =
            Pattern.compile("\"objects\"\\s*:\\s*\\[\\s*\\{[^{}\\[\\]]*\"(?:itype|ioc|indicator)\"\\s*:");

    /** A line of the index of a MISP feed, which {@link TableSource} refuses. */
    private static final Pattern MISP_INDEX =
            Pattern.compile("[0-9a-f]{32},[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\\s*");

    /** Members under which programs keep records in an object that has a type as well. */
    private static final List<String> RECORD_LISTS =
            List.of("observables", "artifacts", "indicators", "iocs", "data", "results", "pulses");

    /**
     * Guesses from the beginning of a file and its name. The name decides between tables and lists, unless it says
     * nothing; the text decides about JSON.
     *
     * @param head first bytes after decompression, in UTF-8
     * @param fileName may be empty; {@code .gz} at its end is ignored
     */
    public static ImportFormat detect(byte[] head, String fileName) {
        if (head.length > 3 && head[0] == 'P' && head[1] == 'K' && head[2] == 3 && head[3] == 4) {
            return XLSX;
        }
        String start = start(head);
        if (MispShape.isMisp(start)) {
            return MISP;
        }
        if (ObjectText.isList(start)) {
            return OBJECTS;
        }
        if (start.startsWith("{")) {
            return object(start);
        }
        if (JSON_LIST.matcher(start).lookingAt()) {
            return RECORDS;
        }
        List<String> lines = start.lines().toList();
        if (ListLayout.of(lines) != ListLayout.PLAIN) {
            return LIST;
        }
        String name = fileName.toLowerCase(Locale.ROOT);
        name = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
        if (name.endsWith(".csv")) {
            return CSV;
        }
        if (name.endsWith(".tsv") || name.endsWith(".tab")) {
            return TSV;
        }
        String line = firstRow(lines);
        if (line.indexOf('\t') >= 0) {
            return TSV;
        }
        return MISP_INDEX.matcher(line).matches()
                        || TableShape.of(lines, fileName).hasHeader()
                ? CSV
                : LIST;
    }

    /** The beginning of a text, without a byte order mark and blanks. */
    static String start(byte[] head) {
        String text = new String(head, 0, Math.min(head.length, SEEN), StandardCharsets.UTF_8);
        return (text.startsWith("\uFEFF") ? text.substring(1) : text).stripLeading();
    }

    private static ImportFormat object(String start) {
        List<String> lines =
                start.lines().filter(line -> !line.isBlank()).limit(2).toList();
        boolean eachLine = lines.size() == 2
                && lines.get(0).stripTrailing().endsWith("}")
                && lines.get(1).stripLeading().startsWith("{")
                && TopLevel.isClosed(lines.get(0));
        if (eachLine) {
            return JSON_LINES;
        }
        List<String> members = TopLevel.members(start);
        if (!TopLevel.isCollection(start)) {
            boolean records = members.stream().anyMatch(RECORD_LISTS::contains)
                    && !STIX_ID.matcher(start).find();
            records |= !STIX_ID.matcher(start).find()
                    && !members.contains("spec_version")
                    && !members.contains("id")
                    && ColumnChoice.namesValue(members);
            records |= ForeignForm.isHarmless(members); // is refused there, with what it looks like
            return records ? RECORDS : SINGLE_OBJECT;
        }
        boolean whole = TopLevel.isClosed(start) && FileShape.isEmptyEnvelope(members);
        boolean stix = whole
                || members.contains("objects")
                || (members.contains("type") && start.contains("\"bundle\""))
                || start.contains("\"bundle--");
        boolean others = members.contains("objects")
                && OTHER_OBJECTS.matcher(start).find()
                && !STIX_ID.matcher(start).find();
        return stix && !others ? OBJECTS : RECORDS;
    }

    private static String firstRow(List<String> lines) {
        return lines.stream()
                .filter(line -> !line.isBlank() && line.charAt(0) != '#')
                .findFirst()
                .orElse("");
    }
}
