package uz.koprik.indicators.translate.misp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonNumber;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.EffectiveMarking;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.stix.StixReader;
import uz.koprik.indicators.translate.Translation;

/** STIX that never was MISP. */
final class ForeignStixTest {

    static StixObject indicator(String pattern) throws Exception {
        return StixReader.read(CanonicalJson.bytes(JsonObject.builder()
                .put("type", "indicator")
                .put("spec_version", "2.1")
                .put("id", "indicator--00000000-0000-4000-8000-000000000001")
                .put("created", "2026-11-22T00:00:00.000Z")
                .put("modified", "2026-11-22T00:00:00.000Z")
                .put("name", "Lure")
                .put("pattern", pattern)
                .put("pattern_type", "stix")
                .put("valid_from", "2026-11-22T00:00:00Z")
                .build()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "[domain-name:value = 'example.com']!domain=example.com",
                "[ipv4-addr:value = '192.0.2.1' OR ipv6-addr:value = '2001:db8::1']!ip-dst=192.0.2.1,ip-dst=2001:db8::1",
                "[url:value IN ('http://example.com/a','http://example.com/b')]!url=http://example.com/a,url=http://example.com/b",
                "[network-traffic:dst_ref.value = '192.0.2.1' AND network-traffic:dst_port = 443]!ip-dst|port=192.0.2.1|443",
                "[network-traffic:dst_ref.value = 'a.example.com' AND network-traffic:dst_port = 443]!hostname|port=a.example.com|443",
                "[cryptocurrency-wallet:value = 'btc:1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2']!btc=1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2",
                "[file:name = 'a.exe' AND file:hashes.MD5 = 'd41d8cd98f00b204e9800998ecf8427e']!"
                        + "filename|md5=a.exe|d41d8cd98f00b204e9800998ecf8427e",
            })
    void simplePatternsBecomeAttributes(String pattern, String attributes) throws Exception {
        StixToMisp.Result result = StixToMisp.translate(List.of(indicator(pattern)), Samples.CENTRE);
        assertEquals(List.of(), result.unexpressed());
        assertEquals(
                List.of(attributes.split(",", -1)),
                Misp.objects(result.events().getFirst(), "Attribute").stream()
                        .map(a -> Misp.text(a, "type") + '=' + Misp.text(a, "value"))
                        .toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "[file:name = 'a.exe' AND file:hashes.MD5 = 'd41d8cd98f00b204e9800998ecf8427e' AND file:size = 7]!file",
                "[user-account:account_type = 'telegram' AND user-account:account_login = '@example_mule']!telegram-account",
                "[cryptocurrency-wallet:value = '0x00000000219ab540356cbb839cbe05303d7705fa']!coin-address",
            })
    void otherPatternsBecomeObjects(String pattern, String template) throws Exception {
        StixToMisp.Result result = StixToMisp.translate(List.of(indicator(pattern)), Samples.CENTRE);
        assertEquals(List.of(), result.unexpressed());
        assertEquals(
                template,
                Misp.text(Misp.objects(result.events().getFirst(), "Object").getFirst(), "name"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "[domain-name:value != 'example.com']~equality",
                "[domain-name:value LIKE '%.example.com']~likeness",
                "[domain-name:value = 'example.com'] FOLLOWEDBY [url:value = 'http://example.com/']~one after the other",
                "[domain-name:value = 'example.com'] REPEATS 3 TIMES~when or how often",
                "[domain-name:value = 'example.com' AND process:pid = 7]~no attribute type or template",
                "[EXISTS domain-name:value]~exists",
            })
    void otherPatternsAreListed(String pattern, String why) throws Exception {
        StixToMisp.Result result = StixToMisp.translate(List.of(indicator(pattern)), Samples.CENTRE);
        assertEquals(1, result.unexpressed().size());
        assertTrue(result.unexpressed().getFirst().why().contains(why), result.unexpressed()::toString);
        assertTrue(result.unexpressed().getFirst().whole());
    }

    @Test
    void propertiesMispHasNoFieldForAreListed() throws Exception {
        byte[] object =
                ("{\"type\":\"indicator\",\"spec_version\":\"2.1\",\"id\":\"indicator--00000000-0000-4000-8000-000000000001\","
                                + "\"created\":\"2026-11-22T00:00:00.000Z\",\"modified\":\"2026-11-22T00:00:00.000Z\",\"confidence\":80,"
                                + "\"pattern\":\"[domain-name:value = 'example.com']\",\"pattern_type\":\"stix\",\"valid_from\":\"2026-11-22T00:00:00Z\","
                                + "\"valid_until\":\"2026-12-22T00:00:00Z\",\"granular_markings\":[{\"selectors\":[\"pattern\"],\"marking_ref\":"
                                + "\"marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb\"}]}")
                        .getBytes(StandardCharsets.UTF_8);
        List<String> listed =
                StixToMisp.translate(List.of(StixReader.read(object)), Samples.CENTRE).unexpressed().stream()
                        .map(u -> u.what())
                        .toList();
        assertEquals(List.of("property granular_markings"), listed);
    }

    /** What MISP has no field for travels as tags; objects of MISP have no tags, so their members have them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[domain-name:value = 'example.com']",
                "[file:hashes.MD5 = 'd41d8cd98f00b204e9800998ecf8427e' AND file:name = 'a.exe']",
                "[domain-name:value = 'a.example.com' OR domain-name:value = 'b.example.com']"
            })
    void labelsMarkingEndAndConfidenceComeBack(String pattern) throws Exception {
        JsonObject json = indicator(pattern)
                .json()
                .with("valid_until", new JsonString("2031-12-22T00:00:00Z"))
                .with("confidence", new JsonNumber(80))
                .with("labels", new JsonArray(List.of(new JsonString("c2, and more"), new JsonString("second"))))
                .with(
                        "object_marking_refs",
                        new JsonArray(
                                List.of(new JsonString("marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421"))));
        StixToMisp.Result result =
                StixToMisp.translate(List.of(StixReader.read(CanonicalJson.bytes(json))), Samples.CENTRE);
        assertEquals(List.of(), result.unexpressed());
        String event = CanonicalJson.text(result.events().getFirst());
        assertTrue(event.contains("{\"name\":\"tlp:amber\"}"), event);
        Translation back = new MispToStix(Samples.CENTRE, Optional.empty())
                .translate(result.events().getFirst(), "/Event");
        List<JsonObject> indicators = back.objects().stream()
                .map(StixObject::json)
                .filter(one -> one.string("type").equals(Optional.of("indicator")))
                .toList();
        assertFalse(indicators.isEmpty(), back::toString);
        for (JsonObject one : indicators) {
            assertEquals(Optional.of("2031-12-22T00:00:00Z"), one.string("valid_until"), one::toString);
            assertTrue(one.get("confidence") instanceof JsonNumber sure && sure.longValue() == 80, one::toString);
            // The event of objects without a report is for the own organisation only, which is AMBER+STRICT.
            assertEquals(
                    Optional.of(Tlp.AMBER_STRICT), EffectiveMarking.own(StixReader.read(CanonicalJson.bytes(one))));
            List<String> labels = one.items("labels").stream()
                    .map(label -> ((JsonString) label).value())
                    .filter(label -> !label.startsWith("misp:"))
                    .toList();
            assertEquals(List.of("c2, and more", "second"), labels);
        }
    }

    @Test
    void aChangedPatternIsBelievedRatherThanTheKeptMembers() throws Exception {
        JsonObject object = RoundTripTest.json(
                """
                {"uuid":"00000000-0000-4000-8000-000000000010","name":"bank-account","timestamp":"1763800000","Attribute":[
                {"uuid":"00000000-0000-4000-8000-000000000011","object_relation":"iban","type":"iban",
                "value":"HU94999000096610656129846770","to_ids":true,"timestamp":"1763800000"}]}""");
        JsonObject event =
                RoundTripTest.event(List.of()).with("Object", new uz.koprik.crypto.json.JsonArray(List.of(object)));
        StixObject indicator = new MispToStix(Samples.CENTRE, java.util.Optional.empty())
                .translate(event, "").objects().stream()
                        .filter(o -> o.type().equals("indicator"))
                        .findFirst()
                        .orElseThrow();
        StixObject changed = StixReader.read(CanonicalJson.bytes(indicator
                .json()
                .with(
                        "pattern",
                        new uz.koprik.crypto.json.JsonString("[bank-account:iban = 'GB82WEST12345698765432']"))));
        StixToMisp.Result back = StixToMisp.translate(List.of(changed), Samples.CENTRE);
        assertEquals(
                "GB82WEST12345698765432",
                Misp.text(Misp.objects(back.events().getFirst(), "Attribute").getFirst(), "value"));
        assertTrue(back.unexpressed().stream().anyMatch(u -> u.what().equals("members of the MISP object")));
    }
}
