package uz.koprik.indicators.imports;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Workbooks made by hand, part by part (ECMA-376), so that tests can make broken ones too. */
public final class Workbooks {

    private static final String MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private static final String RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships";
    private static final String OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    private Workbooks() {}

    /**
     * One sheet called Register.
     *
     * @param rows the content of {@code sheetData}; style 1 is a date, 2 a date with a format of its own, 3 a per cent
     */
    public static Path write(Path file, String rows, String... strings) throws IOException {
        StringBuilder shared = new StringBuilder("<sst xmlns='" + MAIN + "'>");
        for (String string : strings) {
            shared.append("<si><t>").append(string).append("</t></si>");
        }
        return zip(
                file,
                "[Content_Types].xml",
                "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'>"
                        + "<Default Extension='xml' ContentType='application/xml'/>"
                        + "<Default Extension='rels' ContentType='application/vnd.openxmlformats-package.relationships+xml'/>"
                        + type("/xl/workbook.xml", "sheet.main") + type("/xl/worksheets/sheet1.xml", "worksheet")
                        + type("/xl/sharedStrings.xml", "sharedStrings") + type("/xl/styles.xml", "styles")
                        + "</Types>",
                "_rels/.rels",
                "<Relationships xmlns='" + RELATIONS + "'><Relationship Id='rId1' Type='" + OFFICE
                        + "/officeDocument' Target='xl/workbook.xml'/></Relationships>",
                "xl/workbook.xml",
                "<workbook xmlns='" + MAIN + "' xmlns:r='" + OFFICE
                        + "'><sheets><sheet name='Register' sheetId='1' r:id='rId1'/></sheets></workbook>",
                "xl/_rels/workbook.xml.rels",
                "<Relationships xmlns='" + RELATIONS + "'>" + relation(1, "worksheet", "worksheets/sheet1.xml")
                        + relation(2, "sharedStrings", "sharedStrings.xml") + relation(3, "styles", "styles.xml")
                        + "</Relationships>",
                "xl/styles.xml",
                "<styleSheet xmlns='" + MAIN
                        + "'><numFmts count='1'><numFmt numFmtId='164' formatCode='dd.mm.yyyy hh:mm'/></numFmts>"
                        + "<cellXfs count='4'><xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='164'/><xf numFmtId='9'/></cellXfs></styleSheet>",
                "xl/sharedStrings.xml",
                shared.append("</sst>").toString(),
                "xl/worksheets/sheet1.xml",
                "<worksheet xmlns='" + MAIN + "'><sheetData>" + rows + "</sheetData></worksheet>");
    }

    /** Sheets without styles, each with its name and the cells of its rows between commas. */
    static Path sheets(Path file, String... namesAndRows) throws IOException {
        StringBuilder types = new StringBuilder();
        StringBuilder sheets = new StringBuilder();
        StringBuilder relations = new StringBuilder();
        String[] parts = new String[8 + namesAndRows.length];
        for (int i = 0; i < namesAndRows.length; i += 2) {
            int id = i / 2 + 1;
            types.append(type("/xl/worksheets/sheet" + id + ".xml", "worksheet"));
            sheets.append("<sheet name='" + namesAndRows[i] + "' sheetId='" + id + "' r:id='rId" + id + "'/>");
            relations.append(relation(id, "worksheet", "worksheets/sheet" + id + ".xml"));
            parts[8 + i] = "xl/worksheets/sheet" + id + ".xml";
            parts[9 + i] = "<worksheet xmlns='" + MAIN + "'><sheetData>" + rows(namesAndRows[i + 1])
                    + "</sheetData></worksheet>";
        }
        parts[0] = "[Content_Types].xml";
        parts[1] = "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'>"
                + "<Default Extension='xml' ContentType='application/xml'/>"
                + "<Default Extension='rels' ContentType='application/vnd.openxmlformats-package.relationships+xml'/>"
                + type("/xl/workbook.xml", "sheet.main") + types + "</Types>";
        parts[2] = "_rels/.rels";
        parts[3] = "<Relationships xmlns='" + RELATIONS + "'><Relationship Id='rId1' Type='" + OFFICE
                + "/officeDocument' Target='xl/workbook.xml'/></Relationships>";
        parts[4] = "xl/workbook.xml";
        parts[5] = "<workbook xmlns='" + MAIN + "' xmlns:r='" + OFFICE + "'><sheets>" + sheets + "</sheets></workbook>";
        parts[6] = "xl/_rels/workbook.xml.rels";
        parts[7] = "<Relationships xmlns='" + RELATIONS + "'>" + relations + "</Relationships>";
        return zip(file, parts);
    }

    private static String rows(String lines) {
        StringBuilder rows = new StringBuilder();
        int row = 0;
        for (String line : lines.lines().toList()) {
            rows.append("<row r='" + ++row + "'>");
            char column = 'A';
            for (String cell : line.split(",", -1)) {
                rows.append("<c r='" + column++ + row + "' t='inlineStr'><is><t>" + cell + "</t></is></c>");
            }
            rows.append("</row>");
        }
        return rows.toString();
    }

    /** A zip of parts: name, content, name, content … */
    static Path zip(Path file, String... parts) throws IOException {
        return zip(file, StandardCharsets.UTF_8, parts);
    }

    /** @param charset in which all parts are written, also those that name another one */
    static Path zip(Path file, Charset charset, String... parts) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (int i = 0; i < parts.length; i += 2) {
                zip.putNextEntry(new ZipEntry(parts[i]));
                zip.write(parts[i + 1].getBytes(charset));
            }
        }
        return file;
    }

    private static String type(String part, String kind) {
        return "<Override PartName='" + part
                + "' ContentType='application/vnd.openxmlformats-officedocument.spreadsheetml." + kind + "+xml'/>";
    }

    private static String relation(int id, String kind, String target) {
        return "<Relationship Id='rId" + id + "' Type='" + OFFICE + '/' + kind + "' Target='" + target + "'/>";
    }
}
