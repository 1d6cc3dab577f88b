package uz.koprik.indicators.imports;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.observable.text.Recognition;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.values.StixTimestamp;

class ImportReaderTest {

    private static final String BUNDLE =
            "{\"type\":\"bundle\",\"id\":\"bundle--1\",\"objects\":[{\"a\":1},\n {\"b\":[2]}]}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"type\":\"bundle\",\"objects\":[]}            | x.json   | OBJECTS",
                "{\"more\":false,\"objects\":[{\"type\":\"file\"}]} | x       | OBJECTS",
                "{\"id\":\"bundle--1\",\"objects\":[{}]}         | x.json   | OBJECTS",
                "{\"id\":\"x\",\"type\":\"indicator\"}           | x.json   | SINGLE_OBJECT",
                "{\"type\":\"observed-data\",\"objects\":{\"0\":{\"type\":\"file\",\"objects\":[]}}} | x | SINGLE_OBJECT",
                "{\"type\":\"report\",\"name\":\"\\\"objects\\\":[\"} | x | SINGLE_OBJECT",
                "value,name                                      | x        | CSV",
                "\"name\";\"Value\"                              | x        | CSV",
                "a,b                                             | x.csv    | CSV",
                "a,b                                             | X.CSV.gz | CSV",
                "a\tb                                            | x        | TSV",
                "a                                               | x.tsv    | TSV",
                "example.com                                     | x.txt    | LIST",
                "# value,name                                    | x        | LIST"
            })
    void findsOutTheFormat(String head, String name, ImportFormat format) {
        assertEquals(format, ImportFormat.detect(head.getBytes(StandardCharsets.UTF_8), name));
    }

    @Test
    void cutsTheObjectsOutOfABundle() throws Exception {
        List<ImportItem> items = read(BUNDLE, ImportOptions.of("x.json"));
        assertEquals(
                List.of("/objects/0", "/objects/1"),
                items.stream().map(ImportItem::where).toList());
        assertArrayEquals(
                "{\"b\":[2]}".getBytes(StandardCharsets.UTF_8),
                assertInstanceOf(ImportItem.ObjectBytes.class, items.get(1)).object());
    }

    private static final String TWO =
            "[ {\"type\":\"url\",\"id\":\"url--bb7a38a1-5d5f-5f1f-9dc2-2ff0eb2b1e1a\"},\n{\"b\":[2]}]";

    @Test
    void readsAListOfObjectsWithoutABundle() throws Exception {
        List<ImportItem> items = read(TWO, ImportOptions.of("x.json"));
        assertEquals(List.of("/0", "/1"), items.stream().map(ImportItem::where).toList());
        assertArrayEquals(
                "{\"b\":[2]}".getBytes(StandardCharsets.UTF_8),
                assertInstanceOf(ImportItem.ObjectBytes.class, items.get(1)).object());
    }

    @Test
    void skipsTheByteOrderMarkOfAFile() throws Exception {
        assertEquals(2, read("\uFEFF" + BUNDLE, ImportOptions.of("x.json")).size());
        assertEquals(2, read("\uFEFF" + TWO, ImportOptions.of("x.json")).size());
        String object = "{\"type\":\"indicator\",\"id\":\"x\"}";
        assertArrayEquals(
                object.getBytes(StandardCharsets.UTF_8),
                assertInstanceOf(
                                ImportItem.ObjectBytes.class,
                                read("\uFEFF" + object, ImportOptions.of("x")).getFirst())
                        .object());
    }

    @Test
    void refusesObjectsThatAreTooLongAndGoesOn() throws Exception {
        ImportOptions small = new ImportOptions(
                "x.json", Optional.empty(), Optional.empty(), Recognition.PLAIN, 10, 100, Optional.empty());
        List<ImportItem> items = read("{\"objects\":[{\"a\":1},{\"a\":\"0123456789\"},{\"b\":2}]}", small);
        assertEquals(
                List.of("ObjectBytes", "RefusedRow", "ObjectBytes"),
                items.stream().map(i -> i.getClass().getSimpleName()).toList());
        assertEquals("/objects/1", items.get(1).where());
    }

    @Test
    void keepsWhatCameBeforeACut() throws Exception {
        try (ImportReader reader =
                open(BUNDLE.substring(0, BUNDLE.length() - 5).getBytes(StandardCharsets.UTF_8), ImportOptions.of(""))) {
            assertEquals("/objects/0", reader.next().where());
            ImportRefused e = assertThrows(ImportRefused.class, reader::next);
            assertTrue(e.getMessage().contains("line 2"), e.getMessage());
            assertEquals("2", e.sentence().details().get("line"));
        }
    }

    @Test
    void takesASingleObjectWhole() throws Exception {
        String object = "{\"type\":\"indicator\",\"id\":\"x\"}\n";
        ImportItem.ObjectBytes item = assertInstanceOf(
                ImportItem.ObjectBytes.class,
                read(object, ImportOptions.of("x")).getFirst());
        assertArrayEquals(object.getBytes(StandardCharsets.UTF_8), item.object());
    }

    @Test
    void readsAListWithComments() throws Exception {
        List<ImportItem> items = read(
                "\uFEFF# list\n\nexample.com # known\r\nhxxp://example[.]net/#a\n192.0.2.1:443\n???\nlast.example.org",
                ImportOptions.of("x.txt"));
        assertEquals(
                List.of(
                        "line 3 domain:example.com",
                        "line 4 url:http://example.net/#a",
                        "line 5 ipv4:192.0.2.1",
                        "line 6 refused",
                        "line 7 domain:last.example.org"),
                said(items));
        assertEquals(Optional.of(443), ((ImportItem.Value) items.get(2)).value().port());
    }

    @Test
    void readsATableByItsHeader() throws Exception {
        String csv = "Name,ignored,Value,kind,tlp,tags,first_seen,confidence,description\n"
                + "\"Family, the \"\"first\"\"\",x,example.com,domain,TLP:AMBER,\"a;b\",2026-01-02,80,\"two\nlines\"\n"
                + "Second,,192.0.2.1,,,,2026-01-02 03:04:05,,\n";
        List<ImportItem> items = read(csv, ImportOptions.of("x.csv"));
        ImportItem.Value first = assertInstanceOf(ImportItem.Value.class, items.get(0));
        assertEquals("Family, the \"first\"", first.name());
        assertEquals("two\nlines", first.description());
        assertEquals(List.of("a", "b"), first.labels());
        assertEquals(Optional.of(Tlp.AMBER), first.tlp());
        assertEquals(Optional.of(80), first.confidence());
        assertEquals(Optional.of(StixTimestamp.parse("2026-01-02T00:00:00Z")), first.validFrom());
        ImportItem.Value second = assertInstanceOf(ImportItem.Value.class, items.get(1));
        assertEquals("line 4", second.where());
        assertEquals(ObservableKind.IPV4, second.value().observable().kind());
        assertEquals(Optional.of(StixTimestamp.parse("2026-01-02T03:04:05Z")), second.validFrom());
        assertEquals(Optional.empty(), second.tlp());
    }

    @Test
    void readsATableByGivenColumns() throws Exception {
        ImportOptions options = ImportOptions.of("trails.tsv").withColumns(Columns.parse("name,value"));
        List<ImportItem> items = read("family\texample.com\nfamily \t http://192.0.2.1\nx\ty\tz\nx\n", options);
        assertEquals(
                List.of(
                        "line 1 domain:example.com",
                        "line 2 url:http://192.0.2.1/",
                        "line 3 refused",
                        "line 4 refused"),
                said(items));
        assertEquals("family", ((ImportItem.Value) items.get(1)).name());
    }

    @Test
    void passesOverAHeaderWhereColumnsAreGiven() throws Exception {
        ImportOptions options = ImportOptions.of("x.csv").withColumns(Columns.parse("-,value"));
        assertEquals(List.of("line 2 domain:example.com"), said(read("id;value\n7;example.com\n", options)));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            delimiter = '|',
            value = {
                "example.com,BLUE,,,        | the marking is none of",
                "example.com,,soon,,        | the time is not of the form",
                "example.com,,,101,         | the confidence is not a whole number from 0 to 100",
                "example.com,,,,nothing     | no kind of observable has this code",
                "example.com,,,,ipv4        | not a valid IPv4 address: ",
                ",GREEN,,,                  | the row has no value",
                "one two three,,,,          | the value is of no known kind",
                "\"example.com,,,,          | a quoted field has no end",
                "\"example.com\"x,,,,       | text after the end of a quoted field"
            })
    void refusesARowWithItsReasonAndGoesOn(String row, String reason) throws Exception {
        List<ImportItem> items =
                read("value,tlp,valid_from,confidence,kind\nexample.net,,,,\n" + row + "\n", ImportOptions.of("x.csv"));
        assertEquals("line 2 domain:example.net", said(items.subList(0, 1)).getFirst());
        ImportItem.RefusedRow refused = assertInstanceOf(ImportItem.RefusedRow.class, items.get(1));
        assertEquals("line 3", refused.where());
        assertTrue(refused.reason().startsWith(reason), refused.reason());
    }

    @Test
    void refusesLinesThatAreNotUtf8() throws Exception {
        byte[] text = "example.com\nex\u00e4mple.com\nexample.net\n".getBytes(StandardCharsets.ISO_8859_1);
        assertEquals(
                List.of("line 1 domain:example.com", "line 2 refused", "line 3 domain:example.net"),
                said(all(open(text, ImportOptions.of("")))));
        String umlaut = "ex\u00e4mple.com\n";
        assertEquals(List.of("line 1 domain:xn--exmple-cua.com"), said(read(umlaut, ImportOptions.of(""))));
    }

    @Test
    void refusesEndlessLinesWithoutKeepingThem() throws Exception {
        byte[] text = new byte[3 * ImportOptions.MAX_ROW_BYTES];
        Arrays.fill(text, (byte) 'a');
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(text);
        all.writeBytes("\nexample.com\n".getBytes(StandardCharsets.UTF_8));
        all.writeBytes(text);
        assertEquals(
                List.of("line 1 refused", "line 2 domain:example.com", "line 3 refused"),
                said(all(open(all.toByteArray(), ImportOptions.of("")))));
    }

    @Test
    void unpacksGzWhateverItsName() throws Exception {
        assertEquals(
                List.of("line 1 domain:example.com"),
                said(all(open(gz("example.com\n".getBytes(StandardCharsets.UTF_8)), ImportOptions.of("x")))));
    }

    @Test
    void stopsAtABomb() throws Exception {
        byte[] blanks = new byte[8 << 20];
        Arrays.fill(blanks, (byte) '\n');
        try (ImportReader reader = open(gz(blanks), ImportOptions.of("x.txt"))) {
            ImportRefused e = assertThrows(ImportRefused.class, reader::next);
            assertTrue(e.getMessage().contains("more than 200 times its size"), e.getMessage());
        }
    }

    @Test
    void saysThatAnArchiveIsCut() throws Exception {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 50_000; i++) {
            text.append("host").append(Integer.toHexString(i * 2_654_435)).append(".example.com\n");
        }
        byte[] packed = gz(text.toString().getBytes(StandardCharsets.UTF_8));
        try (ImportReader reader = open(Arrays.copyOf(packed, packed.length / 2), ImportOptions.of("x.txt"))) {
            ImportRefused e = assertThrows(ImportRefused.class, () -> all(reader));
            assertTrue(e.getMessage().contains("damaged or cut off"), e.getMessage());
        }
    }

    @Test
    void refusesFilesThatAreNoText() {
        for (String content : List.of("", "\u0000\u0001")) {
            assertThrows(
                    ImportRefused.class, () -> open(content.getBytes(StandardCharsets.UTF_8), ImportOptions.of("x")));
        }
    }

    @Test
    void refusesColumnsThatMakeNoSense() {
        for (String option : List.of("", "name", "value,value", "value,colour")) {
            assertThrows(ImportRefused.class, () -> Columns.parse(option), option);
        }
        assertThrows(ImportRefused.class, () -> read("a,b\n1,2\n", ImportOptions.of("x.csv")));
        assertThrows(ImportRefused.class, () -> read("# only a comment\n", ImportOptions.of("x.csv")));
    }

    private static List<String> said(List<ImportItem> items) {
        return items.stream()
                .map(item -> item.where()
                        + ' '
                        + (item instanceof ImportItem.Value v
                                ? v.value().observable().key()
                                : "refused"))
                .toList();
    }

    private static List<ImportItem> read(String text, ImportOptions options) throws IOException, ImportRefused {
        return all(open(text.getBytes(StandardCharsets.UTF_8), options));
    }

    private static ImportReader open(byte[] file, ImportOptions options) throws IOException, ImportRefused {
        return ImportReader.open(new ByteArrayInputStream(file), options);
    }

    private static List<ImportItem> all(ImportReader reader) throws IOException, ImportRefused {
        List<ImportItem> items = new ArrayList<>();
        for (ImportItem item = reader.next(); item != null; item = reader.next()) {
            items.add(item);
        }
        assertFalse(items.isEmpty());
        return items;
    }

    private static byte[] gz(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gz = new GZIPOutputStream(out)) {
            gz.write(bytes);
        }
        return out.toByteArray();
    }
}
