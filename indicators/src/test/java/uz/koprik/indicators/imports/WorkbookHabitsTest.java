package uz.koprik.indicators.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.indicators.imports.layout.ImportSentence;

/** What people do in spreadsheets: they merge and hide cells, and write names over links. */
class WorkbookHabitsTest {

    @TempDir
    Path folder;

    /** A marking that is merged over several rows holds for each of them, as their reader sees it. */
    @Test
    void mergedCellsHoldForEachRow() throws Exception {
        String rows = row(1, "value", "tlp", "labels")
                + row(2, "a.example.com", "RED", "x")
                + row(3, "b.example.com", "", "")
                + row(4, "c.example.com", "", "y")
                + row(5, "d.example.com", "", "")
                + "</sheetData><mergeCells><mergeCell ref='B2:B4'/><mergeCell ref='C2:C3'/></mergeCells><sheetData>";
        List<String> read = read(rows).stream()
                .map(item -> (ImportItem.Value) item)
                .map(value -> value.value().observable().value()
                        + value.tlp().map(tlp -> ' ' + tlp.label()).orElse("")
                        + ' '
                        + value.labels())
                .toList();
        assertEquals(
                List.of(
                        "a.example.com TLP:RED [x]",
                        "b.example.com TLP:RED [x]",
                        "c.example.com TLP:RED [y]",
                        "d.example.com []"),
                read);
    }

    @Test
    void hiddenRowsAreNamedAndNotUsed() throws Exception {
        String rows = row(1, "value", "note")
                + row(2, "a.example.com", "x")
                + row(3, "b.example.com", "x").replace("<row ", "<row hidden='1' ")
                + row(4, "c.example.com", "x");
        List<ImportItem> items = read(rows);
        assertEquals(List.of("a.example.com", "c.example.com"), values(items));
        assertEquals(
                new ImportItem.RefusedRow("line 3", ImportSentence.HIDDEN_ROW.of()), items.get(1), items.toString());
    }

    /** A person decides whether the target of a link is meant, or a page about something else. */
    @Test
    void targetsOfLinksAreDoubtful() throws Exception {
        String rows = row(1, "url", "note")
                + row(2, "The page", "x")
                + row(3, "http://b.example.com/b", "x")
                + "<row r='4'><c r='A4' t='str'><f>HYPERLINK(\"http://c.example.com/c\",\"here\")</f><v>here</v></c></row>"
                + "</sheetData><hyperlinks xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'>"
                + "<hyperlink ref='A2' r:id='rId7'/><hyperlink ref='A3' r:id='rId8'/></hyperlinks><sheetData>";
        Path file = Workbooks.write(folder.resolve("l.xlsx"), rows);
        List<String> parts = new ArrayList<>(parts(file));
        parts.add("xl/worksheets/_rels/sheet1.xml.rels");
        parts.add(
                "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
                        + "<Relationship Id='rId7' Type='x' Target='http://a.example.com/a' TargetMode='External'/>"
                        + "<Relationship Id='rId8' Type='x' Target='http://other.example.com/' TargetMode='External'/></Relationships>");
        List<ImportItem> items = read(Workbooks.zip(folder.resolve("m.xlsx"), parts.toArray(String[]::new)));
        assertEquals(
                List.of("http://a.example.com/a", "http://b.example.com/b", "http://c.example.com/c"),
                values(items),
                items.toString());
        assertEquals(
                List.of(true, false, true),
                items.stream()
                        .map(item -> !((ImportItem.Value) item).doubt().isEmpty())
                        .toList());
    }

    /** A spreadsheet keeps 15 digits; an account with more has lost its end. */
    @Test
    void longNumbersAreNamedAsLost() throws Exception {
        String rows = row(1, "Account number", "name")
                + "<row r='2'><c r='A2'><v>1.2345678901234568E+19</v></c></row>"
                + row(3, "20208000900123456001", "x")
                + row(4, "1.23E+15", "x");
        List<ImportItem> items = read(rows);
        assertEquals(List.of("20208000900123456001"), values(items));
        for (int refused : new int[] {0, 2}) {
            String said = assertInstanceOf(ImportItem.RefusedRow.class, items.get(refused))
                    .reason();
            assertTrue(said.contains("lost"), said);
        }
    }

    @Test
    void sheetsWithHeadersOfTheirOwn() throws Exception {
        Path file = Workbooks.sheets(
                folder.resolve("s.xlsx"),
                "Addresses",
                "IP,TLP\n192.0.2.1,RED",
                "Files",
                "Name,MD5\nevil.exe,68b329da9893e34099c7d8ad5cb9c940",
                "Notes",
                "Written by,us");
        assertEquals(List.of("192.0.2.1", "68b329da9893e34099c7d8ad5cb9c940"), values(read(file)));
    }

    private List<ImportItem> read(String rows) throws IOException, ImportRefused {
        return read(Workbooks.write(folder.resolve("w.xlsx"), rows));
    }

    private static List<ImportItem> read(Path file) throws IOException, ImportRefused {
        return ReadItems.all(ImportReader.open(Files.newInputStream(file), ImportOptions.of("w.xlsx")));
    }

    private static List<String> values(List<ImportItem> items) {
        return items.stream()
                .filter(ImportItem.Value.class::isInstance)
                .map(item -> ((ImportItem.Value) item).value().observable().value())
                .toList();
    }

    private static List<String> parts(Path file) throws IOException {
        List<String> parts = new ArrayList<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                parts.add(entry.getName());
                parts.add(new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return parts;
    }

    private static String row(int number, String... cells) {
        StringBuilder row = new StringBuilder("<row r='" + number + "'>");
        for (int i = 0; i < cells.length; i++) {
            if (!cells[i].isEmpty()) {
                row.append(
                        "<c r='" + (char) ('A' + i) + number + "' t='inlineStr'><is><t>" + cells[i] + "</t></is></c>");
            }
        }
        return row.append("</row>").toString();
    }
}
