package uz.koprik.indicators.translate.misp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.indicators.imports.ImportItem;
import uz.koprik.indicators.imports.ImportOptions;
import uz.koprik.indicators.imports.ImportReader;
import uz.koprik.indicators.observable.text.Recognition;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.stix.StixReader;

/**
 * Twenty events as real exports have them, each with a defect: what goes in comes out again, or is reported. Sums are
 * not enough here, so the counts of every event stand in a table.
 */
final class DefectEventsTest {

    private static final String COUNTS =
            """
            event                                         | in | stored | out | lost
            01-two-techniques-one-uuid                    |  1 |      1 |   1 |    0
            02-three-actors-with-the-uuid-of-their-galaxy |  3 |      3 |   3 |    0
            03-clusters-without-a-uuid                    |  1 |      1 |   1 |    0
            04-clusters-of-event-attribute-and-object     |  3 |      3 |   3 |    0
            05-tags-without-galaxy                        |  1 |      1 |   1 |    0
            06-domain-ip-with-an-address-only             |  7 |      7 |   7 |    0
            07-templates-without-a-known-member           |  4 |      4 |   4 |    0
            08-rules                                      |  6 |      6 |   6 |    0
            09-pdb-and-urls-without-scheme                |  8 |      8 |   8 |    0
            10-types-that-are-not-known                   |  8 |      7 |   7 |    1
            11-values-that-are-none-of-their-type         |  8 |      5 |   5 |    3
            12-attributes-with-one-uuid                   |  5 |      4 |   4 |    1
            13-members-and-objects-with-one-uuid          |  6 |      6 |   6 |    0
            14-attributes-without-a-uuid                  |  6 |      6 |   6 |    0
            15-events-in-a-response                       |  4 |      3 |   3 |    1
            16-deleted                                    |  7 |      7 |   7 |    0
            17-truths-as-texts                            |  8 |      8 |   8 |    0
            18-lists-as-php-writes-them                   |  6 |      4 |   4 |    2
            19-addresses-and-ports                        |  8 |      8 |   8 |    0
            20-cards-and-members-that-are-none            | 10 |      5 |   5 |    5
            """;

    static List<String> names() {
        return COUNTS.lines()
                .skip(1)
                .map(line -> line.substring(0, line.indexOf(' ')))
                .toList();
    }

    /** An attribute of the file. */
    private record Given(String where, String owner, Optional<JsonObject> attribute, JsonObject event) {

        String says() {
            return attribute
                    .map(a -> Misp.text(a, "type") + ' ' + Misp.value(a))
                    .orElse("");
        }

        /** As a pattern compares it: what was defanged is not. */
        String saysCorrected() throws AttributeType.InvalidValue {
            String type = Misp.text(attribute.orElseThrow(), "type");
            return type + ' ' + AttributeTypes.named(type).orElseThrow().corrected(Misp.value(attribute.orElseThrow()));
        }
    }

    /** What a file became. */
    private record Read(
            List<Given> given, Map<String, StixObject> objects, Map<String, String> places, List<ImportItem> reported) {

        boolean reports(String where) {
            return reported.stream().anyMatch(item -> item.where().equals(where));
        }

        String reasons(String where) {
            StringBuilder all = new StringBuilder();
            reported.stream().filter(item -> item.where().equals(where)).forEach(item -> all.append(reason(item)));
            return all.toString();
        }
    }

    static String reason(ImportItem item) {
        return switch (item) {
            case ImportItem.RefusedRow refused -> refused.reason();
            case ImportItem.ImportNote noted -> noted.reason();
            default -> "";
        };
    }

    static byte[] file(String name) throws Exception {
        try (InputStream in = DefectEventsTest.class.getResourceAsStream("events/" + name + ".json")) {
            return in.readAllBytes();
        }
    }

    private static Read read(String name) throws Exception {
        byte[] bytes = file(name);
        Map<String, StixObject> objects = new LinkedHashMap<>();
        Map<String, String> places = new LinkedHashMap<>();
        List<ImportItem> reported = new ArrayList<>();
        try (ImportReader reader = ImportReader.open(
                new ByteArrayInputStream(bytes),
                ImportOptions.of(name + ".json").withRecognition(new Recognition(Samples.CENTRE)))) {
            for (ImportItem item = reader.next(); item != null; item = reader.next()) {
                if (item instanceof ImportItem.ObjectBytes made) {
                    StixObject object = StixReader.read(made.object()); // throws with all faults
                    objects.put(object.id(), object);
                    places.put(object.id(), made.where());
                } else {
                    reported.add(item);
                }
            }
        }
        return new Read(given(bytes), objects, places, reported);
    }

    private static List<Given> given(byte[] bytes) throws Exception {
        boolean mark = bytes[0] == (byte) 0xEF;
        JsonObject file = StrictJson.parseObject(mark ? Arrays.copyOfRange(bytes, 3, bytes.length) : bytes);
        List<Given> all = new ArrayList<>();
        if (file.has("response")) {
            for (int i = 0; i < file.items("response").size(); i++) {
                event((JsonObject) file.items("response").get(i), "/response/" + i, all);
            }
        } else {
            event(file, "", all);
        }
        return all;
    }

    private static void event(JsonObject wrapper, String where, List<Given> all) {
        JsonObject event = wrapper.object("Event").orElseThrow();
        attributes(event, where + "/Event", event, all);
        List<Json> objects = event.items("Object");
        for (int i = 0; i < objects.size(); i++) {
            if (objects.get(i) instanceof JsonObject object) {
                attributes(object, where + "/Event/Object/" + i, event, all);
            }
        }
    }

    private static void attributes(JsonObject owner, String where, JsonObject event, List<Given> all) {
        List<Json> items = owner.items("Attribute");
        for (int i = 0; i < items.size(); i++) {
            all.add(given(items.get(i), where + "/Attribute/" + i, where, event));
        }
        if (owner.get("Attribute") instanceof JsonObject numbered) {
            for (int i = 0; i < numbered.size(); i++) {
                all.add(given(numbered.value(i), where + "/Attribute/" + numbered.name(i), where, event));
            }
        }
    }

    private static Given given(Json item, String where, String owner, JsonObject event) {
        return new Given(
                where,
                owner,
                Optional.of(item).filter(JsonObject.class::isInstance).map(JsonObject.class::cast),
                event);
    }

    private static boolean isStored(Given given, Read read) {
        for (Map.Entry<String, String> place : read.places.entrySet()) {
            boolean alone =
                    place.getValue().equals(given.where) && !place.getKey().startsWith("relationship--");
            if (alone || (place.getValue().equals(given.owner) && isMember(given, read.objects.get(place.getKey())))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isMember(Given given, StixObject object) {
        return object.json()
                .object("extensions")
                .flatMap(all -> all.object(Misp.OBJECT_EXTENSION))
                .filter(extension -> extension.items("attributes").stream()
                        .map(member -> (JsonObject) member)
                        .anyMatch(member -> given.attribute.isPresent()
                                && Misp.text(member, "object_relation")
                                        .equals(Misp.text(given.attribute.get(), "object_relation"))
                                && Misp.text(member, "value").equals(Misp.value(given.attribute.get()))))
                .isPresent();
    }

    private static List<String> out(StixToMisp.Result back) {
        List<String> all = new ArrayList<>();
        for (JsonObject event : back.events()) {
            Misp.objects(event, "Attribute").forEach(a -> all.add(Misp.text(a, "type") + ' ' + Misp.value(a)));
            for (JsonObject object : Misp.objects(event, "Object")) {
                Misp.objects(object, "Attribute").forEach(a -> all.add(Misp.text(a, "type") + ' ' + Misp.value(a)));
            }
        }
        return all;
    }

    @Test
    void everyAttributeComesBackOrIsReported() throws Exception {
        StringBuilder table = new StringBuilder(COUNTS.lines().findFirst().orElseThrow() + '\n');
        for (String name : names()) {
            Read read = read(name);
            List<String> out = out(StixToMisp.translate(List.copyOf(read.objects.values()), Samples.CENTRE));
            int stored = 0;
            int back = 0;
            int lost = 0;
            for (Given one : read.given) {
                if (isStored(one, read)) {
                    stored++;
                    boolean came = out.remove(one.says())
                            || (read.reports(one.where + "/value") && out.remove(one.saysCorrected()));
                    assertTrue(came, () -> name + one.where + " is stored and does not come back");
                    back++;
                } else {
                    lost++;
                    assertTrue(read.reports(one.where), () -> name + one.where + " is lost and not reported");
                    String why = read.reasons(one.where);
                    assertTrue(why.contains("event"), () -> name + one.where + ": " + why);
                    one.attribute
                            .map(a -> Misp.uuid(a, "uuid"))
                            .filter(Misp::isUuid)
                            .ifPresent(uuid -> assertTrue(why.contains(uuid), () -> name + one.where + ": " + why));
                    if (Misp.isUuid(Misp.uuid(one.event, "uuid"))) {
                        assertTrue(why.contains(Misp.uuid(one.event, "uuid")), () -> name + one.where + ": " + why);
                    }
                }
            }
            assertEquals(List.of(), out, () -> name + ": something comes out that never went in");
            table.append("%-45s | %2d | %6d | %3d | %4d\n".formatted(name, read.given.size(), stored, back, lost));
        }
        assertEquals(COUNTS, table.toString());
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyObjectSaysWhatItWasMadeOf(String name) throws Exception {
        Read read = read(name);
        Set<String> pointers = new HashSet<>();
        read.given.forEach(one -> {
            pointers.add(one.where);
            pointers.add(one.owner);
        });
        read.places.forEach((id, where) -> assertTrue(
                pointers.stream().anyMatch(where::startsWith) || where.endsWith("/Event") || where.contains("/Event/"),
                () -> id + " was made of " + where));
        assertEquals(read.objects.size(), read(name).objects.size(), "a second translation yields other objects");
        assertEquals(read.objects.keySet(), read(name).objects.keySet());
    }

    @ParameterizedTest
    @MethodSource("names")
    void noReferenceLeadsNowhere(String name) throws Exception {
        Read read = read(name);
        for (StixObject object : read.objects.values()) {
            for (String property : List.of("source_ref", "target_ref", "sighting_of_ref")) {
                object.json()
                        .string(property)
                        .ifPresent(id -> assertTrue(read.objects.containsKey(id), () -> object.id() + ' ' + property));
            }
        }
    }

    private static List<String> clusters(String name) throws Exception {
        return read(name).objects.values().stream()
                .filter(object -> GalaxyTypes.galaxy(object.type()).isPresent())
                .map(object -> object.json().string("name").orElse(""))
                .sorted()
                .toList();
    }

    @Test
    void clustersWithOneUuidAndSeveralValuesAreSeveralObjects() throws Exception {
        assertEquals(List.of("Pass the Hash", "PowerShell"), clusters("01-two-techniques-one-uuid"));
        assertEquals(
                List.of("Example Bear", "Example Panda", "Example Spider"),
                clusters("02-three-actors-with-the-uuid-of-their-galaxy"));
        assertEquals(List.of("Example Bear", "Example Spider"), clusters("15-events-in-a-response"));
    }

    @Test
    void eachAttributeLeadsToItsOwnActor() throws Exception {
        Read read = read("02-three-actors-with-the-uuid-of-their-galaxy");
        Map<String, String> actors = new LinkedHashMap<>();
        read.objects.values().stream()
                .filter(object -> object.type().equals("relationship"))
                .forEach(link -> actors.put(
                        read.objects
                                .get(link.json().string("source_ref").orElseThrow())
                                .json()
                                .string("pattern")
                                .orElseThrow(),
                        read.objects
                                .get(link.json().string("target_ref").orElseThrow())
                                .json()
                                .string("name")
                                .orElseThrow()));
        assertEquals(
                Map.of(
                        "[domain-name:value = 'a.example.com']", "Example Spider",
                        "[domain-name:value = 'b.example.com']", "Example Bear",
                        "[domain-name:value = 'c.example.com']", "Example Panda"),
                actors);
    }

    @Test
    void clustersWithoutAUuidAreKnownByTheirValue() throws Exception {
        assertEquals(
                List.of(
                        "Keylogging - T1056.001",
                        "Masquerading - T1036",
                        "Phishing - T1566",
                        "PowerShell - T1059.001",
                        "Proxy - T1090",
                        "Rootkit - T1014"),
                clusters("03-clusters-without-a-uuid"));
        Read read = read("03-clusters-without-a-uuid");
        String nameless = "/Event/Attribute/0/Galaxy/0/GalaxyCluster/6";
        assertTrue(read.reasons(nameless).contains("neither a value nor a tag name"), read.reported::toString);
        List<JsonObject> back = new ArrayList<>();
        StixToMisp.translate(List.copyOf(read.objects.values()), Samples.CENTRE)
                .events()
                .forEach(
                        event -> Misp.objects(event, "Attribute").forEach(attribute -> Misp.objects(attribute, "Galaxy")
                                .forEach(galaxy -> back.addAll(Misp.objects(galaxy, "GalaxyCluster")))));
        assertEquals(6, back.size());
        for (JsonObject cluster : back) {
            boolean real = Misp.text(cluster, "value").startsWith("PowerShell");
            assertEquals(real ? "970a3432-3237-47ad-bcca-7d8cbb217736" : "", Misp.text(cluster, "uuid"));
        }
    }

    @Test
    void clustersOfEveryLevelBecomeObjects() throws Exception {
        assertEquals(
                List.of("Example RAT", "Example Tool", "Keylogging", "Other Tool", "Phishing"),
                clusters("04-clusters-of-event-attribute-and-object"));
        Read read = read("04-clusters-of-event-attribute-and-object");
        long links = read.objects.values().stream()
                .filter(object -> object.type().equals("relationship"))
                .count();
        assertEquals(4, links, "one of each cluster but that of the event");
        assertTrue(read.reports("/Event/Galaxy/1"), "a galaxy that is not known");
    }

    @Test
    void tagsWithoutTheirGalaxyStayLabels() throws Exception {
        Read read = read("05-tags-without-galaxy");
        assertTrue(read.objects.values().stream()
                .anyMatch(object -> object.type().equals("indicator")
                        && object.json().toString().contains("mitre-attack-pattern=\\\"Phishing\\\"")));
        assertTrue(read.objects.values().stream()
                .anyMatch(object -> object.type().equals("report")
                        && object.json().toString().contains("threat-actor=\\\"Example Spider\\\"")));
    }

    @Test
    void rulesAreIndicatorsOfTheirLanguage() throws Exception {
        Map<String, String> rules = new LinkedHashMap<>();
        read("08-rules").objects.values().stream()
                .filter(object -> object.type().equals("indicator"))
                .forEach(object -> rules.merge(
                        object.json().string("pattern_type").orElse(""),
                        object.json().string("pattern").orElse(""),
                        (a, b) -> a + " and " + b));
        assertEquals(
                Map.of(
                        "yara", "rule x { condition: true } and rule y { condition: false }",
                        "sigma", "title: x\ndetection:\n  condition: y",
                        "snort", "alert tcp any any -> any 80 (msg:\"x\"; sid:1;)",
                        "suricata", "alert dns any any -> any any (msg:\"x\"; sid:2;)"),
                rules);
    }

    @Test
    void attributesWithOneUuidAreAllKeptAndSaySo() throws Exception {
        Read read = read("12-attributes-with-one-uuid");
        assertEquals(
                4,
                read.places.values().stream()
                        .filter(where -> where.matches("/Event/Attribute/[0-9]"))
                        .distinct()
                        .count());
        for (int i : new int[] {1, 2, 4}) {
            assertTrue(
                    read.reasons("/Event/Attribute/" + i + "/uuid").contains("too; this one is known as"),
                    read.reported::toString);
        }
        assertTrue(read.reasons("/Event/Attribute/3").contains("stands twice"), read.reported::toString);
        assertFalse(read.reports("/Event/Attribute/0/uuid"));
    }

    @Test
    void eventsWithoutAUuidAreNotOneEvent() throws Exception {
        JsonObject event = StrictJson.parseObject(file("19-addresses-and-ports"))
                .object("Event")
                .orElseThrow();
        MispToStix translator = new MispToStix(Samples.CENTRE, Optional.empty());
        JsonObject other = event.with("info", new uz.koprik.crypto.json.JsonString("something else"));
        assertFalse(translator
                .translate(event, "/Event")
                .objects()
                .getLast()
                .id()
                .equals(translator
                        .translate(other, "/Event")
                        .objects()
                        .getLast()
                        .id()));
    }

    /** The converter of the MISP project takes a comparison of the type for a second address. */
    @Test
    void patternsOfAddressesCompareNoTypes() throws Exception {
        List<String> patterns = read("19-addresses-and-ports").objects.values().stream()
                .flatMap(object -> object.json().string("pattern").stream())
                .toList();
        assertTrue(patterns.contains("[network-traffic:dst_ref.value = '192.0.2.19']"), patterns::toString);
        assertTrue(patterns.stream().noneMatch(pattern -> pattern.contains("_ref.type")), patterns::toString);
    }

    @Test
    void securityCodesAreNeverKept() throws Exception {
        for (StixObject object :
                read("20-cards-and-members-that-are-none").objects.values()) {
            String text = CanonicalJson.text(object.json());
            assertFalse(text.contains("739") || text.contains("4000000000000003"), text);
        }
    }

    /** What an earlier version stored under the id of the UUID alone. */
    private static String earlierId(String type, String galaxy, String uuid) {
        return type + "--"
                + uz.koprik.indicators.stix.values.Uuid5.koprik(
                        "misp-galaxy", "identity--55f6ea5e-2c60-40e5-964f-47a8950d210f", galaxy, uuid);
    }

    private static Set<String> clusterIds(String name, Map<String, Set<String>> stored) throws Exception {
        JsonObject event = StrictJson.parseObject(file(name)).object("Event").orElseThrow();
        Set<String> ids = new HashSet<>();
        new MispToStix(Samples.CENTRE, Optional.empty(), id -> stored.getOrDefault(id, Set.of()))
                .translate(event, "/Event").objects().stream()
                        .filter(object -> GalaxyTypes.galaxy(object.type()).isPresent())
                        .forEach(object -> ids.add(object.json().string("name").orElse("") + ' ' + object.id()));
        return ids;
    }

    @Test
    void anEarlierIdIsKeptWhileItNamesOneCluster() throws Exception {
        String earlier = earlierId("attack-pattern", "mitre-attack-pattern", "dcb864dc-775f-11e7-9fbb-1f41b4996683");
        String name = "01-two-techniques-one-uuid";
        assertTrue(clusterIds(name, Map.of()).stream().noneMatch(id -> id.contains(earlier)));
        Set<String> kept = clusterIds(name, Map.of(earlier, Set.of("PowerShell")));
        assertTrue(kept.contains("PowerShell " + earlier), kept::toString);
        assertTrue(
                kept.stream().anyMatch(id -> id.startsWith("Pass the Hash ") && !id.endsWith(earlier)), kept::toString);
        Set<String> mixed = clusterIds(name, Map.of(earlier, Set.of("PowerShell", "Pass the Hash")));
        assertEquals(clusterIds(name, Map.of()), mixed);
    }

    @Test
    void aRelationshipToTheWrongClusterIsRevoked() throws Exception {
        String name = "02-three-actors-with-the-uuid-of-their-galaxy";
        String earlier = earlierId("threat-actor", "threat-actor", "7cdff317-a673-4474-84ec-4f1754947823");
        JsonObject event = StrictJson.parseObject(file(name)).object("Event").orElseThrow();
        List<String> revoked = new ArrayList<>();
        for (StixObject object : new MispToStix(
                        Samples.CENTRE,
                        Optional.empty(),
                        id -> id.equals(earlier)
                                ? Set.of("Example Bear")
                                : id.startsWith("relationship") ? Set.of("") : Set.of())
                .translate(event, "/Event")
                .objects()) {
            if (object.revoked()) {
                assertEquals(earlier, object.json().string("target_ref").orElseThrow());
                revoked.add(object.json().string("source_ref").orElseThrow());
            }
        }
        assertEquals(2, revoked.size(), "of the actors that are not Example Bear");
    }
}
