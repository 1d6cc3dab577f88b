package uz.koprik.indicators.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uz.koprik.indicators.imports.ReadItems.open;
import static uz.koprik.indicators.imports.ReadItems.read;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import uz.koprik.indicators.stix.values.StixTimestamp;

/** Exports of other programs: what limits a value is used, and no value is signed that the row did not report. */
class ForeignExportsTest {

    private static final String MD5 = "68b329da9893e34099c7d8ad5cb9c940";
    private static final String SHA1 = "adc83b19e793491b1c6ea0fd8b46cd9f32e592fc";
    private static final String SHA256 = "01ba4719c80b6fe911b091a7c05124b64eeece964e09c058ef8f9805daca546b";

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "20270102;2027-01-02T00:00:00Z",
                "20270102T100000Z;2027-01-02T10:00:00Z",
                "20270102100000;2027-01-02T10:00:00Z",
                "Jan 2, 2027 @ 10:00:00.000;2027-01-02T10:00:00Z",
                "Sat, 02 Jan 2027 10:00:00 GMT;2027-01-02T10:00:00Z",
                "02-Jan-2027;2027-01-02T00:00:00Z",
                "2 января 2027 г.;2027-01-02T00:00:00Z",
                "2. März 2027;2027-03-02T00:00:00Z",
                "02.01.2027 12:30 Uhr;2027-01-02T12:30:00Z",
                "01/25/2027 10:00:00 PM;2027-01-25T22:00:00Z",
                "2027-01-02 12:30 AM;2027-01-02T00:30:00Z",
                "2027-01-02 10:00 UTC+5;2027-01-02T05:00:00Z",
                "20271302;",
                "2027-01-02 13:00 PM;",
                "2 Foo 2027;",
                "02/01/2027;"
            })
    void times(String cell, String time) throws Exception {
        List<ImportItem> items = read("value;valid_until\na.example.com;" + cell + "\n");
        assertEquals(
                time == null ? List.of() : List.of("domain:a.example.com until " + time),
                keys(items),
                items.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "expiration_ts",
                "IOC expiration",
                "indicator.valid_until",
                "validity until",
                "lejárat dátuma",
                "Действительно по",
                "ValidUntilDate"
            })
    void namesOfTheEnd(String header) throws Exception {
        assertEquals(
                List.of("domain:a.example.com until 2027-01-02T00:00:00Z"),
                keys(read("value;" + header + "\na.example.com;2027-01-02\n")));
    }

    /** What others block on no machine is not reported, and what they took back is withdrawn. */
    @ParameterizedTest
    @CsvSource({
        "disabled, 1, revoked",
        "status, falsepos, revoked",
        "status, FP, revoked",
        "Статус, просрочен, revoked",
        "indicator_state, inactive, revoked",
        "lifecycle, retired, revoked",
        "withdrawn_on, 2026-01-01, revoked",
        "Актуален, нет, revoked",
        "action, no_action, none",
        "action, allow, none",
        "reputation, Good, none",
        "verdict, False Positive, none",
        "reputation, 0, sure",
        "action, prevent, sure"
    })
    void statesAndVerdicts(String header, String cell, String expected) throws Exception {
        List<ImportItem> items =
                read("value;" + header + "\na.example.com;" + cell + "\nb.example.com;\nc.example.com;other\n");
        List<String> keys = keys(items);
        String first =
                switch (expected) {
                    case "revoked" -> "domain:a.example.com revoked";
                    case "sure" -> "domain:a.example.com";
                    default -> "domain:b.example.com";
                };
        assertEquals(first, keys.getFirst(), items.toString());
        assertEquals("domain:b.example.com", keys.get(expected.equals("none") ? 0 : 1), items.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82;AMBER",
                "TLP 2.0 AMBER;AMBER",
                "TLP.RED;RED",
                "<TLP:RED>;RED",
                "빨간색;RED"
            })
    void markings(String cell, String marking) throws Exception {
        assertEquals(List.of("domain:a.example.com " + marking), keys(read("value;tlp\na.example.com;" + cell + "\n")));
    }

    /** Of several columns of one meaning the strictest holds, rather than the first. */
    @Test
    void theStrictestOfSeveralLimits() throws Exception {
        String table =
                """
                value,tlp,marking,valid_until,expiration
                a.example.com,GREEN,TLP:RED,2028-01-01,2027-01-01
                b.example.com,,AMBER,,2027-02-01
                """;
        assertEquals(
                List.of(
                        "domain:a.example.com RED until 2027-01-01T00:00:00Z",
                        "domain:b.example.com AMBER until 2027-02-01T00:00:00Z"),
                keys(read(table)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "hash;" + MD5 + " | " + SHA1 + ";md5:" + MD5 + "+sha1:" + SHA1,
                "file;" + MD5 + " : " + SHA1 + " : " + SHA256 + ";md5:" + MD5 + "+sha1:" + SHA1 + "+sha256:" + SHA256,
                "filename|md5;a.exe|" + MD5 + ";md5:" + MD5,
                "regkey|value;HKLM\\Software\\x|run;registry-key:hkey_local_machine\\software\\x",
                "CertificateThumbprint;" + SHA1 + ";",
                "filename|imphash;a.exe|" + MD5 + ";",
                "file:hashes.'SHA-256';" + SHA256 + ";sha256:" + SHA256,
                "Хэш SHA-256;" + SHA256 + ";sha256:" + SHA256,
                "ipv4-addr:value;198.51.100.3;ipv4:198.51.100.3",
                "ip;198.51.100.3 (US);ipv4:198.51.100.3"
            })
    void valuesOfPlatforms(String type, String value, String key) throws Exception {
        List<ImportItem> items = read("type;value\n" + type + ';' + value + "\n");
        assertEquals(key == null ? List.of() : List.of(key), keys(items), items.toString());
    }

    @Test
    void anApostropheMarksATextInSpreadsheets() throws Exception {
        assertEquals(List.of("ipv4:198.51.100.3"), keys(read("type;value\nip;'198.51.100.3\n")));
    }

    @Test
    void severalNumbersInACell() throws Exception {
        assertEquals(
                List.of("phone:+998712000000", "phone:+998712000001"),
                keys(read("phone\tnote\n+998 71 200-00-00, +998 71 200-00-01\tx\n")));
        assertEquals(List.of("phone:+998712000000"), keys(read("phone\tnote\n+998 71 200-00-00, ext. 12\tx\n")));
    }

    @Test
    void portsOfSpreadsheets() throws Exception {
        String table =
                """
                ip,port
                198.51.100.3,443.0
                198.51.100.4,443/tcp
                198.51.100.5,any
                198.51.100.6,80-90
                """;
        assertEquals(List.of("ipv4:198.51.100.3 443", "ipv4:198.51.100.4 443", "ipv4:198.51.100.5"), keys(read(table)));
    }

    /** The category of a row is no type, although "malware" is a type as well. */
    @Test
    void typesGoBeforeCategories() throws Exception {
        String table =
                """
                IndicatorType,IndicatorValue,Action,Category
                FileSha256,%s,Block,Malware
                CertificateThumbprint,%s,Block,Malware
                """
                        .formatted(SHA256, SHA1);
        assertEquals(List.of("sha256:" + SHA256), keys(read(table)));
    }

    @Test
    void valuesOfGraph() throws Exception {
        String table =
                """
                action,domainName,networkIPv4,fileHashValue
                alert,a.example.com,,
                alert,,198.51.100.3,
                alert,,,%s
                """
                        .formatted(SHA256);
        assertEquals(List.of("domain:a.example.com", "ipv4:198.51.100.3", "sha256:" + SHA256), keys(read(table)));
    }

    @Test
    void namesAreTheValuesOfRecordedFuture() throws Exception {
        String table =
                """
                "Name","Risk","RiskString","EvidenceDetails"
                "198.51.100.3","91","5/64","x"
                """;
        assertEquals(List.of("ipv4:198.51.100.3"), keys(read(table, "x.csv")));
    }

    /** Two rows of names: those of groups, and those of columns. */
    @Test
    void theSecondRowNamesTheColumns() throws Exception {
        String groups =
                """
                Indicator,Indicator,Validity,Validity,Marking
                Value,Type,From,Until,TLP
                198.51.100.3,ip,2026-01-01,2027-01-01,AMBER
                """;
        assertEquals(List.of("ipv4:198.51.100.3 AMBER until 2027-01-01T00:00:00Z"), keys(read(groups)));
        String invalid = "value,type,tlp\nurl,htp:/broken,phish\na.example.com,domain,RED\n";
        assertEquals(List.of("domain:a.example.com RED"), keys(read(invalid)));
    }

    /** What limits all records stands around them, and no indicator may go out without it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{\"valid_until\":\"2027-01-01\",\"iocs\":[{\"value\":\"a.example.com\"}]};until 2027-01-01T00:00:00Z",
                "{\"revoked\":true,\"iocs\":[{\"value\":\"a.example.com\"}]};revoked",
                "{\"marking\":{\"tlp\":\"RED\"},\"iocs\":[{\"value\":\"a.example.com\"}]};RED",
                "{\"tlp\":\"RED\",\"iocs\":[\"a.example.com\"]};RED",
                "{\"tlp\":\"RED\",\"expires\":\"2027-01-01\",\"domains\":[\"a.example.com\"]};RED until 2027-01-01T00:00:00Z",
                "{\"tlp\":\"RED\",\"iocs\":[{\"value\":\"a.example.com\",\"marking\":\"GREEN\"}]};GREEN",
                "{\"expires\":3600,\"removed\":5,\"iocs\":[{\"value\":\"a.example.com\"}]};",
                "{\"value\":\"a.example.com\",\"type\":\"domain\",\"tlp\":\"RED\"};RED",
                "{\"objects\":[{\"itype\":\"mal_domain\",\"value\":\"a.example.com\",\"tlp\":\"red\"}]};RED",
                "{\"hits\":{\"hits\":[{\"_id\":\"1\",\"_source\":{\"domain\":\"a.example.com\",\"tlp\":\"RED\"}}]}};RED",
                "{\"value\":[{\"properties\":{\"pattern\":\"[domain-name:value = 'a.example.com']\",\"patternType\":\"domain-name\"}}]};"
            })
    void limitsAroundRecords(String json, String said) throws Exception {
        String key = "domain:a.example.com" + (said == null ? "" : ' ' + said);
        assertEquals(List.of(key), keys(read(json)));
    }

    @Test
    void aMarkingAroundRecordsThatCannotBeReadRefusesThem() throws Exception {
        assertEquals(List.of(), keys(read("{\"marking\":{\"of\":[4]},\"iocs\":[{\"value\":\"a.example.com\"}]}")));
    }

    @Test
    void answersOfGraphQl() throws Exception {
        String json =
                """
                {"data":{"indicators":{"edges":[{"node":{"pattern":"[domain-name:value = 'a.example.com']",
                 "pattern_type":"stix","objectMarking":[{"definition":"TLP:AMBER"}],"revoked":true}}],"pageInfo":{}}}}
                """;
        assertEquals(List.of("domain:a.example.com AMBER revoked"), keys(read(json)));
    }

    @Test
    void hashesOfFilesInTheHive() throws Exception {
        String json =
                """
                [{"dataType":"ip","data":"198.51.100.3"},
                 {"dataType":"file","attachment":{"name":"a.exe","hashes":["%s","%s","%s"]}}]
                """
                        .formatted(SHA256, SHA1, MD5);
        assertEquals(
                List.of("ipv4:198.51.100.3", "sha256:" + SHA256 + "+sha1:" + SHA1 + "+md5:" + MD5), keys(read(json)));
    }

    @Test
    void listsOfHashesByTheirNames() throws Exception {
        String json = "{\"domains\":[\"a.example.com\"],\"hashes\":{\"md5\":[\"%s\"]}}".formatted(MD5);
        assertEquals(List.of("domain:a.example.com", "md5:" + MD5), keys(read(json)));
    }

    /** What a comment or a title says of the marking holds for all rows that say nothing of it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "# TLP:RED|a.example.com;RED",
                "TLP: AMBER|a.example.com;AMBER",
                "# TLP:AMBER+STRICT|value,note|a.example.com,x;AMBER_STRICT",
                "TLP:AMBER,,|value,type,note|a.example.com,domain,x;AMBER",
                "# TLP:RED|value,tlp|a.example.com,GREEN;GREEN",
                "# tlp and value|a.example.com;"
            })
    void markingsAboveTheRows(String lines, String marking) throws Exception {
        String key = "domain:a.example.com" + (marking == null ? "" : ' ' + marking);
        assertEquals(List.of(key), keys(read(lines.replace('|', '\n') + '\n')));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "domain: a.example.com;domain:a.example.com",
                "url: http://a.example.com/x;url:http://a.example.com/x",
                "ip=198.51.100.3;ipv4:198.51.100.3",
                ".a.example.com;domain:a.example.com",
                "Note: a.example.com;",
                "[ipv4-addr:value = '198.51.100.3'];ipv4:198.51.100.3"
            })
    void linesOfLists(String line, String key) throws Exception {
        assertEquals(key == null ? List.of() : List.of(key), keys(read(line + '\n')));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[domain-name:value LIKE '%.example.com']",
                "[domain-name:value MATCHES '^a']",
                "[ipv4-addr:value ISSUBSET '198.51.100.0/24']",
                "[url:value IN ('http://a.example.com/', 'x')]",
                "[a:b = 'c'] REPEATS 2 TIMES WITHIN 5 SECONDS"
            })
    void patternsWithOtherComparisons(String pattern) throws Exception {
        List<ImportItem> items = read("pattern\n\"" + pattern + "\"\n", "x.csv");
        assertEquals(1, items.size());
        assertTrue(items.getFirst() instanceof ImportItem.PatternText, items.toString());
        List<ImportItem> list = read(pattern + "\n");
        assertTrue(list.getFirst() instanceof ImportItem.PatternText, list.toString());
    }

    /** Names of a policy may be absolute; a name that leads to itself passes. */
    @Test
    void policiesWithAZone() throws Exception {
        String policy =
                """
                $ORIGIN rpz.example.net.
                $TTL 60
                @ SOA a b (1 2 3 4 5)
                a.example.com CNAME .
                b.example.com.rpz.example.net. 60 IN CNAME .
                c.example.com CNAME c.example.com.
                """;
        assertEquals(List.of("domain:a.example.com", "domain:b.example.com"), keys(read(policy)));
        String dump =
                """
                rpz.example.net. 60 IN SOA a.example. b.example. 1 2 3 4 5
                b.example.com.rpz.example.net.\t60\tIN\tCNAME\t.
                """;
        assertEquals(List.of("domain:b.example.com"), keys(read(dump)));
    }

    @Test
    void rulesThatBlockNothing() throws Exception {
        String rules =
                """
                ||a.example.com^
                ||b.example.com^$badfilter
                ||c.example.com^$third-party,removeparam=x
                """;
        assertEquals(List.of("domain:a.example.com"), keys(read(rules)));
    }

    @Test
    void otherTables() throws Exception {
        String zeek =
                """
                #fields\tindicator\tindicator_type\tmeta.source
                198.51.100.3\tIntel::ADDR\tx
                a.example.com\tIntel::DOMAIN\tx
                """;
        assertEquals(List.of("ipv4:198.51.100.3", "domain:a.example.com"), keys(read(zeek)));
        String prefixes = "AS | IP | Registry\n64500 | 198.51.100.3 | arin\n";
        assertEquals(List.of("ipv4:198.51.100.3"), keys(read(prefixes, "x.csv")));
        String uzbek = "Тури;Қиймати;Белги\nдомен;a.example.com;сариқ\n";
        assertEquals(List.of("domain:a.example.com AMBER"), keys(read(uzbek)));
    }

    @Test
    void labelsOfPrograms() throws Exception {
        String table = "value;labels\na.example.com;[\"x\", \"y\"]\nb.example.com;['x', 'y']\n";
        assertTrue(
                read(table).stream()
                        .allMatch(item -> ((ImportItem.Value) item).labels().equals(List.of("x", "y"))),
                read(table).toString());
    }

    @Test
    void unknownRecordsAreNamed() {
        String said = assertThrows(ImportRefused.class, () -> read("[{\"foo\":\"bar\"}]"))
                .getMessage();
        assertTrue(said.contains("foo"), said);
    }

    /** An event without the time of its last change is no older than its date. */
    @Test
    void eventsWithoutATimeHaveTheirDate() throws Exception {
        String json =
                """
                {"Event":{"info":"x","date":"2026-01-02","threat_level_id":"1",
                 "Attribute":[{"type":"domain","value":"a.example.com","to_ids":true}]}}
                """;
        String objects = read(json).toString();
        try (ImportReader reader = open(json, "")) {
            String first = new String(((ImportItem.ObjectBytes) reader.next()).object(), StandardCharsets.UTF_8);
            assertTrue(first.contains("\"valid_from\":\"2026-01-02T00:00:00Z\""), objects + first);
        }
    }

    private static List<String> keys(List<ImportItem> items) {
        return items.stream()
                .filter(ImportItem.Value.class::isInstance)
                .map(ImportItem.Value.class::cast)
                .filter(value -> value.doubt().isEmpty())
                .map(ForeignExportsTest::key)
                .toList();
    }

    private static String key(ImportItem.Value item) {
        ImportItem.Terms terms = item.terms();
        String values = item.observables().stream()
                .map(one -> one.kind().code() + ':' + one.value())
                .collect(Collectors.joining("+"));
        return values
                + item.value().port().map(port -> " " + port).orElse("")
                + terms.tlp().map(tlp -> " " + tlp).orElse("")
                + terms.validUntil()
                        .map(end -> " until " + StixTimestamp.formatShort(end))
                        .orElse("")
                + (terms.revoked() ? " revoked" : "");
    }
}
