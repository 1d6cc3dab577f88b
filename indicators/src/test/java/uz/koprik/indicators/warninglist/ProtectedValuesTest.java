package uz.koprik.indicators.warninglist;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.indicators.observable.IpNetwork;
import uz.koprik.indicators.observable.text.Recognition;
import uz.koprik.indicators.warninglist.ProtectedValues.Hit;
import uz.koprik.indicators.warninglist.ProtectedValues.Reason;

/** What is never blocked, in every kind and spelling. */
class ProtectedValuesTest {

    private static final ProtectedValues VALUES = new ProtectedValues(
            List.of(IpNetwork.parse("198.51.100.0/25").orElseThrow()),
            List.of("bank.example.org"),
            () -> WarningLists.NONE);

    private static Reason reason(String value) {
        return VALUES.hit(Recognition.PLAIN.recogniseOne(value).orElseThrow().observable())
                .map(Hit::reason)
                .orElse(null);
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0/0, TOO_WIDE",
        "8.0.0.0/7, TOO_WIDE",
        "2000::/18, TOO_WIDE",
        "::ffff:0:0/96, TOO_WIDE",
        "127.0.0.1, SPECIAL_USE",
        "10.1.2.3, SPECIAL_USE",
        "192.168.0.0/24, SPECIAL_USE",
        "255.255.255.255, SPECIAL_USE",
        "224.0.0.251, SPECIAL_USE",
        "192.0.0.0/16, SPECIAL_USE",
        "::1, SPECIAL_USE",
        "fe80::1, SPECIAL_USE",
        "fd00::/64, SPECIAL_USE",
        "::ffff:127.0.0.1, SPECIAL_USE",
        "8.8.8.8, RESOLVER",
        "8.8.8.0/24, RESOLVER",
        "1.0.0.0/8, RESOLVER",
        "::ffff:8.8.8.8, RESOLVER",
        "2606:4700:4700::1111, RESOLVER",
        "2606:4700::/32, RESOLVER",
        "dns.google, RESOLVER",
        "198.41.0.4, ROOT",
        "localhost.localdomain, SPECIAL_USE",
        "printer.local, SPECIAL_USE",
        "1.0.0.127.in-addr.arpa, SPECIAL_USE",
        "router.home.arpa, SPECIAL_USE",
        "co.uk, PUBLIC_SUFFIX",
        "github.io, PUBLIC_SUFFIX",
        "google.com, LARGE_DOMAIN",
        "WWW.GOOGLE.COM., LARGE_DOMAIN",
        "mail.google.com, LARGE_DOMAIN",
        "ｇｏｏｇｌｅ.com, LARGE_DOMAIN",
        "github.com, LARGE_DOMAIN",
        "http://127.0.0.1:8080/x, SPECIAL_USE",
        "http://localhost/x, SPECIAL_USE",
        "http://[::1]/, SPECIAL_USE",
        "https://8.8.8.8/dns-query, RESOLVER",
        "https://google.com/, LARGE_DOMAIN",
        "http://uz/, ROOT",
        "198.51.100.7, OWN",
        "198.51.100.0/24, OWN",
        "login.bank.example.org, OWN",
        "example.org, OWN",
        "clerk@bank.example.org, OWN",
        "https://BANK.example.org/login, OWN",
    })
    void protects(String value, Reason reason) {
        assertEquals(reason, reason(value));
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7",
        "203.0.113.0/24",
        "2001:db8::7",
        "::ffff:203.0.113.7",
        "login.example.com",
        "45.9.148.3",
        "46.0.0.0/8",
        "abcdefghijklmnop.onion",
        "evil.github.io",
        "https://github.com/evil/tool",
        "somebody@gmail.com",
        "google.com.evil.example",
        "notgoogle.com",
        "d41d8cd98f00b204e9800998ecf8427e",
    })
    void leavesOthersAlone(String value) {
        assertEquals(null, reason(value));
    }

    private static List<Reason> pattern(String pattern) {
        return VALUES
                .hits(JsonObject.builder()
                        .put("type", "indicator")
                        .put("pattern_type", "stix")
                        .put("pattern", pattern)
                        .build())
                .stream()
                .map(Hit::reason)
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            [ipv4-addr:value = '203.0.113.1' OR ipv4-addr:value = '8.8.8.8']                    | RESOLVER
            [file:size = 3 AND domain-name:value IN ('a.example.com', 'GOOGLE.com.')]           | LARGE_DOMAIN
            [url:value = 'http://127.0.0.1/'] FOLLOWEDBY [file:name = 'x']                      | SPECIAL_USE
            [network-traffic:dst_ref.value = '9.9.9.9'] REPEATS 2 TIMES                         | RESOLVER
            [ipv4-addr:value ISSUBSET '10.0.0.0/16']                                            | SPECIAL_USE
            [ipv4-addr:value ISSUBSET '0.0.0.0/0']                                              | TOO_WIDE
            [ipv4-addr:value LIKE '192.168.1.%']                                                | SPECIAL_USE
            [domain-name:value LIKE '%.microsoft.com']                                          | LARGE_DOMAIN
            [domain-name:value MATCHES '^(www\\\\.)?microsoft\\\\.com$']                        | LARGE_DOMAIN
            [domain-name:value = 'com']                                                         | ROOT
            [domain-name:value = '.']                                                           | ROOT
            [domain-name:value = 'localhost']                                                   | SPECIAL_USE
            [domain-name:value = '*.google.com']                                                | LARGE_DOMAIN
            """)
    void looksIntoPatterns(String pattern, Reason reason) {
        assertEquals(List.of(reason), pattern(pattern));
    }

    @Test
    void patternsOfOthersThingsAreLeftAlone() {
        assertEquals(List.of(), pattern("[software:version = '1.1.1.1' OR network-traffic:protocols[*] = 'tcp']"));
        assertEquals(
                List.of(), pattern("[domain-name:value LIKE '%.evil.example.com' AND ipv4-addr:value != '8.8.8.8']"));
    }

    @Test
    void aFalsePositiveOfAWarningListIsProtected() throws Exception {
        WarningLists lists = new WarningLists(List.of(WarningListReader.read(
                "list.json",
                """
                {"name":"Usual","version":1,"type":"string","list":["update.example.net"],"matching_attributes":["domain"]}"""
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8))));
        ProtectedValues values = new ProtectedValues(List.of(), List.of(), () -> lists);
        Optional<Hit> hit = values.hit(Recognition.PLAIN
                .recogniseOne("update.example.net")
                .orElseThrow()
                .observable());
        assertEquals(Optional.of(Reason.WARNING_LIST), hit.map(Hit::reason));
    }
}
