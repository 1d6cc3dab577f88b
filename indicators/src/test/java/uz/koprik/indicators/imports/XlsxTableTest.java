package uz.koprik.indicators.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uz.koprik.indicators.imports.Table.Cell;
import uz.koprik.indicators.imports.Table.Content;

class XlsxTableTest {

    @TempDir
    Path folder;

    private Table open(Path file) throws IOException, ImportRefused {
        return TableFiles.open(file, "register.xlsx", TableFiles.Form.PLAIN);
    }

    @Test
    void readsWhatCellsHold() throws Exception {
        Path file = Workbooks.write(
                folder.resolve("a.xlsx"),
                "<row r='1'><c r='A1' t='s'><v>0</v></c><c r='C1' t='inlineStr'><is><t> inline </t></is></c></row>"
                        + "<row r='2'></row>"
                        + "<row r='4'><c r='A4'><v>1200.5</v></c><c r='B4' s='1'><v>46348</v></c><c r='C4' s='2'><v>46348.354166666664</v></c>"
                        + "<c r='D4' t='b'><v>1</v></c><c r='E4' t='e'><v>#N/A</v></c><c r='F4'><v>1234567890123456000</v></c>"
                        + "<c r='G4'><v>0.30000000000000004</v></c><c r='H4'><f>1+1</f><v>2</v></c></row>",
                "shared &amp; safe");
        try (Table table = open(file)) {
            assertTrue(table.next());
            assertEquals(1, table.line());
            assertEquals(
                    List.of(new Cell(Content.TEXT, "shared & safe"), Cell.EMPTY, new Cell(Content.TEXT, "inline")),
                    table.cells());
            assertTrue(table.next());
            assertEquals(4, table.line(), "as the spreadsheet counts, blank rows passed over");
            List<Cell> cells = table.cells();
            assertEquals(new Cell(Content.NUMBER, "1200.5"), cells.get(0));
            assertEquals(new Cell(Content.MOMENT, "2026-11-22T00:00:00"), cells.get(1));
            assertEquals(new Cell(Content.MOMENT, "2026-11-22T08:30:00"), cells.get(2));
            assertEquals(new Cell(Content.TEXT, "true"), cells.get(3));
            assertEquals(Content.FAULT, cells.get(4).content());
            assertTrue(
                    cells.get(5).text().contains("keeps only 15 digits"),
                    cells.get(5).text());
            assertEquals(new Cell(Content.NUMBER, "0.3"), cells.get(6));
            assertEquals(new Cell(Content.NUMBER, "2"), cells.get(7));
            assertFalse(table.next());
        }
    }

    @Test
    void refusesWhatUnpacksToTooMuch() throws Exception {
        Path bomb = Workbooks.write(folder.resolve("bomb.xlsx"), " ".repeat(8 << 20));
        ImportRefused e = assertThrows(ImportRefused.class, () -> open(bomb));
        assertTrue(e.getMessage().contains("unpacks to more than 200 times its size"), e.getMessage());
    }

    /**
     * The library makes room for every column up to the one a cell says it is in: 4 kB ended in an OutOfMemoryError.
     */
    @Test
    void refusesCellsWhereNoSpreadsheetHasAny() throws Exception {
        for (String cell : List.of(
                "ZZZZZZ1",
                "XFE1",
                "ZZZZZZZZZZZZZZZZZZZZ1",
                "$ZZZZZ$1",
                "zzzzzz1",
                "A2000000000",
                "A99999999999999",
                "A0",
                "A",
                "")) {
            refuses("<row r='1'><c r='" + cell + "'><v>1</v></c></row>", "sheet1.xml, cell " + cell);
        }
        for (String row : List.of("2000000000", "-1", "0", "99999999999999", "1e9", "x")) {
            refuses("<row r='" + row + "'><c><v>1</v></c></row>", "sheet1.xml, row " + row);
        }
        refuses("<row r='1'>" + "<c/>".repeat(16_385) + "</row>", "sheet1.xml, row 1: a sheet has columns A to XFD");
        refuses(
                "<row r='1'><c r='A1'><f>" + "1+".repeat(5000) + "1</f></c></row>",
                "cell A1: its formula has more than 8192 characters");
    }

    @Test
    void refusesManyRowsThatOneFarCellMakesWide() throws Exception {
        StringBuilder rows = new StringBuilder("<row r='1'><c r='XFD1'><v>1</v></c></row>");
        for (int i = 2; i <= 20_000; i++) {
            rows.append("<row r='")
                    .append(i)
                    .append("'><c r='A")
                    .append(i)
                    .append("'><v>")
                    .append(Integer.toHexString(i * 7919))
                    .append("</v></c></row>");
        }
        refuses(rows.toString(), "more cells than are read, 16384 columns wide");
    }

    private void refuses(String rows, String why) throws Exception {
        Path file = Workbooks.write(folder.resolve("far.xlsx"), rows);
        String message = assertThrows(ImportRefused.class, () -> open(file)).getMessage();
        assertTrue(message.contains(why), message);
        assertTrue(message.length() < 200, message);
    }

    /** The name of a part says nothing of what it is. */
    @Test
    void looksThroughSheetsOfAnyName() throws Exception {
        Path file = Workbooks.write(folder.resolve("a.xlsx"), "<row r='1'><c r='ZZZZZZ1'><v>1</v></c></row>");
        List<String> parts = new ArrayList<>(Arrays.asList(parts(file, "<sst/>")));
        parts.replaceAll(text -> text.replace("worksheets/sheet1.xml", "media/image1.png"));
        Path renamed = Workbooks.zip(folder.resolve("renamed.xlsx"), parts.toArray(String[]::new));
        assertTrue(assertThrows(ImportRefused.class, () -> open(renamed))
                .getMessage()
                .contains("image1.png, cell ZZZZZZ1"));
    }

    @Test
    void dimensionsAndMergedRangesOfAnySizeCostNothing() throws Exception {
        Path file = Workbooks.write(folder.resolve("a.xlsx"), "<row r='1'><c r='A1'><v>1</v></c></row>");
        String[] parts = parts(file, "<sst/>");
        for (int i = 0; i < parts.length; i++) {
            parts[i] = parts[i].replace("<sheetData>", "<dimension ref='A1:ZZZZZZ2000000000'/><sheetData>")
                    .replace(
                            "</sheetData>",
                            "</sheetData><mergeCells count='1'><mergeCell ref='A1:XFD1048576'/></mergeCells>");
        }
        try (Table table = open(Workbooks.zip(folder.resolve("merged.xlsx"), parts))) {
            assertTrue(table.next());
            assertEquals(List.of(new Cell(Content.NUMBER, "1")), table.cells());
            assertFalse(table.next());
        }
    }

    @Test
    void refusesWhatIsNoWorkbook() throws Exception {
        Path zip = Workbooks.zip(folder.resolve("b.xlsx"), "letter.txt", "no workbook");
        assertTrue(
                assertThrows(ImportRefused.class, () -> open(zip)).getMessage().contains("no XLSX workbook"));
        Path cut = folder.resolve("cut.xlsx");
        byte[] whole = Files.readAllBytes(
                Workbooks.write(folder.resolve("c.xlsx"), "<row r='1'><c r='A1'><v>1</v></c></row>"));
        Files.write(cut, Arrays.copyOf(whole, whole.length / 2));
        assertTrue(
                assertThrows(ImportRefused.class, () -> open(cut)).getMessage().contains("damaged"));
        Path old =
                Files.write(folder.resolve("old.xls"), new byte[] {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, 1, 2});
        assertTrue(
                assertThrows(ImportRefused.class, () -> open(old)).getMessage().contains("save it anew as .xlsx"));
        assertThrows(ImportRefused.class, () -> open(Files.createFile(folder.resolve("empty"))));
        Path sheet = Workbooks.write(folder.resolve("d.xlsx"), "<row r='1'><c r='A1'><v>1</v></c></row>");
        TableFiles.Form other = new TableFiles.Form(Optional.empty(), StandardCharsets.UTF_8, "Other");
        assertTrue(assertThrows(ImportRefused.class, () -> TableFiles.open(sheet, "", other))
                .getMessage()
                .contains("it has Register"));
    }

    /** Found by fuzzing: the directory of the archive says that a part ends before its data do. */
    @Test
    void aPartThatEndsEarlyIsDamage() throws Exception {
        Path file = Workbooks.write(folder.resolve("short.xlsx"), "<row r='1'><c r='A1'><v>1</v></c></row>");
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer zip = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int directory = zip.getInt(bytes.length - 6);
        int packed = directory + 20;
        zip.putInt(packed, zip.getInt(packed) - 5);
        Files.write(file, bytes);
        String said = assertThrows(ImportRefused.class, () -> open(file)).getMessage();
        assertTrue(said.contains("the workbook is damaged or cut off"), said);
    }

    /** Found by fuzzing: the workbook names a sheet that is not in the archive. */
    @Test
    void aSheetThatIsMissingIsDamage() throws Exception {
        String[] parts = parts(Workbooks.write(folder.resolve("all.xlsx"), "<row r='1'><c r='A1'><v>1</v></c></row>"));
        for (int i = 0; i < parts.length; i += 2) {
            parts[i] = parts[i].replace("worksheets/sheet1.xml", "worksheets/sheet2.xml");
        }
        Path file = Workbooks.zip(folder.resolve("missing.xlsx"), parts);
        String said = assertThrows(ImportRefused.class, () -> open(file)).getMessage();
        assertTrue(said.contains("the workbook is damaged"), said);
    }

    /** Found by fuzzing: bytes that are not in the encoding of the part, or an encoding that nobody knows. */
    @ParameterizedTest
    @ValueSource(
            strings = {"<?xml version='1.0' encoding='UTF-8'?><!--é-->", "<?xml version='1.0' encoding='x-none'?>"})
    void aPartThatIsNoTextIsDamage(String beginning) throws Exception {
        Path whole = Workbooks.write(folder.resolve("text.xlsx"), "<row r='1'><c r='A1'><v>1</v></c></row>");
        String[] parts = parts(whole, beginning + "<sst/>");
        Path file = Workbooks.zip(folder.resolve("bytes.xlsx"), StandardCharsets.ISO_8859_1, parts);
        String said = assertThrows(ImportRefused.class, () -> open(file)).getMessage();
        assertEquals("the workbook is damaged in xl/sharedStrings.xml; save it anew", said);
    }

    /** An entity of its own, which other parsers would replace by the content of a file or multiply. */
    @Test
    void knowsNoEntities() throws Exception {
        Path file = Workbooks.write(folder.resolve("entity.xlsx"), "<row r='1'><c r='A1' t='s'><v>0</v></c></row>");
        Path evil = Workbooks.zip(folder.resolve("evil.xlsx"), parts(file));
        try (Table table = open(evil)) {
            assertTrue(table.next());
            assertFalse(
                    table.cells().toString().contains("secret"), table.cells().toString());
        } catch (ImportRefused refused) {
            assertFalse(refused.getMessage().contains("secret"), refused.getMessage());
        }
    }

    private static String[] parts(Path file) throws IOException {
        return parts(file, "<!DOCTYPE sst [<!ENTITY e 'secret'>]><sst><si><t>&e;</t></si></sst>");
    }

    private static String[] parts(Path file, String strings) throws IOException {
        List<String> parts = new ArrayList<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                parts.add(entry.getName());
                parts.add(
                        entry.getName().equals("xl/sharedStrings.xml")
                                ? strings
                                : new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return parts.toArray(String[]::new);
    }
}
