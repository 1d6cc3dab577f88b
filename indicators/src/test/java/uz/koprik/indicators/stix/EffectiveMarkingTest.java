package uz.koprik.indicators.stix;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uz.koprik.indicators.policy.Markings;
import uz.koprik.indicators.policy.Tlp;

class EffectiveMarkingTest {

    private static final String MALWARE = "malware--0c7b5b88-8ff7-4a4d-aa9d-feb398cd0061";
    private static final String PRODUCER = "identity--f431f809-377b-45e0-aa1c-6a4751cae5ff";
    private static final String STATEMENT = "marking-definition--11111111-9af2-4afa-9fc5-7075f6af04af";

    @Test
    void publishesAllNineMarkingsAsValidObjects() throws InvalidObject {
        assertEquals(9, Markings.ids().size());
        for (String id : Markings.ids()) {
            StixObject marking = StixReader.read(Markings.object(id).orElseThrow());
            assertEquals(id, marking.id());
            String name = marking.json().string("name").orElseThrow();
            assertEquals(Markings.tlp(id), Tlp.parse(name), name);
        }
        assertEquals(Optional.empty(), Markings.tlp(STATEMENT));
        assertEquals(Optional.empty(), Markings.object(STATEMENT));
    }

    @ParameterizedTest
    @CsvSource({
        "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487, CLEAR",
        "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb, GREEN",
        "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421, AMBER",
        "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003, AMBER_STRICT",
        "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1, RED",
        "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9, CLEAR",
        "marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da, GREEN",
        "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82, AMBER",
        "marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed, RED"
    })
    void readsBothVersionsOfTlp(String ref, Tlp tlp) {
        StixObject object = Samples.read(Samples.report(",'object_marking_refs':['" + ref + "']"));
        assertEquals(Optional.of(tlp), EffectiveMarking.own(object));
        assertEquals(tlp, EffectiveMarking.of(object, Tlp.RED, id -> Optional.empty()));
    }

    @Test
    void takesTheStrictestOfSeveral() {
        StixObject object = Samples.read(Samples.report(",'object_marking_refs':['" + Markings.id(Tlp.AMBER) + "','"
                + Markings.id(Tlp.CLEAR) + "','" + STATEMENT + "']"));
        assertEquals(Optional.of(Tlp.AMBER), EffectiveMarking.own(object));
    }

    /** One that an object inside it bears, as a whole or for a part. */
    @ParameterizedTest
    @CsvSource({"object_marking_refs", "granular_markings"})
    void countsTheMarkingOfAnObservableInsideForTheWhole(String name) {
        String other = STATEMENT;
        for (String marking :
                List.of(Markings.id(Tlp.RED), "marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed", other)) {
            String value = name.equals("object_marking_refs")
                    ? "['" + marking + "']"
                    : "[{'marking_ref':'" + marking + "','selectors':['value']}]";
            StixObject object = Samples.read("{'type':'observed-data','spec_version':'2.1',"
                    + "'id':'observed-data--11111111-44ea-4bcd-bbf3-b2c1c320bcb3','created':'2020-01-01T00:00:00.000Z',"
                    + "'modified':'2020-01-01T00:00:00.000Z','first_observed':'2020-01-01T00:00:00Z',"
                    + "'object_marking_refs':['" + Markings.id(Tlp.CLEAR) + "'],"
                    + "'last_observed':'2020-01-01T00:00:00Z','number_observed':1,'objects':{'0':{'type':'domain-name',"
                    + "'id':'domain-name--3c10e93f-798e-5a26-a0c1-08156efab7f5','value':'example.com','" + name + "':"
                    + value + "}}}");
            boolean tlp = !marking.equals(other);
            assertEquals(Optional.of(tlp ? Tlp.RED : Tlp.CLEAR), EffectiveMarking.own(object));
            assertEquals(tlp ? List.of() : List.of(other), EffectiveMarking.others(object));
            assertEquals(
                    Optional.of("/objects/0/" + name + (value.contains("marking_ref'") ? "/0/marking_ref" : "/0")),
                    EffectiveMarking.pointer(object, marking));
        }
    }

    /** The whole counts as a granular marking, by TLP 1 and 2; what that selects does not matter. */
    @ParameterizedTest
    @CsvSource({
        "name",
        "labels.[0]",
        "external_references.[1].hashes.MD5",
        "x_custom.list.[0].word",
        "object_refs",
        "object_refs.[1]"
    })
    void countsAGranularMarkingOfAnySelectorForTheWhole(String selector) {
        for (String marking : Markings.ids()) {
            StixObject object = Samples.read(Samples.report(",'labels':['one'],'x_custom':{'list':[{'word':'one'}]},"
                    + "'external_references':[{'source_name':'one','external_id':'1'},{'source_name':'two','url':'https://example.com/',"
                    + "'hashes':{'MD5':'" + "0".repeat(32) + "'}}],'granular_markings':[{'marking_ref':'" + marking
                    + "','selectors':['" + selector + "']},{'lang':'hu','selectors':['name']}]"));
            assertEquals(Markings.tlp(marking), EffectiveMarking.own(object));
        }
    }

    @Test
    void countsAGranularMarkingForTheWhole() {
        StixObject object = Samples.read(Samples.report(",'object_marking_refs':['" + Markings.id(Tlp.CLEAR)
                + "'],'granular_markings':[{'selectors':['name'],'lang':'en'},{'selectors':['name'],'marking_ref':'"
                + Markings.id(Tlp.RED) + "'}]"));
        assertEquals(Optional.of(Tlp.RED), EffectiveMarking.own(object));
    }

    /** The marking of a part says nothing of the rest, which counts as unmarked. */
    @Test
    void countsTheRestAsUnmarkedWhenOnlyAPartIsMarked() {
        StixObject object = Samples.read(Samples.report(
                ",'granular_markings':[{'selectors':['name'],'marking_ref':'" + Markings.id(Tlp.CLEAR) + "'}]"));
        assertEquals(Tlp.AMBER, EffectiveMarking.own(object, Tlp.AMBER));
        assertEquals(Tlp.AMBER, EffectiveMarking.of(object, Tlp.AMBER, id -> Optional.empty()));
        assertEquals(Tlp.CLEAR, EffectiveMarking.own(object, Tlp.CLEAR));
    }

    @Test
    void countsAStatementAsNoMarking() {
        StixObject object = Samples.read(Samples.report(",'object_marking_refs':['" + STATEMENT + "']"));
        assertEquals(Optional.empty(), EffectiveMarking.own(object));
        assertEquals(Tlp.GREEN, EffectiveMarking.of(object, EffectiveMarking.DEFAULT, id -> Optional.empty()));
        assertEquals(Tlp.AMBER, EffectiveMarking.of(object, Tlp.AMBER, id -> Optional.empty()));
    }

    @Test
    void inheritsTheStrictestItRefersTo() {
        StixObject object = Samples.read(Samples.report(",'object_marking_refs':['" + Markings.id(Tlp.GREEN) + "']"));
        assertEquals(Tlp.AMBER, EffectiveMarking.of(object, Tlp.GREEN, lookup(Map.of(MALWARE, Tlp.AMBER))));
        assertEquals(Tlp.GREEN, EffectiveMarking.of(object, Tlp.GREEN, lookup(Map.of(MALWARE, Tlp.CLEAR))));
    }

    @Test
    void inheritsNothingFromItsProducer() {
        StixObject object = Samples.read(Samples.report(
                ",'object_marking_refs':['" + Markings.id(Tlp.CLEAR) + "'],'created_by_ref':'" + PRODUCER + "'"));
        assertEquals(Tlp.CLEAR, EffectiveMarking.of(object, Tlp.GREEN, lookup(Map.of(PRODUCER, Tlp.AMBER))));
        assertEquals(List.of(Markings.id(Tlp.CLEAR)), object.markingRefs());
    }

    private static Function<String, Optional<Tlp>> lookup(Map<String, Tlp> known) {
        return id -> Optional.ofNullable(known.get(id));
    }
}
