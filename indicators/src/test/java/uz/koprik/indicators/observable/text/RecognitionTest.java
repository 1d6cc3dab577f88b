package uz.koprik.indicators.observable.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import uz.koprik.indicators.observable.CardTokeniser;
import uz.koprik.indicators.observable.InvalidObservable;
import uz.koprik.indicators.observable.Normalisation;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.ObservableKind;

class RecognitionTest {

    private static final Recognition TASHKENT =
            new Recognition(Normalisation.withCards(CardTokeniser.keyed(new SecretKeySpec(new byte[32], "HmacSHA256")))
                    .withPhoneRegion("UZ"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "192.0.2.1 | ipv4:192.0.2.1",
                "192[.]0[.]2[.]1 | ipv4:192.0.2.1",
                "192.0.2.0/24 | cidr:192.0.2.0/24",
                "2001:DB8::1 | ipv6:2001:db8::1",
                "2001:db8::/32 | cidr:2001:db8::/32",
                "Example[.]COM | domain:example.com",
                "пример.рф | domain:xn--e1afmkfd.xn--p1ai",
                "hxxps://ex[.]com/a | url:https://ex.com/a",
                "example.com/Login.php | url:http://example.com/Login.php",
                "192.0.2.1/gate | url:http://192.0.2.1/gate",
                "192.0.2.1:8080/gate | url:http://192.0.2.1:8080/gate",
                "/gate.php | url-path:/gate.php",
                "Info@Example.com | email:info@example.com",
                "info[at]example[dot]com | email:info@example.com",
                "d41d8cd98f00b204e9800998ecf8427e | md5:d41d8cd98f00b204e9800998ecf8427e",
                "12345678901234567890123456789012 | md5:12345678901234567890123456789012",
                "DA39A3EE5E6B4B0D3255BFEF95601890AFD80709 | sha1:da39a3ee5e6b4b0d3255bfef95601890afd80709",
                "+998 90 123 45 67 | phone:+998901234567",
                "90 123 45 67 | phone:+998901234567",
                "GB82 WEST 1234 5698 7654 32 | iban:GB82WEST12345698765432",
                "20208000900123456001 | bank-account:20208000900123456001",
                "AS64496 | asn:64496",
                "00-00-5E-00-53-01 | mac:00:00:5e:00:53:01",
                "00:00:5e:00:53:01 | mac:00:00:5e:00:53:01",
                "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2 | wallet:btc:1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2",
                "telegram:@Example | messenger:telegram:@example",
                "3:AXGBicFlgVNhBGcL6wCrFQEv:AXGHsNhxLsr2C | ssdeep:3:AXGBicFlgVNhBGcL6wCrFQEv:AXGHsNhxLsr2C",
                "HKLM\\Software\\Example | registry-key:hkey_local_machine\\software\\example",
            })
    void knowsWhatACellIs(String cell, String key) {
        assertEquals(key, TASHKENT.recogniseOne(cell).orElseThrow().observable().key());
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1:443, ipv4:192.0.2.1, 443",
        "example.com:8080, domain:example.com, 8080",
        "'[2001:db8::1]:53', ipv6:2001:db8::1, 53"
    })
    void keepsThePort(String cell, String key, int port) {
        RecognisedValue recognised = Recognition.PLAIN.recogniseOne(cell).orElseThrow();
        assertEquals(key, recognised.observable().key());
        assertEquals(Optional.of(port), recognised.port());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "hello",
                "and/or",
                "n/a",
                "192.0.2.256",
                "192.0.2.1:99999",
                "1.2.3",
                "12:30",
                "a:b",
                "x@y",
                "http://",
                "192.0.2.1:22:443",
                "^[a-z]+\\.com$",
                "2026-11-22",
                "3.14",
                "@example",
                "/",
                ":",
                "::::",
                "[",
                "]:1",
                "[]:1",
                "tel:",
                "GB82"
            })
    void knowsWhatIsNoValue(String cell) {
        assertEquals(Optional.empty(), TASHKENT.recogniseOne(cell));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http:\\/\\/a.example.com\\/x_y",
                "http://a.example.com/x\\_y",
                "hxxp:\\/\\/a[.]example[.]com\\/x\\_y"
            })
    void aCellWithBackslashesBeforeItsSignsIsTheUrlWithoutThem(String cell) {
        assertEquals(
                "http://a.example.com/x_y",
                Recognition.PLAIN.recogniseOne(cell).orElseThrow().observable().value());
    }

    @Test
    void takesAHintForWhatTheTextAloneDoesNotSay() throws InvalidObservable {
        assertEquals(
                "asn:64496",
                TASHKENT.recogniseOne("64496", ObservableKind.ASN).observable().key());
        assertThrows(InvalidObservable.class, () -> TASHKENT.recogniseOne("x", ObservableKind.ASN));
    }

    @Test
    void findsTheValuesOfAnEmail() {
        String text =
                """
                Dear all,
                the page hxxps://login[.]example[.]com/a,b?x=(1) was up at 192.0.2.1:8080 (see http://example.net/x_(y)).
                Write to "Jane Doe" <jane@example.com>; call +998 90 123 45 67 or (+36) 30 123 4567 before 12:30.
                Money went to IBAN GB82 WEST 1234 5698 7654 32 and card 4111 1111 1111 1111.
                Invoice.pdf, setup.exe and readme.txt are attached; e.g. this. src=198.51.100.7 IP:203.0.113.9
                MD5: d41d8cd98f00b204e9800998ecf8427e, and/or nothing. Wallet 1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2!
                """;
        List<RecognisedValue> found = TASHKENT.recognise(text);
        assertEquals(
                List.of(
                        "url:https://login.example.com/a,b?x=(1)",
                        "ipv4:192.0.2.1",
                        "url:http://example.net/x_(y)",
                        "email:jane@example.com",
                        "phone:+998901234567",
                        "phone:+36301234567",
                        "iban:GB82WEST12345698765432",
                        "payment-card",
                        "ipv4:198.51.100.7",
                        "ipv4:203.0.113.9",
                        "md5:d41d8cd98f00b204e9800998ecf8427e",
                        "wallet:btc:1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2"),
                found.stream()
                        .map(r -> r.observable().kind() == ObservableKind.PAYMENT_CARD
                                ? "payment-card"
                                : r.observable().key())
                        .toList());
        assertEquals(Optional.of(8080), found.get(1).port());
        assertEquals(
                "hxxps://login[.]example[.]com/a,b?x=(1)",
                text.substring(found.get(0).start(), found.get(0).end()));
        assertEquals(
                "GB82 WEST 1234 5698 7654 32",
                text.substring(found.get(6).start(), found.get(6).end()));
    }

    @Test
    void findsTheValuesOfAPastedList() {
        List<String> lines = List.of(
                "ex[.]com",
                "192.0.2.1",
                "http://example.com/x;y=1",
                "bücher.example",
                "2001:db8::1",
                "info@example.com");
        List<RecognisedValue> found = Recognition.PLAIN.recognise(String.join("\r\n", lines));
        assertEquals(
                lines.stream()
                        .map(l ->
                                Recognition.PLAIN.recogniseOne(l).orElseThrow().observable())
                        .toList(),
                found.stream().map(RecognisedValue::observable).toList());
        assertEquals(
                found.stream().map(RecognisedValue::observable).toList(),
                Recognition.PLAIN.recognise(String.join(",", lines)).stream()
                        .map(RecognisedValue::observable)
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", ")", "[", "=", ",", "http://a,", "a@", "+1 ", "1 ", "[.", "GB82 ", "http://a;b,"})
    void readsLongTextsThatRepeatThemselves(String piece) { // which would take a minute if time grew with the square
        String text = piece.repeat(100_000 / piece.length());
        assertTrue(
                TASHKENT.recognise(text).stream().allMatch(r -> r.observable().kind() == ObservableKind.URL));
        assertEquals(
                Optional.empty(),
                TASHKENT.recogniseOne(text.substring(0, 16_000))
                        .filter(r -> r.observable().kind() != ObservableKind.URL));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://a.example.com/x，192.0.2.5",
                "http://a.example.com/x（192.0.2.5）",
                "http://a.example.com/x—seen",
                "http://a.example.com/x”",
                "http://a.example.com/x...",
                "http://a.example.com/x…",
                "http://a.example.com/x).",
                "http://a.example.com/x,malware_download,elf",
                "http://a.example.com/x(192.0.2.5)",
                "http://a.example.com/x:jsmith:Qwerty123",
                "a.example.com/x:jsmith:Qwerty123",
                "a.example.com/x…",
                "http://a.example.com/.../x",
                "http://a.example.com/x%2",
                "http://a.example.com/x?y=1|sh",
                "http://a.example.com/x\\par",
                "http://a.example.com/x:192.0.2.5",
                "URLhttp://a.example.com/x"
            })
    void aCellThatGoesOnAfterAUrlIsDoubtful(String cell) {
        assertTrue(Recognition.PLAIN.recogniseOne(cell).orElseThrow().doubtful());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://a.example.com/x,y;z=1",
                "http://a.example.com/x:y",
                "http://a.example.com/x%2F",
                "http:\\/\\/a.example.com\\/x",
                "http://a.example.com/(x)",
                "http://a.example.com/?a[0]=1|2",
                "http://a.example.com.",
                "hxxp://a[.]example[.]com/x",
                "http:\\\\a.example.com\\x",
                "http://a.example.com/путь"
            })
    void aCellThatIsAUrlIsSure(String cell) {
        assertFalse(Recognition.PLAIN.recogniseOne(cell).orElseThrow().doubtful());
    }

    @Test
    void readsAWordOfManyAddressesInTimeThatGrowsWithItsLength() {
        String word = "192.0.2.0/255.".repeat(70_000); // took minutes
        assertTimeout(Duration.ofSeconds(30), () -> TASHKENT.recognise(word));
    }

    @Test
    void addressesInBech32AreOfTheCoinThatTheirFirstPartNames() {
        for (String coin : List.of("dgb", "vtc")) {
            String address = coin.equals("dgb")
                    ? "dgb1qqqqsyqcyq5rqwzqfpg9scrgwpugpzysnzhtfd6"
                    : "vtc1qqqqsyqcyq5rqwzqfpg9scrgwpugpzysn9arr3m";
            assertEquals(
                    "wallet:" + coin + ':' + address,
                    Recognition.PLAIN
                            .recogniseOne(address)
                            .orElseThrow()
                            .observable()
                            .key());
        }
        assertEquals(Optional.empty(), Recognition.PLAIN.recogniseOne("osmo1qqqsyqcyq5rqwzqfpg9scrgwpugpzysntdz28t"));
    }

    @Property(tries = 1000)
    void refangingUndoesDefanging(@ForAll("urls") String url, @ForAll("defangs") String[] dots) {
        String defanged =
                url.replaceFirst("^http", "hxxp").replace("://", dots[1]).replace(".", dots[0]);
        Observable plain = Recognition.PLAIN.recogniseOne(url).orElseThrow().observable();
        assertEquals(
                Optional.of(plain),
                Recognition.PLAIN.recogniseOne(defanged).map(RecognisedValue::observable),
                defanged);
    }

    @Property(tries = 1000)
    void anyTextIsReadWithoutAnException(@ForAll String text) {
        assertSound(text);
    }

    @Property(tries = 1000)
    void anyPiecesAreReadWithoutAnException(@ForAll("pieces") String text) {
        assertSound(text);
    }

    /** What is recognised lies in the text and has a value, and a second look finds the same. */
    private static void assertSound(String text) {
        List<RecognisedValue> all = TASHKENT.recognise(text);
        Optional<RecognisedValue> one = TASHKENT.recogniseOne(text);
        Stream.concat(all.stream(), one.stream()).forEach(r -> {
            assertTrue(
                    r.start() >= 0 && r.start() < r.end() && r.end() <= text.length(),
                    () -> r + " of " + text.length());
            assertFalse(r.observable().value().isEmpty(), r::toString);
        });
        assertEquals(all, TASHKENT.recognise(text));
        assertEquals(one, TASHKENT.recogniseOne(text));
    }

    @Provide
    Arbitrary<String> urls() {
        Arbitrary<String> label =
                Arbitraries.strings().withCharRange('a', 'z').ofMinLength(1).ofMaxLength(12);
        return Combinators.combine(
                        Arbitraries.of("http", "https"), label, Arbitraries.of("com", "example", "org"), label)
                .as((scheme, name, top, path) -> scheme + "://" + name + '.' + top + '/' + path);
    }

    @Provide
    Arbitrary<String[]> defangs() {
        return Arbitraries.of(
                new String[] {"[.]", "://"},
                new String[] {"(.)", "[:]//"},
                new String[] {"{.}", "[://]"},
                new String[] {"[dot]", "://"},
                new String[] {" [dot] ", "://"},
                new String[] {"(DOT)", "[:]//"},
                new String[] {"\\.", "://"},
                new String[] {"[.", "://"});
    }

    /** Found by fuzzing: a normal form writes the sign behind the scheme as %, behind which a scheme was read anew. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ttp://\uFFFD--.0:h@example.com",
                "hxxp://\uFFFD--.0:h@example.com",
                "ttp://\u00AE--.0:h@example.com"
            })
    void aSchemeIsReadBeforeEverySignThatANormalFormEncodes(String text) throws InvalidObservable {
        List<RecognisedValue> found = Recognition.PLAIN.recognise(text);
        assertEquals(1, found.size(), found.toString());
        Observable url = found.getFirst().observable();
        assertTrue(url.value().startsWith("http://"), url.value());
        assertEquals(url, ObservableKind.URL.normalise(url.value()));
    }

    @Provide
    Arbitrary<String> pieces() {
        return Arbitraries.of(
                        "http://",
                        "hxxp",
                        "[.]",
                        "[",
                        "]",
                        "(",
                        ")",
                        "://",
                        ":",
                        "/",
                        "//",
                        "@",
                        ".",
                        "+",
                        "-",
                        "0x",
                        "1",
                        "00",
                        "192.0.2.1",
                        "example.com",
                        "::",
                        "%",
                        "%2",
                        "?",
                        "#",
                        "GB82",
                        "WEST",
                        "telegram:",
                        "btc:",
                        "bc1",
                        "AS",
                        " ",
                        "\n",
                        "<",
                        ">",
                        ",",
                        ";",
                        "=",
                        "é",
                        "\ud83d",
                        "\u0000",
                        "'",
                        "\\",
                        "tel:",
                        "T1",
                        "HKLM\\")
                .list()
                .ofMinSize(1)
                .ofMaxSize(10)
                .map(list -> String.join("", list));
    }
}
