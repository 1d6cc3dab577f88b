package uz.koprik.indicators.translate.misp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.EffectiveMarking;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.translate.Translation;

/** Values, times, tags and distributions as programs other than MISP write them. */
final class OddEventsTest {

    private static Translation read(JsonObject event) {
        return new MispToStix(Samples.CENTRE, Optional.of(Tlp.CLEAR)).translate(event, "/Event");
    }

    private static JsonObject attribute(String more) throws Exception {
        return RoundTripTest.json("{\"uuid\":\"00000000-0000-4000-8000-000000000001\",\"type\":\"domain\","
                + "\"category\":\"Network activity\",\"value\":\"a.example.com\",\"to_ids\":true,"
                + "\"timestamp\":\"1763800000\"" + more + '}');
    }

    private static StixObject indicator(Translation translation) {
        return translation.objects().stream()
                .filter(o -> o.type().equals("indicator"))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> reported(Translation translation) {
        return translation.unexpressed().stream().map(u -> u.where()).toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "domain; \" a.example.com \"; [domain-name:value = 'a.example.com']",
                "domain; a[.]example[.]com; [domain-name:value = 'a.example.com']",
                "hostname; a(dot)example.com; [domain-name:value = 'a.example.com']",
                "ip-dst; 192.0.2[.]7; [network-traffic:dst_ref.value = '192.0.2.7']",
                "ip-dst|port; \"192.0.2.7 | 443\";"
                        + " [network-traffic:dst_ref.value = '192.0.2.7' AND network-traffic:dst_port = 443]",
                "url; hxxps[:]//a.example[.]com/x[.]y?z=(at);  [url:value = 'https://a.example.com/x[.]y?z=(at)']",
                "url; http://[2001:db8::1]:8080/a; [url:value = 'http://[2001:db8::1]:8080/a']",
                "email; a[at]example.com; [email-addr:value = 'a@example.com']",
                "md5; \"D41D8CD98F00B204E9800998ECF8427E \"; [file:hashes.MD5 = 'D41D8CD98F00B204E9800998ECF8427E']",
                "filename; \" a (1).exe\"; [file:name = 'a (1).exe']",
            })
    void patternsCompareValuesWithoutBlanksAndDefanging(String type, String value, String pattern) throws Exception {
        JsonObject given = attribute("").with("type", new JsonString(type)).with("value", new JsonString(value));
        Translation made = read(RoundTripTest.event(List.of(given)));
        assertEquals(pattern, indicator(made).json().string("pattern").orElseThrow());
        boolean corrected = !value.equals("http://[2001:db8::1]:8080/a");
        assertEquals(corrected ? List.of("/Event/Attribute/0/value") : List.of(), reported(made));
    }

    @ParameterizedTest
    @CsvSource({
        "1763800000,2025-11-22T08:26:40Z",
        "1763800000.5,2025-11-22T08:26:40.5Z",
        "1763800000123,2025-11-22T08:26:40.123Z",
        "1763800000123456,2025-11-22T08:26:40.123456Z",
        "2025-11-22T08:26:40.123456+00:00,2025-11-22T08:26:40.123456Z",
        "2025-11-22T13:26:40+0500,2025-11-22T08:26:40Z",
        "2025-11-22T08:26:40,2025-11-22T08:26:40Z",
        "2025-11-22 08:26:40,2025-11-22T08:26:40Z",
        "2025-11-22,2025-11-22T00:00:00Z",
    })
    void timesOfEveryFormAreRead(String text, String time) throws Exception {
        for (String quote : text.matches("[0-9.]+") ? List.of("", "\"") : List.of("\"")) {
            Translation made = read(RoundTripTest.event(List.of(attribute(",\"first_seen\":" + quote + text + quote))));
            assertEquals(time, indicator(made).json().string("valid_from").orElseThrow());
            assertEquals(List.of(), made.unexpressed());
        }
    }

    @Test
    void timesThatAreNoneAreReported() throws Exception {
        Translation made = read(RoundTripTest.event(List.of(attribute(",\"first_seen\":\"last week\""))));
        assertEquals(List.of("/Event/Attribute/0/first_seen"), reported(made));
        JsonObject when = attribute("").with("timestamp", new JsonString("now"));
        assertEquals(List.of("/Event/Attribute/0/timestamp"), reported(read(RoundTripTest.event(List.of(when)))));
    }

    @Test
    void tagsThatAreBareNamesCount() throws Exception {
        Translation made = read(RoundTripTest.event(List.of(attribute(",\"Tag\":[\"tlp:red\",\"mine\"]"))));
        assertEquals(Optional.of(Tlp.RED), EffectiveMarking.own(indicator(made)));
        assertTrue(indicator(made).json().toString().contains("mine"));
        assertEquals(List.of(), made.unexpressed());
    }

    @Test
    void tagsWithoutNameAndUnknownMarkingsAreReported() throws Exception {
        Translation made = read(RoundTripTest.event(
                List.of(attribute(",\"Tag\":[{\"colour\":\"#fff\"},{\"name\":\"\"},7,{\"name\":\"tlp:orange\"}]"))));
        assertEquals(
                List.of(
                        "/Event/Attribute/0/Tag/0",
                        "/Event/Attribute/0/Tag/1",
                        "/Event/Attribute/0/Tag/2",
                        "/Event/Attribute/0/Tag/3"),
                reported(made));
        assertTrue(indicator(made).json().toString().contains("tlp:orange"));
        for (String empty : List.of("[]", "null", "\"\"", "{}")) {
            assertEquals(
                    List.of(),
                    read(RoundTripTest.event(List.of(attribute(",\"Tag\":" + empty))))
                            .unexpressed());
        }
    }

    /** An attribute that only its organisation may have must not leave with the event around it. */
    @ParameterizedTest
    @CsvSource({"0,AMBER_STRICT", "4,AMBER_STRICT", "5,CLEAR", "3,CLEAR", "1,CLEAR"})
    void theDistributionOfAnAttributeIsAMarking(String distribution, Tlp wanted) throws Exception {
        JsonObject given = attribute(",\"sharing_group_id\":\"3\",\"distribution\":\"" + distribution + '"');
        assertEquals(Optional.of(wanted), EffectiveMarking.own(indicator(read(RoundTripTest.event(List.of(given))))));
        JsonObject asNumber = attribute(",\"distribution\":" + distribution);
        assertEquals(
                Optional.of(wanted), EffectiveMarking.own(indicator(read(RoundTripTest.event(List.of(asNumber))))));
        for (String template : List.of("url", "not-known-here")) {
            JsonObject object = RoundTripTest.json("{\"uuid\":\"00000000-0000-4000-8000-000000000009\",\"name\":\""
                            + template + "\",\"distribution\":\"" + distribution + "\"}")
                    .with(
                            "Attribute",
                            new JsonArray(List.of(attribute(",\"object_relation\":\"url\",\"distribution\":\"5\"")
                                    .with("type", new JsonString("url"))
                                    .with("value", new JsonString("http://a.example.com/")))));
            JsonObject event = RoundTripTest.event(List.of()).with("Object", new JsonArray(List.of(object)));
            assertEquals(Optional.of(wanted), EffectiveMarking.own(indicator(read(event))), template);
        }
    }

    @Test
    void sightingsReportsAndReferencesWithOneUuidAreAllKept() throws Exception {
        String sighting = "{\"uuid\":\"00000000-0000-4000-8000-0000000000aa\",\"type\":\"0\",\"date_sighting\":\"%s\"}";
        Translation made = read(RoundTripTest.event(List.of(attribute(",\"Sighting\":["
                        + sighting.formatted("1763800001") + ',' + sighting.formatted("1763800002") + ']')))
                .with(
                        "EventReport",
                        RoundTripTest.json(
                                        "{\"a\":[{\"name\":\"x\",\"content\":\"one\"},{\"name\":\"x\",\"content\":\"two\"}]}")
                                .get("a")));
        List<String> types = new ArrayList<>();
        made.objects().forEach(o -> types.add(o.type()));
        assertEquals(2, types.stream().filter("sighting"::equals).count());
        assertEquals(2, types.stream().filter("note"::equals).count());
        assertTrue(reported(made).contains("/Event/Attribute/0/Sighting/1/uuid"), () -> reported(made)
                .toString());
    }

    @Test
    void whatIsOfOneServerOrHasNoPlaceInStixIsNeverSilent() throws Exception {
        JsonObject event = RoundTripTest.event(
                        List.of(
                                attribute(
                                        ",\"disable_correlation\":true,\"ShadowAttribute\":[{\"value\":\"b.example.com\"}],\"Galaxy\":[]")))
                .with("extends_uuid", new JsonString("00000000-0000-4000-8000-0000000000ee"))
                .with(
                        "RelatedEvent",
                        RoundTripTest.json("{\"a\":[{\"Event\":{\"id\":\"1\"}}]}")
                                .get("a"))
                .with(
                        "ShadowAttribute",
                        RoundTripTest.json("{\"a\":[{\"value\":\"c.example.com\"}]}")
                                .get("a"));
        assertEquals(
                List.of("/Event/extends_uuid", "/Event/ShadowAttribute", "/Event/Attribute/0/ShadowAttribute"),
                reported(read(event)));
        assertFalse(read(event).objects().isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"''", "00000000-0000-4000-8000-00000000000A", "not-a-uuid"})
    void uuidsInCapitalsOrMissingGiveTheSameIdsAgain(String uuid) throws Exception {
        JsonObject given = attribute("").with("uuid", new JsonString(uuid));
        String id = indicator(read(RoundTripTest.event(List.of(given)))).id();
        List<String> ids = new ArrayList<>();
        read(RoundTripTest.event(List.of(attribute(""), given))).objects().stream()
                .filter(o -> o.type().equals("indicator"))
                .forEach(o -> ids.add(o.id()));
        assertEquals(List.of("indicator--00000000-0000-4000-8000-000000000001", id), ids);
        assertEquals(id.toLowerCase(java.util.Locale.ROOT), id);
    }
}
