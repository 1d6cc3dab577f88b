package uz.koprik.indicators.stix;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.indicators.stix.rules.Fault;
import uz.koprik.indicators.stix.rules.ForgivableRule;
import uz.koprik.indicators.stix.rules.types.Rulebook;
import uz.koprik.indicators.stix.values.SignatureExtension;

/** An object stays invalid, and is taken where all the rules that it breaks are forgiven. */
class ForgivenRulesTest {

    private static final Set<ForgivableRule> ALL = Set.copyOf(EnumSet.allOf(ForgivableRule.class));

    private static final String WHITE = "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9";
    private static final String AMBER = "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82";
    private static final String OPENCTI = "extension-definition--ea279b3e-5c71-4632-ac08-831c66a786ba";

    private static String tlp(String id, String created, String name, String definition) {
        return "{'type':'marking-definition','spec_version':'2.1','id':'" + id + "','created':'" + created
                + "','definition_type':'tlp'," + (name == null ? "" : "'name':'" + name + "',") + "'definition':"
                + definition + "}";
    }

    private static String relationship(String start, String stop) {
        return "{'type':'relationship','spec_version':'2.1','id':'relationship--e29a3819-3480-4fb7-84b6-56a7fe041929',"
                + "'created':'2024-05-16T18:04:05.984Z','modified':'2024-05-16T18:04:06.181Z','relationship_type':'uses',"
                + "'source_ref':'malware--e29a3819-3480-4fb7-84b6-56a7fe041930',"
                + "'target_ref':'tool--e29a3819-3480-4fb7-84b6-56a7fe041931','start_time':'" + start + "','stop_time':'"
                + stop + "'}";
    }

    private static String key(String hive) {
        return "{'type':'windows-registry-key','spec_version':'2.1',"
                + "'id':'windows-registry-key--9d60798d-4e3e-5fe4-af8a-0e4986f0f90b','key':'" + hive
                + "\\\\Software\\\\Example'}";
    }

    private static String with(String member) {
        return Samples.INDICATOR.replace("\"name\":\"Example\"", "\"name\":\"Example\"," + member.replace('\'', '"'));
    }

    private static String times(String created, String modified) {
        return Samples.INDICATOR
                .replace("\"created\":\"2016-04-06T20:03:48.000Z\"", "\"created\":\"" + created + "\"")
                .replace("\"modified\":\"2016-04-06T20:03:48.000Z\"", "\"modified\":\"" + modified + "\"");
    }

    static Stream<Arguments> alwaysTaken() {
        return Stream.of(
                Arguments.of("equal-times", relationship("2022-01-20T05:00:00.000Z", "2022-01-20T05:00:00.000Z")),
                Arguments.of("equal-times", relationship("2022-01-20T05:00:00Z", "2022-01-20T05:00:00.000Z")),
                Arguments.of("tlp-name", tlp(WHITE, "2017-01-20T00:00:00.000Z", "TLP:CLEAR", "{'tlp':'white'}")),
                Arguments.of("tlp-name", tlp(WHITE, "2017-01-20T00:00:00.000Z", "TLP:CLEAR", "{'tlp':'clear'}")),
                Arguments.of("tlp-name", tlp(WHITE, "2017-01-20T00:00:00Z", "TLP:WHITE", "{'tlp':'white'}")),
                Arguments.of("short-fraction", times("2016-04-06T20:03:48Z", "2016-04-06T20:03:48Z")),
                Arguments.of("short-fraction", times("2016-04-06T20:03:48.1Z", "2016-04-06T20:03:48.12Z")),
                Arguments.of("registry-hive", key("HKLM")),
                Arguments.of("registry-hive", key("hkcu")),
                Arguments.of(
                        "short-extension-name",
                        with("'extensions':{'" + OPENCTI
                                + "':{'extension_type':'property-extension','os':'x','v':1}}")),
                Arguments.of("short-extension-name", with("'extensions':{'x-example-ext':{'ab':'x'}}")));
    }

    @ParameterizedTest
    @MethodSource("alwaysTaken")
    void everySourceIsForgiven(String rule, String text) throws Exception {
        byte[] bytes = bytes(text);
        assertThrows(InvalidObject.class, () -> StixReader.read(bytes), "it stays invalid");
        StixReader.Reading reading = StixReader.read(bytes, Set.of());
        assertArrayEquals(bytes(text), reading.object().bytes());
        assertEquals(Set.of(rule), words(reading.forgiven()));
        assertFalse(ForgivenFaults.of(reading.object().json()).isEmpty());
    }

    static Stream<Arguments> forgivable() {
        return Stream.of(
                Arguments.of("empty-list", with("'labels':[]")),
                Arguments.of("empty-list", with("'x_mitre_aliases':[]")),
                Arguments.of("empty-list", with("'object_marking_refs':[]")),
                Arguments.of("empty-list", with("'granular_markings':[]")),
                Arguments.of("empty-object", with("'extensions':{}")),
                Arguments.of(
                        "empty-object",
                        with("'external_references':[{'source_name':'x','description':'y','hashes':{}}]")),
                Arguments.of("null-value", with("'description':null")),
                Arguments.of("null-value", with("'revoked':null,'labels':null,'object_marking_refs':null")),
                Arguments.of("null-value", with("'granular_markings':[null],'external_references':[null]")),
                Arguments.of("modified-before-created", times("2016-04-06T20:03:48.000Z", "2016-04-06T20:03:47.000Z")),
                Arguments.of("time-order", relationship("2022-01-20T05:00:00.000Z", "2022-01-19T05:00:00.000Z")),
                Arguments.of("time-order", with("'valid_until':'2016-01-01T00:00:00Z'")),
                Arguments.of("tlp-definition", tlp(WHITE, "2017-01-20T00:00:00.000Z", "TLP:WHITE", "{'tlp':'clear'}")),
                Arguments.of("tlp-definition", tlp(WHITE, "2017-01-20T00:00:00.000Z", null, "{'tlp':'clear'}")),
                Arguments.of("tlp-definition", tlp(AMBER, "2018-01-20T00:00:00.000Z", "Amber", "{'tlp':'AMBER'}")),
                Arguments.of("property-name", with("'x-custom':1")),
                Arguments.of("property-name", with("'extensions':{'x-example-ext':{'Name':'x'}}")),
                Arguments.of(
                        "external-id",
                        with("'external_references':[{'source_name':'CVE','external_id':'CVE-2016-1234'}]")),
                Arguments.of(
                        "url", with("'external_references':[{'source_name':'x','url':'https://example.com/a b'}]")));
    }

    @ParameterizedTest
    @MethodSource("forgivable")
    void oneSourceIsForgivenWhatItsSettingsName(String rule, String text) throws Exception {
        byte[] bytes = bytes(text);
        assertThrows(InvalidObject.class, () -> StixReader.read(bytes, Set.of()));
        StixReader.Reading reading = StixReader.read(bytes, Set.of(ForgivableRule.of(rule)));
        assertArrayEquals(bytes(text), reading.object().bytes());
        StixObject object = reading.object();
        // What intake looks at must not stumble over it.
        assertTrue(
                EffectiveMarking.own(object).isEmpty() || !object.markingRefs().isEmpty());
        assertTrue(EffectiveMarking.others(object).isEmpty());
        assertTrue(object.refs().size() < 10 && object.granularMarkings().isEmpty());
        assertFalse(object.revoked());
    }

    static Stream<String> neverTaken() {
        return Stream.of(
                tlp(AMBER, "2017-01-20T00:00:00.000Z", "TLP:AMBER", "{'tlp':'red'}"),
                tlp(AMBER, "2017-01-20T00:00:00.000Z", "TLP:CLEAR", "{'tlp':'clear'}"),
                tlp(AMBER, "2017-01-20T00:00:00.000Z", "TLP:AMBER+STRICT", "{'tlp':'amber+strict'}"),
                tlp(
                        "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc8",
                        "2017-01-20T00:00:00.000Z",
                        "x",
                        "{'tlp':'clear'}"),
                with("'labels':5"),
                with("'created_by_ref':'nobody'"),
                times("2016-04-06T20:03:48Z", "yesterday"),
                Samples.INDICATOR.replace("\"pattern_type\":\"stix\"", "\"pattern_type\":null"),
                Samples.INDICATOR.replace("\"modified\":\"2016-04-06T20:03:48.000Z\"", "\"modified\":null"));
    }

    @ParameterizedTest
    @MethodSource("neverTaken")
    void whatCanBeReadInTwoWaysIsNeverForgiven(String text) {
        assertThrows(InvalidObject.class, () -> StixReader.read(bytes(text), ALL));
    }

    /** Its producer vouches for the text of a signed object: a setting of the receiver changes nothing about that. */
    @Test
    void aSignedObjectIsForgivenOnlyWhatEverySourceIs() throws Exception {
        JsonObject empty = StixReader.parse(with("\"labels\":[]").getBytes(StandardCharsets.UTF_8));
        byte[] signed = SignatureExtension.attach(empty, Samples.SIGNER, Samples.NOW);
        assertThrows(InvalidObject.class, () -> StixReader.read(signed, ALL));

        JsonObject early = StixReader.parse(
                times("2016-04-06T20:03:48Z", "2016-04-06T20:03:48Z").getBytes(StandardCharsets.UTF_8));
        byte[] tolerated = SignatureExtension.attach(early, Samples.SIGNER, Samples.NOW);
        StixObject object = StixReader.read(tolerated, Set.of()).object();
        assertEquals(1, object.signatures().size());
        assertEquals(StixReader.read(bytes(Samples.INDICATOR)).version(), object.version());
    }

    /** The identifier that OpenCTI writes into its extension, which the validator of OASIS passes as well. */
    @ParameterizedTest
    @ValueSource(strings = {"{'extension_type':'property-extension','id':'3b0c1a5e','type':'Indicator'}"})
    void theExtensionOfOpenCtiIsValid(String content) throws Exception {
        byte[] bytes = bytes(with("'extensions':{'" + OPENCTI + "':" + content + "}"));
        StixObject object = StixReader.read(bytes);
        assertEquals(
                List.of("/extensions/" + OPENCTI + "/id"),
                Rulebook.examine(object.json()).advice().stream()
                        .filter(fault -> fault.rule().contains("3 to 250"))
                        .map(Fault::pointer)
                        .toList());
    }

    @Test
    void shortNamesInPredefinedExtensionsAreValid() throws Exception {
        String file =
                "{'type':'file','spec_version':'2.1','id':'file--e277603e-1060-5ad4-9937-c26c97f1ca68','name':'a',"
                        + "'extensions':{'ntfs-ext':{'sid':'1234567','id':'x','os':'y'}}}";
        assertEquals("file", StixReader.read(bytes(file)).type());
    }

    @Test
    void theErrorOfAnUnknownRuleListsTheKnown() {
        String message = assertThrows(
                        IllegalArgumentException.class, () -> ForgivableRule.list("empty-list, no-such-rule"))
                .getMessage();
        assertTrue(message.contains("no-such-rule"), message);
        Arrays.stream(ForgivableRule.values())
                .filter(rule -> !rule.always())
                .forEach(rule -> assertTrue(message.contains(rule.word()), rule.word()));
        assertEquals(Set.of(ForgivableRule.EMPTY_LIST, ForgivableRule.URL), ForgivableRule.list(" empty-list ,url"));
        assertEquals(Set.of(), ForgivableRule.list(""));
    }

    /** The sample has apostrophes in its pattern; the other objects have them for quotes. */
    private static byte[] bytes(String text) {
        return text.startsWith("{'") ? Samples.bytes(text) : text.getBytes(StandardCharsets.UTF_8);
    }

    private static Set<String> words(List<Fault> faults) {
        return faults.stream()
                .map(fault -> fault.forgivable().orElseThrow().word())
                .collect(Collectors.toUnmodifiableSet());
    }
}
