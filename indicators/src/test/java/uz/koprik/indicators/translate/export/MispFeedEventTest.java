package uz.koprik.indicators.translate.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonBoolean;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.stix.StixReader;
import uz.koprik.indicators.stix.values.StixTimestamp;
import uz.koprik.indicators.warninglist.ProtectedValues;

/** What an event of a MISP feed says, and when it changes. */
class MispFeedEventTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final long MODIFIED = StixTimestamp.parse("2026-11-22T00:00:00.000Z");
    private static final MispFeedHead HEAD = new MispFeedHead(
            "11111111-1111-4111-8111-111111111111",
            "Indicators of Tashkent, 2026-11-22",
            "2026-11-22",
            "22222222-1111-4111-8111-111111111111",
            "Tashkent");

    private static JsonObject json(int number, String pattern) {
        return JsonObject.builder()
                .put("type", "indicator")
                .put("spec_version", "2.1")
                .put("id", "indicator--00000000-0000-4000-8000-00000000000" + number)
                .put("created", "2026-11-22T00:00:00.000Z")
                .put("modified", "2026-11-22T00:00:00.000Z")
                .put("pattern", pattern)
                .put("pattern_type", "stix")
                .put("valid_from", "2026-11-22T00:00:00Z")
                .build();
    }

    private static StixObject stix(JsonObject json) throws Exception {
        return StixReader.read(CanonicalJson.bytes(json));
    }

    private static MispFeedEvent event(Instant now, JsonObject... objects) throws Exception {
        MispFeedEvent event = new MispFeedEvent(now, ProtectedValues.BUILT_IN);
        for (JsonObject object : objects) {
            event.add(stix(object), Tlp.GREEN, MODIFIED);
        }
        return event;
    }

    private static JsonObject file(MispFeedEvent event) throws Exception {
        return StrictJson.parseObject(event.file(HEAD, event.seconds()))
                .object("Event")
                .orElseThrow();
    }

    private static JsonObject attribute(MispFeedEvent event) throws Exception {
        return (JsonObject) file(event).items("Attribute").getFirst();
    }

    private static String text(JsonObject object, String name) {
        return CanonicalJson.text(object.get(name));
    }

    private static List<String> hashes(MispFeedEvent event) {
        List<String> hashes = new ArrayList<>();
        byte[] all = event.hashes();
        for (int at = 0; at < all.length; at += MispFeedEvent.HASH_BYTES) {
            hashes.add(HexFormat.of().formatHex(all, at, at + MispFeedEvent.HASH_BYTES));
        }
        return hashes;
    }

    private static String md5(String value) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("MD5").digest(value.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void eachPartOfACompositeValueIsLookedUpByItself() throws Exception {
        MispFeedEvent event = event(
                NOW,
                json(1, "[domain-name:value = 'a.evil.example']"),
                json(2, "[file:name = 'a.exe' AND file:hashes.MD5 = '44d88612fea8a8f36de82e1278abb02f']"));
        assertEquals(
                List.of(md5("a.evil.example"), md5("a.exe"), md5("44d88612fea8a8f36de82e1278abb02f")), hashes(event));
    }

    @Test
    void theEndOfTheValidityIsAChange() throws Exception {
        JsonObject object = json(1, "[domain-name:value = 'a.evil.example']")
                .with("valid_until", new JsonString("2026-11-22T13:00:00Z"));
        MispFeedEvent before = event(NOW, object);
        assertEquals("true", text(attribute(before), "to_ids"));
        assertEquals(StixTimestamp.parse("2026-11-22T13:00:00Z"), before.nextChange());
        assertEquals(MODIFIED / 1_000_000, before.seconds());

        MispFeedEvent after = event(NOW.plusSeconds(3600), object);
        assertEquals("false", text(attribute(after), "to_ids"));
        assertEquals(Long.MAX_VALUE, after.nextChange());
        long end = Instant.parse("2026-11-22T13:00:00Z").getEpochSecond();
        assertEquals(end, after.seconds());
        assertEquals(String.valueOf(end), attribute(after).string("timestamp").orElseThrow());
        assertFalse(Arrays.equals(before.digest(HEAD), after.digest(HEAD)));
        assertArrayEquals(
                after.digest(HEAD), event(NOW.plusSeconds(7200), object).digest(HEAD), "time alone changes nothing");
    }

    @Test
    void whatIsRevokedIsDeletedAndHasNoHash() throws Exception {
        MispFeedEvent event = event(
                NOW,
                json(1, "[domain-name:value = 'a.evil.example']").with("revoked", new JsonBoolean(true)),
                json(
                                2,
                                "[file:hashes.MD5 = '44d88612fea8a8f36de82e1278abb02f' AND file:hashes.'SHA-1' ="
                                        + " '3395856ce81f2b7382dee72602f798b642f14140']")
                        .with("revoked", new JsonBoolean(true)));
        assertEquals("true", text(attribute(event), "deleted"));
        JsonObject object = (JsonObject) file(event).items("Object").getFirst();
        assertEquals("true", text(object, "deleted"));
        assertEquals(2, object.items("Attribute").size());
        for (Json member : object.items("Attribute")) {
            assertEquals("true", text((JsonObject) member, "deleted"));
            assertEquals(
                    text(object, "timestamp"), text((JsonObject) member, "timestamp"), "MISP takes no older attribute");
        }
        assertEquals(List.of(), hashes(event));
    }

    @Test
    void aVersionInTheSecondOfTheFirstOneIsLaterForMisp() throws Exception {
        JsonObject first = json(1, "[domain-name:value = 'a.evil.example']");
        JsonObject second = first.with("modified", new JsonString("2026-11-22T00:00:00.700Z"))
                .with("revoked", new JsonBoolean(true));
        assertEquals(MODIFIED / 1_000_000, event(NOW, first).seconds());
        assertEquals("\"" + MODIFIED / 1_000_000 + "\"", text(attribute(event(NOW, first)), "timestamp"));
        assertEquals(MODIFIED / 1_000_000 + 1, event(NOW, second).seconds());
        assertEquals("\"" + (MODIFIED / 1_000_000 + 1) + "\"", text(attribute(event(NOW, second)), "timestamp"));
    }

    @Test
    void protectedValuesAndWhatMispCannotSayAreNotInIt() throws Exception {
        MispFeedEvent event = event(
                NOW,
                json(1, "[ipv4-addr:value = '8.8.8.8']"),
                json(2, "[ipv4-addr:value = '203.0.113.7' OR ipv4-addr:value = '10.0.0.0/8']"),
                json(3, "[domain-name:value LIKE 'a%']"));
        assertTrue(event.isEmpty());
        assertEquals(List.of(), hashes(event));
        assertEquals("[]", text(file(event), "Attribute"));
    }

    @Test
    void theStrictestMarkingIsThatOfTheEvent() throws Exception {
        MispFeedEvent event = event(NOW, json(1, "[domain-name:value = 'a.evil.example']"));
        event.add(stix(json(2, "[domain-name:value = 'b.evil.example']")), Tlp.AMBER, MODIFIED);
        JsonObject file = file(event);
        assertEquals(
                "tlp:amber",
                ((JsonObject) file.items("Tag").getFirst()).string("name").orElseThrow());
        List<String> tags = file.items("Attribute").stream()
                .map(a -> ((JsonObject) ((JsonObject) a).items("Tag").getFirst())
                        .string("name")
                        .orElseThrow())
                .toList();
        assertEquals(List.of("tlp:green", "tlp:amber"), tags);
        assertEquals(MODIFIED / 1_000_000, event.seconds());
        event.add(stix(json(3, "[domain-name:value = 'c.evil.example']")), Tlp.GREEN, MODIFIED + 5_000_000);
        assertEquals(MODIFIED / 1_000_000 + 5, event.seconds(), "what came later changes the event later");
    }
}
