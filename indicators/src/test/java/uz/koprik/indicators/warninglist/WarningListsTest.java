package uz.koprik.indicators.warninglist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uz.koprik.crypto.Oracles;
import uz.koprik.indicators.observable.InvalidObservable;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.ObservableKind;

/** Values that are on a list are reported, with the list, and no others. */
class WarningListsTest {

    private static WarningList list(String type, String attributes, String... entries) throws InvalidWarningList {
        String json =
                "{\"name\":\"" + type + " list\",\"version\":3,\"type\":\"" + type + "\",\"matching_attributes\":[\""
                        + attributes + "\"],\"list\":[\"" + String.join("\",\"", entries) + "\"]}";
        return WarningListReader.read("list.json", json.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> hits(WarningList list, String value) throws InvalidObservable {
        WarningLists lists = new WarningLists(List.of(list));
        return Stream.of(
                        ObservableKind.IPV4,
                        ObservableKind.IPV6,
                        ObservableKind.CIDR,
                        ObservableKind.URL,
                        ObservableKind.EMAIL,
                        ObservableKind.PHONE,
                        ObservableKind.SHA256,
                        ObservableKind.DOMAIN)
                .flatMap(kind -> {
                    try {
                        return Stream.of(kind.normalise(value));
                    } catch (InvalidObservable other) {
                        return Stream.empty();
                    }
                })
                .findFirst()
                .stream()
                .flatMap(observable -> lists.hits(observable).stream())
                .map(WarningLists.Hit::entry)
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "www.example.com,            example.com",
        "example.com,                example.com",
        "https://a.example.com/x?y,  example.com",
        "https://example.com:8443/,  example.com",
        "notexample.com,             ",
        "example.com.example.net,    ",
        "https://example.net/example.com, ",
        "b.dotted.example.org,       .dotted.example.org",
        "dotted.example.org,         .dotted.example.org",
    })
    void aHostnameListIsAboutTheHostAndWhatLiesBelowIt(String value, String entry) throws Exception {
        WarningList hostnames = list("hostname", "domain\",\"url", "example.com", ".dotted.example.org");
        assertEquals(entry == null ? List.of() : List.of(entry), hits(hostnames, value));
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.77, 192.0.2.0/25",
        "192.0.2.128,",
        "192.0.2.64/27, 192.0.2.0/25",
        "192.0.0.0/16,",
        "198.51.100.4, 198.51.100.4",
        "198.51.100.5,",
        "2001:db8:7::1, 2001:DB8::/32",
        "2001:db9::1,",
    })
    void aNetworkListIsAboutWhatLiesInTheNetworks(String value, String entry) throws Exception {
        WarningList networks = list("cidr", "ip-dst|port", "192.0.2.0/25", "198.51.100.4", "2001:DB8::/32");
        assertEquals(entry == null ? List.of() : List.of(entry), hits(networks, value));
    }

    @Test
    void aStringListIsAboutTheVeryValueInAnySpelling() throws Exception {
        WarningList strings = list("string", "domain", "Example.COM", "ўзбек.example");
        assertEquals(List.of("Example.COM"), hits(strings, "EXAMPLE.com"));
        assertEquals(List.of("ўзбек.example"), hits(strings, "ЎЗБЕК.example"));
        assertEquals(List.of(), hits(strings, "www.example.com"));
    }

    @Test
    void substringsAndExpressions() throws Exception {
        WarningList substrings = list("substring", "email-src", "mail.example", "@x.", "y.e");
        assertEquals(List.of("mail.example"), hits(substrings, "anna@mail.example.org"));
        assertEquals(List.of("@x."), hits(substrings, "anna@x.example.net"));
        assertEquals(List.of(), hits(substrings, "anna@example.net"));
        assertEquals(List.of("y.e"), hits(substrings, "anna@y.example.net"));
        WarningList expressions = list("regex", "email-dst", "/^(soc|noc)\\\\@.*\\\\..*$/i");
        assertEquals(1, hits(expressions, "SOC@example.com").size());
        assertEquals(0, hits(expressions, "mysoc@example.com").size());
        IllegalArgumentException broken = assertThrows(
                IllegalArgumentException.class, () -> new WarningLists(List.of(list("regex", "email-dst", "/(/"))));
        assertTrue(
                broken.getMessage().contains("regex list")
                        && broken.getMessage().contains("/(/"),
                broken.getMessage());
    }

    @Test
    void whatIsKnownButNotHarmlessIsToldAndNotSilenced() throws Exception {
        String json =
                "{\"name\":\"a cloud\",\"type\":\"cidr\",\"category\":\"known_identifier\",\"matching_attributes\":[\"ip-src\"],"
                        + "\"list\":[\"192.0.2.0/24\"]}";
        WarningLists lists =
                new WarningLists(List.of(WarningListReader.read("x", json.getBytes(StandardCharsets.UTF_8))));
        Observable address = ObservableKind.IPV4.normalise("192.0.2.9");
        assertEquals(1, lists.hits(address).size());
        assertTrue(lists.silences(address).isEmpty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"type\":\"string\",\"list\":[]}; /name",
                "{\"name\":\"n\",\"type\":\"fuzzy\",\"list\":[]}; /type",
                "{\"name\":\"n\",\"category\":\"good\",\"list\":[]}; /category",
                "{\"name\":\"n\"}; /list",
                "{\"name\":\"n\",\"list\":[\"a\",7]}; /list/1",
                "[]; line 1",
            })
    void aFileThatIsNoListIsRefusedWithThePlace(String json, String place) {
        InvalidWarningList refused = assertThrows(
                InvalidWarningList.class,
                () -> WarningListReader.read("lists/x.json", json.getBytes(StandardCharsets.UTF_8)));
        assertTrue(refused.getMessage().startsWith("lists/x.json"), refused.getMessage());
        assertTrue(refused.getMessage().contains(place), refused.getMessage());
    }

    static List<WarningList> listsOfMisp() throws Exception {
        Map<String, byte[]> files = new TreeMap<>(Oracles.untar(Oracles.path("real/warninglists.tar.gz")));
        List<WarningList> all = new ArrayList<>();
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            if (file.getKey().endsWith(".json") && !file.getKey().startsWith("._")) {
                all.add(WarningListReader.read(file.getKey(), file.getValue()));
            }
        }
        return all;
    }

    /** Every entry of the published lists that is a value itself is found by its own list. */
    @Test
    void theListsOfMisp() throws Exception {
        List<WarningList> all = listsOfMisp();
        assertEquals(128, all.size());
        WarningLists lists = new WarningLists(all);
        long values = 0;
        for (WarningList list : all) {
            for (String entry : list.entries()) {
                for (ObservableKind kind : list.kinds()) {
                    Observable value;
                    try {
                        value = kind.normalise(entry.startsWith(".") ? entry.substring(1) : entry);
                    } catch (InvalidObservable notAValue) {
                        continue;
                    }
                    if (list.match() == WarningList.Match.REGEX
                            || value.kind() != kind
                            || (list.match() == WarningList.Match.STRING && entry.startsWith("."))) {
                        continue;
                    }
                    values++;
                    assertTrue(
                            lists.hits(value).stream()
                                    .anyMatch(hit -> hit.list().equals(list.name())),
                            () -> entry + " as " + kind + " is not found by " + list.name());
                }
            }
        }
        assertTrue(values > 150_000, "too few entries were tried: " + values);
        assertEquals(List.of(), lists.hits(ObservableKind.DOMAIN.normalise("evil-bank-login.example")));
        assertEquals(List.of(), lists.hits(ObservableKind.SHA256.normalise("ab".repeat(32))));
        assertTrue(lists.silences(ObservableKind.IPV4.normalise("10.1.2.3")).isPresent());
    }
}
