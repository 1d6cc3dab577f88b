package uz.koprik.indicators.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uz.koprik.indicators.policy.Tlp;

/** Files as platforms and spreadsheets export them. */
class FieldFilesTest {

    /** What a file gives: keys of values with their ports and markings, and what is said of it. */
    private record Result(List<String> keys, List<String> notes) {}

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "ip-dst|port;2001:db8::1|443;ipv6:2001:db8::1 443",
                "ip-dst|port;[2001:db8::1]|443;ipv6:2001:db8::1 443",
                "ip-dst|port;198.51.100.8|443;ipv4:198.51.100.8 443",
                "Bank-Account;DE89370400440532013000;iban:DE89370400440532013000",
                "bank-account-nr;DE89 3704 0044 0532 0130 00;iban:DE89370400440532013000",
                "bank-account;20208000123456789001;bank-account:20208000123456789001",
                "asn;64500;asn:64500",
                "asn;64500.0;",
                "filename-pattern;*.exe;",
                "domain;“a.example.com”;domain:a.example.com",
                "domain;«a.example.com»;domain:a.example.com",
                "domain;►a.example.com;domain:a.example.com",
                "domain;a–b.example.com;",
                "email;„a@b.example.com“;email:a@b.example.com",
                "email;a@“b.example.com”;",
                "domain;l·l.example.com;domain:xn--ll-0ea.example.com",
                "USDT-TRC20;TN3W4H6rK2ce4vX9YnFQHwKENnHjoxb3m9;wallet:trx:TN3W4H6rK2ce4vX9YnFQHwKENnHjoxb3m9"
            })
    void typesOfPlatforms(String type, String value, String key) throws Exception {
        Result result = read(utf8("type;value\n" + type + ';' + value + "\n"));
        assertEquals(key == null ? List.of() : List.of(key), result.keys());
    }

    /** Of words for types, those decide that say more than that there is a value. */
    @Test
    void theTypeOfARecordIsNotTheTypeOfItsValue() throws Exception {
        String json =
                """
                [{"_type":"Observable","dataType":"regexp","data":"a.example.com","ioc":true},
                 {"_type":"Observable","dataType":"filename","data":"b.example.com","ioc":true}]
                """;
        assertEquals(List.of("file-name:b.example.com"), read(utf8(json)).keys());
    }

    @Test
    void aMarkingThatIsAnObjectIsKept() throws Exception {
        String json =
                """
                [{"entity_type":"Domain-Name","observable_value":"a.example.com","objectMarking":[{"definition":"TLP:RED"}]},
                 {"entity_type":"Domain-Name","observable_value":"b.example.com",
                  "objectMarking":{"edges":[{"node":{"definition":"TLP:RED"}}]}},
                 {"entity_type":"Domain-Name","observable_value":"c.example.com","objectMarking":[]},
                 {"entity_type":"Domain-Name","observable_value":"d.example.com","objectMarking":{"of":[{"level":4}]}}]
                """;
        assertEquals(
                List.of("domain:a.example.com " + Tlp.RED, "domain:b.example.com " + Tlp.RED, "domain:c.example.com"),
                read(utf8(json)).keys());
    }

    @Test
    void linesMayEndWithCr() throws Exception {
        assertEquals(
                List.of("domain:a.example.com", "domain:b.example.com"),
                read(utf8("value,kind\ra.example.com,domain\rb.example.com,domain\r"))
                        .keys());
    }

    @Test
    void aRefusalSaysThatTheEncodingWasAGuess() throws Exception {
        byte[] file = "Индикатор;Тип\na.example.com;домен\n".getBytes(Charset.forName("IBM866"));
        ImportOptions table = ImportOptions.of("x.csv");
        String said = assertThrows(ImportRefused.class, () -> ImportReader.open(new ByteArrayInputStream(file), table))
                .getMessage();
        assertTrue(said.contains("--encoding"), said);
    }

    /** Spreadsheets keep 100 % as 1, which would be a confidence of one in a hundred. */
    @Test
    void perCentOfSpreadsheets(@TempDir Path folder) throws Exception {
        String rows =
                """
                <row r='1'><c r='A1' t='inlineStr'><is><t>value</t></is></c><c r='B1' t='inlineStr'><is><t>confidence</t></is></c></row>
                <row r='2'><c r='A2' t='inlineStr'><is><t>a.example.com</t></is></c><c r='B2' s='3'><v>1</v></c></row>
                <row r='3'><c r='A3' t='inlineStr'><is><t>b.example.com</t></is></c><c r='B3' s='3'><v>0.8</v></c></row>
                """;
        Path file = Workbooks.write(folder.resolve("x.xlsx"), rows);
        try (ImportReader reader = ImportReader.open(Files.newInputStream(file), ImportOptions.of("x.xlsx"))) {
            assertEquals(100, ((ImportItem.Value) reader.next()).confidence().orElseThrow());
            assertEquals(80, ((ImportItem.Value) reader.next()).confidence().orElseThrow());
        }
    }

    @Test
    void blanksThatDoNotBreakAreNoPartOfAValue() throws Exception {
        assertEquals(
                List.of("domain:a.example.com " + Tlp.RED, "domain:b.example.com " + Tlp.RED),
                read(utf8("value;tlp\n\u00A0a.example.com\u00A0;RED\u00A0\n\u200Bb.example.com;\uFEFFRED\n"))
                        .keys());
    }

    @Test
    void aHiddenSheetAndMergedRowsAreSaid(@TempDir Path folder) throws Exception {
        Path file = Workbooks.sheets(
                folder.resolve("x.xlsx"), "Seen", "value\na.example.com", "Old' state='hidden", "value\nb.example.com");
        Result hidden = read(Files.readAllBytes(file));
        assertEquals(List.of("domain:a.example.com", "domain:b.example.com"), hidden.keys());
        assertEquals(
                List.of("sheet Old: the sheet is hidden in the workbook; it is read as the others are"),
                hidden.notes());
        String rows =
                """
                <row r='1'><c r='A1' t='inlineStr'><is><t>value</t></is></c></row>
                <row r='2'><c r='A2' t='inlineStr'><is><t>a.example.com</t></is></c></row></sheetData>
                <mergeCells><mergeCell ref='%s'/></mergeCells><sheetData>
                """;
        assertEquals(1, read(workbook(folder, rows.formatted("B2:B5"))).notes().size());
        assertEquals(0, read(workbook(folder, rows.formatted("B2:D2"))).notes().size());
    }

    private static byte[] workbook(Path folder, String rows) throws Exception {
        return Files.readAllBytes(Workbooks.write(folder.resolve("y.xlsx"), rows));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Result read(byte[] file) throws Exception {
        List<String> keys = new ArrayList<>();
        try (ImportReader reader = ImportReader.open(new ByteArrayInputStream(file), ImportOptions.of("x"))) {
            for (ImportItem item = reader.next(); item != null; item = reader.next()) {
                if (item instanceof ImportItem.Value found) {
                    Optional<Integer> port = found.value().port();
                    keys.add(found.value().observable().key()
                            + port.map(number -> " " + number).orElse("")
                            + found.terms().tlp().map(tlp -> " " + tlp).orElse(""));
                }
            }
            return new Result(
                    keys,
                    reader.notes().stream()
                            .filter(note -> !note.where().equals("header"))
                            .map(note -> note.where() + ": " + note.reason())
                            .toList());
        }
    }
}
