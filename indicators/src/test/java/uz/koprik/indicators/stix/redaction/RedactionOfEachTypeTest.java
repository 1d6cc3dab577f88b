package uz.koprik.indicators.stix.redaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.indicators.policy.Markings;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.EffectiveMarking;
import uz.koprik.indicators.stix.Samples;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.stix.StixReader;
import uz.koprik.indicators.stix.rules.Selector;
import uz.koprik.indicators.stix.rules.types.TextEverywhere;

/** Every property of every type of STIX, cut alone and with others: what is left is valid and has nothing of it. */
class RedactionOfEachTypeTest {

    private static final Set<String> OWN =
            Set.of("id", "created", "modified", "created_by_ref", "type", "spec_version");

    private final List<JsonObject> objects = objects();

    private static List<JsonObject> objects() {
        try {
            return new TextEverywhere(place -> "secret-" + place.replace('.', '-') + "-end")
                    .objects().stream()
                            .map(object -> object.without("granular_markings").without("object_marking_refs"))
                            .filter(object -> object.has("created")
                                    && !object.string("type").orElseThrow().endsWith("-definition"))
                            .map(RedactionOfEachTypeTest::withParts)
                            .toList();
        } catch (Exception wrong) {
            throw new AssertionError(wrong);
        }
    }

    /** With lists, external references, a custom property and an extension besides. */
    private static JsonObject withParts(JsonObject object) {
        String more = "{'labels':['secret-label-0-end','secret-label-1-end','secret-label-2-end'],"
                + "'external_references':[{'source_name':'secret-source-0-end','url':'https://example.com/secret-url-0-end',"
                + "'hashes':{'SHA-256':'" + "ab".repeat(32) + "'}},{'source_name':'secret-source-1-end',"
                + "'external_id':'secret-external-1-end','description':'secret-description-1-end'}],"
                + "'x_example':{'a_a':['secret-custom-a-end'],'b_b':'secret-custom-b-end'},"
                + "'extensions':{'extension-definition--5b0d8a0e-9a2c-4b57-8f0b-6c1f7a3e2d94':{'extension_type':"
                + "'property-extension','word':'secret-word-end','other':'secret-other-end'}}}";
        JsonObject extra = Samples.json(more);
        JsonObject all = object;
        for (String name : extra.names()) {
            all = all.with(name, extra.get(name));
        }
        return all;
    }

    /** All ways to values inside an object that its granular markings can select. */
    private static List<Selector> selectors(JsonObject object) {
        List<Selector> all = new ArrayList<>();
        for (String name : object.names()) {
            if (!OWN.contains(name)) {
                ways(object.get(name), List.of(Selector.Step.member(name)), all);
            }
        }
        return all;
    }

    private static void ways(Json value, List<Selector.Step> at, List<Selector> all) {
        Selector here = new Selector(at);
        if (Selector.parse(here.text()).equals(Optional.of(here))) {
            all.add(here);
        }
        if (value instanceof JsonObject object) {
            object.names()
                    .forEach(name -> ways(object.get(name), MarkedParts.with(at, Selector.Step.member(name)), all));
        } else if (value instanceof JsonArray array) {
            for (int i = 0; i < array.items().size(); i++) {
                ways(array.items().get(i), MarkedParts.with(at, Selector.Step.item(i)), all);
            }
        }
    }

    private static StixObject marked(JsonObject object, Map<Tlp, Set<String>> parts) throws Exception {
        List<Json> markings = new ArrayList<>();
        parts.forEach((tlp, selectors) -> {
            if (!selectors.isEmpty()) {
                markings.add(JsonObject.builder()
                        .put("marking_ref", Markings.id(tlp))
                        .putStrings("selectors", selectors)
                        .build());
            }
        });
        return StixReader.read(CanonicalJson.bytes(object.with("granular_markings", new JsonArray(markings))));
    }

    private static boolean green(String marking) {
        return Markings.tlp(marking)
                .filter(tlp -> tlp.compareTo(Tlp.GREEN) <= 0)
                .isPresent();
    }

    /** The texts of a value that stand nowhere else. */
    private static Set<String> secrets(Json value) {
        Set<String> all = new TreeSet<>();
        switch (value) {
            case JsonString text
            when text.value().contains("secret-") || text.value().startsWith("abab") -> all.add(text.value());
            case JsonObject object -> object.names().forEach(name -> all.addAll(secrets(object.get(name))));
            case JsonArray array -> array.items().forEach(item -> all.addAll(secrets(item)));
            default -> {}
        }
        return all;
    }

    private static StixObject made(Redaction redaction, StixObject original) throws Exception {
        String id = original.type() + "--9f1c9a52-6d0e-4a55-8a5b-0f0c1d2e3f40";
        return StixReader.read(CanonicalJson.bytes(redaction.object(
                id, Samples.TASHKENT, original.created(), original.modified(), "edition", Optional.of(Tlp.GREEN))));
    }

    @Test
    void everyPropertyOfEveryTypeCutAlone() throws Exception {
        Map<String, Set<String>> impossible = new TreeMap<>();
        int cuts = 0;
        for (JsonObject object : objects) {
            String type = object.string("type").orElseThrow();
            for (Selector selector : selectors(object)) {
                StixObject original = marked(object, Map.of(Tlp.RED, Set.of(selector.text())));
                Redaction redaction;
                try {
                    redaction = Redaction.of(original, RedactionOfEachTypeTest::green);
                } catch (RedactionImpossible no) {
                    assertTrue(no.getMessage().contains("no valid " + type), no::getMessage);
                    impossible.computeIfAbsent(type, one -> new TreeSet<>()).add(no.pointer());
                    continue;
                }
                cuts++;
                StixObject made = made(redaction, original);
                String text = new String(made.bytes(), StandardCharsets.UTF_8);
                for (String secret : secrets(selector.in(object).orElseThrow())) {
                    assertFalse(text.contains(secret), () -> selector.text() + " of " + type + " in " + text);
                }
                assertFalse(made.json().has("granular_markings"), text);
                assertEquals(Optional.of(Tlp.GREEN), EffectiveMarking.own(made));
                assertEquals(type, made.type());
                assertFalse(made.refs().contains(original.id()), "no reference by which markings are inherited");
            }
        }
        assertTrue(cuts > 500, "cuts " + cuts);
        assertEquals(Set.of("/pattern", "/pattern_type", "/valid_from"), impossible.get("indicator"));
        assertEquals(Set.of("/name", "/object_refs", "/published"), impossible.get("report"));
        assertEquals(Set.of("/name"), impossible.get("identity"));
        assertEquals(Set.of("/relationship_type", "/source_ref", "/target_ref"), impossible.get("relationship"));
        assertEquals(Set.of("/sighting_of_ref"), impossible.get("sighting"));
        assertEquals(Set.of("/object_refs", "/opinion"), impossible.get("opinion"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void randomPartsUnderRandomMarkings(long seed) throws Exception {
        Random random = new Random(seed);
        int made = 0;
        for (int round = 0; round < 400; round++) {
            JsonObject object = objects.get(random.nextInt(objects.size()));
            List<Selector> all = selectors(object);
            Map<Tlp, Set<String>> parts = new TreeMap<>();
            for (int i = 1 + random.nextInt(6); i > 0; i--) {
                Tlp tlp = List.of(Tlp.values()).get(random.nextInt(Tlp.values().length));
                parts.computeIfAbsent(tlp, one -> new TreeSet<>())
                        .add(all.get(random.nextInt(all.size())).text());
            }
            StixObject original = marked(object, parts);
            Redaction redaction;
            try {
                redaction = Redaction.of(original, RedactionOfEachTypeTest::green);
            } catch (RedactionImpossible no) {
                assertTrue(
                        no.getMessage().contains("no valid") || no.getMessage().contains("nothing to cut"));
                continue;
            }
            made++;
            StixObject rest = made(redaction, original);
            String text = new String(rest.bytes(), StandardCharsets.UTF_8);
            parts.forEach((tlp, selectors) -> selectors.forEach(selector -> {
                if (tlp.compareTo(Tlp.GREEN) > 0) {
                    Json value =
                            Selector.parse(selector).orElseThrow().in(object).orElseThrow();
                    secrets(value).forEach(secret -> assertFalse(text.contains(secret), () -> selector + " " + text));
                }
            }));
            assertEquals(Optional.of(Tlp.GREEN), EffectiveMarking.own(rest).map(tlp -> tlp.or(Tlp.GREEN)));
            // What stays marked is what was marked so before.
            rest.granularMarkings().forEach(marking -> marking.selectors().forEach(selector -> {
                Tlp tlp = Markings.tlp(marking.markingRef().orElseThrow()).orElseThrow();
                Json value =
                        Selector.parse(selector).orElseThrow().in(rest.json()).orElseThrow();
                Set<String> before = new TreeSet<>();
                parts.get(tlp)
                        .forEach(one -> before.addAll(secrets(
                                Selector.parse(one).orElseThrow().in(object).orElseThrow())));
                assertTrue(before.containsAll(secrets(value)), () -> selector + " " + text);
            }));
        }
        assertTrue(made > 150, "made " + made);
    }
}
