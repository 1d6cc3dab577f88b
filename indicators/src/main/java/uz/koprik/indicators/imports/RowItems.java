package uz.koprik.indicators.imports;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import uz.koprik.indicators.imports.layout.CellForms;
import uz.koprik.indicators.imports.layout.CellValues;
import uz.koprik.indicators.imports.layout.ColumnRole;
import uz.koprik.indicators.imports.layout.ImportSentence;
import uz.koprik.indicators.imports.layout.TableColumn;
import uz.koprik.indicators.imports.layout.TypeWords;
import uz.koprik.indicators.imports.layout.UnusableCell;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.observable.text.RecognisedValue;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.values.StixTimestamp;
import uz.koprik.indicators.translate.export.SpreadsheetText;

/** Makes items of the rows of a table whose columns are known. For one thread. */
final class RowItems {

    /** Different type words that are remembered; a table has a few. */
    private static final int REMEMBERED = 256;

    /** The columns by which exports of this product are recognised. */
    private static final List<String> OWN =
            List.of("value", "kind", "valid_until", "object_type", "producer", "pattern");

    /** As spreadsheets and scanners write a port. */
    private static final Pattern PORT_FORM = Pattern.compile("([0-9]{1,5})(?:\\.0|/tcp)", Pattern.CASE_INSENSITIVE);

    /** How a row under a table begins that sums it up. */
    private static final Pattern TOTAL = Pattern.compile(
            "(?:(?:grand |sub)?total|totale|summe|gesamt|insgesamt|итого|всего|jami|жами|összesen|합계|총계|razem|suma|toplam|барлығы|разом"
                    + "|усього|合计|总计|合計)(?![\\p{L}.]).*",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    /** A number of which a spreadsheet kept the beginning only. */
    private static final Pattern SHORTENED = Pattern.compile("-?[0-9](?:[.,][0-9]+)?[eE]\\+[0-9]{1,3}");

    private static final Pattern NAME_AND_HASH =
            Pattern.compile("([^|]+)\\|\\s*(?:[0-9a-fA-F]{32}|[0-9a-fA-F]{40}|[0-9a-fA-F]{64}|[0-9a-fA-F]{128})");
    private static final Pattern HASH = Pattern.compile("[0-9a-fA-F]{32,128}");

    private final List<TableColumn> columns;
    private final CellValues values;
    private final boolean own;
    private Optional<Tlp> marking = Optional.empty();
    private final Map<String, Optional<TypeWords.Meaning>> types = new HashMap<>();

    RowItems(List<TableColumn> columns, CellValues values) {
        this.columns = columns;
        this.values = values;
        this.own = columns.stream().map(TableColumn::header).toList().containsAll(OWN);
    }

    /** States the marking of rows without one. */
    void mark(Optional<Tlp> given) {
        marking = given;
    }

    /** The cells of one row by what they are used for. */
    private static final class Cells {
        private final List<String> values = new ArrayList<>(1);
        private final List<TableColumn> valueColumns = new ArrayList<>(1);
        private String kind = "";
        /** Whether a registry key has the name of a value after a bar. */
        private boolean keyed;

        private String name = "";
        private String description = "";
        private List<String> labels = List.of();
        private Optional<Tlp> tlp = Optional.empty();
        private Optional<Long> validFrom = Optional.empty();
        private Optional<Long> validUntil = Optional.empty();
        private Optional<Integer> confidence = Optional.empty();
        private boolean revoked;
        private boolean detection = true;
        private String pattern = "";
        private String patternType = "";
        private String fileName = "";
        private String port = "";

        /** Of several markings the narrowest holds. */
        private void mark(Optional<Tlp> given) {
            tlp = tlp.isPresent() && given.isPresent() ? given.map(tlp.get()::or) : tlp.or(() -> given);
        }

        /** Of several ends the first holds. */
        private void end(Optional<Long> given) {
            validUntil = validUntil.isPresent() && given.isPresent()
                    ? given.map(end -> Math.min(end, validUntil.get()))
                    : validUntil.or(() -> given);
        }

        ImportItem.Terms terms() {
            return new ImportItem.Terms(
                    name.isEmpty() ? fileName : name,
                    description,
                    labels,
                    tlp,
                    validFrom,
                    validUntil,
                    confidence,
                    revoked);
        }
    }

    /** What a row comes to; a row that cannot be used comes to its reason. */
    List<ImportItem> of(String where, List<String> fields) {
        try {
            return items(where, cells(fields));
        } catch (UnusableCell e) {
            if (isHeader(fields)) {
                return List.of(new ImportItem.ImportNote(where, ImportSentence.NAME_OF_COLUMN.of()));
            }
            return List.of(
                    isTotal(fields)
                            ? new ImportItem.ImportNote(where, ImportSentence.ABOUT_THE_LIST.of())
                            : new ImportItem.RefusedRow(where, e.sentence()));
        }
    }

    /** Whether a row names the columns once more. */
    private boolean isHeader(List<String> fields) {
        if (fields.size() != columns.size()) {
            return false;
        }
        boolean named = false;
        for (int i = 0; i < fields.size(); i++) {
            String cell = fields.get(i).strip();
            named |= !cell.isEmpty();
            if (!cell.equalsIgnoreCase(columns.get(i).header().strip())) {
                return false;
            }
        }
        return named;
    }

    /** Whether a row sums up the others: it begins with such a word, and has a number at most where values stand. */
    private boolean isTotal(List<String> fields) {
        String first = fields.stream()
                .map(String::strip)
                .filter(cell -> !cell.isEmpty())
                .findFirst()
                .orElse("");
        if (!TOTAL.matcher(first).matches()) {
            return false;
        }
        for (int i = 0; i < Math.min(fields.size(), columns.size()); i++) {
            String cell = fields.get(i).strip();
            boolean value = columns.get(i).role() == ColumnRole.VALUE;
            if (value && !cell.equals(first) && !cell.matches("[0-9 .,]*")) {
                return false;
            }
        }
        return true;
    }

    private Cells cells(List<String> fields) throws UnusableCell {
        int size = fields.size();
        while (size > columns.size() && fields.get(size - 1).isBlank()) {
            size--; // a separator at the end of the row
        }
        if (size > columns.size()) {
            throw new UnusableCell(ImportSentence.MORE_FIELDS.of(size, columns.size()));
        }
        Cells cells = new Cells();
        for (int i = 0; i < size; i++) {
            if (own && isOwnText(columns.get(i).role())) {
                addOwn(cells, columns.get(i).role(), SpreadsheetText.unarmed(fields.get(i)));
                continue;
            }
            String cell = SpreadsheetText.unarmed(CellForms.stripped(fields.get(i)));
            if (!own && columns.get(i).role() == ColumnRole.VALUE && cell.lastIndexOf('\'') == 0) {
                cell = cell.substring(1).strip(); // as spreadsheets mark a text
            }
            if (!own && cell.length() > 2 && cell.charAt(0) == '`' && cell.indexOf('`', 1) == cell.length() - 1) {
                cell = cell.substring(1, cell.length() - 1).strip(); // as Markdown writes code
            }
            if (!cell.isEmpty()) {
                add(cells, columns.get(i), cell);
            }
        }
        return cells;
    }

    /** Texts of an own table are taken as they stand: with their blanks, and with words such as "none". */
    private static boolean isOwnText(ColumnRole role) {
        return role == ColumnRole.NAME || role == ColumnRole.DESCRIPTION || role == ColumnRole.LABELS;
    }

    private static void addOwn(Cells cells, ColumnRole role, String text) {
        if (role == ColumnRole.LABELS) {
            cells.labels = CellForms.ownLabels(text);
        } else if (role == ColumnRole.NAME) {
            cells.name = text;
        } else {
            cells.description = text;
        }
    }

    private void add(Cells cells, TableColumn column, String cell) throws UnusableCell {
        switch (column.role()) {
            case VALUE -> {
                if (!own
                        && cell.length() < 30
                        && cell.indexOf('+') > 1
                        && SHORTENED.matcher(cell).matches()) {
                    throw new UnusableCell(ImportSentence.LOST_DIGITS.of());
                }
                if (own || !CellForms.isNothing(cell)) {
                    cells.values.add(cell);
                    cells.valueColumns.add(column);
                }
            }
            case KIND -> {
                cells.kind = CellForms.isNothing(cell) ? "" : cell;
                cells.keyed = cell.indexOf('|') > 0 && TypeWords.bare(cell).equals("regkeyvalue");
            }
            case NAME -> cells.name = CellForms.isNothing(cell) ? "" : cell;
            case DESCRIPTION ->
                cells.description = cells.description.isEmpty() ? cell : cells.description + "\n" + cell;
            case LABELS -> {
                List<String> labels = labels(cell);
                for (String label : labels) {
                    cells.mark(CellForms.tlpOfLabel(label));
                }
                cells.labels = joined(
                        cells.labels,
                        labels.stream()
                                .filter(label -> CellForms.tlpOfLabel(label).isEmpty())
                                .toList());
            }
            case TLP -> cells.mark(tlp(cell, column.header()));
            case VALID_FROM -> cells.validFrom = time(cell);
            case VALID_UNTIL -> cells.end(CellForms.isEndless(cell) ? Optional.empty() : time(cell));
            case CONFIDENCE -> {
                cells.confidence = confidence(cell);
                // AbuseIPDB also answers for addresses that nobody reported.
                boolean abuse = cells.confidence.isPresent()
                        && cells.confidence.get() == 0
                        && TypeWords.bare(column.header()).startsWith("abuse");
                cells.detection &= !abuse;
            }
            case REVOKED ->
                cells.revoked |= CellForms.withdrawn(cell, column.header())
                        .orElseThrow(() -> new UnusableCell(ImportSentence.WRONG_WITHDRAWN.of()));
            case ACTIVE ->
                cells.revoked |=
                        !CellForms.inForce(cell).orElseThrow(() -> new UnusableCell(ImportSentence.WRONG_ACTIVE.of()));
            case DETECTION ->
                cells.detection &= CellForms.detection(cell, column.header())
                        .orElseThrow(() -> new UnusableCell(ImportSentence.WRONG_DETECTION.of()));
            case PATTERN -> cells.pattern = cell;
            case PATTERN_TYPE -> cells.patternType = cell;
            case PORT -> cells.port = CellForms.isNothing(cell) ? "" : cell;
            case FILE_NAME -> cells.fileName = CellForms.isNothing(cell) ? "" : cell;
            case SKIP -> {}
        }
    }

    private List<ImportItem> items(String where, Cells cells) throws UnusableCell {
        if (!cells.detection) {
            throw new UnusableCell(ImportSentence.NO_DETECTION.of());
        }
        if (cells.validFrom.isPresent()
                && cells.validUntil.isPresent()
                && cells.validUntil.get() <= cells.validFrom.get()) {
            throw new UnusableCell(ImportSentence.ENDS_BEFORE_IT_BEGINS.of());
        }
        if (!own && cells.values.size() == 1 && cells.fileName.isEmpty() && !cells.kind.isEmpty()) {
            cells.fileName = fileName(cells.values.getFirst());
        }
        ImportItem.Terms terms = cells.terms().marked(marking);
        if (!cells.pattern.isEmpty() && isStix(cells)) {
            CellValues.Found pattern = values.pattern(cells.pattern);
            boolean simple = pattern.value().isPresent() && pattern.others().isEmpty();
            if (own && cells.values.size() == 1) {
                List<CellValues.Found> read = read(cells);
                // The kind says which of two kinds with one path it is.
                if (simple || isPatternOf(read, cells.pattern)) {
                    return items(where, read, terms);
                }
            }
            return items(where, List.of(pattern), terms);
        }
        if (cells.values.isEmpty()) {
            throw new UnusableCell(
                    (cells.pattern.isEmpty() ? ImportSentence.NO_VALUE : ImportSentence.OTHER_PATTERN).of());
        }
        return items(where, read(cells), terms);
    }

    /** The name of the file in {@code filename|sha256}; empty for anything else. */
    private static String fileName(String value) {
        Matcher pair = value.indexOf('|') > 0 ? NAME_AND_HASH.matcher(value) : null;
        return pair != null
                        && pair.matches()
                        && !HASH.matcher(pair.group(1).strip()).matches()
                ? pair.group(1).strip()
                : "";
    }

    /** Whether a pattern is one of STIX; Sentinel names its language by the type of the object in it. */
    private static boolean isStix(Cells cells) {
        return cells.patternType.isEmpty()
                || cells.patternType.equalsIgnoreCase("stix")
                || (cells.pattern.startsWith("[")
                        && TypeWords.of(cells.patternType)
                                .filter(type -> type.held() && !type.kinds().isEmpty())
                                .isPresent());
    }

    /** Whether a pattern says nothing but the one value. */
    private static boolean isPatternOf(List<CellValues.Found> read, String pattern) {
        if (read.size() != 1
                || read.getFirst().value().isEmpty()
                || !read.getFirst().others().isEmpty()) {
            return false;
        }
        Observable value = read.getFirst().value().get().observable();
        return pattern.equals(value.pattern())
                || pattern.equals('[' + value.kind().stix().operand(value.value()) + ']');
    }

    private static List<ImportItem> items(String where, List<CellValues.Found> found, ImportItem.Terms terms) {
        List<ImportItem> items = new ArrayList<>(found.size());
        for (CellValues.Found one : found) {
            items.add(
                    one.value().isPresent()
                            ? new ImportItem.Value(where, one.value().get(), one.others(), terms, one.doubt())
                            : new ImportItem.PatternText(where, one.pattern(), terms));
        }
        return items;
    }

    private List<CellValues.Found> read(Cells cells) throws UnusableCell {
        if (cells.keyed) {
            cells.values.replaceAll(value -> value.indexOf('|') > 0 ? value.substring(0, value.indexOf('|')) : value);
        }
        if (cells.values.size() == 1 && cells.port.isEmpty()) { // most rows
            return values.read(cells.values.getFirst(), kinds(cells, 0));
        }
        List<CellValues.Found> all = new ArrayList<>();
        List<Observable> hashes = new ArrayList<>();
        for (int i = 0; i < cells.values.size(); i++) {
            for (CellValues.Found found : values.read(withPort(cells, i), kinds(cells, i))) {
                boolean hash = found.value().isPresent()
                        && CellValues.isHash(found.value().get().observable().kind());
                if (hash) {
                    hashes.add(found.value().get().observable());
                    hashes.addAll(found.others());
                } else {
                    all.add(found);
                }
            }
        }
        if (!hashes.isEmpty()) {
            Observable first = hashes.getFirst();
            all.addFirst(new CellValues.Found(
                    Optional.of(new RecognisedValue(first, 0, first.value().length(), Optional.empty())),
                    hashes.stream().skip(1).distinct().toList(),
                    "",
                    ""));
        }
        return all;
    }

    private static String withPort(Cells cells, int i) throws UnusableCell {
        String value = cells.values.get(i);
        if (cells.port.isEmpty() || value.indexOf('/') >= 0 || cells.values.size() > 1) {
            return value;
        }
        String port = PORT_FORM.matcher(cells.port).replaceFirst("$1");
        if (port.equals("*") || port.equalsIgnoreCase("any")) {
            return value;
        }
        if (!port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65_535) {
            throw new UnusableCell(ImportSentence.WRONG_PORT.of());
        }
        boolean hasPort = value.matches(".*[^:]:[0-9]{1,5}") && value.indexOf(':') == value.lastIndexOf(':');
        boolean six = value.indexOf(':') != value.lastIndexOf(':') && !value.startsWith("[");
        return hasPort ? value : (six ? '[' + value + ']' : value) + ':' + port;
    }

    private List<ObservableKind> kinds(Cells cells, int i) throws UnusableCell {
        List<ObservableKind> ofColumn = cells.valueColumns.get(i).kinds();
        if (cells.kind.isEmpty()) {
            return ofColumn;
        }
        if (types.size() > REMEMBERED) {
            types.clear();
        }
        Optional<TypeWords.Meaning> meaning = types.computeIfAbsent(cells.kind, TypeWords::of);
        if (meaning.isEmpty()) {
            if (!ofColumn.isEmpty()) {
                return ofColumn;
            }
            throw new UnusableCell(ImportSentence.UNKNOWN_TYPE.of());
        }
        boolean pattern = cells.values.get(i).startsWith("[");
        if (!meaning.get().held() && !pattern) {
            if (!ofColumn.isEmpty()) {
                return ofColumn;
            }
            throw new UnusableCell(ImportSentence.TYPE_NOT_TAKEN.of());
        }
        List<ObservableKind> ofType = meaning.get().kinds();
        if (ofColumn.isEmpty() || ofType.isEmpty()) {
            return ofType.isEmpty() ? ofColumn : ofType;
        }
        List<ObservableKind> both = ofColumn.stream().filter(ofType::contains).toList();
        return both.isEmpty() ? ofColumn : both;
    }

    private static List<String> joined(List<String> before, List<String> more) {
        if (before.isEmpty()) {
            return more;
        }
        List<String> all = new ArrayList<>(before);
        more.stream().filter(label -> !all.contains(label)).forEach(all::add);
        return all;
    }

    private static List<String> labels(String cell) {
        return CellForms.labels(cell).stream()
                .filter(label -> !CellForms.isNothing(label))
                .toList();
    }

    private static Optional<Tlp> tlp(String cell, String header) throws UnusableCell {
        if (CellForms.isNothing(cell)) {
            return Optional.empty();
        }
        Optional<Tlp> tlp = CellForms.tlp(cell, header);
        if (tlp.isEmpty()) {
            throw new UnusableCell(ImportSentence.WRONG_MARKING.of());
        }
        return tlp;
    }

    private static Optional<Long> time(String cell) throws UnusableCell {
        if (CellForms.isNothing(cell)) {
            return Optional.empty();
        }
        long micros = CellForms.time(cell);
        if (micros == StixTimestamp.INVALID) {
            throw new UnusableCell(ImportSentence.WRONG_TIME.of());
        }
        return Optional.of(micros);
    }

    private static Optional<Integer> confidence(String cell) throws UnusableCell {
        if (!Character.isDigit(cell.charAt(0)) && CellForms.isUngraded(cell)) {
            return Optional.empty();
        }
        int confidence = CellForms.confidence(cell);
        if (confidence < 0) {
            throw new UnusableCell(ImportSentence.WRONG_CONFIDENCE.of());
        }
        return Optional.of(confidence);
    }
}
