package uz.koprik.indicators.stix.redaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.indicators.policy.Markings;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.InvalidObject;
import uz.koprik.indicators.stix.Samples;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.stix.StixReader;
import uz.koprik.indicators.stix.values.RedactionExtension;

class RedactionTest {

    private static final String RED = Markings.id(Tlp.RED);

    private static String marked(String marking, String selectors) {
        return ",'granular_markings':[{'marking_ref':'" + marking + "','selectors':[" + selectors + "]}]";
    }

    private static StixObject report(String more) {
        return Samples.read(Samples.report(more));
    }

    private static boolean green(String marking) {
        return Markings.tlp(marking)
                .filter(tlp -> tlp.compareTo(Tlp.GREEN) <= 0)
                .isPresent();
    }

    private static Redaction redacted(StixObject original) throws RedactionImpossible {
        return Redaction.of(original, RedactionTest::green);
    }

    private static JsonObject object(Redaction redaction) throws InvalidObject {
        JsonObject made = redaction.object(
                "report--11111111-44ea-4bcd-bbf3-b2c1c320bcb3", Samples.TASHKENT, 0, 0, "e", Optional.empty());
        return StixReader.read(CanonicalJson.bytes(made)).json();
    }

    private static JsonObject only(JsonObject object, String name) {
        return JsonObject.builder().put(name, object.get(name)).build();
    }

    private static RedactionImpossible impossible(StixObject original) {
        return assertThrows(RedactionImpossible.class, () -> redacted(original));
    }

    @Test
    void itemsAfterTheCutOneKeepTheirMarkings() throws Exception {
        Redaction redaction = redacted(report(",'labels':['zero','one','two','three'],'granular_markings':["
                + "{'marking_ref':'" + RED + "','selectors':['labels.[1]','labels.[0]']},"
                + "{'lang':'hu','selectors':['labels.[3]','labels.[1]','name']}]"));
        JsonObject made = object(redaction);
        JsonObject expected = Samples.json("{'granular_markings':[{'lang':'hu','selectors':['labels.[1]','name']}],"
                + "'labels':['two','three']}");
        expected.names().forEach(name -> assertEquals(only(expected, name), only(made, name)));
        assertEquals(
                List.of("/labels/1", "/labels/0"),
                redaction.parts().stream().map(Redaction.Part::pointer).toList());
    }

    @Test
    void whatCannotBeWithoutThePartGoesWithIt() throws Exception {
        Redaction redaction = redacted(report(
                ",'external_references':[{'source_name':'first','external_id':'4711'},{'source_name':'second','url':'https://example.com/'}]"
                        + marked(RED, "'external_references.[0].source_name','external_references.[1].url'")));
        JsonObject made = object(redaction);
        assertFalse(made.has("external_references"), made::toString);
        assertEquals(
                List.of("/external_references", "/external_references/0", "/external_references/1"), redaction.also());
    }

    @Test
    void anExternalReferenceKeepsItsNameWithoutItsHash() throws Exception {
        JsonObject made = object(redacted(
                report(",'external_references':[{'source_name':'first','url':'https://example.com/','hashes':{'MD5':'"
                        + "0".repeat(32) + "'}}]" + marked(RED, "'external_references.[0].hashes.MD5'"))));
        assertEquals(
                Samples.json("{'source_name':'first','url':'https://example.com/'}")
                        .toString(),
                made.items("external_references").getFirst().toString());
    }

    @Test
    void aStricterPatternMakesNoIndicator() throws Exception {
        String pattern = new String(
                Samples.indicator(
                        "\"name\":\"Example\"",
                        "\"name\":\"Example\"" + marked(RED, "'pattern'").replace('\'', '"')),
                StandardCharsets.UTF_8);
        RedactionImpossible no = impossible(StixReader.read(pattern.getBytes(StandardCharsets.UTF_8)));
        assertEquals("/pattern", no.pointer());
        assertTrue(no.getMessage().contains("no valid indicator"), no::getMessage);
    }

    @Test
    void observablesAndDefinitionsHaveNoCreator() {
        StixObject domain = Samples.read(
                "{'type':'domain-name','id':'domain-name--3c10e93f-798e-5a26-a0c1-08156efab7f5','value':'example.com',"
                        + "'x_note':'secret'" + marked(RED, "'x_note'") + "}");
        assertEquals("/type", impossible(domain).pointer());
    }

    @ParameterizedTest
    @CsvSource({"object_marking_refs", "granular_markings", "type", "id"})
    void whatDecidesHowStrictTheRestIsCannotBeCut(String name) {
        StixObject original =
                report(",'object_marking_refs':['" + Markings.id(Tlp.GREEN) + "']" + marked(RED, "'" + name + "'"));
        assertEquals("/granular_markings/0/selectors/0", impossible(original).pointer());
    }

    @Test
    void theCreatorOfTheOriginalIsReplacedAnyway() throws Exception {
        JsonObject made = object(redacted(report(",'created_by_ref':'identity--f431f809-377b-45e0-aa1c-6a4751cae5ff'"
                + marked(RED, "'created_by_ref'"))));
        assertEquals(Optional.of(Samples.TASHKENT), made.string("created_by_ref"));
    }

    @Test
    void nothingToCutIsNoRedaction() {
        assertTrue(impossible(report(marked(Markings.id(Tlp.GREEN), "'name'")))
                .getMessage()
                .contains("nothing to cut"));
    }

    @Test
    void anUnknownMarkingIsCutAsTheStrictest() throws Exception {
        String unknown = "marking-definition--11111111-9af2-4afa-9fc5-7075f6af04af";
        Redaction redaction = redacted(report(",'labels':['one']" + marked(unknown, "'labels'")));
        assertEquals(List.of(new Redaction.Part("/labels", unknown)), redaction.parts());
        assertFalse(object(redaction).has("labels"));
    }

    @Test
    void saysWhereATextThatWasCutStillStands() throws Exception {
        Redaction redaction = redacted(
                report(",'description':'the victim is Example Bank','labels':['EXAMPLE bank','other'],'confidence':5"
                        + ",'aliases_x':'of Example Bank, too'" + marked(RED, "'labels.[0]'")));
        assertEquals(List.of("/description", "/aliases_x"), redaction.repeated());
    }

    @Test
    void anObservableInsideObservedDataGoesByItsOwnMarking() throws Exception {
        StixObject original = Samples.read("{'type':'observed-data','spec_version':'2.1',"
                + "'id':'observed-data--11111111-44ea-4bcd-bbf3-b2c1c320bcb3','created':'2020-01-01T00:00:00.000Z',"
                + "'modified':'2020-01-01T00:00:00.000Z','first_observed':'2020-01-01T00:00:00Z',"
                + "'last_observed':'2020-01-01T00:00:00Z','number_observed':1,'objects':{'0':{'type':'domain-name',"
                + "'id':'domain-name--3c10e93f-798e-5a26-a0c1-08156efab7f5','value':'example.com'},"
                + "'1':{'type':'ipv4-addr','id':'ipv4-addr--ff26c055-6336-5bc5-b98d-13d6226742dd',"
                + "'value':'198.51.100.3','object_marking_refs':['" + RED + "']}}}");
        JsonObject made = redacted(original).object(original.id(), Samples.TASHKENT, 0, 0, "e", Optional.empty());
        assertEquals(List.of("0"), made.object("objects").orElseThrow().names());
        StixReader.read(CanonicalJson.bytes(made));
    }

    @Test
    void namesItsOriginalAndNothingElseOfIt() throws Exception {
        StixObject original = report(",'labels':['one']" + marked(RED, "'labels'"));
        JsonObject made = object(redacted(original));
        assertEquals(Optional.of(new RedactionExtension.Origin(original.id(), "e")), RedactionExtension.read(made));
        JsonObject extension = made.object("extensions")
                .orElseThrow()
                .object(RedactionExtension.ID)
                .orElseThrow();
        assertEquals(Set.of("extension_type", "original_ref", "edition"), Set.copyOf(extension.names()));
    }

    private static StixObject observed(String inside, String more) {
        return Samples.read("{'type':'observed-data','spec_version':'2.1','id':'observed-data--"
                + "22222222-44ea-4bcd-bbf3-b2c1c320bcb3','created':'2026-11-01T00:00:00.000Z',"
                + "'modified':'2026-11-01T00:00:00.000Z','first_observed':'2026-11-01T00:00:00Z',"
                + "'last_observed':'2026-11-01T00:00:00Z','number_observed':1,"
                + "'objects':{'0':{'type':'ipv4-addr','id':'ipv4-addr--33333333-44ea-4bcd-bbf3-b2c1c320bcb3',"
                + "'value':'198.51.100.7'" + inside
                + "},'1':{'type':'ipv4-addr','id':'ipv4-addr--44444444-44ea-4bcd-bbf3-b2c1c320bcb3',"
                + "'value':'198.51.100.8'}}"
                + more + "}");
    }

    /** Otherwise a part would go out without the marking that it bears. */
    @ParameterizedTest
    @CsvSource({"objects.0.object_marking_refs", "objects.0.object_marking_refs.[0]", "objects.0.granular_markings"})
    void theMarkingOfAnObjectInsideIsNotCut(String selector) {
        String clear = Markings.id(Tlp.CLEAR);
        RedactionImpossible no = impossible(observed(
                ",'object_marking_refs':['" + clear + "'],'granular_markings':[{'marking_ref':'" + clear
                        + "','selectors':['value']}]",
                marked(RED, "'" + selector + "'")));
        assertEquals("/granular_markings/0/selectors/0", no.pointer());
    }

    @Test
    void anObjectInsideGoesWithTheMarkingsThatProtectIt() throws Exception {
        Redaction redaction = redacted(observed(",'object_marking_refs':['" + RED + "']", ""));
        assertEquals(
                List.of("/objects/0"),
                redaction.parts().stream().map(Redaction.Part::pointer).toList());
    }

    @Test
    void aNameThatRepeatsATextIsFound() throws Exception {
        Redaction redaction = redacted(report(",'description':'mule.example.com'," + "'x_seen':{'mule.example.com':1}"
                + marked(RED, "'description'")));
        assertEquals(List.of("/x_seen/mule.example.com"), redaction.repeated());
    }
}
