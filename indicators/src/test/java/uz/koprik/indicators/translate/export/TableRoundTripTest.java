package uz.koprik.indicators.translate.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.indicators.imports.ImportItem;
import uz.koprik.indicators.imports.ImportOptions;
import uz.koprik.indicators.imports.ImportReader;
import uz.koprik.indicators.pattern.PatternWriter;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.stix.StixReader;
import uz.koprik.indicators.translate.Untranslatable;

/** Tables as they are written and read again: every text comes back as it was. */
final class TableRoundTripTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    /** Texts that tables, spreadsheets and readers of lines change. */
    private static final List<String> TEXTS = List.of(
            "two\nlines",
            "windows\r\nlines\r\n\r\nand one more",
            "old\rend",
            "\n begins and ends with breaks \n",
            "  blanks around  ",
            "\"quoted\", with; separators\tand | bars",
            "# no comment\n# at all",
            "a; b\nc; d\ne; f\ng; h\ni; j\nk; l",
            "\"open\nquote\"\"",
            "=cmd|' /C calc'!A0",
            "+1",
            "-1\n=2",
            "@SUM(A1)",
            "\n=1+1",
            "'=1",
            "''-quoted",
            "'plain apostrophe",
            "`code`",
            "none",
            "-",
            "n/a",
            "Мошенничество с картами — Toʻlov kartalari, 카드 사기",
            "می‌خواهم \u202Eabc\u202C 👩‍💻 \uD83E\uDEE8",
            "_x000D_ and _x0041_ and _x",
            "\uFEFFmark");

    private static StixObject indicator(String name, String description, List<String> labels, String pattern)
            throws Exception {
        JsonObject json = JsonObject.builder()
                .put("type", "indicator")
                .put("spec_version", "2.1")
                .put("id", "indicator--00000000-0000-4000-8000-000000000001")
                .put("created", "2026-11-22T00:00:00.000Z")
                .put("modified", "2026-11-22T00:00:00.000Z")
                .put("pattern", pattern)
                .put("pattern_type", "stix")
                .put("valid_from", "2026-11-22T00:00:00Z")
                .build();
        json = name.isEmpty() ? json : json.with("name", new JsonString(name));
        json = description.isEmpty() ? json : json.with("description", new JsonString(description));
        json = labels.isEmpty()
                ? json
                : json.with(
                        "labels",
                        new JsonArray(labels.stream()
                                .map(label -> (Json) new JsonString(label))
                                .toList()));
        return StixReader.read(CanonicalJson.bytes(json));
    }

    private static byte[] export(ExportFormat format, ExportOptions options, StixObject... objects) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ExportWriter writer = format.writer(out, options);
        for (StixObject object : objects) {
            writer.write(object, Tlp.GREEN);
        }
        writer.finish();
        return out.toByteArray();
    }

    private static List<ImportItem.Value> read(byte[] file, String name) throws Exception {
        List<ImportItem.Value> values = new ArrayList<>();
        try (ImportReader reader = ImportReader.open(new ByteArrayInputStream(file), ImportOptions.of(name))) {
            for (ImportItem item = reader.next(); item != null; item = reader.next()) {
                assertTrue(item instanceof ImportItem.Value, item::toString);
                values.add((ImportItem.Value) item);
            }
        }
        return values;
    }

    @ParameterizedTest
    @EnumSource(
            value = ExportFormat.class,
            names = {"CSV", "XLSX"})
    void everyTextComesBack(ExportFormat format) throws Exception {
        for (String named : List.of("x." + format.code(), "")) {
            for (String text : TEXTS) {
                StixObject object = indicator(
                        text, text, List.of("one, two", text, "bar|and\\"), "[domain-name:value = 'a.example.com']");
                List<ImportItem.Value> back = read(export(format, ExportOptions.live(NOW), object, object), named);
                assertEquals(2, back.size(), text);
                for (ImportItem.Value one : back) {
                    assertEquals("a.example.com", one.value().observable().value());
                    assertEquals(text, one.name());
                    assertEquals(text, one.description());
                    assertEquals(List.of("one, two", text, "bar|and\\"), one.labels());
                }
            }
        }
    }

    /** A workbook keeps every text; CSV has a blank for controls that terminals obey. */
    @Property(tries = 200)
    void anyTextComesBackFromAWorkbook(@ForAll @StringLength(min = 1, max = 30) String any) throws Exception {
        String text = new String(
                any.getBytes(java.nio.charset.StandardCharsets.UTF_8), java.nio.charset.StandardCharsets.UTF_8);
        StixObject object = indicator("", text, List.of(), "[domain-name:value = 'a.example.com']");
        assertEquals(
                text,
                read(export(ExportFormat.XLSX, ExportOptions.live(NOW), object), "x.xlsx")
                        .getFirst()
                        .description());
    }

    @Test
    void aTerminalFindsNothingToObeyInATable() throws Exception {
        String csv = new String(
                export(
                        ExportFormat.CSV,
                        ExportOptions.live(NOW),
                        indicator("a\u001b[2Jb\u0007\u009b1m", "", List.of(), "[domain-name:value = 'a.example.com']")),
                java.nio.charset.StandardCharsets.UTF_8);
        assertTrue(csv.contains("\"a [2Jb  1m\""), csv);
    }

    @Test
    void noCellOfAWorkbookIsAFormula() throws Exception {
        String sheet = XlsxFiles.parts(export(
                ExportFormat.XLSX,
                ExportOptions.live(NOW),
                indicator(
                        "=1+1",
                        "=cmd|' /C calc'!A0",
                        List.of("=1", "+2"),
                        "[mutex:name = " + PatternWriter.quote("=cmd|x") + "]")));
        assertFalse(sheet.contains("<f>"), sheet);
        Matcher cells = Pattern.compile("<c r=\"[A-Z]+\\d+\"([^>]*)>").matcher(sheet);
        int count = 0;
        while (cells.find()) {
            count++;
            assertTrue(cells.group(1).contains("t=\"inlineStr\""), cells.group());
        }
        assertTrue(count > TableWriter.COLUMNS.size() + 5, sheet);
        assertTrue(sheet.contains("<t>=cmd|x</t>"), sheet);
    }

    @Test
    void whatACellCannotHoldIsNamed() throws Exception {
        List<Untranslatable> said = new ArrayList<>();
        ExportOptions options = new ExportOptions(Set.of(), NOW, false, false, said::add);
        String most = "x".repeat(XlsxRows.LONGEST_CELL);
        List<ImportItem.Value> back = read(
                export(
                        ExportFormat.XLSX,
                        options,
                        indicator("Fits", most, List.of(), "[domain-name:value = 'a.example.com']"),
                        indicator("Too long", most + "x", List.of(), "[domain-name:value = 'b.example.com']"),
                        indicator("No", "", List.of(), "[url:value = 'http://c.example.com/" + most + "']")),
                "x.xlsx");
        assertEquals(2, back.size());
        assertEquals(most, back.getFirst().description());
        assertEquals("", back.get(1).description());
        assertEquals("Too long", back.get(1).name());
        assertTrue(said.getFirst().toString().contains("description: more than the 32767 characters"), said::toString);
        assertTrue(said.get(1).toString().contains("pattern: more than the 32767 characters"), said::toString);
        assertEquals(2, options.counts().entries());
        assertEquals("not_expressed", options.counts().leftOut().getFirst().code());
        assertEquals(2, options.counts().leftOut().getFirst().count());
    }

    /** Excel has 1,048,576 rows a sheet; the rest goes on in the next one, and imports read all sheets. */
    @Test
    void whatOneSheetCannotHoldGoesOnInAnother() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TableWriter writer = new TableWriter(new XlsxRows(out, 4), ExportOptions.live(NOW));
        for (int i = 0; i < 10; i++) {
            writer.write(indicator("", "", List.of(), "[domain-name:value = 'n" + i + ".example.com']"), Tlp.GREEN);
        }
        writer.finish();
        assertEquals(
                List.of("n0", "n1", "n2", "n3", "n4", "n5", "n6", "n7", "n8", "n9"),
                read(out.toByteArray(), "x.xlsx").stream()
                        .map(one -> one.value().observable().value().replace(".example.com", ""))
                        .toList());
        String parts = XlsxFiles.parts(out.toByteArray());
        assertTrue(parts.contains("indicators 4") && !parts.contains("indicators 5"), parts);
        assertEquals(
                XlsxRows.MOST_ROWS, org.dhatim.fastexcel.Worksheet.MAX_ROWS, "the limit that the library knows too");
    }

    @Test
    void anEmptyTableHasItsHeader() throws Exception {
        String parts = XlsxFiles.parts(export(ExportFormat.XLSX, ExportOptions.live(NOW)));
        TableWriter.COLUMNS.forEach(column -> assertTrue(parts.contains("<t>" + column + "</t>"), column));
        assertEquals(
                String.join(",", TableWriter.COLUMNS) + "\r\n",
                new String(export(ExportFormat.CSV, ExportOptions.live(NOW)), java.nio.charset.StandardCharsets.UTF_8));
    }

    /** The rows are not kept: what is written grows while rows come. */
    @Test
    void rowsAreWrittenAsTheyCome() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TableWriter writer = new TableWriter(new XlsxRows(out), ExportOptions.live(NOW));
        int before = 0;
        java.util.Random random = new java.util.Random(1);
        for (int i = 0; i < 8; i++) {
            for (int k = 0; k < 500; k++) {
                byte[] noise = new byte[24];
                random.nextBytes(noise);
                writer.write(
                        indicator(
                                Arrays.toString(noise),
                                "",
                                List.of(),
                                "[domain-name:value = 'n" + k + ".example.com']"),
                        Tlp.GREEN);
            }
            assertTrue(i == 0 || out.size() > before, "nothing was written of 500 rows");
            before = out.size();
        }
        writer.finish();
        assertEquals(4000, read(out.toByteArray(), "x.xlsx").size());
    }
}
