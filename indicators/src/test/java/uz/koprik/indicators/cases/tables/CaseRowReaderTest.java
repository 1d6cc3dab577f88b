package uz.koprik.indicators.cases.tables;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uz.koprik.indicators.cases.CaseFile;
import uz.koprik.indicators.cases.CaseObservable.Role;
import uz.koprik.indicators.cases.Loss;
import uz.koprik.indicators.cases.tables.CaseMapping.Field;
import uz.koprik.indicators.cases.tables.CaseMapping.Source;
import uz.koprik.indicators.imports.ImportRefused;
import uz.koprik.indicators.imports.TableFiles;
import uz.koprik.indicators.imports.Workbooks;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.observable.text.Recognition;

class CaseRowReaderTest {

    private static final Instant NOW = Instant.parse("2026-11-22T08:30:00Z");

    @TempDir
    Path folder;

    private static CaseMapping register(boolean leaveOut) {
        Map<Field, Source> fields = new EnumMap<>(Field.class);
        fields.put(Field.NUMBER, Source.column("Case no"));
        fields.put(Field.TITLE, Source.column("Subject"));
        fields.put(
                Field.TYPE, new Source("Offence", "", Map.of("firibgarlik", "fraud", "fishing", "phishing"), "", ""));
        fields.put(Field.STATUS, new Source("State", "", Map.of("yopiq", "closed", "ochiq", "open"), "", ""));
        fields.put(Field.UNIT, new Source("", "Cyber unit 3", Map.of(), "", ""));
        fields.put(Field.OPENED, Source.column("Opened"));
        fields.put(Field.CASES, Source.column("Related"));
        return new CaseMapping(
                new TableFiles.Form(Optional.empty(), StandardCharsets.UTF_8, ""),
                1,
                ZoneId.of("Asia/Tashkent"),
                List.of("dd.MM.yyyy HH:mm", "dd.MM.yyyy"),
                ',',
                fields,
                List.of(
                        new CaseMapping.Values(
                                "Account",
                                Optional.of(ObservableKind.IBAN),
                                Optional.of(Role.MONEY_TRAIL),
                                ";",
                                "mule account"),
                        new CaseMapping.Values(
                                "Links", Optional.empty(), Optional.of(Role.INFRASTRUCTURE), CaseMapping.SPLIT, "")),
                List.of(new CaseMapping.Losses("Damage", "UZS", "", "damage", "Victim")),
                leaveOut);
    }

    private static final String HEAD = "Case no;Subject;Offence;State;Opened;Related;Account;Links;Damage;Victim\n";

    private CaseRowReader rows(String text, CaseMapping mapping) throws IOException, ImportRefused {
        Path file = Files.writeString(
                folder.resolve("register.csv"), text, mapping.form().charset());
        return CaseRowReader.open(
                TableFiles.open(file, "register.csv", mapping.form()), mapping, Recognition.PLAIN, false);
    }

    @Test
    void readsARegisterAsItIsKept() throws Exception {
        String text = HEAD + "#17/2026;\"Calls; many\";Firibgarlik;Ochiq;05.11.2026 14:30;#9/2026, #10/2026;"
                + "GB82 WEST 1234 5698 7654 32;hxxp://login.example[.]com, 192.0.2.7;1.234.567,5;V1\n";
        try (CaseRowReader rows = rows(text, register(false))) {
            CaseRowReader.Item item = rows.next();
            assertEquals(2, item.line());
            assertEquals(List.of(), item.faults());
            CaseFile file = item.row().orElseThrow().merge(Optional.empty(), NOW);
            assertEquals("#17/2026", file.number());
            assertEquals("Calls; many", file.title());
            assertEquals("fraud", file.crimeType());
            assertEquals("Cyber unit 3", file.ownerUnit());
            assertEquals(Instant.parse("2026-11-05T09:30:00Z"), file.opened());
            assertEquals(List.of("#9/2026", "#10/2026"), file.cases());
            assertEquals(
                    List.of(Role.MONEY_TRAIL, Role.INFRASTRUCTURE, Role.INFRASTRUCTURE),
                    file.observables().stream().map(o -> o.role().orElseThrow()).toList());
            assertEquals(List.of(Loss.of("1234567.50", "UZS", "V1")), file.losses());
            assertEquals(
                    file,
                    item.row().get().merge(Optional.of(file), NOW.plusSeconds(60)),
                    "the same row again changes nothing");
            assertNull(rows.next());
        }
    }

    @Test
    void laterRowsAddAndPutRightButNeverTakeOut() throws Exception {
        String text = HEAD + "A1;First;Fishing;;;;;a.example.com;;\nA1;;;yopiq;;A2;;b.example.com;100;\n";
        try (CaseRowReader rows = rows(text, register(false))) {
            CaseFile first = rows.next().row().orElseThrow().merge(Optional.empty(), NOW);
            CaseFile second = rows.next().row().orElseThrow().merge(Optional.of(first), NOW);
            assertEquals("First", second.title());
            assertEquals(CaseFile.Status.CLOSED, second.status());
            assertEquals(2, second.observables().size());
            assertEquals(List.of(Loss.of("100", "UZS", "damage")), second.losses());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '%',
            value = {
                "A 1;;;;;;;;;%Case no%1 to 64 characters",
                ";No number;;;;;;;;%Case no%1 to 64 characters",
                "A1;;Boshqa;;;;;;;%Offence%does not translate",
                "A1;;;maybe;;;;;;%State%does not translate",
                "A1;;;;31.11.2026;;;;;%Opened%dd.MM.yyyy",
                "A1;;;;2026-11-05;;;;;%Opened%not of the form dd.MM.yyyy HH:mm or dd.MM.yyyy",
                "A1;;;;;;GB83WEST12345698765432;;;%Account%not a valid IBAN",
                "A1;;;;;;;not a value ??;;%Links%of no known kind",
                "A1;;;;;;;;1,234.50;%Damage%decimal comma",
                "A1;;;;;;;;12.34;%Damage%decimal comma",
                "A1;;;;;;;;;;;x;%%13 cells"
            })
    void tellsWhatIsWrongWithLineColumnAndReason(String row, String column, String reason) throws Exception {
        try (CaseRowReader rows = rows(HEAD + row + "\nB1;Sound;;;;;;;;\n", register(false))) {
            CaseRowReader.Item bad = rows.next();
            assertEquals(2, bad.line());
            assertTrue(bad.row().isEmpty());
            assertEquals(column == null ? "" : column, bad.faults().getFirst().column());
            assertTrue(bad.faults().getFirst().reason().contains(reason), bad.faults()::toString);
            assertTrue(rows.next().row().isPresent(), "the others go on");
        }
    }

    @Test
    void tellsEverythingThatIsWrongWithARowAtOnce() throws Exception {
        try (CaseRowReader rows = rows(HEAD + "A1;;Boshqa;;gestern;;;nothing !!;x;\n", register(true))) {
            assertEquals(
                    List.of("Offence", "Opened", "Damage", "Links"),
                    rows.next().faults().stream()
                            .map(CaseRowReader.Fault::column)
                            .toList());
        }
    }

    @Test
    void leavesOutBadValuesWhenTheMappingSaysSo() throws Exception {
        try (CaseRowReader rows = rows(HEAD + "A1;;;;;;;a.example.com, nothing !!;;\n", register(true))) {
            CaseRowReader.Item item = rows.next();
            assertEquals(1, item.faults().size());
            assertEquals(1, item.row().orElseThrow().values().size());
        }
    }

    @Test
    void refusesRowsThatContradictOneAnother() throws Exception {
        String text = HEAD + "A1;One;;;;;;;1;\nA1;Two;;;;;;;;\nA1;One;;;;;;;2;\nA1;;;;;;;;2;V2\nA1;One;;;;;;;1;\n";
        try (CaseRowReader rows = rows(text, register(false))) {
            assertTrue(rows.next().row().isPresent());
            assertTrue(rows.next().faults().getFirst().reason().contains("its title is not what an earlier row says"));
            assertTrue(rows.next().faults().getFirst().reason().contains("another loss under the same note"));
            assertTrue(rows.next().row().isPresent());
            assertTrue(rows.next().row().isPresent());
        }
    }

    @Test
    void saysWhichColumnIsMissing() {
        ImportRefused e = assertThrows(ImportRefused.class, () -> rows("Case no;Subject\n", register(false)));
        assertTrue(
                e.getMessage().contains("no column \"Offence\"")
                        && e.getMessage().endsWith("it has Case no, Subject"),
                e.getMessage());
    }

    @Test
    void readsOtherEncodingsWhenTheMappingSaysSo() throws Exception {
        Charset cyrillic = Charset.forName("windows-1251");
        CaseMapping utf8 = register(false);
        CaseMapping mapping = new CaseMapping(
                new TableFiles.Form(Optional.of(';'), cyrillic, ""),
                1,
                utf8.zone(),
                utf8.dates(),
                ',',
                utf8.fields(),
                utf8.values(),
                utf8.losses(),
                false);
        try (CaseRowReader rows = rows(HEAD + "A1;Мошенничество;;;;;;;;\n", mapping)) {
            assertEquals(
                    "Мошенничество",
                    rows.next().row().orElseThrow().merge(Optional.empty(), NOW).title());
        }
        Files.write(folder.resolve("b.csv"), "number,title\nA1,Мошенничество\n".getBytes(cyrillic));
        try (CaseRowReader rows = CaseRowReader.open(
                TableFiles.open(folder.resolve("b.csv"), "b.csv", TableFiles.Form.PLAIN),
                CaseMapping.plain(),
                Recognition.PLAIN,
                true)) {
            assertTrue(rows.next().faults().getFirst().reason().contains("not UTF-8"));
        }
    }

    @Test
    void readsSpreadsheetsWithTheirOwnNumbersAndDates() throws Exception {
        Path file = Workbooks.write(
                folder.resolve("r.xlsx"),
                "<row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' t='s'><v>1</v></c><c r='C1' t='s'><v>2</v></c><c r='D1' t='s'><v>3</v></c></row>"
                        + "<row r='2'><c r='A2'><v>17</v></c><c r='B2' s='1'><v>46348</v></c><c r='C2'><v>1200.5</v></c><c r='D2' t='s'><v>4</v></c></row>"
                        + "<row r='3'><c r='A3'><v>18</v></c><c r='C3' t='e'><v>#REF!</v></c></row>",
                "number",
                "opened",
                "loss",
                "currency",
                "EUR");
        try (CaseRowReader rows = CaseRowReader.open(
                TableFiles.open(file, "r.xlsx", TableFiles.Form.PLAIN), CaseMapping.plain(), Recognition.PLAIN, true)) {
            CaseFile first = rows.next().row().orElseThrow().merge(Optional.empty(), NOW);
            assertEquals("17", first.number());
            assertEquals(Instant.parse("2026-11-22T00:00:00Z"), first.opened());
            assertEquals("1200.50 EUR", first.losses().getFirst().text());
            CaseRowReader.Item second = rows.next();
            assertFalse(second.row().isPresent());
            assertEquals(
                    new CaseRowReader.Fault("loss", "the spreadsheet itself has an error in this cell"),
                    second.faults().getFirst());
        }
    }
}
