package uz.koprik.indicators.warninglist;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
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
        "https://google.com/?q=x, LARGE_DOMAIN",
        "https://google.com/#top, LARGE_DOMAIN",
        "https://www.google.com, LARGE_DOMAIN",
        "https://google.com//, LARGE_DOMAIN",
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
            [ipv4-addr:value = '8.8.8.0-8.8.8.255']                                             | RESOLVER
            [ipv4-addr:value = '10.0.0.1 - 10.0.0.20']                                          | SPECIAL_USE
            [ipv4-addr:value = '10.0.0.0/255.0.0.0']                                            | SPECIAL_USE
            [ipv4-addr:value = '0.0.0.0-255.255.255.255']                                       | TOO_WIDE
            [ipv4-addr:value = '192.168.*.*']                                                   | SPECIAL_USE
            [ipv4-addr:value = '8.8.8.8:53']                                                    | RESOLVER
            [ipv4-addr:value = '127.1']                                                         | SPECIAL_USE
            [ipv4-addr:value = '010.0.0.1']                                                     | SPECIAL_USE
            [ipv6-addr:value = '[::1]:80']                                                      | SPECIAL_USE
            [ipv6-addr:value = 'fe80::1%eth0']                                                  | SPECIAL_USE
            [ipv6-addr:value ISSUBSET '2000::/3']                                               | TOO_WIDE
            [ipv4-addr:value LIKE '192.168.1.1%']                                               | SPECIAL_USE
            [ipv4-addr:value MATCHES '^10\\\\.1\\\\.2\\\\.[0-9]+$']                       | SPECIAL_USE
            [process:opened_connection_refs[*].dst_ref.value = '127.0.0.1']                     | SPECIAL_USE
            [domain-name:resolves_to_refs[*].value = '8.8.8.8']                                 | RESOLVER
            [url:value LIKE '%www.google.com%']                                                 | LARGE_DOMAIN
            [url:value = 'http://127.1/x']                                                      | SPECIAL_USE
            [url:value = 'http://user@2130706433:80/x']                                         | SPECIAL_USE
            [domain-name:value LIKE '%']                                                        | RESOLVER
            """)
    void looksIntoPatterns(String pattern, Reason reason) {
        assertEquals(List.of(reason), pattern(pattern));
    }

    /** The special-purpose address registries of IANA, RFC 6890 and its updates, without documentation. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0/8",
                "10.0.0.0/8",
                "100.64.0.0/10",
                "127.0.0.0/8",
                "169.254.0.0/16",
                "172.16.0.0/12",
                "192.0.0.0/24",
                "192.0.0.0/29",
                "192.0.0.8/32",
                "192.0.0.9/32",
                "192.0.0.10/32",
                "192.0.0.170/32",
                "192.0.0.171/32",
                "192.31.196.0/24",
                "192.52.193.0/24",
                "192.88.99.0/24",
                "192.88.99.2/32",
                "192.168.0.0/16",
                "192.175.48.0/24",
                "198.18.0.0/15",
                "224.0.0.0/8",
                "239.0.0.0/8",
                "240.0.0.0/8",
                "255.255.255.255/32",
                "::1/128",
                "::/128",
                "64:ff9b::/96",
                "64:ff9b:1::/48",
                "100::/64",
                "100:0:0:1::/64",
                "2001::/23",
                "2001::/32",
                "2001:1::1/128",
                "2001:1::2/128",
                "2001:1::3/128",
                "2001:2::/48",
                "2001:3::/32",
                "2001:4:112::/48",
                "2001:10::/28",
                "2001:20::/28",
                "2001:30::/28",
                "2002::/19",
                "2620:4f:8000::/48",
                "5f00::/19",
                "fc00::/19",
                "fd00::/19",
                "fe80::/19",
                "fec0::/19",
                "ff00::/19"
            })
    void protectsEverySpecialPurposeBlock(String block) {
        IpNetwork network = IpNetwork.parse(block).orElseThrow();
        assertEquals(Optional.of(Reason.SPECIAL_USE), VALUES.oddNetwork(block).map(Hit::reason));
        String first = network.toString().split("/", 2)[0];
        assertEquals(Optional.of(Reason.SPECIAL_USE), VALUES.oddNetwork(first).map(Hit::reason), first);
        String last = network.last().toString();
        assertEquals(Optional.of(Reason.SPECIAL_USE), VALUES.oddNetwork(last).map(Hit::reason), last);
    }

    /** The special-use domain names of IANA and names that ICANN or RFC 6762 reserve. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "local",
                "invalid",
                "test",
                "arpa",
                "home.arpa",
                "resolver.arpa",
                "service.arpa",
                "ipv4only.arpa",
                "6tisch.arpa",
                "eap-noob.arpa",
                "eap.arpa",
                "10.in-addr.arpa",
                "8.e.f.ip6.arpa",
                "internal",
                "private",
                "corp",
                "home",
                "lan",
                "intranet",
                "localdomain"
            })
    void protectsEverySpecialUseName(String name) {
        assertEquals(Optional.of(Reason.SPECIAL_USE), VALUES.oddName(name).map(Hit::reason));
        assertEquals(
                Optional.of(Reason.SPECIAL_USE), VALUES.oddName("x." + name).map(Hit::reason));
        assertEquals(
                Optional.of(Reason.SPECIAL_USE),
                VALUES.oddName(("X." + name + '.').toUpperCase(java.util.Locale.ROOT))
                        .map(Hit::reason));
    }

    @Test
    void aNetworkAroundAListedAddressIsProtected() throws Exception {
        WarningLists lists = new WarningLists(List.of(WarningListReader.read(
                "list.json",
                """
                {"name":"Ours","version":1,"type":"string","list":["45.9.148.3"],"matching_attributes":["ip-dst"]}"""
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8))));
        ProtectedValues values = new ProtectedValues(List.of(), List.of(), () -> lists);
        assertEquals(
                Optional.of(Reason.WARNING_LIST),
                values.oddNetwork("45.9.148.0/24").map(Hit::reason));
        assertEquals(Optional.empty(), values.oddNetwork("45.9.149.0/24").map(Hit::reason));
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
