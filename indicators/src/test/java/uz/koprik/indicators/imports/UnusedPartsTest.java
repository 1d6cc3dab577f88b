package uz.koprik.indicators.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uz.koprik.indicators.policy.Tlp;

/** What is said of a file before anything of it is stored: parts that are not used, and numbers that are markings. */
class UnusedPartsTest {

    private record Read(List<String> notes, List<ImportItem.Value> values) {}

    private static Read read(String text) throws Exception {
        List<ImportItem.Value> values = new ArrayList<>();
        try (ImportReader reader = ImportReader.open(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), ImportOptions.of("x"))) {
            List<String> notes =
                    reader.notes().stream().map(ImportItem.ImportNote::reason).toList();
            for (ImportItem item = reader.next(); item != null; item = reader.next()) {
                if (item instanceof ImportItem.Value value) {
                    values.add(value);
                }
            }
            return new Read(notes, values);
        }
    }

    @Test
    void everyRecordOfJsonHasAPlace() throws Exception {
        assertEquals(List.of("the only record"), places("{\"ioc\":\"a.example.com\"}\n"), "a pointer would be empty");
        assertEquals(List.of("/0"), places("[{\"ioc\":\"a.example.com\"}]"));
    }

    private static List<String> places(String text) throws Exception {
        return read(text).values().stream().map(ImportItem.Value::where).toList();
    }

    @Test
    void theOwnersAddressInDshieldIsNamed() throws Exception {
        Read read = read(
                """
                # primary
                Start\tEnd\tNetblock\tAttacks\tName\tCountry\temail
                192.0.2.0\t192.0.2.255\t24\t4203\tExample Net\tUZ\tabuse@example.com
                198.51.100.0\t198.51.100.255\t24\t99\t\tUZ\tabuse@example.org
                """);
        assertEquals(List.of("the e-mail address of the owner (column 7) is not used"), read.notes());
        assertEquals(
                List.of("4203 attacks; Example Net, UZ", "99 attacks, UZ"),
                read.values().stream().map(ImportItem.Value::description).toList());
        assertEquals(List.of(), read("192.0.2.0\t192.0.2.255\t24\t4203\n").notes());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "0.0.0.0 a.example.com # shop ~ comments after names are not used",
                "0.0.0.0 a.example.com ~ ",
                "a.example.com CNAME . ; note ~ comments after rules are not used",
                "a.example.com CNAME rpz-drop. ~ the actions of rules are not used",
                "a.example.com CNAME . ~ ",
                "||a.example.com^$third-party ~ the options of rules, after $, are not used",
                "||a.example.com^ ~ ",
                "d41d8cd98f00b204e9800998ecf8427e  dir/a.exe ~ the folders of files are not used",
                "d41d8cd98f00b204e9800998ecf8427e  a.exe ~ ",
                "a.example.com # note ~ "
            })
    void aListNamesWhatItDoesNotUse(String line, String unused) throws Exception {
        Read read = read(line + "\n");
        assertEquals(unused == null ? List.of() : List.of(unused), read.notes());
        assertEquals(1, read.values().size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "value,,foo|a.example.com,secret,x ~ columns that are not used: \"foo\", column 2 (without a name)",
                "value,|a.example.com, ~ ",
                "# \"phish_id\",\"url\",\"online\"|1,http://a.example.com/x,yes ~ columns that are not used: \"phish_id\", \"online\"",
                "[{\"value\":\"a.example.com\",\"parts\":[{\"n\":1}],\"tags\":[{\"name\":\"c2\"}]}] ~ columns that are not used: \"parts (nested)\"",
                "{\"data\":{\"type\":\"domain\",\"id\":\"a.example.com\",\"attributes\":{\"reputation\":0}}} ~ columns that are not used: \"other attributes (nested)\""
            })
    void aTableNamesWhatItDoesNotUse(String lines, String unused) throws Exception {
        Read read = read(lines.replace('|', '\n') + "\n");
        List<String> notes = read.notes().stream()
                .filter(note -> !note.startsWith("read as"))
                .toList();
        assertEquals(unused == null ? List.of() : List.of(unused), notes);
        assertEquals(1, read.values().size());
    }

    /** What a pulse of OTX says of all its indicators is kept with each, and the rest is named. */
    @Test
    void membersAroundTheRecordsAreKeptOrNamed() throws Exception {
        Read read = read(
                """
                {"count":2,"next":null,"results":[
                  {"id":"6500","name":"Loader of May","description":"Seen in mails to banks.","author_name":"somebody",
                   "references":["https://blog.example.org/post"],"tags":["loader"],"tlp":"green","adversary":"",
                   "indicators":[{"indicator":"a.example.com","type":"domain","description":""},
                                 {"indicator":"192.0.2.7","type":"IPv4","description":"second server"}]},
                  {"id":"6501","name":"Nothing yet","indicators":[]}]}
                """);
        assertEquals(
                List.of("Seen in mails to banks.", "second server"),
                read.values().stream().map(ImportItem.Value::description).toList());
        assertEquals(
                List.of(
                        "members around the records that are not used: \"id\", \"author_name\", \"references\"",
                        "objects without a value: /results/1"),
                read.notes().stream()
                        .filter(note -> !note.startsWith("read as"))
                        .toList());
    }

    @Test
    void objectsWithNamesAreLabels() throws Exception {
        assertEquals(
                List.of("c2", "apt"),
                read("[{\"value\":\"a.example.com\",\"tags\":[{\"name\":\"c2\"},{\"name\":\"apt\"}]}]")
                        .values()
                        .getFirst()
                        .labels());
    }

    /** TheHive 4 has RED under 3, TheHive 5 AMBER+STRICT; MISP's distribution has the narrowest under 0. */
    @ParameterizedTest
    @CsvSource({
        "tlp,0,CLEAR",
        "tlp,1,GREEN",
        "TLP,2,AMBER",
        "tlp,3,RED",
        "tlp,4,RED",
        "tlp,5,RED",
        "ioc_tlp,2,AMBER",
        "tlp,2.0,AMBER",
        "tlp,TLP:3,RED",
        "sharing,0,RED",
        "marking,1,RED",
        "classification,2,RED",
        "tlp_id,1,RED",
        "tlp_id,4,RED",
        "sharing,green,GREEN",
        "marking,TLP:1,GREEN"
    })
    void numbersAreNeverLaxerThanAnyScaleMeans(String column, String cell, Tlp tlp) throws Exception {
        Read read = read("value," + column + "\na.example.com," + cell + "\n");
        assertEquals(Optional.of(tlp), read.values().getFirst().tlp());
        String notes = String.join("; ", read.notes());
        boolean number = cell.matches("(TLP:)?[0-9.]+");
        assertEquals(number, notes.contains("numbers in the column \"" + column + "\" are read as "), notes);
    }

    @Test
    void aNumberThatNoScaleHasIsRefused() throws Exception {
        assertTrue(read("value,tlp\na.example.com,6\n").values().isEmpty());
    }

    /** Scales of MISP that are no marking do not become one. */
    @Test
    void distributionAndThreatLevelAreNotUsed() throws Exception {
        Read read = read("value,distribution,threat_level_id\na.example.com,3,1\n");
        assertEquals(List.of("columns that are not used: \"distribution\", \"threat_level_id\""), read.notes());
        assertEquals(Optional.empty(), read.values().getFirst().tlp());
    }
}
