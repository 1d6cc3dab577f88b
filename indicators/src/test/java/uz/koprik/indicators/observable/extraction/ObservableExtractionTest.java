package uz.koprik.indicators.observable.extraction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uz.koprik.crypto.Oracles;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.indicators.observable.CardTokeniser;
import uz.koprik.indicators.observable.InvalidObservable;
import uz.koprik.indicators.observable.Normalisation;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.ObservableKind;

class ObservableExtractionTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':'domain-name','value':'Ex.COM'} | /value domain:ex.com",
                "{'type':'ipv4-addr','value':'192.0.2.0/24'} | /value cidr:192.0.2.0/24",
                "{'type':'autonomous-system','number':64496} | /number asn:64496",
                "{'type':'file','name':'a.exe','hashes':{'MD5':'D41D8CD98F00B204E9800998ECF8427E','sha1':'da39a3ee5e6b4b0d3255bfef95601890afd80709','X':'1'}}"
                        + " | /name file-name:a.exe;/hashes/MD5 md5:d41d8cd98f00b204e9800998ecf8427e;/hashes/sha1 sha1:da39a3ee5e6b4b0d3255bfef95601890afd80709",
                "{'type':'network-traffic','extensions':{'http-request-ext':{'request_value':'/gate.php'}}}"
                        + " | /extensions/http-request-ext/request_value url-path:/gate.php",
                "{'type':'user-account','account_type':'telegram','account_login':'Example'} | /account_login messenger:telegram:@example",
                "{'type':'user-account','account_type':'unix','account_login':'root'} | ``",
                "{'type':'bank-account','iban':'GB82 WEST 1234 5698 7654 32','account_number':'12345678','bic':'BARCGB22'}"
                        + " | /iban iban:GB82WEST12345698765432;/account_number bank-account:12345678;/account_number bank-account:GB/BARCGB22/12345678",
                "{'type':'phone-number','value':'+998901234567'} | /value phone:+998901234567",
                "{'type':'observed-data','objects':{'0':{'type':'url','value':'http://ex.com'},'a/b':{'type':'mac-addr','value':'00:00:5e:00:53:01'}}}"
                        + " | /objects/0/value url:http://ex.com/;/objects/a~1b/value mac:00:00:5e:00:53:01",
                "{'type':'windows-registry-key','key':'HKLM\\\\\\\\Software'} | /key registry-key:hkey_local_machine\\\\software",
                "{'type':'file','name':'C:/Temp/a.exe'} | /name file-path:C:\\\\Temp\\\\a.exe",
                "{'type':'vulnerability','name':'cve-2024-12345'} | /name cve:CVE-2024-12345",
                "{'type':'vulnerability','name':'Lure','external_references':[{'source_name':'x','external_id':'1'},{'source_name':'cve','external_id':'CVE-2024-1234'}]}"
                        + " | /external_references/1/external_id cve:CVE-2024-1234",
                "{'type':'mobile-device','imei':'490154203237518'} | /imei imei:490154203237518",
                "{'type':'network-traffic','extensions':{'http-request-ext':{'request_header':{'User-Agent':'Lure/1'}}}}"
                        + " | /extensions/http-request-ext/request_header/User-Agent user-agent:Lure/1",
                "{'type':'network-traffic','extensions':{'http-request-ext':{'request_header':{'User-Agent':['Lure/1','Lure/2']}}}}"
                        + " | /extensions/http-request-ext/request_header/User-Agent/0 user-agent:Lure/1;/extensions/http-request-ext/request_header/User-Agent/1 user-agent:Lure/2",
                "{'type':'user-agent','value':'Lure/1'} | /value user-agent:Lure/1",
                "{'type':'malware','name':'x','external_references':[{'source_name':'s','url':'http://ex.com'}]} | ``",
            })
    void findsWhatAnObjectCarries(String json, String expected) throws MalformedJson {
        ObservableExtraction extraction = ObservableExtraction.of(json(json.replace("\\\\", "\\")));
        assertEquals(expected.replace("\\\\", "\\"), text(extraction));
        assertEquals(List.of(), extraction.skipped());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[domain-name:value = 'ex.com' OR domain-name:value = 'EX.com'] | domain:ex.com",
                "[domain-name:value != 'ex.com' OR domain-name:value NOT = 'ex.com' OR url:value LIKE 'x'] | ``",
                "[ipv4-addr:value IN ('192.0.2.1', '192.0.2.2')] | ipv4:192.0.2.1;ipv4:192.0.2.2",
                "[file:hashes.SHA256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855']"
                        + " | sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                "[network-traffic:dst_ref.value = 'ex.com' AND network-traffic:dst_port = 80] | domain:ex.com",
                "[user-account:account_type = 'telegram' AND user-account:account_login = 'Example'] | messenger:telegram:@example",
                "[user-account:account_login = 'Example'] AND [user-account:account_type = 'telegram'] | ``",
                "[autonomous-system:number = 64496] | asn:64496",
                "[email-message:from_ref.value = 'Info@Ex.com'] | email:info@ex.com",
                "[url:value = 'http://ex.com/it\\'s'] | url:http://ex.com/it's",
            })
    void findsWhatAPatternLooksFor(String pattern, String expected) {
        ObservableExtraction extraction = ObservableExtraction.of(indicator(pattern));
        assertEquals(
                expected,
                String.join(
                        ";",
                        extraction.observables().stream().map(Observable::key).toList()));
        assertTrue(extraction.found().stream().allMatch(f -> f.pointer().equals("/pattern")));
        assertEquals(List.of(), extraction.skipped());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[domain-name:value = '192.0.2.195'] | ipv4:192.0.2.195",
                "[domain-name:value = '2001:DB8::195'] | ipv6:2001:db8::195",
                "[domain-name:value = '192.0.2.0/25'] | cidr:192.0.2.0/25",
                "[domain-name:value = 'z3.example.net:8443'] | domain:z3.example.net",
                "[domain-name:value = '*.z3.example.net'] | domain:z3.example.net",
                "[domain-name:value = 'z3.example.net/'] | domain:z3.example.net",
                "[domain-name:value = 'hxxps://z3[.]example[.]net/a'] | url:https://z3.example.net/a",
                "[domain-name:value = 'z3.example.net/a?b'] | url:http://z3.example.net/a?b",
                "[ipv4-addr:value = '192.0.2.196:443'] | ipv4:192.0.2.196",
                "[ipv4-addr:value = '2001:db8::1'] | ipv6:2001:db8::1",
                "[ipv4-addr:value = 'z3.example.net'] | domain:z3.example.net",
                "[ipv4-addr:value = 'http://192.0.2.196/a'] | url:http://192.0.2.196/a",
                "[ipv6-addr:value = '192.0.2.196'] | ipv4:192.0.2.196",
                "[ipv6-addr:value = '[2001:db8::1]:443'] | ipv6:2001:db8::1",
                "[url:value = 'z3.example.net/a'] | url:http://z3.example.net/a",
                "[url:value = 'Z3.example.net:8080/a'] | url:http://z3.example.net:8080/a",
                "[url:value = 'z3.example.net'] | domain:z3.example.net",
                "[url:value = '192.0.2.196'] | ipv4:192.0.2.196",
                "[domain-name:value = 'info@z3.example.net'] | email:info@z3.example.net",
                "[network-traffic:dst_ref.value = '192.0.2.196:443'] | ipv4:192.0.2.196",
            })
    void readsALooseValueAsWhatItPlainlyIs(String pattern, String expected) {
        ObservableExtraction extraction = ObservableExtraction.of(indicator(pattern));
        assertEquals(
                List.of(expected),
                extraction.observables().stream().map(Observable::key).toList());
        assertEquals(extraction.observables(), extraction.interpreted());
        assertEquals(extraction.interpreted(), ObservableExtraction.interpreted(indicator(pattern), List.of(expected)));
        assertEquals(List.of(), extraction.skipped());
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "[domain-name:value = 'localhost']",
                "[domain-name:value = 'a b']",
                "[domain-name:value = '192.0.2.500']",
                "[ipv4-addr:value = '192.0.2']",
                "[ipv4-addr:value = '192.0.2.1:99999']",
                "[url:value = 'co.uk/a']",
                "[url:value = 'index']",
                "[url:value = '/gate.php']",
                "[url:value = 'C:\\\\a\\\\b.exe']",
                "[email-addr:value = 'Somebody']",
                "[mac-addr:value = '192.0.2.1']",
            })
    void takesNothingFromATextOfNoPlainReading(String pattern) {
        ObservableExtraction extraction = ObservableExtraction.of(indicator(pattern.replace("\\\\", "\\")));
        assertEquals(List.of(), extraction.found());
        assertEquals(1, extraction.skipped().size());
    }

    @Test
    void aValueThatAlsoStandsInItsPlaceIsNotInterpreted() {
        ObservableExtraction extraction = ObservableExtraction.of(
                indicator("[domain-name:value = '192.0.2.1' OR ipv4-addr:value = '192.0.2.1']"));
        assertEquals(1, extraction.observables().size());
        assertTrue(extraction.interpreted().isEmpty());
    }

    /** One value stands in its place, the other does not. */
    @Test
    void theValuesOfAnObjectAreInterpretedOneByOne() {
        JsonObject object =
                indicator("[domain-name:value = '192.0.2.1' OR ipv4-addr:value='192.0.2.2' OR url:value = 'a']");
        assertEquals(
                Set.of(new Observable(ObservableKind.IPV4, "192.0.2.1")),
                ObservableExtraction.interpreted(object, List.of("ipv4:192.0.2.1", "ipv4:192.0.2.2")));
        assertEquals(Set.of(), ObservableExtraction.interpreted(object, List.of("ipv4:192.0.2.2")));
        assertEquals(Set.of(), ObservableExtraction.interpreted(object, List.of()));
    }

    @Test
    void findsAgainWhatAKindWritesAsAPattern() throws InvalidObservable {
        for (Observable observable : List.of(
                ObservableKind.MESSENGER.normalise("whatsapp:+998901234567"),
                ObservableKind.URL_PATH.normalise("/o'clock"),
                ObservableKind.CIDR.normalise("2001:db8::/32"),
                ObservableKind.ASN.normalise("64496"),
                ObservableKind.BANK_ACCOUNT.normalise("UZ/00014/20208000900123456001"),
                ObservableKind.WALLET.normalise("1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2"),
                ObservableKind.PAYMENT_CARD.normalise("411111-1111-abcdefghij234567"),
                ObservableKind.REGISTRY_KEY.normalise("HKLM\\Software\\x"))) {
            assertEquals(
                    List.of(observable),
                    List.copyOf(ObservableExtraction.of(indicator(observable.pattern()))
                            .observables()));
        }
    }

    @Test
    void saysWhatItSkippedAndWhy() throws MalformedJson {
        ObservableExtraction extraction = ObservableExtraction.of(json(
                "{'type':'observed-data','objects':{'0':{'type':'ipv4-addr','value':'x'},'1':{'type':'user-account',"
                        + "'account_login':'y'},'2':{'type':'domain-name','value':5},'3':7,'4':{}}}"));
        assertEquals(
                List.of(
                        "/objects/0/value ipv4 four numbers from 0 to 255 with dots between and no leading zeros"
                                + " are expected",
                        "/objects/1/account_login messenger account_type does not say of which service this is an account",
                        "/objects/2/value domain the last label of the name is a number"),
                extraction.skipped().stream()
                        .map(s -> s.pointer() + ' ' + s.kind().orElseThrow().code() + ' ' + s.reason())
                        .toList());
        ObservableExtraction broken = ObservableExtraction.of(indicator("[a:b = "));
        assertEquals(
                List.of("not a STIX pattern: line 1, column 8: a literal is expected, not the end of the pattern"),
                broken.skipped().stream()
                        .map(ObservableExtraction.SkippedValue::reason)
                        .toList());
    }

    @Test
    void replacesCardNumbersByTokens() throws MalformedJson {
        JsonObject card = json("{'type':'payment-card','card_number':'4111111111111111'}");
        assertEquals(
                "a whole card number is taken only where it can be replaced by a token",
                ObservableExtraction.of(card).skipped().getFirst().reason());
        Observable kept = ObservableExtraction.of(
                        card,
                        Normalisation.withCards(CardTokeniser.keyed(new SecretKeySpec(new byte[32], "HmacSHA256"))))
                .observables()
                .getFirst();
        assertTrue(kept.value().startsWith("411111-1111-"), kept.value());
    }

    @Test
    void leavesOtherLanguagesAlone() throws MalformedJson {
        assertEquals(
                List.of(),
                ObservableExtraction.of(
                                json("{'type':'indicator','pattern_type':'snort','pattern':'alert tcp any any'}"))
                        .skipped());
    }

    @Test
    void readsRealObjectsWithoutAnException() throws Exception {
        String text = String.join("\n", Oracles.lines("real/ics-attack.json.gz"));
        JsonObject bundle = StrictJson.parseObject(text.getBytes(StandardCharsets.UTF_8));
        int objects = 0;
        for (var item : ((JsonArray) bundle.get("objects")).items()) {
            assertEquals(List.of(), ObservableExtraction.of((JsonObject) item).skipped());
            objects++;
        }
        assertTrue(objects > 1000, "objects read: " + objects);
    }

    private static String text(ObservableExtraction extraction) {
        return String.join(
                ";",
                extraction.found().stream()
                        .map(f -> f.pointer() + ' ' + f.observable().key())
                        .toList());
    }

    private static JsonObject indicator(String pattern) {
        return JsonObject.builder()
                .put("type", "indicator")
                .put("pattern_type", "stix")
                .put("pattern", pattern)
                .build();
    }

    private static JsonObject json(String singleQuoted) throws MalformedJson {
        return StrictJson.parseObject(singleQuoted.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
