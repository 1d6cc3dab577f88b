package uz.koprik.gateway.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uz.koprik.indicators.correlation.ValueMatch;
import uz.koprik.indicators.warninglist.WarningListReader;
import uz.koprik.indicators.warninglist.WarningLists;

/** What a new object has to do with those that are here, in both orders of arrival. */
class CorrelationTest {

    private TestCentre centre;

    @BeforeEach
    void open(@TempDir Path folder) {
        centre = new TestCentre("tashkent", folder);
    }

    @AfterEach
    void close() {
        centre.close();
    }

    private Outcome report(String path, String value) throws Exception {
        String pattern = "[" + path + " = '" + value + "']";
        return centre.one(
                Objects.indicator(Objects.id("indicator"), centre.identity, pattern, "2026-11-01T00:00:00.000Z", null));
    }

    private static String told(ValueMatch match) {
        return match.rule() + " " + match.observable().orElseThrow().value() + " > "
                + match.other().orElseThrow().value() + " " + match.count();
    }

    @ParameterizedTest
    @CsvSource({
        "domain-name:value, login.example.com,        domain-name:value, example.com,      SUBDOMAIN",
        "url:value,         https://w.example.com/a,  domain-name:value, example.com,      URL_ON_HOST",
        "url:value,         https://example.com/a,    domain-name:value, example.com,      URL_ON_HOST",
        "url:value,         http://192.0.2.7/a,       ipv4-addr:value,   192.0.2.7,        URL_ON_HOST",
        "url:value,         http://192.0.2.7/a,       ipv4-addr:value,   192.0.2.0/24,     IN_NETWORK",
        "email-addr:value,  anna@mail.example.com,    domain-name:value, example.com,      EMAIL_AT_DOMAIN",
        "ipv4-addr:value,   192.0.2.7,                ipv4-addr:value,   192.0.2.0/24,     IN_NETWORK",
        "ipv4-addr:value,   192.0.2.128/25,           ipv4-addr:value,   192.0.2.0/24,     IN_NETWORK",
        "ipv6-addr:value,   2001:db8:1::9,            ipv6-addr:value,   2001:db8::/32,    IN_NETWORK",
        "domain-name:value, example.com,              domain-name:value, EXAMPLE.com,      SAME_VALUE",
    })
    void inBothOrders(String innerPath, String inner, String outerPath, String outer, ValueMatch.Rule rule)
            throws Exception {
        report(outerPath, outer);
        Outcome later = report(innerPath, inner);
        assertEquals(
                List.of(rule),
                later.matches().all().stream().map(ValueMatch::rule).toList());
        assertEquals(1, later.matches().all().getFirst().count());

        // Once more the outer one: it matches the inner one, and the first report of itself.
        Outcome again = report(outerPath, outer);
        List<String> met = again.matches().all().stream()
                .filter(match -> match.rule() == rule)
                .map(CorrelationTest::told)
                .toList();
        assertEquals(1, met.size(), () -> again.matches().all().toString());
        long same = rule == ValueMatch.Rule.SAME_VALUE ? 2 : 1;
        assertEquals(
                same,
                again.matches().all().stream()
                        .filter(match -> match.rule() == rule)
                        .findFirst()
                        .orElseThrow()
                        .count());
    }

    @Test
    void namesBelowAPublicSuffixHaveNothingInCommon() throws Exception {
        report("domain-name:value", "co.uk");
        report("domain-name:value", "github.io");
        assertEquals(
                List.of(), report("domain-name:value", "one.co.uk").matches().all());
        assertEquals(
                List.of(),
                report("url:value", "https://somebody.github.io/x").matches().all());
        // One earlier report of the suffix itself, and nothing of what lies below it.
        assertEquals(
                List.of("SAME_VALUE github.io > github.io 1"),
                report("domain-name:value", "github.io").matches().all().stream()
                        .map(CorrelationTest::told)
                        .toList());
    }

    @Test
    void aValueMetEverywhereIsCountedAndNotListed() throws Exception {
        for (int i = 0; i < 12; i++) {
            report("domain-name:value", "h" + i + ".example.com");
            report("domain-name:value", "example.net");
        }
        ValueMatch everywhere =
                report("domain-name:value", "example.net").matches().all().getFirst();
        assertEquals(12, everywhere.count());
        assertEquals(5, everywhere.met().size());
        List<ValueMatch> below =
                report("domain-name:value", "example.com").matches().all();
        assertEquals(6, below.size(), below::toString);
        assertEquals(
                List.of(true), below.stream().map(ValueMatch::more).distinct().toList());
    }

    @Test
    void whatIsOnAWarningListIsNeitherLookedForNorFound() throws Exception {
        report("domain-name:value", "example.com");
        report("url:value", "https://www.example.com/login");
        String list =
                "{\"name\":\"common sites\",\"type\":\"string\",\"matching_attributes\":[\"domain\"],\"list\":[\"example.com\"]}";
        centre.warnings =
                new WarningLists(List.of(WarningListReader.read("list.json", list.getBytes(StandardCharsets.UTF_8))));
        Outcome silenced = report("domain-name:value", "example.com");
        assertEquals(List.of(), silenced.matches().all());
        assertEquals(
                List.of("common sites"),
                silenced.silenced().stream().map(one -> one.by().list()).toList());
        assertEquals(
                List.of(),
                report("domain-name:value", "other.example.com").matches().all());
        // A whole URL is not on the list, which is about domains.
        assertEquals(
                1,
                report("url:value", "https://www.example.com/login")
                        .matches()
                        .all()
                        .size());
    }

    /** Masks and cards with the same ends may be one card; two different tokens are two cards. */
    @Test
    void aMaskAndACardWithTheSameEndsMatchWithLessCertainty() throws Exception {
        String path = "payment-card:card_number";
        String card = "411111-1111-abcdefghijklmnopqrstuvwxyz";
        String another = "411111-1111-bcdefghijklmnopqrstuvwxyza";
        report(path, card);
        assertEquals(List.of(), report(path, another).matches().all(), "the token says that they are two");
        Outcome mask = report(path, "411111XXXXXX1111");
        assertEquals(
                List.of(
                        "SAME_ENDS 411111******1111 > " + another + " 1",
                        "SAME_ENDS 411111******1111 > " + card + " 1"),
                mask.matches().all().stream().map(CorrelationTest::told).toList());
        ValueMatch match = mask.matches().all().getFirst();
        assertEquals(
                "same first six and last four digits; about 100,000 cards may share them",
                match.remark().orElseThrow().text());
        assertTrue(match.certainty().score() <= 40, match.certainty().toString());
        assertEquals(
                List.of("SAME_VALUE " + card + " > " + card + " 1", "SAME_ENDS " + card + " > 411111******1111 1"),
                report(path, card).matches().all().stream()
                        .map(CorrelationTest::told)
                        .toList());
        assertEquals(
                List.of("SAME_ENDS 411111*****1111 > " + card + " 2", "SAME_ENDS 411111*****1111 > " + another + " 1"),
                report(path, "411111*****1111").matches().all().stream()
                        .map(CorrelationTest::told)
                        .toList(),
                "a mask of another length is another card");
        assertEquals(
                List.of("411111******1111", "411111*****1111", card, another),
                report(path, "411111*1111").matches().all().stream()
                        .map(one -> one.other().orElseThrow().value())
                        .sorted()
                        .toList(),
                "a mask of unknown length may be any of them");
        assertEquals(List.of(), report(path, "411112******1111").matches().all());
    }

    /** Wallets 1 and 2 were reported together, 2 and 3 were not. */
    @Test
    void walletsReportedTogetherAreOneCluster() throws Exception {
        String one = "16Jswqk47s9PUcyCc88MMVwzgvHPvtEpf";
        String two = "1BcktgV7EjHmxEwQDFFhhztzNqZkd5gdm";
        String three = "1GvdqXEAMbSARrubpNP44Vqz4kr6TDPgC";
        String path = "cryptocurrency-wallet:value";
        report(path, "btc:" + two);
        report(path, "btc:" + three);
        String both = "[" + path + " = 'btc:" + one + "' OR " + path + " = 'btc:" + two + "']";
        Outcome cluster = centre.one(
                Objects.indicator(Objects.id("indicator"), centre.identity, both, "2026-11-01T00:00:00.000Z", null));
        assertEquals(
                List.of("SAME_VALUE btc:" + two + " > btc:" + two + " 1"),
                cluster.matches().all().stream().map(CorrelationTest::told).toList());

        Outcome later = report(path, "btc:" + one);
        assertEquals(
                List.of(
                        "SAME_VALUE btc:" + one + " > btc:" + one + " 1",
                        "SAME_CLUSTER btc:" + one + " > btc:" + two + " 2"),
                later.matches().all().stream().map(CorrelationTest::told).toList());
        assertEquals(
                List.of("SAME_VALUE btc:" + three + " > btc:" + three + " 1"),
                report(path, "btc:" + three).matches().all().stream()
                        .map(CorrelationTest::told)
                        .toList());
        // And the other way round: what was reported alone first is matched by what comes for the rest of its cluster.
        assertEquals(
                List.of(
                        "SAME_VALUE btc:" + two + " > btc:" + two + " 2",
                        "SAME_CLUSTER btc:" + two + " > btc:" + one + " 2"),
                report(path, "btc:" + two).matches().all().stream()
                        .map(CorrelationTest::told)
                        .toList());
    }
}
