package uz.koprik.indicators.translate.misp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.indicators.translate.Translation;

/**
 * Every attribute type of MISP in each of its categories, and the templates of objects that events mostly have, with
 * all and with each single one of their attributes: what goes in is stored and comes out again, or is reported.
 */
final class AttributeMatrixTest {

    /** Values of types that {@link Samples} does not have, by a part of their names. */
    private static final Map<String, String> VALUES = Map.ofEntries(
            Map.entry("datetime", "2026-11-20T10:00:00.000000+0000"),
            Map.entry("date", "2026-11-20"),
            Map.entry("float", "7.25"),
            Map.entry("counter", "12"),
            Map.entry("integer", "-3"),
            Map.entry("boolean", "1"),
            Map.entry("uuid", "5f3e9c1a-000a-4000-8000-0000000000ff"),
            Map.entry("bin", "400000"),
            Map.entry("stix2-pattern", "[domain-name:value = 'login.example.com']"));

    /** What came of the attributes of some events. */
    private static final class Counts {
        int in;
        int stored;
        int out;
        int lost;
        final List<String> faults = new ArrayList<>();

        @Override
        public String toString() {
            return "in %d, stored %d, out %d, lost %d, faults %s".formatted(in, stored, out, lost, faults);
        }
    }

    private int number;

    private static List<String> lines(String name) throws Exception {
        try (InputStream in = AttributeMatrixTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .toList();
        }
    }

    /** The types by their categories. */
    private static Map<String, List<String>> categories() throws Exception {
        Map<String, List<String>> all = new LinkedHashMap<>();
        for (String line : lines("attribute-types.txt")) {
            int equals = line.indexOf(" = ");
            List<String> types = new ArrayList<>();
            for (String word : line.substring(equals + 3).split(" ", -1)) {
                types.addAll(word.startsWith("$") ? all.get(word) : List.of(word.replace('_', ' ')));
            }
            all.put(line.substring(0, equals), types);
        }
        all.keySet().removeIf(name -> name.startsWith("$"));
        return all;
    }

    private static String value(String type) {
        return Optional.ofNullable(Samples.VALUES.get(type))
                .map(List::getFirst)
                .or(() -> VALUES.entrySet().stream()
                        .filter(e -> type.contains(e.getKey()))
                        .max(java.util.Comparator.comparingInt(e -> e.getKey().length()))
                        .map(Map.Entry::getValue))
                .orElse("a value of " + type);
    }

    private JsonObject attribute(String type, String category, boolean toIds) {
        return JsonObject.builder()
                .put("uuid", new UUID(0x5f3e9c1a_0000_4000L, 0x8000_0000_0000_0000L + ++number).toString())
                .put("type", type)
                .put("category", category)
                .put("value", value(type))
                .put("to_ids", toIds)
                .put("comment", "comment " + (char) ('a' + number % 26))
                .put("timestamp", "1763800000")
                .build();
    }

    private static String says(JsonObject attribute) {
        StringBuilder all = new StringBuilder();
        for (String field : List.of("uuid", "type", "category", "value", "to_ids", "comment", "timestamp")) {
            all.append(Misp.text(attribute, field)).append(" / ");
        }
        return all.toString();
    }

    private static List<JsonObject> attributes(JsonObject event) {
        List<JsonObject> all = new ArrayList<>(Misp.objects(event, "Attribute"));
        Misp.objects(event, "Object").forEach(o -> all.addAll(Misp.objects(o, "Attribute")));
        return all;
    }

    /** Translates an event to STIX and back and counts its attributes. */
    private static void count(JsonObject event, Counts counts) {
        Translation stix = new MispToStix(Samples.CENTRE, Optional.empty()).translate(event, "/Event");
        StixToMisp.Result back = StixToMisp.translate(stix.objects(), Samples.CENTRE);
        List<String> out = new ArrayList<>();
        back.events().forEach(one -> attributes(one).forEach(a -> out.add(says(a))));
        StringBuilder texts = new StringBuilder();
        stix.objects().forEach(o -> texts.append(new String(o.bytes(), StandardCharsets.UTF_8)));
        for (JsonObject attribute : attributes(event)) {
            counts.in++;
            String uuid = Misp.text(attribute, "uuid");
            boolean stored = texts.indexOf(uuid) >= 0;
            boolean reported = stix.unexpressed().stream()
                    .anyMatch(u -> u.whole() && u.what().contains(uuid));
            if (stored) {
                counts.stored++;
                if (out.remove(says(attribute))) {
                    counts.out++;
                } else {
                    counts.faults.add("does not come back: " + says(attribute));
                }
            } else {
                counts.lost++;
                if (!reported) {
                    counts.faults.add("lost and not reported: " + says(attribute));
                }
            }
        }
        out.forEach(one -> counts.faults.add("came from nowhere: " + one));
    }

    @Test
    void everyTypeOfEveryCategoryComesBack() throws Exception {
        Counts counts = new Counts();
        for (Map.Entry<String, List<String>> category : categories().entrySet()) {
            for (boolean toIds : new boolean[] {true, false}) {
                List<Json> attributes = new ArrayList<>();
                category.getValue().forEach(type -> attributes.add(attribute(type, category.getKey(), toIds)));
                count(RoundTripTest.event(attributes), counts);
            }
        }
        TreeSet<String> types = new TreeSet<>();
        categories().values().forEach(types::addAll);
        assertEquals("193 types, in 974, stored 974, out 974, lost 0, faults []", types.size() + " types, " + counts);
    }

    /** The members of a template. */
    private JsonObject object(String[] head, List<String> members, boolean toIds) {
        List<Json> attributes = new ArrayList<>();
        for (String member : members) {
            int equals = member.indexOf('=');
            String type = member.substring(equals + 1);
            attributes.add(attribute(
                            type,
                            AttributeTypes.named(type)
                                    .map(AttributeType::category)
                                    .orElse("Other"),
                            toIds)
                    .with(
                            "object_relation",
                            new JsonString(member.substring(0, equals).replace('_', ' '))));
        }
        return JsonObject.builder()
                .put("uuid", new UUID(0x5f3e9c1a_0001_4000L, 0x8000_0000_0000_0000L + ++number).toString())
                .put("name", head[0])
                .put("meta-category", head[1])
                .put("timestamp", "1763800000")
                .put("Attribute", new JsonArray(attributes))
                .build();
    }

    @Test
    void everyMemberOfEveryTemplateComesBackWithTheOthersAndAlone() throws Exception {
        Counts counts = new Counts();
        int templates = 0;
        for (String line : lines("object-templates.txt")) {
            int equals = line.indexOf(" = ");
            String[] head = line.substring(0, equals).split(" ");
            List<String> members = Arrays.asList(line.substring(equals + 3).split(" ", -1));
            templates++;
            for (boolean toIds : new boolean[] {true, false}) {
                List<Json> objects = new ArrayList<>();
                objects.add(object(head, members, toIds));
                for (String one : members) {
                    objects.add(object(head, List.of(one), toIds));
                }
                count(RoundTripTest.event(List.of()).with("Object", new JsonArray(objects)), counts);
            }
        }
        assertTrue(templates >= 60, () -> "too few templates");
        assertEquals(
                "71 templates, in 2180, stored 2180, out 2180, lost 0, faults []", templates + " templates, " + counts);
    }
}
