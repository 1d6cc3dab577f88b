package uz.koprik.indicators.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uz.koprik.indicators.imports.ReadItems.read;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Columns about a value, or about other people, are no values; what nobody found harmful is none either. */
class ContextColumnsTest {

    private static final String SHA256 = "01ba4719c80b6fe911b091a7c05124b64eeece964e09c058ef8f9805daca546b";

    /** Who owns an address is not who attacks: the name of a provider is no indicator. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                """
                {"data":{"ipAddress":"192.0.2.1","abuseConfidenceScore":85,"isp":"x","domain":"example.net",
                 "hostnames":["h.example.net"]}}
                """,
                "ip,hostname,org,country\n192.0.2.1,h.example.net,Example Org,DE\n",
                "IP;Domain;ISP\n192.0.2.1;example.net;Example\n"
            })
    void namesOfOwners(String text) throws Exception {
        assertEquals(List.of("ipv4:192.0.2.1"), keys(read(text)));
    }

    @Test
    void tablesWithoutOwnersKeepTheirNames() throws Exception {
        assertEquals(
                List.of("domain:evil.example.com", "ipv4:192.0.2.1"),
                keys(read("Domain,IP,Country\nevil.example.com,192.0.2.1,DE\n")));
    }

    /** In a table that has victims, a phone or an account may be theirs, unless its name says whose it is. */
    @Test
    void valuesThatMayBeThoseOfVictims() throws Exception {
        String table =
                """
                Case,Victim name,Victim IBAN,Mule IBAN,Phone,Website URL
                C1,John,GB82WEST12345698765432,DE89370400440532013000,+998712000000,x
                """;
        assertEquals(List.of("iban:DE89370400440532013000"), keys(read(table)));
        String said = assertThrows(
                        ImportRefused.class,
                        () -> read("Дата;Карта отправителя;Сумма;Телефон\n02.01.2026;x;100;+998712000000\n"))
                .getMessage();
        assertTrue(said.contains("Телефон"), said);
    }

    /** Look-ups also answer for what nobody found harmful. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"data\":[{\"ipAddress\":\"192.0.2.2\",\"abuseConfidenceScore\":0}]}",
                "[{\"ip\":\"192.0.2.2\",\"classification\":\"benign\"}]",
                "[{\"sha256\":\"" + SHA256 + "\",\"verdict\":\"no specific threat\"}]",
                "{\"data\":{\"type\":\"file\",\"id\":\"" + SHA256 + "\",\"attributes\":{\"sha256\":\"" + SHA256
                        + "\",\"last_analysis_stats\":{\"malicious\":0,\"suspicious\":0,\"harmless\":60}}}}"
            })
    void whatNobodyFoundHarmful(String json) throws Exception {
        List<ImportItem> items = read(json);
        assertEquals(List.of(), keys(items), items.toString());
        assertEquals(1, items.size(), items.toString());
    }

    /** Reports to those whose machines are infected have their addresses. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "timestamp,ip,asn,infection,hostname\n2026-01-02 10:00:00,203.0.113.5,64500,gamut,h.example.com\n",
                "timestamp,ip,geo,dst_ip\n2026-01-02 10:00:00,203.0.113.5,UZ,192.0.2.1\n"
            })
    void addressesThatMayBeThoseOfVictims(String table) {
        String said = assertThrows(ImportRefused.class, () -> read(table)).getMessage();
        assertTrue(said.contains("considered"), said);
    }

    @Test
    void theHarmfulEndOfTraffic() throws Exception {
        assertEquals(List.of("ipv4:192.0.2.1"), keys(read("C2 IP,dest_port,src_ip\n192.0.2.1,443,203.0.113.5\n")));
    }

    /** Senders of mail are those who attack. */
    @Test
    void sendersOfMail() throws Exception {
        assertEquals(
                List.of("email:evil@example.net", "url:http://evil.example.com/x"),
                keys(read("Sender,Subject,URL\nevil@example.net,Invoice,http://evil.example.com/x\n")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"чисто", "safe", "temiz", "безопасный", "安全"})
    void verdictsInOtherLanguages(String verdict) throws Exception {
        assertEquals(
                List.of("ipv4:192.0.2.1"), keys(read("ip;Вердикт\n192.0.2.1;Trojan.X\n192.0.2.2;" + verdict + '\n')));
    }

    /** A column of markings is used under any name, and without one. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "IOC;Weitergabe\nevil.example.com;TLP:RED\n",
                "evil.example.com;scan;TLP:RED\nb.example.com;c2;TLP:RED\n"
            })
    void columnsOfMarkings(String table) throws Exception {
        ImportItem.Value value = (ImportItem.Value) read(table).getFirst();
        assertEquals("TLP:RED", value.tlp().orElseThrow().label());
    }

    @Test
    void classificationsOfHarm() throws Exception {
        assertEquals(
                List.of("ipv4:192.0.2.1"),
                keys(read("[{\"ip\":\"192.0.2.1\",\"classification\":\"malicious\"},"
                        + "{\"ip\":\"192.0.2.2\",\"classification\":\"benign\"}]")));
    }

    /** The common schema of Elastic, in bulk lines and in hits. */
    @Test
    void indicatorsOfElastic() throws Exception {
        String lines =
                """
                {"index":{"_index":"ti","_id":"1"}}
                {"@timestamp":"2026-01-02T10:00:00Z","threat":{"indicator":{"type":"ipv4-addr","ip":"192.0.2.1","marking":{"tlp":"AMBER"}}}}
                {"index":{"_index":"ti","_id":"2"}}
                {"_source":{"threat":{"indicator":{"type":"url","url":{"full":"http://evil.example.com/a"},"marking":{"tlp":["RED"]}}}}}
                {"threat.indicator.ip":"192.0.2.2","threat.indicator.marking.tlp":"GREEN"}
                """;
        List<String> read = read(lines).stream()
                .filter(ImportItem.Value.class::isInstance)
                .map(ImportItem.Value.class::cast)
                .map(value -> value.value().observable().value()
                        + ' '
                        + value.tlp().orElseThrow().label())
                .toList();
        assertEquals(List.of("192.0.2.1 TLP:AMBER", "http://evil.example.com/a TLP:RED", "192.0.2.2 TLP:GREEN"), read);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CEF:0|Vendor|IPS|1.0|100|C2|10|src=10.0.0.5 dst=192.0.2.1\n",
                "Jan  2 10:00:00 host LEEF:2.0|Vendor|Product|1.0|1|^|src=10.0.0.5^dst=192.0.2.1\n"
            })
    void logsAreRefusedAsAFile(String log) {
        String said = assertThrows(ImportRefused.class, () -> read(log)).getMessage();
        assertTrue(said.contains("the file is a log"), said);
    }

    private static List<String> keys(List<ImportItem> items) {
        return items.stream()
                .filter(ImportItem.Value.class::isInstance)
                .map(item -> ((ImportItem.Value) item).value().observable())
                .map(one -> one.kind().code() + ':' + one.value())
                .toList();
    }
}
