package uz.koprik.indicators.translate.misp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
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
import uz.koprik.indicators.translate.Untranslatable;
import uz.koprik.indicators.translate.export.ExportFormat;
import uz.koprik.indicators.translate.export.ExportOptions;
import uz.koprik.indicators.translate.export.ExportWriter;

/** What is written keeps to the rules of MISP's core format (draft-dulaunoy-misp-core-format, section 2). */
final class MispFormatTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final String SHARED = "00000000-0000-4000-8000-000000000001";

    private static void holds(JsonObject event) {
        uuid(event);
        assertTrue(!Misp.text(event, "info").isEmpty(), "info");
        assertTrue(Misp.text(event, "date").matches("[0-9]{4}-[0-9]{2}-[0-9]{2}"), "date");
        text(event, "timestamp", "[0-9]+");
        text(event, "threat_level_id", "[1-4]");
        text(event, "analysis", "[0-2]");
        text(event, "distribution", "[0-4]");
        assertTrue(event.get("published") instanceof JsonBoolean, "published");
        event.object("Orgc").ifPresent(org -> {
            uuid(org);
            assertFalse(Misp.text(org, "name").isEmpty());
        });
        Set<String> uuids = new HashSet<>();
        Misp.objects(event, "Attribute").forEach(a -> attribute(a, uuids));
        for (JsonObject object : Misp.objects(event, "Object")) {
            uuid(object);
            assertTrue(uuids.add(Misp.text(object, "uuid")), "one UUID twice");
            assertFalse(Misp.text(object, "name").isEmpty());
            assertFalse(Misp.text(object, "meta-category").isEmpty());
            text(object, "timestamp", "[0-9]+");
            assertFalse(Misp.objects(object, "Attribute").isEmpty());
            for (JsonObject member : Misp.objects(object, "Attribute")) {
                attribute(member, uuids);
                assertFalse(Misp.text(member, "object_relation").isEmpty());
            }
        }
    }

    private static void attribute(JsonObject attribute, Set<String> uuids) {
        uuid(attribute);
        assertTrue(uuids.add(Misp.text(attribute, "uuid")), "one UUID twice");
        for (String field : List.of("type", "category", "value")) {
            text(attribute, field, "(?s).+");
        }
        text(attribute, "timestamp", "[0-9]+");
        assertTrue(attribute.get("to_ids") instanceof JsonBoolean, "to_ids");
        assertTrue(attribute.get("deleted") == null || attribute.get("deleted") instanceof JsonBoolean, "deleted");
        if (attribute.has("distribution")) {
            text(attribute, "distribution", "[0-5]");
        }
        Misp.items(attribute, "Tag")
                .forEach(tag -> assertFalse(Misp.text((JsonObject) tag, "name").isEmpty(), "a tag without name"));
    }

    private static void text(JsonObject owner, String field, String form) {
        assertTrue(
                owner.get(field) instanceof JsonString text && text.value().matches(form),
                () -> field + " of " + CanonicalJson.text(owner));
    }

    /** RFC 4122, in lower case, as MISP validates it. */
    private static void uuid(JsonObject owner) {
        text(owner, "uuid", "[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    }

    private static List<StixObject> samples() {
        List<Json> attributes = new ArrayList<>();
        Samples.VALUES.forEach((type, values) -> values.forEach(value -> {
            attributes.add(RoundTripTest.attribute(type, value, true, "c", "1763800000", UUID.randomUUID()));
            attributes.add(RoundTripTest.attribute(type, value, false, "", "1763800000", UUID.randomUUID()));
        }));
        return new MispToStix(Samples.CENTRE, Optional.of(Tlp.GREEN))
                .translate(RoundTripTest.event(attributes), "/Event")
                .objects();
    }

    private static JsonObject exported(boolean everything, List<Untranslatable> listed, List<StixObject> objects)
            throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ExportWriter writer =
                ExportFormat.MISP.writer(out, new ExportOptions(Set.of(), NOW, everything, false, listed::add));
        for (StixObject object : objects) {
            writer.write(object, Tlp.GREEN);
        }
        writer.finish();
        return StrictJson.parseObject(out.toByteArray()).object("Event").orElseThrow();
    }

    private static StixObject stix(String text) throws Exception {
        return StixReader.read(CanonicalJson.bytes(RoundTripTest.json(text)));
    }

    private static StixObject indicator(String uuid, String pattern, String more) throws Exception {
        return stix(
                """
                {"type":"indicator","spec_version":"2.1","id":"indicator--%s","created":"2026-11-20T00:00:00.000Z",
                 "modified":"2026-11-20T00:00:00.000Z","pattern":"%s","pattern_type":"stix",
                 "valid_from":"2026-11-20T00:00:00Z"%s}
                """
                        .formatted(uuid, pattern, more));
    }

    @Test
    void eventsOfBundlesKeepToTheFormat() {
        StixToMisp.translate(samples(), Samples.CENTRE).events().forEach(event -> {
            holds(event);
            assertEquals("Example CERT", Misp.text(event.object("Orgc").orElseThrow(), "name"));
        });
    }

    @Test
    void exportsFromAStoreKeepToTheFormat() throws Exception {
        JsonObject event = exported(false, new ArrayList<>(), samples());
        holds(event);
        assertTrue(Misp.objects(event, "Attribute").size() > 100);
    }

    @Test
    void defectsOfEventsDoNotComeOutAgain() throws Exception {
        for (String name : DefectEventsTest.names()) {
            byte[] file = DefectEventsTest.file(name);
            String text = new String(file, java.nio.charset.StandardCharsets.UTF_8).replace("\uFEFF", "");
            JsonObject json = RoundTripTest.json(text);
            List<JsonObject> wrapped = json.has("response") ? Misp.objects(json, "response") : List.of(json);
            for (JsonObject one : wrapped) {
                List<StixObject> objects = new MispToStix(Samples.CENTRE, Optional.empty())
                        .translate(one.object("Event").orElseThrow(), "/Event")
                        .objects();
                StixToMisp.translate(objects, Samples.CENTRE).events().forEach(MispFormatTest::holds);
                holds(exported(true, new ArrayList<>(), objects));
            }
        }
    }

    /** STIX ids of several types may have one UUID; MISP would keep one of the attributes. */
    @Test
    void objectsWithOneUuidDoNotSwallowEachOther() throws Exception {
        List<StixObject> objects = List.of(
                indicator(SHARED, "[domain-name:value = 'a.example.com']", ""),
                stix(
                        """
                        {"type":"vulnerability","spec_version":"2.1","id":"vulnerability--%s","name":"CVE-2026-12345",
                         "created":"2026-11-20T00:00:00.000Z","modified":"2026-11-20T00:00:00.000Z"}
                        """
                                .formatted(SHARED)),
                stix(
                        """
                        {"type":"campaign","spec_version":"2.1","id":"campaign--%s","name":"Autumn",
                         "created":"2026-11-20T00:00:00.000Z","modified":"2026-11-20T00:00:00.000Z"}
                        """
                                .formatted(SHARED)));
        List<Untranslatable> listed = new ArrayList<>();
        JsonObject event = exported(false, listed, objects);
        holds(event);
        assertEquals(3, Misp.objects(event, "Attribute").size());
        assertEquals(2, listed.stream().filter(u -> u.what().equals("UUID")).count());
        assertEquals(
                Misp.objects(event, "Attribute"),
                Misp.objects(exported(false, new ArrayList<>(), objects), "Attribute"),
                "the next export has the same UUIDs");
        StixToMisp.Result bundle = StixToMisp.translate(objects, Samples.CENTRE);
        bundle.events().forEach(MispFormatTest::holds);
        assertEquals(
                1, // a campaign without type in MISP is a galaxy cluster
                bundle.unexpressed().stream()
                        .filter(u -> u.what().equals("UUID"))
                        .count());
    }

    @Test
    void whatIsNotInForceIsNeverWrittenToBeBlocked() throws Exception {
        List<StixObject> objects = List.of(
                indicator(SHARED.replace("01", "11"), "[domain-name:value = 'a.example.com']", ",\"revoked\":true"),
                indicator(
                        SHARED.replace("01", "12"),
                        "[domain-name:value = 'b.example.com']",
                        ",\"valid_until\":\"2026-11-21T00:00:00Z\""),
                indicator(
                        SHARED.replace("01", "13"),
                        "[file:hashes.MD5 = 'd41d8cd98f00b204e9800998ecf8427e' AND file:size = 7]",
                        ",\"revoked\":true"),
                indicator(SHARED.replace("01", "14"), "[domain-name:value = 'd.example.com']", ""));
        JsonObject live = exported(false, new ArrayList<>(), objects);
        assertEquals(1, Misp.objects(live, "Attribute").size());
        assertEquals(0, Misp.objects(live, "Object").size());
        JsonObject all = exported(true, new ArrayList<>(), objects);
        holds(all);
        List<String> detecting = new ArrayList<>();
        List<String> deleted = new ArrayList<>();
        List<JsonObject> attributes = new ArrayList<>(Misp.objects(all, "Attribute"));
        Misp.objects(all, "Object").forEach(o -> attributes.addAll(Misp.objects(o, "Attribute")));
        for (JsonObject attribute : attributes) {
            if (Misp.flag(attribute, "to_ids")) {
                detecting.add(Misp.text(attribute, "value"));
            }
            if (Misp.flag(attribute, "deleted")) {
                deleted.add(Misp.text(attribute, "value"));
            }
        }
        assertEquals(List.of("d.example.com"), detecting);
        assertEquals(List.of("a.example.com", "d41d8cd98f00b204e9800998ecf8427e", "7"), deleted);
        for (JsonObject object : Misp.objects(all, "Object")) {
            assertTrue(Misp.flag(object, "deleted"));
        }
    }
}
