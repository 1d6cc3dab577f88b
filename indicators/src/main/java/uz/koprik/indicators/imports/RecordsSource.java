package uz.koprik.indicators.imports;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.indicators.imports.layout.CellValues;
import uz.koprik.indicators.imports.layout.ColumnChoice;
import uz.koprik.indicators.imports.layout.FileFault;
import uz.koprik.indicators.imports.layout.ImportSentence;
import uz.koprik.indicators.imports.layout.JsonRecords;
import uz.koprik.indicators.imports.layout.JsonRecords.JsonRecord;
import uz.koprik.indicators.imports.layout.TableColumn;
import uz.koprik.indicators.imports.layout.UnusableCell;

/**
 * JSON that is neither STIX nor MISP: records with a value each, read like the rows of a table. In JSON Lines, STIX
 * objects may stand as well.
 */
final class RecordsSource implements ImportReader.Source {

    /** Longest text that is taken in one piece. */
    private static final int MAX_BYTES = MispSource.MAX_EVENT_BYTES;

    /** Records by which columns are chosen. */
    private static final int SAMPLE = 64;

    /** Lines of Elasticsearch that say what the next line is for. */
    private static final Set<String> BULK = Set.of("index", "create", "update");

    /** Where records come from; null at the end. */
    private interface Records {
        Object next() throws IOException, ImportRefused;
    }

    /** A line that is a bundle or an envelope. */
    @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
    private record ObjectsLine(String where, byte[] bytes) {}

    private final Records records;
    private final ImportOptions options;
    private final CellValues values;
    private final Queue<Object> sample = new ArrayDeque<>();
    private final Queue<ImportItem> waiting = new ArrayDeque<>();
    private final List<ImportItem.ImportNote> notes = new ArrayList<>();
    private List<String> header = List.of();
    private List<TableColumn> columns = List.of();
    private RowItems rows;

    private RecordsSource(Records records, ImportOptions options) throws IOException, ImportRefused {
        this.records = records;
        this.options = options;
        this.values = new CellValues(options.recognition());
        Set<String> names = new LinkedHashSet<>();
        List<JsonRecord> first = new ArrayList<>();
        for (Object one = records.next(); one != null; one = records.next()) {
            sample.add(one);
            if (one instanceof JsonRecord row) {
                names.addAll(row.cells().keySet());
                first.add(row);
            }
            if (sample.size() == SAMPLE) {
                break;
            }
        }
        if (!first.isEmpty()) {
            choose(List.copyOf(names), first);
            TableSource.noteUnused(columns, List.of(), notes);
        }
    }

    /** One JSON text. */
    static RecordsSource text(InputStream text, ImportOptions options) throws IOException, ImportRefused {
        byte[] bytes = text.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw new ImportRefused(FileFault.LARGE_JSON.of(MAX_BYTES));
        }
        try {
            JsonRecords.Found found = JsonRecords.of(StrictJson.parse(bytes));
            var iterator = found.records().iterator();
            RecordsSource source = new RecordsSource(() -> iterator.hasNext() ? iterator.next() : null, options);
            found.unused().forEach(unused -> source.notes.add(new ImportItem.ImportNote("header", unused)));
            return source;
        } catch (MalformedJson e) {
            throw new ImportRefused(e);
        } catch (UnusableCell e) {
            throw new ImportRefused(e.sentence(), e);
        }
    }

    /** One JSON object a line. */
    static RecordsSource lines(InputStream text, ImportOptions options) throws IOException, ImportRefused {
        InputLines lines = new InputLines(text, options.maxObjectBytes());
        return new RecordsSource(() -> line(lines, options), options);
    }

    private static Object line(InputLines lines, ImportOptions options) throws IOException {
        while (true) {
            InputLines.State state = lines.next();
            String where = "line " + lines.number();
            switch (state) {
                case END -> {
                    return null;
                }
                case TOO_LONG -> {
                    return new ImportItem.RefusedRow(where, ImportSentence.LARGE_OBJECT.of(options.maxObjectBytes()));
                }
                case NOT_UTF8 -> {
                    return new ImportItem.RefusedRow(where, RowReader.reason(state));
                }
                case TEXT -> {
                    if (!lines.text().isBlank()) {
                        return record(where, lines.text());
                    }
                }
            }
        }
    }

    private static Object record(String where, String line) {
        byte[] bytes = line.strip().getBytes(StandardCharsets.UTF_8);
        JsonObject object;
        try {
            object = StrictJson.parseObject(bytes);
        } catch (MalformedJson e) {
            return new ImportItem.RefusedRow(where, e.reason());
        }
        if (object.get("objects") instanceof JsonArray) {
            return new ObjectsLine(where, bytes);
        }
        if (object.string("type").isPresent()
                && object.string("id").filter(id -> id.contains("--")).isPresent()) {
            return new ImportItem.ObjectBytes(where, bytes);
        }
        boolean bulk = object.size() == 1 && BULK.contains(object.name(0)) && object.value(0) instanceof JsonObject;
        if (bulk || object.string("type").filter("metadata"::equals).isPresent()) {
            return new ImportItem.ImportNote(where, ImportSentence.ABOUT_THE_LIST.of());
        }
        return new JsonRecord(where, JsonRecords.cells(object));
    }

    private void choose(List<String> names, List<JsonRecord> first) throws ImportRefused {
        ColumnChoice choice = TableSource.choice(
                names, first.stream().map(row -> row(names, row.cells())).toList(), options.hints(), values, notes);
        header = names;
        columns = choice.columns();
        rows = new RowItems(columns, values);
    }

    private static List<String> row(List<String> names, Map<String, String> cells) {
        return names.stream().map(name -> cells.getOrDefault(name, "")).toList();
    }

    @Override
    public List<ImportItem.ImportNote> notes() {
        return notes;
    }

    @Override
    public List<TableColumn> columns() {
        return columns;
    }

    @Override
    public ImportItem next() throws IOException, ImportRefused {
        while (waiting.isEmpty()) {
            Object one = sample.isEmpty() ? records.next() : sample.remove();
            switch (one) {
                case null -> {
                    return null;
                }
                case ObjectsLine line -> unpack(line);
                case ImportItem item -> waiting.add(item);
                case JsonRecord row -> add(row);
                default -> throw new IllegalStateException(one.getClass().getName());
            }
        }
        return waiting.remove();
    }

    /** The objects of a line, each with its pointer. */
    private void unpack(ObjectsLine line) throws IOException, ImportRefused {
        ObjectsSource objects = ObjectsSource.of(
                new BufferedInputStream(new ByteArrayInputStream(line.bytes())), options.maxObjectBytes());
        for (ImportItem item = objects.next(); item != null; item = objects.next()) {
            waiting.add(
                    switch (item) {
                        case ImportItem.ObjectBytes object ->
                            new ImportItem.ObjectBytes(line.where() + ", " + object.where(), object.object());
                        default -> item;
                    });
        }
    }

    private void add(JsonRecord record) throws ImportRefused {
        if (rows == null) {
            choose(List.copyOf(record.cells().keySet()), List.of(record));
        }
        List<String> unknown = record.cells().keySet().stream()
                .filter(name -> !header.contains(name))
                .toList();
        if (!unknown.isEmpty()) {
            List<String> all = new ArrayList<>(header);
            all.addAll(unknown);
            choose(all, List.of(record));
            waiting.add(new ImportItem.ImportNote(
                    record.where(), ImportSentence.NEW_MEMBERS.of(String.join(", ", unknown))));
        }
        waiting.addAll(rows.of(record.where(), row(header, record.cells())));
    }
}
