package uz.koprik.indicators.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import uz.koprik.indicators.imports.layout.ColumnRole;
import uz.koprik.indicators.imports.layout.FeedLayout;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.values.StixTimestamp;

/** Tables, lists and feeds as the field writes them. */
class LayoutTest {

    private static final String SHA256 = "01ba4719c80b6fe911b091a7c05124b64eeece964e09c058ef8f9805daca546b";
    private static final String SHA1 = "adc83b19e793491b1c6ea0fd8b46cd9f32e592fc";
    private static final String MD5 = "68b329da9893e34099c7d8ad5cb9c940";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Indicator,Data,Note\ndomain,a.example.com,x\n",
                "IOC, Valid From\na.example.com,2024-01-26\n",
                "Typ;Wert;Bemerkung\nDomain;a.example.com;C2\n",
                "Тип;Значение;Комментарий\nДомен;a.example.com;фишинг\n",
                "Turi;Qiymati;Izoh\nDomen;a.example.com;x\n",
                "Тури;Қиймати;Изоҳ\nДомен;a.example.com;x\n",
                "Típus;Érték;Megjegyzés\nTartomány;a.example.com;x\n",
                "유형,값,설명\n도메인,a.example.com,x\n",
                "OBSERVABLE-VALUE,entity type\na.example.com,Domain-Name\n",
                "ioc_value|ioc_type\na.example.com|domain\n",
                "Domain\tFirst Seen\na.example.com\t2024-01-26\n",
                "#domain,ioc,uri_path\na[.]example[.]com,Possible C2,/load\n",
                "# list of the week\n# \"ioc_value\", \"ioc_type\"\n\"a.example.com\", \"domain\"\n",
                "Report of the week\nvalue,name\na.example.com,x\n",
                "dataType,data\ndomain,a.example.com\n",
                "| Type | Value |\n|------|-------|\n| Domain | `a[.]example[.]com` |\n",
                "0.0.0.0 a.example.com # comment\n127.0.0.1 localhost\n",
                "[Adblock Plus]\n! title\n||a.example.com^$all\n",
                "$TTL 60\n@ SOA localhost. root. 1 2 3 4 5\n@ NS localhost.\na.example.com CNAME .\n*.a.example.com CNAME .\n",
                "- a.example.com // C2\n",
                "{\"ioc\":\"a.example.com\",\"type\":\"domain\"}\n{\"ioc\":\"a.example.com\",\"type\":\"domain\"}\n",
                "[{\"type\":\"domain\",\"value\":\"a.example.com\"}]",
                "[\"a.example.com\"]",
                "{\"domains\":[\"a.example.com\"]}",
                "{\"title\":\"x\",\"type\":\"external\",\"observables\":[{\"dataType\":\"domain\",\"data\":\"a.example.com\"}]}",
                "{\"name\":\"p\",\"tags\":[\"t\"],\"indicators\":[{\"indicator\":\"a.example.com\",\"type\":\"hostname\"}]}",
                "{\"results\":[{\"name\":\"p\",\"indicators\":[{\"indicator\":\"a.example.com\",\"type\":\"domain\"}]}]}",
                "{\"77\":[{\"ioc_value\":\"a.example.com\",\"ioc_type\":\"domain\",\"threat_type\":\"c2\"}]}",
                "{\"query_status\":\"ok\",\"data\":[{\"ioc\":\"a.example.com\",\"ioc_type\":\"domain\"}]}",
                "{\"data\":{\"type\":\"domain\",\"id\":\"a.example.com\",\"attributes\":{\"reputation\":0}}}"
            })
    void findsTheOneDomain(String text) throws Exception {
        List<ImportItem> items = read(text, "x");
        assertEquals(
                List.of("domain:a.example.com"), keys(items).stream().distinct().toList(), items::toString);
        assertTrue(items.stream().noneMatch(ImportItem.RefusedRow.class::isInstance), items::toString);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hostname            | a.example.com         | domain:a.example.com",
                "FQDN                | a.example.com         | domain:a.example.com",
                "Domain-Name         | a.example.com         | domain:a.example.com",
                "ip-dst              | 192.0.2.1             | ipv4:192.0.2.1",
                "IPv4-Addr           | 192.0.2.1             | ipv4:192.0.2.1",
                "ip:port             | 192.0.2.1:443         | ipv4:192.0.2.1:443",
                "IP Address          | 192.0.2.0/24          | cidr:192.0.2.0/24",
                "FileHash-MD5        | 68b329da9893e34099c7d8ad5cb9c940 | md5:68b329da9893e34099c7d8ad5cb9c940",
                "md5_hash            | 68b329da9893e34099c7d8ad5cb9c940 | md5:68b329da9893e34099c7d8ad5cb9c940",
                "StixFile            | 68b329da9893e34099c7d8ad5cb9c940 | md5:68b329da9893e34099c7d8ad5cb9c940",
                "hash                | 68b329da9893e34099c7d8ad5cb9c940 | md5:68b329da9893e34099c7d8ad5cb9c940",
                "Url                 | http://a.example.com/ | url:http://a.example.com/",
                "email-src           | a@example.com         | email:a@example.com",
                "mail                | a@example.com         | email:a@example.com",
                "btc                 | 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa | wallet:btc:1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
                "uri_path            | /load                 | url-path:/load",
                "other               | 192.0.2.1             | ipv4:192.0.2.1",
                "AS                  | AS64496               | asn:64496"
            })
    void knowsTypeWords(String type, String value, String key) throws Exception {
        assertEquals(List.of(key), keys(read("value,type\n" + value + ',' + type + "\n", "x.csv")));
    }

    @Test
    void readsATableWithoutAHeaderWhereOneColumnAloneHasValues() throws Exception {
        assertEquals(List.of("domain:a.example.com"), keys(read("a.example.com,x\n", "x.csv")));
        assertEquals(List.of("domain:a.example.com"), keys(read("domain,a.example.com\n", "x.csv")));
        ImportRefused refused = assertThrows(ImportRefused.class, () -> read("a.example.com,192.0.2.1\n", "x.csv"));
        assertTrue(refused.getMessage().contains("--columns"), refused.getMessage());
    }

    @Test
    void makesOneReportOfTheHashesOfAFile() throws Exception {
        for (String text : List.of(
                "SHA256,SHA1,MD5,File Name\n" + SHA256 + ',' + SHA1 + ',' + MD5 + ",a.exe\n",
                "value,type\n\"" + SHA256 + ", " + SHA1 + ", " + MD5 + "\",file\n")) {
            List<ImportItem> items = read(text, "x.csv");
            assertEquals(1, items.size(), items::toString);
            assertEquals(
                    List.of("sha256:" + SHA256, "sha1:" + SHA1, "md5:" + MD5),
                    ((ImportItem.Value) items.getFirst())
                            .observables().stream().map(Observable::key).toList());
        }
    }

    @Test
    void takesSeveralValuesOfACellApart() throws Exception {
        assertEquals(
                List.of("url:http://a.example.com/x,y", "url:http://b.example.com/"),
                keys(read("value\n\"http://a.example.com/x,y\nhttp://b.example.com/\"\n", "x.csv")));
        assertEquals(
                List.of("ipv4:192.0.2.1", "ipv4:192.0.2.2"),
                keys(read("value,name\n192.0.2.1 192.0.2.2,x\n", "x.csv")));
        assertEquals(
                List.of(
                        "ipv4:192.0.2.1",
                        "cidr:192.0.2.2/31",
                        "cidr:192.0.2.4/30",
                        "cidr:192.0.2.8/31",
                        "ipv4:192.0.2.10"),
                keys(read("ip\n192.0.2.1-192.0.2.10\n", "x.csv")));
        assertEquals(List.of("cidr:192.0.2.0/24"), keys(read("192.0.2.0 - 192.0.2.255\n", "x.txt")));
    }

    @Test
    void readsPatternsOfCells() throws Exception {
        assertEquals(
                List.of("domain:a.example.com"),
                keys(read("value,type\n[domain-name:value = 'a.example.com'],pattern\n", "x.csv")));
        List<ImportItem> items = read("pattern\n[file:name = 'a.exe' AND file:size = 7]\n", "x.csv");
        assertEquals("[file:name = 'a.exe' AND file:size = 7]", ((ImportItem.PatternText) items.getFirst()).pattern());
    }

    @Test
    void wordsBesideAValueOfANamedColumnDoNotSpoilIt() throws Exception {
        List<ImportItem> items = read("phone\n+44 7700 900417 (WhatsApp)\n+43 1 234567 Wien\n+1 2\n", "x.csv");
        assertEquals(
                List.of("phone:+447700900417", "phone:+431234567"),
                items.stream()
                        .filter(ImportItem.Value.class::isInstance)
                        .map(item ->
                                ((ImportItem.Value) item).value().observable().key())
                        .toList());
        assertEquals(3, items.size());
    }

    @Test
    void dropsNoColumnSilently() throws Exception {
        String text =
                """
                Value,Valid From,valid-until,Revoked,TLP,Labels,Confidence,foo
                a.example.com,01.02.2024 10:00,1721865600,yes,TLP-GREEN,"a,b",80%,bar
                """;
        try (ImportReader reader = open(text.getBytes(StandardCharsets.UTF_8), ImportOptions.of("x.csv"))) {
            assertEquals(
                    List.of("columns that are not used: \"foo\""),
                    reader.notes().stream().map(ImportItem.ImportNote::reason).toList());
            ImportItem.Terms terms = ((ImportItem.Value) reader.next()).terms();
            assertEquals(Optional.of(StixTimestamp.parse("2024-02-01T10:00:00Z")), terms.validFrom());
            assertEquals(Optional.of(StixTimestamp.parse("2024-07-25T00:00:00Z")), terms.validUntil());
            assertTrue(terms.revoked());
            assertEquals(Optional.of(Tlp.GREEN), terms.tlp());
            assertEquals(List.of("a", "b"), terms.labels());
            assertEquals(Optional.of(80), terms.confidence());
        }
    }

    @Test
    void saysWhichColumnsWereConsideredAndTakesANamedOne() throws Exception {
        String text = "foo,bar\na.example.com,x\nb.example.com,192.0.2.1\n";
        ImportRefused refused = assertThrows(ImportRefused.class, () -> read(text, "x.csv"));
        assertTrue(refused.getMessage().contains("\"foo\" (2/2), \"bar\" (1/2)"), refused.getMessage());
        assertTrue(refused.getMessage().contains("--column value=\"foo\""), refused.getMessage());
        ImportOptions.Hints named = new ImportOptions.Hints(Map.of("foo", ColumnRole.VALUE), "", Optional.empty());
        assertEquals(
                List.of("domain:a.example.com", "domain:b.example.com"),
                keys(all(open(
                        text.getBytes(StandardCharsets.UTF_8),
                        ImportOptions.of("x.csv").withHints(named)))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | CLEAR",
                "1 | GREEN",
                "2 | AMBER",
                "3 | RED",
                "4 | RED",
                "TLP-GREEN | GREEN",
                "tlp:amber+strict | AMBER_STRICT",
                "white | CLEAR",
                "TLP AMBER | AMBER"
            })
    void readsMarkings(String cell, Tlp tlp) throws Exception {
        ImportItem.Value value = (ImportItem.Value)
                read("value,tlp\na.example.com," + cell + "\n", "x.csv").getFirst();
        assertEquals(Optional.of(tlp), value.tlp());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-11-20 06:30:11 UTC        | 2026-11-20T06:30:11Z",
                "2026-11-01T02:00:00+02:00      | 2026-11-01T00:00:00Z",
                "1795155009                     | 2026-11-20T06:10:09Z",
                "1795155009000                  | 2026-11-20T06:10:09Z",
                "20.11.2026                     | 2026-11-20T00:00:00Z",
                "20.11.2026 06:10:09            | 2026-11-20T06:10:09Z",
                "2026/11/20                     | 2026-11-20T00:00:00Z",
                "11/20/2026                     | 2026-11-20T00:00:00Z",
                "20/11/2026 06:10               | 2026-11-20T06:10:00Z",
                "01/02/2026                     | refused"
            })
    void readsTimes(String cell, String time) throws Exception {
        ImportItem item =
                read("value,valid_until\na.example.com," + cell + "\n", "x.csv").getFirst();
        assertEquals(
                time,
                item instanceof ImportItem.Value value
                        ? StixTimestamp.formatShort(value.terms().validUntil().orElseThrow())
                        : "refused");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "<?xml version=\"1.0\"?><ioc xmlns=\"http://schemas.mandiant.com/2010/ioc\"/>      | OpenIOC",
                "<stix:STIX_Package xmlns:stix=\"http://stix.mitre.org/stix-1\"/>               | STIX 1.x",
                "<html><body>a.example.com</body></html>                                     | HTML",
                "{\"00000000-0000-4000-8000-0000000000aa\":{\"Orgc\":{},\"info\":\"x\"}}     | manifest of a MISP feed",
                "68b329da9893e34099c7d8ad5cb9c940,00000000-0000-4000-8000-0000000000aa       | index of a MISP feed",
                "{\"foo\":{\"bar\":1}}                                                       | its members are \"foo\"",
                "{\"data\":{\"id\":\"x\",\"attributes\":{\"last_dns\":\"a.example.com\"}}}   | VirusTotal"
            })
    void saysWhatAFileLooksLikeThatIsNoList(String text, String looks) {
        ImportRefused refused = assertThrows(ImportRefused.class, () -> read(text, "x"));
        assertTrue(refused.getMessage().contains(looks), refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-16", "windows-1251", "KOI8-R"})
    void readsOtherEncodingsAndWarnsOfAGuess(String charset) throws Exception {
        byte[] bytes = "value,description\na.example.com,фишинг\n".getBytes(Charset.forName(charset));
        try (ImportReader reader = open(bytes, ImportOptions.of("x.csv"))) {
            assertEquals(charset.equals("UTF-16"), reader.notes().isEmpty());
            assertEquals("фишинг", ((ImportItem.Value) reader.next()).description());
        }
        ImportOptions.Hints stated = new ImportOptions.Hints(Map.of(), charset, Optional.empty());
        try (ImportReader reader = open(bytes, ImportOptions.of("x.csv").withHints(stated))) {
            assertTrue(reader.notes().isEmpty());
            assertEquals("фишинг", ((ImportItem.Value) reader.next()).description());
        }
    }

    @Test
    void recognisesAFeedByItsColumns() throws Exception {
        String urlhaus = "# id,dateadded,url,url_status,last_online,threat,tags,urlhaus_link,reporter\n"
                + "\"7\",\"2026-11-20 06:10:09\",\"http://a.example.com/i\",\"online\",\"\",\"malware_download\",\"elf,mips\","
                + "\"https://urlhaus.example.com/url/7/\",\"rep\"\n";
        try (ImportReader reader = open(urlhaus.getBytes(StandardCharsets.UTF_8), ImportOptions.of("x"))) {
            assertEquals("read as URLhaus", reader.notes().getFirst().reason());
            ImportItem.Value value = (ImportItem.Value) reader.next();
            assertEquals(
                    "url:http://a.example.com/i", value.value().observable().key());
            assertEquals(List.of("malware_download", "elf", "mips"), value.labels());
        }
        ImportOptions.Hints hosts = new ImportOptions.Hints(Map.of(), "", FeedLayout.named("hosts"));
        assertEquals(
                List.of("domain:a.example.com"),
                keys(all(open(
                        "0.0.0.0 a.example.com\n".getBytes(StandardCharsets.UTF_8),
                        ImportOptions.of("x").withHints(hosts)))));
        assertTrue(FeedLayout.named("ThreatFox").isPresent());
    }

    @Test
    void readsOwnCsvExportsExactly() throws Exception {
        String head =
                "value,kind,name,description,labels,tlp,valid_from,valid_until,confidence,port,id,object_type,created,"
                        + "modified,producer,revoked,pattern,note\r\n";
        String row = "\"192.0.2.1\",\"ipv4\",\"n\",\"d\",\"a,b|c\\|d\",\"amber+strict\",\"2024-01-01T00:00:00Z\","
                + "\"2024-07-25T00:00:00Z\",\"70\",\"443\",\"indicator--1\",\"indicator\",\"2023-01-01T00:00:00Z\","
                + "\"2023-01-01T00:00:00Z\",\"identity--1\",\"true\","
                + "\"[network-traffic:dst_ref.value = '192.0.2.1' AND network-traffic:dst_port = 443]\",\"x\"\r\n";
        List<ImportItem> items = read(head + row, "x.csv");
        ImportItem.Value value = (ImportItem.Value) items.getFirst();
        assertEquals(List.of("ipv4:192.0.2.1:443"), keys(items));
        assertEquals("d", value.description());
        assertEquals(List.of("a,b", "c|d"), value.labels());
        assertEquals(Optional.of(Tlp.AMBER_STRICT), value.tlp());
        assertEquals(Optional.of(StixTimestamp.parse("2024-01-01T00:00:00Z")), value.validFrom());
        assertEquals(
                Optional.of(StixTimestamp.parse("2024-07-25T00:00:00Z")),
                value.terms().validUntil());
        assertTrue(value.terms().revoked());
    }

    @Test
    void readsAllSheetsOfAWorkbook(@TempDir Path folder) throws Exception {
        Path file = Workbooks.sheets(
                folder.resolve("x.xlsx"),
                "Bad",
                "Value\na.example.com",
                "Notes",
                "nothing here",
                "More",
                "IP\n192.0.2.1");
        try (ImportReader reader = open(Files.readAllBytes(file), ImportOptions.of("x.xlsx"))) {
            assertEquals(ImportFormat.XLSX, reader.format());
            assertTrue(
                    reader.notes().stream().anyMatch(note -> note.where().equals("sheet Notes")),
                    reader.notes()::toString);
            assertEquals("sheet Bad, line 2", reader.next().where());
            assertEquals("sheet More, line 2", reader.next().where());
        }
    }

    /** Samples of the field, where they are at hand: none is silently empty, and none throws. */
    @Test
    void readsSamplesOfTheField() throws Exception {
        Path samples = Path.of(System.getProperty("koprik.data", "none"), "repro");
        List<Path> files = List.of();
        if (Files.isDirectory(samples)) {
            try (Stream<Path> list = Files.list(samples)) {
                files = list.sorted().toList();
            }
        }
        for (Path file : files) {
            try (ImportReader reader = open(
                    Files.readAllBytes(file),
                    ImportOptions.of(file.getFileName().toString()))) {
                int items = 0;
                while (reader.next() != null) {
                    items++;
                }
                assertFalse(items == 0, file::toString);
            } catch (ImportRefused e) {
                assertFalse(e.getMessage().isBlank(), file::toString);
            }
        }
    }

    private static List<String> keys(List<ImportItem> items) {
        return items.stream()
                .filter(ImportItem.Value.class::isInstance)
                .map(ImportItem.Value.class::cast)
                .map(value -> value.observables().stream().map(Observable::key).collect(Collectors.joining("+"))
                        + value.value().port().map(port -> ":" + port).orElse(""))
                .toList();
    }

    private static List<ImportItem> read(String text, String name) throws IOException, ImportRefused {
        return all(open(text.getBytes(StandardCharsets.UTF_8), ImportOptions.of(name)));
    }

    private static ImportReader open(byte[] file, ImportOptions options) throws IOException, ImportRefused {
        return ImportReader.open(new ByteArrayInputStream(file), options);
    }

    private static List<ImportItem> all(ImportReader reader) throws IOException, ImportRefused {
        List<ImportItem> items = new ArrayList<>();
        for (ImportItem item = reader.next(); item != null; item = reader.next()) {
            items.add(item);
        }
        return items;
    }
}
