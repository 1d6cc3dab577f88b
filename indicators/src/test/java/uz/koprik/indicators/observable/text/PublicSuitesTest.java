package uz.koprik.indicators.observable.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uz.koprik.indicators.observable.ObservableKind;

/** The forms that the suites of ioc-finder, iocextract and libphonenumber test, with values of our own. */
class PublicSuitesTest {

    private static List<String> keys(String text) {
        return Recognition.PLAIN.recognise(text).stream()
                .map(one -> one.observable().key())
                .toList();
    }

    /** Forms of the valid list of iocextract. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://198.51.100.3/test | url:http://198.51.100.3/test",
                "http://198.51.100.3:80/path | url:http://198.51.100.3/path",
                "http://198[.]51[.]100[.]3 | url:http://198.51.100.3/",
                "http://198[.]51[.]100[.]3:81/path | url:http://198.51.100.3:81/path",
                "http://[2001:db8:575b:5a72:0000:0000:0000:0001]:80/path | url:http://[2001:db8:575b:5a72::1]/path",
                "http://ev1l.example | url:http://ev1l.example/",
                "http://ev-il.example | url:http://ev-il.example/",
                "http://evil.example[/]test | url:http://evil.example/test",
                "http://evil[.]example/ | url:http://evil.example/",
                "hxxp://evil.example | url:http://evil.example/",
                "hxxp://evil[dot]example/ | url:http://evil.example/",
                "http://evil[.example/ | url:http://evil.example/",
                "http://evil(.)example/ | url:http://evil.example/",
                "tcp://198[.]51[.]100[.]3:80/path | url:tcp://198.51.100.3:80/path",
                "tcp://[2001:db8::1]:80/path | url:tcp://[2001:db8::1]:80/path",
                "tcp://evil[.]example:80/ | url:tcp://evil.example:80/",
                "198[.]51[.]100[.]3:80/path | url:http://198.51.100.3/path",
                "198[.]51[dot]100[.]3:9090/url | url:http://198.51.100.3:9090/url",
                "198[.]51[dot]100[.]3 | ipv4:198.51.100.3",
                "short[.]is | domain:short.is",
                "evil[.]example/ | domain:evil.example",
            })
    void formsOfIocextract(String text, String key) {
        assertEquals(List.of(key), keys(text));
    }

    /** Forms of the cases of ioc-finder. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "this is only a (evil.example) test of other.example | domain:evil.example domain:other.example",
                "Foo https://lab.example/about/), bar | url:https://lab.example/about/",
                "Get('https://evil[.]example/a.ps1');g $I Get(\"https://evil[.]example/a.ps2\");g"
                        + " | url:https://evil.example/a.ps1 url:https://evil.example/a.ps2",
                "url,https://evil.example/g/foo,Malicious discussion | url:https://evil.example/g/foo",
                "https://evil.example/g//foo | url:https://evil.example/g//foo",
                "https://evil.example/a%20page/foo.example/b.php?q=bar.example"
                        + " | url:https://evil.example/a%20page/foo.example/b.php?q=bar.example",
                "1.1.1.1/0 evil.example/test/b.php | cidr:0.0.0.0/0 url:http://evil.example/test/b.php",
                "a@example.com b@test-ing.example c@2600.example"
                        + " | email:a@example.com email:b@test-ing.example email:c@2600.example",
                "x@jabber.example me@example.com | email:x@jabber.example email:me@example.com",
                "ASN123 AS123 | asn:123 asn:123",
            })
    void formsOfIocFinder(String text, String keys) {
        assertEquals(List.of(keys.split(" ", -1)), keys(text));
    }

    @Test
    void examplesOfLibphonenumberHoldWhateverFollows() {
        PhoneNumberUtil util = PhoneNumberUtil.getInstance();
        List<String> missed = new ArrayList<>();
        int tried = 0;
        for (String region : util.getSupportedRegions()) {
            for (PhoneNumberType type : List.of(PhoneNumberType.FIXED_LINE, PhoneNumberType.MOBILE)) {
                Phonenumber.PhoneNumber number = util.getExampleNumberForType(region, type);
                if (number == null || !util.isValidNumber(number)) {
                    continue;
                }
                String key = "phone:" + util.format(number, PhoneNumberFormat.E164);
                for (PhoneNumberFormat format : List.of(PhoneNumberFormat.INTERNATIONAL, PhoneNumberFormat.E164)) {
                    for (String after :
                            List.of("", " Wien", " 500 EUR", ", fax", " 12:30", ".", ") x", " 2026-01-05")) {
                        String text = "call " + util.format(number, format) + after;
                        tried++;
                        if (!keys(text).equals(List.of(key))) {
                            missed.add(text + " " + keys(text));
                        }
                    }
                }
            }
        }
        System.out.println("phones: " + (tried - missed.size()) + " of " + tried);
        missed.stream().limit(40).forEach(System.out::println);
        assertTrue(tried > 5000, "tried: " + tried);
        assertEquals(List.of(), missed);
    }

    @Test
    void noLettersBecomeDigitsOfAPhone() {
        for (String text : List.of("+43 1 234567 Wien", "+4312345678 FAX", "+49 30 123456abc", "+1 800 FLOWERS")) {
            assertTrue(
                    Recognition.PLAIN.recognise(text).stream()
                            .allMatch(one -> one.observable().kind() == ObservableKind.PHONE
                                    && one.observable().value().length()
                                            <= text.replaceAll("[^0-9]", "").length() + 1),
                    text);
        }
    }
}
