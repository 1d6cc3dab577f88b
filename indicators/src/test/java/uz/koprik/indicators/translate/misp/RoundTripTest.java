package uz.koprik.indicators.translate.misp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.stix.StixReader;
import uz.koprik.indicators.translate.Translation;

/** MISP to STIX and back. */
final class RoundTripTest {

    private static final String ORG = "55f6ea5e-2c60-40e5-964f-47a8950d210f";

    /** Every row of the table has a sample; a new type needs one here. */
    @Test
    void everyTypeHasASample() {
        Set<String> types = new HashSet<>();
        AttributeTypes.ALL.forEach(type -> types.add(type.name()));
        assertEquals(types, Samples.VALUES.keySet());
    }

    /** Every attribute type that the definition of a kind names is translated, and holds values of that kind. */
    @ParameterizedTest
    @EnumSource
    void typesOfEveryKindAreTranslated(ObservableKind kind) {
        for (String name : kind.mispTypes().written()) {
            AttributeType type = AttributeTypes.named(name).orElseThrow(() -> new AssertionError(name + " has no row"));
            assertTrue(
                    type.parts().stream()
                                    .anyMatch(part -> part.kinds().contains(kind)
                                            || kind.stixPaths().contains(part.path()))
                            || kind.stixPaths().contains(type.stixType() + ":name"),
                    name);
        }
    }

    static Stream<Arguments> samples() {
        return Samples.VALUES.entrySet().stream()
                .filter(e -> !e.getKey().equals("cc-number"))
                .flatMap(e -> e.getValue().stream()
                        .flatMap(value -> Stream.of(true, false).map(toIds -> Arguments.of(e.getKey(), value, toIds))));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everyTypeComesBack(String type, String value, boolean toIds) {
        JsonObject attribute = attribute(
                type,
                value,
                toIds,
                "seen on a host",
                "1763800000",
                UUID.fromString("5a0e8a4f-9f0c-4d2e-8d4c-0d3a9b1c2e3f"));
        Translation stix =
                new MispToStix(Samples.CENTRE, Optional.empty()).translate(event(List.of(attribute)), "/Event");
        assertEquals(List.of(), stix.unexpressed());
        StixToMisp.Result back = StixToMisp.translate(stix.objects(), Samples.CENTRE);
        assertEquals(List.of(), back.unexpressed());
        assertEquals(1, back.events().size());
        assertSame(
                attribute, Misp.objects(back.events().getFirst(), "Attribute").getFirst());
    }

    @Property(tries = 300)
    void attributesKeepWhatTheySay(@ForAll("attributes") List<JsonObject> attributes) throws Exception {
        Translation stix =
                new MispToStix(Samples.CENTRE, Optional.empty()).translate(event(List.copyOf(attributes)), "/Event");
        for (StixObject object : stix.objects()) {
            StixReader.read(object.bytes()); // throws with all faults
        }
        StixToMisp.Result back = StixToMisp.translate(stix.objects(), Samples.CENTRE);
        List<JsonObject> found = Misp.objects(back.events().getFirst(), "Attribute");
        assertEquals(attributes.size(), found.size());
        for (int i = 0; i < attributes.size(); i++) {
            String uuid = Misp.text(attributes.get(i), "uuid");
            assertSame(
                    attributes.get(i),
                    found.stream()
                            .filter(f -> Misp.text(f, "uuid").equals(uuid))
                            .findFirst()
                            .orElseThrow());
        }
    }

    @Provide
    Arbitrary<List<JsonObject>> attributes() {
        Arbitrary<String> comments = Arbitraries.strings()
                .withCharRange(' ', '~')
                .withChars('ў', '"', '\'', '\\', '|', '\n')
                .ofMaxLength(40);
        Arbitrary<Map.Entry<String, List<String>>> types = Arbitraries.of(Samples.VALUES.entrySet().stream()
                .filter(e -> !e.getKey().equals("cc-number"))
                .toList());
        return Combinators.combine(
                        types,
                        Arbitraries.of(true, false),
                        comments,
                        Arbitraries.longs().between(1_000_000_000, 4_000_000_000L),
                        Arbitraries.longs(),
                        Arbitraries.longs())
                .as((type, toIds, comment, time, high, low) -> attribute(
                        type.getKey(),
                        type.getValue().getFirst(),
                        toIds,
                        // A comment of spaces alone would be one that says nothing; digits may look like a card.
                        comment.isBlank() ? "" : comment.replaceAll("[0-9]", "x"),
                        String.valueOf(time),
                        new UUID((high & ~0xF000L) | 0x4000L, (low & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L)))
                .list()
                .ofMinSize(1)
                .ofMaxSize(6)
                .uniqueElements(a -> Misp.text(a, "uuid"));
    }

    /** Observables have no versions: one that says more than another must not have its id. */
    @Test
    void observablesThatDifferHaveDifferentIds() {
        JsonObject plain = attribute("domain", "login.example.com", false, "", "1763800000", UUID.randomUUID());
        JsonObject resolved =
                attribute("domain|ip", "login.example.com|192.0.2.9", false, "", "1763800000", UUID.randomUUID());
        StixToMisp.Result back = StixToMisp.translate(
                new MispToStix(Samples.CENTRE, Optional.empty())
                        .translate(event(List.of(plain, resolved)), "")
                        .objects(),
                Samples.CENTRE);
        List<JsonObject> found = Misp.objects(back.events().getFirst(), "Attribute");
        assertEquals(2, found.size());
        assertSame(plain, found.getFirst());
        assertSame(resolved, found.getLast());
        Set<String> ids = new HashSet<>();
        for (uz.koprik.indicators.policy.Tlp tlp : uz.koprik.indicators.policy.Tlp.values()) {
            new MispToStix(Samples.CENTRE, Optional.of(tlp))
                    .translate(event(List.of(plain)), "").objects().stream()
                            .filter(o -> o.type().equals("domain-name"))
                            .forEach(o -> ids.add(o.id()));
        }
        assertEquals(uz.koprik.indicators.policy.Tlp.values().length, ids.size());
    }

    @Test
    void translatingAgainGivesTheSame() {
        JsonObject event =
                event(List.of(attribute("domain", "example.com", true, "", "1763800000", UUID.randomUUID())));
        MispToStix translator = new MispToStix(Samples.CENTRE, Optional.empty());
        assertEquals(
                translator.translate(event, "").objects(),
                translator.translate(event, "").objects());
    }

    @Test
    void cardsAreKeptAsTokensOnly() {
        JsonObject card = attribute(
                "cc-number", Samples.CARD, true, "belongs to 4000 0000 0000 0002", "1763800000", UUID.randomUUID());
        Translation stix = new MispToStix(Samples.CENTRE, Optional.empty()).translate(event(List.of(card)), "/Event");
        String all = text(stix);
        assertFalse(all.contains(Samples.CARD) || all.contains("4000 0000 0000 0002"), "a whole card number was kept");
        assertTrue(all.contains("400000-0002-"), all);
        StixToMisp.Result back = StixToMisp.translate(stix.objects(), Samples.CENTRE);
        JsonObject attribute =
                Misp.objects(back.events().getFirst(), "Attribute").getFirst();
        assertEquals("bin", Misp.text(attribute, "type"));
        assertEquals("400000", Misp.text(attribute, "value"));
        assertEquals(
                "indicator of payment card 400000*0002; belongs to 400000******0002", Misp.text(attribute, "comment"));
        Translation second =
                new MispToStix(Samples.CENTRE, Optional.empty()).translate(event(List.of(attribute)), "/Event");
        JsonObject returned = second.objects().stream()
                .filter(object -> object.type().equals("indicator"))
                .findFirst()
                .orElseThrow()
                .json();
        assertEquals(
                "[payment-card:card_number = '400000*0002']",
                returned.string("pattern").orElseThrow());
        assertEquals(
                "belongs to 400000******0002", returned.string("description").orElseThrow());
        assertTrue(back.unexpressed().stream().anyMatch(u -> u.what().equals("payment card number")));
        Translation plain = new MispToStix(uz.koprik.indicators.observable.Normalisation.PLAIN, Optional.empty())
                .translate(event(List.of(card)), "/Event");
        assertFalse(text(plain).contains(Samples.CARD));
        assertTrue(plain.unexpressed().stream()
                .anyMatch(u -> u.whole() && u.where().equals("/Event/Attribute/0")));
    }

    @Test
    void aMaskedNumberIsTakenAsAMask() {
        JsonObject masked = attribute("cc-number", "4000 00xx xxxx 0002", true, "", "1763800000", UUID.randomUUID());
        Translation stix = new MispToStix(Samples.CENTRE, Optional.empty()).translate(event(List.of(masked)), "/Event");
        assertTrue(text(stix).contains("[payment-card:card_number = '400000******0002']"), text(stix));
        JsonObject tooLittle = attribute("cc-number", "****0002", true, "", "1763800000", UUID.randomUUID());
        assertTrue(new MispToStix(Samples.CENTRE, Optional.empty())
                .translate(event(List.of(tooLittle)), "/Event").unexpressed().stream()
                        .anyMatch(one -> one.whole() && one.why().contains("shows too little")));
    }

    static String text(Translation translation) {
        StringBuilder all = new StringBuilder();
        translation.objects().forEach(o -> all.append(new String(o.bytes(), StandardCharsets.UTF_8)));
        return all.append(translation.unexpressed()).toString();
    }

    private static void assertSame(JsonObject wanted, JsonObject found) {
        for (String field : List.of("type", "value", "to_ids", "comment", "uuid", "timestamp", "category")) {
            assertEquals(Misp.text(wanted, field), Misp.text(found, field), field);
        }
    }

    static JsonObject attribute(String type, String value, boolean toIds, String comment, String time, UUID uuid) {
        return JsonObject.builder()
                .put("uuid", uuid.toString())
                .put("type", type)
                .put(
                        "category",
                        AttributeTypes.named(type).map(AttributeType::category).orElse("Other"))
                .put("value", value)
                .put("to_ids", toIds)
                .put("comment", comment)
                .put("timestamp", time)
                .build();
    }

    static JsonObject event(List<Json> attributes) {
        return JsonObject.builder()
                .put("uuid", "3c7b9f6e-6f4f-4a3c-9c0e-2f1d5e6a7b8c")
                .put("info", "Lures of the autumn")
                .put("date", "2001-01-01")
                .put("threat_level_id", "2")
                .put("analysis", "1")
                .put("distribution", "3")
                .put("published", true)
                .put("timestamp", "1763800100")
                .put(
                        "Orgc",
                        JsonObject.builder()
                                .put("uuid", ORG)
                                .put("name", "Example CERT")
                                .build())
                .put("Attribute", new JsonArray(attributes))
                .build();
    }

    static JsonObject json(String text) throws Exception {
        return StrictJson.parseObject(text.getBytes(StandardCharsets.UTF_8));
    }

    static String text(JsonObject json) {
        return CanonicalJson.text(json);
    }
}
