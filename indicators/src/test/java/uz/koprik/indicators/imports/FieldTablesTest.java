package uz.koprik.indicators.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.values.StixTimestamp;

/** Tables and JSON of the field in which a wrong reading would sign a value that nobody reported. */
class FieldTablesTest {

    private static final String MD5 = "68b329da9893e34099c7d8ad5cb9c940";
    private static final String SHA1 = "adc83b19e793491b1c6ea0fd8b46cd9f32e592fc";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "valid until (UTC)",
                "x_valid_until",
                "valid_until_utc",
                "Érvényes eddig",
                "유효 종료",
                "Действует по",
                "Дата окончания срока действия",
                "Amal qilish tugashi",
                "Gültigkeitsende"
            })
    void knowsTheEndOfValidity(String header) throws Exception {
        ImportItem.Terms terms = terms("value," + header + "\na.example.com,2030-12-31\n");
        assertEquals(
                "2030-12-31T00:00:00Z",
                StixTimestamp.formatShort(terms.validUntil().orElseThrow()));
    }

    @Test
    void certificatesAreNoFiles() throws Exception {
        String list = "# Listingdate,SHA1,Listingreason\n2026-11-22 08:35:10," + SHA1 + ",AsyncRAT C&C\n";
        assertTrue(
                assertThrows(ImportRefused.class, () -> read(list)).getMessage().contains("of certificates"));
        String addresses = "# Firstseen,DstIP,DstPort\n2026-11-22 08:35:10,192.0.2.7,443\n";
        assertEquals(1, read(addresses).size());
    }

    @ParameterizedTest
    @CsvSource({
        "status, revoked, true",
        "status, active, false",
        "State, inactive, true",
        "Статус, отозван, true",
        "상태, 만료, true",
        "expired, yes, true",
        "retracted, withdrawn, true",
        "철회됨, 예, true",
        "active, no, true",
        "status, offline, false",
        "revoked_at, 2026-01-01, true",
        "Дата отзыва, 01.10.2026, true",
        "Ложное срабатывание, да, true",
        "Белый список, да, true",
        "Muddati oʻtgan, ha, true",
        "Bekor qilingan, yoʻq, false",
        "Bekor qilingan, yo‘q, false",
        "Отозван, ИСТИНА, true",
        "Widerrufen, FALSCH, false",
        "Hamis pozitív, IGAZ, true",
        "철회, 아니요, false",
        "오탐, 예, true",
        "is_valid, false, true",
        "Valid, no, true",
        "active, inactive, true"
    })
    void knowsWhatCountsNoMore(String header, String cell, boolean revoked) throws Exception {
        assertEquals(
                revoked,
                terms("value," + header + "\na.example.com," + cell + "\n").revoked());
    }

    /** Other words of such a column say nothing of it; they do not hide those that do. */
    @Test
    void aStateOfAnotherKindDoesNotHideTheEndOfTheOthers() throws Exception {
        List<Boolean> revoked = read(
                        """
                        value,status
                        a.example.com,revoked
                        b.example.com,under review
                        c.example.com,active
                        """)
                .stream()
                .map(item -> ((ImportItem.Value) item).terms().revoked())
                .toList();
        assertEquals(List.of(true, false, false), revoked);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2030.12.31.", "2030. 12. 31.", "2030년 12월 31일", "31.12.2030"})
    void knowsDates(String date) throws Exception {
        ImportItem.Terms terms = terms("value;valid_until\na.example.com;" + date + "\n");
        assertEquals(
                "2030-12-31T00:00:00Z",
                StixTimestamp.formatShort(terms.validUntil().orElseThrow()));
    }

    @Test
    void aReportMayHaveNoEnd() throws Exception {
        assertTrue(terms("value,expires\na.example.com,never\n").validUntil().isEmpty());
        assertTrue(terms("value;Действует до\na.example.com;бессрочно\n")
                .validUntil()
                .isEmpty());
    }

    @Test
    void ofTwoColumnsForOneTermTheFilledOneIsUsed() throws Exception {
        assertTrue(terms("value,valid_until,expires\na.example.com,,2030-12-31\n")
                .validUntil()
                .isPresent());
    }

    @Test
    void oneOfSeveralColumnsIsEnoughToWithdrawARow() throws Exception {
        assertTrue(
                terms("value,retracted,false_positive\na.example.com,true,\n").revoked());
        assertTrue(
                terms("value,retracted,false_positive\na.example.com,,true\n").revoked());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tags                | tlp:red;phishing        | RED",
                "tags                | TLP-AMBER               | AMBER",
                "Классификация TLP   | GREEN                   | GREEN",
                "TLP-Stufe           | tlp:red                 | RED",
                "TLP                 | TLP：GREEN               | GREEN"
            })
    void knowsMarkings(String header, String cell, Tlp tlp) throws Exception {
        assertEquals(
                Optional.of(tlp),
                terms("value;" + header + "\na.example.com;\"" + cell + "\"\n").tlp());
    }

    @Test
    void theNarrowestOfTwoMarkingsHolds() throws Exception {
        ImportItem.Terms terms = terms("value,tlp,tags\na.example.com,green,\"tlp:red,x\"\n");
        assertEquals(Optional.of(Tlp.RED), terms.tlp());
        assertEquals(List.of("x"), terms.labels());
    }

    /** A column of URLs makes no URL of a text that begins with one. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://a.example.com/x was seen at 10:00 by 192.0.2.5 | ",
                "http://a.example.com/x then                           | ",
                "http://a.example.com/x，192.0.2.5                      | ",
                "http://a.example.com/x；http://b.example.com/y         | ",
                "URLhttp://a.example.com/x                             | ",
                "http://a.example.com/x (dead)                         | url:http://a.example.com/x",
                "http://a.example.com/x # dead                         | url:http://a.example.com/x",
                "http://a.example.com/x!                               | url:http://a.example.com/x!"
            })
    void aTextIsNoUrl(String cell, String key) throws Exception {
        List<String> expected = key == null ? List.of() : List.of(key);
        assertEquals(expected, keys("url;x\n" + cell + ";1\n"));
        assertEquals(expected, keys("value;type\n" + cell + ";url\n"));
    }

    @ParameterizedTest
    @CsvSource({
        "IndicatorType;IndicatorValue;Action, DomainName;a.example.com;Allow, ''",
        "IndicatorType;IndicatorValue;Action, DomainName;a.example.com;Block, domain:a.example.com",
        "domain;verdict, a.example.com;benign, ''",
        "domain;verdict, a.example.com;malicious, domain:a.example.com",
        "domain;verdict, a.example.com;pending, domain:a.example.com",
        "악성 도메인;비고, a.example.com;x, domain:a.example.com",
        "Schadhafte Domäne;x, a.example.com;1, domain:a.example.com",
        "Malicious IP;Victim IP, 192.0.2.1;198.51.100.7, ipv4:192.0.2.1"
    })
    void harmlessValuesAreNoIndicators(String header, String row, String key) throws Exception {
        assertEquals(key.isEmpty() ? List.of() : List.of(key), keys(header + "\n" + row + "\n"));
    }

    @Test
    void whatIsOnAListOfHarmlessValuesIsWithdrawn() throws Exception {
        assertTrue(terms("value,whitelisted\na.example.com,true\n").revoked());
    }

    @Test
    void hashesWithTheirNamesAreOfOneFile() throws Exception {
        List<String> both = List.of("md5:" + MD5 + "+sha1:" + SHA1);
        assertEquals(both, keys("hashes;x\nMD5: " + MD5 + " SHA1: " + SHA1 + ";1\n"));
        assertEquals(both, keys("hashes;x\nmd5=" + MD5 + "|SHA-1=" + SHA1 + ";1\n"));
        assertEquals(
                both, keys("hashes;x\n\"{\"\"MD5\"\":\"\"" + MD5 + "\"\",\"\"SHA1\"\":\"\"" + SHA1 + "\"\"}\";1\n"));
    }

    @Test
    void anAddressWithAMaskIsANetwork() throws Exception {
        assertEquals(
                List.of("cidr:192.0.2.0/24", "cidr:198.51.100.0/25"),
                keys("ip\n192.0.2.0 255.255.255.0\n198.51.100.0/255.255.255.128\n"));
    }

    /** Which side of a connection is one's own, no table says. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "time,src_ip,dst_ip\n2026-11-20,192.0.2.1,198.51.100.7\n",
                "{\"src_ip\":\"192.0.2.1\",\"dest_ip\":\"198.51.100.7\"}\n{\"src_ip\":\"192.0.2.1\",\"dest_ip\":\"198.51.100.7\"}\n"
            })
    void traffic(String log) {
        assertTrue(
                assertThrows(ImportRefused.class, () -> read(log)).getMessage().contains("considered"));
    }

    @Test
    void whatAFeedSaysOfAnAddressIsNoIndicator() throws Exception {
        assertEquals(
                List.of("ipv4:198.51.100.7:443"),
                keys(
                        "[{\"ip_address\":\"198.51.100.7\",\"port\":443,\"hostname\":\"h.example.com\",\"as_number\":64496,"
                                + "\"last_online\":\"2026-11-20\",\"malware\":\"x\"}]"));
        assertEquals(List.of("ipv4:198.51.100.7"), keys("ip,as_number\n198.51.100.7,64496\n"));
        assertEquals(
                List.of("asn:64496", "asn:64497"),
                keys(
                        """
                        {"asn":64496,"rir":"x","domain":"example.com","asname":"A"}
                        {"asn":64497,"rir":"x","domain":"","asname":"B"}
                        """));
        assertEquals(
                List.of("ja3:" + MD5),
                keys("# ja3_md5,Firstseen,Lastseen,Listingreason\n" + MD5
                        + ",2026-11-20 06:10:09,2026-11-21 06:10:09,x\n"));
    }

    @Test
    void readsLinesOfEnvelopesAndAnswersWithAttributes() throws Exception {
        String object = "{\"type\":\"domain-name\",\"id\":\"domain-name--00000000-0000-4000-8000-0000000000aa\"}";
        String line = "{\"objects\":[" + object + "],\"more\":false}\n";
        assertEquals(
                List.of("line 1, /objects/0", "line 2, /objects/0"),
                read(line + line).stream().map(ImportItem::where).toList());
        assertEquals(
                List.of("domain:a.example.com"),
                keys(
                        "{\"response\":{\"Attribute\":[{\"event_id\":\"7\",\"type\":\"domain\",\"category\":\"Network activity\","
                                + "\"to_ids\":true,\"value\":\"a.example.com\"}]}}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"name\":\"x\",\"type\":\"hostname\",\"matching_attributes\":[\"domain\"],\"list\":[\"a.example.com\"]} | warning list",
                "{\"name\":\"x\",\"type\":\"t\",\"uuid\":\"u\",\"authors\":[],\"values\":[{\"value\":\"a.example.com\"}]} | galaxy"
            })
    void refusesJsonWhoseValuesNobodyReports(String json, String looks) {
        String said = assertThrows(ImportRefused.class, () -> read(json)).getMessage();
        assertTrue(said.contains(looks), said);
    }

    @Test
    void rulesOfScannersAreNoTable() {
        String rule = "alert tls any any -> any any (msg:\"x\"; ja3.hash; content:\"" + MD5 + "\"; sid:3;)\n";
        String said = assertThrows(ImportRefused.class, () -> read(rule + rule + rule))
                .getMessage();
        assertTrue(said.contains("detection rules (Suricata or Snort)"), said);
    }

    private static ImportItem.Terms terms(String table) throws IOException, ImportRefused {
        return ((ImportItem.Value) read(table).getFirst()).terms();
    }

    private static List<String> keys(String text) throws IOException, ImportRefused {
        return read(text).stream()
                .filter(ImportItem.Value.class::isInstance)
                .map(ImportItem.Value.class::cast)
                .map(value -> value.observables().stream().map(Observable::key).collect(Collectors.joining("+"))
                        + value.value().port().map(port -> ":" + port).orElse(""))
                .toList();
    }

    private static List<ImportItem> read(String text) throws IOException, ImportRefused {
        List<ImportItem> items = new ArrayList<>();
        try (ImportReader reader = ImportReader.open(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), ImportOptions.of("x"))) {
            for (ImportItem item = reader.next(); item != null; item = reader.next()) {
                items.add(item);
            }
        }
        return items;
    }
}
