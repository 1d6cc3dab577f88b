package uz.koprik.indicators.stix;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import uz.koprik.indicators.stix.rules.Fault;

class StixReaderTest {

    @Test
    void keepsTheProducersBytes() throws InvalidObject {
        StixObject object = StixReader.read(Samples.indicator("x", "x"));
        assertArrayEquals(Samples.indicator("x", "x"), object.bytes());
        assertEquals("indicator--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f", object.id());
        assertEquals("2.1", object.specVersion());
    }

    /** What is replaced in the sample, by what, which pointer is named, and what is said. */
    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of("\"name\":\"Example\"", "\"name\":5", "/name", "a string is expected"),
                Arguments.of("\"name\":\"Example\"", "\"name\":null", "/name", "null is not a value"),
                Arguments.of("\"name\":\"Example\"", "\"labels\":[]", "/labels", "must not be empty"),
                Arguments.of("\"name\":\"Example\"", "\"labels\":[\"a\",2]", "/labels/1", "a string is expected"),
                Arguments.of("\"name\":\"Example\"", "\"revoked\":\"true\"", "/revoked", "true or false"),
                Arguments.of("\"name\":\"Example\"", "\"confidence\":101", "/confidence", "between 0 and 100"),
                Arguments.of("\"name\":\"Example\"", "\"confidence\":1.5", "/confidence", "an integer is expected"),
                Arguments.of("\"name\":\"Example\"", "\"x-y\":1", "/x-y", "the name of a property"),
                Arguments.of("\"name\":\"Example\"", "\"severity\":1", "/severity", "reserved"),
                Arguments.of("\"name\":\"Example\"", "\"x_foo\":{\"a\":[null]}", "/x_foo/a/0", "null is not a value"),
                Arguments.of(
                        "\"name\":\"Example\"",
                        "\"extensions\":{\"foo\":{\"a\":1}}",
                        "/extensions/foo",
                        "the key of an extension"),
                Arguments.of(
                        "\"name\":\"Example\"",
                        "\"extensions\":{\"extension-definition--b01517e8-3dbc-43d3-8ec9-c1a075f5d7a4\":{\"a\":1}}",
                        "/extensions/extension-definition--b01517e8-3dbc-43d3-8ec9-c1a075f5d7a4/extension_type",
                        "required and absent"),
                Arguments.of(
                        "\"name\":\"Example\"",
                        "\"object_marking_refs\":[\"indicator--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f\"]",
                        "/object_marking_refs/0",
                        "marking-definition"),
                Arguments.of(
                        "\"name\":\"Example\"",
                        "\"granular_markings\":[{\"selectors\":[\"name\"]}]",
                        "/granular_markings/0",
                        "exactly one of"),
                Arguments.of(
                        "\"name\":\"Example\"",
                        "\"external_references\":[{\"url\":\"https://example.com/\"}]",
                        "/external_references/0/source_name",
                        "required and absent"),
                Arguments.of(
                        "\"name\":\"Example\"",
                        "\"valid_until\":\"2016-01-01T00:00:00Z\"",
                        "/valid_until",
                        "must be later than valid_from"),
                Arguments.of(
                        "\"name\":\"Example\"",
                        "\"kill_chain_phases\":[{\"kill_chain_name\":\"x\"}]",
                        "/kill_chain_phases/0/phase_name",
                        "required and absent"),
                Arguments.of("\"spec_version\":\"2.1\",", "", "/spec_version", "required and absent"),
                Arguments.of(
                        "\"spec_version\":\"2.1\"", "\"spec_version\":\"2.0\"", "/spec_version", "convert the object"),
                Arguments.of("\"type\":\"indicator\"", "\"type\":\"malware\"", "/id", "must begin with the type"),
                Arguments.of("\"type\":\"indicator\"", "\"type\":\"Indicator\"", "/type", "a type name is expected"),
                Arguments.of(
                        "indicator--8e2e2d2b-17d4-4cbf",
                        "indicator--8e2e2d2b-17d4-4cb",
                        "/id",
                        "an identifier is expected"),
                Arguments.of("identity--f431f809", "identity-f431f809", "/created_by_ref", "an identifier is expected"),
                Arguments.of(
                        "\"name\":\"Example\"",
                        "\"external_references\":[{\"source_name\":\"CVE\",\"external_id\":\"CVE-2016-1234\"}]",
                        "/external_references/0",
                        "a CVE is named"),
                Arguments.of(
                        "\"modified\":\"2016-04-06T20:03:48.000Z\"",
                        "\"modified\":\"2016-04-06T20:03:47.999Z\"",
                        "/modified",
                        "later than or equal to created"),
                Arguments.of(
                        "\"created\":\"2016-04-06T20:03:48.000Z\"",
                        "\"created\":\"2016-02-30T20:03:48.000Z\"",
                        "/created",
                        "on a day that exists"),
                Arguments.of("\"pattern_type\":\"stix\",", "", "/pattern_type", "required and absent"),
                Arguments.of("[domain-name:value = 'example.com']", "[domain-name:value = ", "/pattern", "is expected"),
                Arguments.of("[domain-name:value = 'example.com']", " ", "/pattern", "blank"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void refusesWithPointerAndReason(String from, String to, String pointer, String words) {
        InvalidObject e = assertThrows(InvalidObject.class, () -> StixReader.read(Samples.indicator(from, to)));
        assertTrue(
                e.faults().stream()
                        .anyMatch(f -> f.pointer().equals(pointer)
                                && f.rule().contains(words)
                                && !f.section().isEmpty()),
                e::getMessage);
    }

    @Test
    void saysEverythingAtOnceAndNamesTheObject() {
        byte[] bad = Samples.indicator("\"name\":\"Example\"", "\"name\":5,\"labels\":[],\"confidence\":-1");
        InvalidObject e = assertThrows(InvalidObject.class, () -> StixReader.read(bad));
        assertEquals(
                List.of("/name", "/labels", "/confidence"),
                e.faults().stream().map(Fault::pointer).toList());
        assertTrue(
                e.getMessage().startsWith("indicator--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f at /name: "), e::getMessage);
    }

    @Test
    void neverQuotesValues() {
        byte[] bad = Samples.indicator("\"name\":\"Example\"", "\"confidence\":\"4111111111111111\"");
        InvalidObject e = assertThrows(InvalidObject.class, () -> StixReader.read(bad));
        assertFalse(e.getMessage().contains("4111"), e::getMessage);
    }

    @Test
    void recordsNoEndlessLists() {
        byte[] bad = Samples.indicator("\"name\":\"Example\"", "\"labels\":[" + "1,".repeat(5000) + "1]");
        InvalidObject e = assertThrows(InvalidObject.class, () -> StixReader.read(bad));
        assertEquals(100, e.faults().size());
        assertTrue(e.getMessage().endsWith("and 95 more"), e::getMessage);
    }

    @Test
    void refusesMalformedJsonWithItsPlace() {
        byte[] bad = Samples.bytes("{'type':'indicator',\n'type':'x'}");
        InvalidObject e = assertThrows(InvalidObject.class, () -> StixReader.read(bad));
        assertTrue(e.getMessage().contains("line 2, column 1: the object has this name twice"), e::getMessage);
    }

    @Test
    void refusesWhatIsNoObject() {
        assertThrows(InvalidObject.class, () -> StixReader.read(Samples.bytes("[]")));
        InvalidObject e = assertThrows(
                InvalidObject.class,
                () -> StixReader.read(Samples.bytes(
                        "{'type':'bundle','id':'bundle--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f','objects':[]}")));
        assertTrue(e.getMessage().contains("a bundle is not an object"), e::getMessage);
    }

    @Test
    void refusesHugeObjects() {
        InvalidObject e = assertThrows(InvalidObject.class, () -> StixReader.read(new byte[StixReader.MAX_BYTES + 1]));
        assertTrue(e.getMessage().contains("at most 4194304 are taken"), e::getMessage);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'x-example','spec_version':'2.1','id':'x-example--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f','created':"
                        + "'2020-01-01T00:00:00.000Z','modified':'2020-01-01T00:00:00.000Z','x_y':{'z':[1,2.5]}}",
                "{'type':'x-observable','id':'x-observable--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f','value':'x'}",
                "{'type':'phone-number','id':'phone-number--8e2e2d2b-17d4-5cbf-938f-98ee46b3cd3f','value':'+998901234567'}",
                "{'type':'ipv4-addr','id':'ipv4-addr--8e2e2d2b-17d4-5cbf-938f-98ee46b3cd3f','value':'192.0.2.0/24'}",
                "{'type':'ipv6-addr','id':'ipv6-addr--8e2e2d2b-17d4-5cbf-938f-98ee46b3cd3f','value':'2001:db8::192.0.2.1'}",
                "{'type':'marking-definition','spec_version':'2.1','id':'marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9',"
                        + "'created':'2017-01-20T00:00:00.000Z','definition_type':'tlp','name':'TLP:WHITE','definition':{'tlp':'white'}}"
            })
    void takesCustomTypesObservablesAndMarkings(String json) {
        assertFalse(Samples.read(json).id().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.256", "192.0.2", "192.0.2.01", "192.0.2.0/33", "192.0.2.0/", "x"})
    void refusesAddressesThatAreNone(String value) {
        byte[] bad = Samples.bytes(
                "{'type':'ipv4-addr','id':'ipv4-addr--8e2e2d2b-17d4-5cbf-938f-98ee46b3cd3f','value':'" + value + "'}");
        InvalidObject e = assertThrows(InvalidObject.class, () -> StixReader.read(bad));
        assertEquals("/value", e.faults().getFirst().pointer());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2001:db8",
                "2001:db8::1::2",
                "2001:db8::12345",
                "::/129",
                ":1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1.2.3.4::"
            })
    void refusesLongAddressesThatAreNone(String value) {
        byte[] bad = Samples.bytes(
                "{'type':'ipv6-addr','id':'ipv6-addr--8e2e2d2b-17d4-5cbf-938f-98ee46b3cd3f','value':'" + value + "'}");
        assertThrows(InvalidObject.class, () -> StixReader.read(bad));
    }

    @Test
    void advisesOnIdsThatShouldBeDeterministic() {
        StixObject random = Samples.read(
                "{'type':'ipv4-addr','id':'ipv4-addr--b4e29b62-2053-47c4-bab4-bbce39e5ed67','value':'198.51.100.3'}");
        assertEquals(
                List.of("/id"),
                StixReader.warnings(random).stream().map(Fault::pointer).toList());
        StixObject derived = Samples.read(
                "{'type':'ipv4-addr','id':'ipv4-addr--28bb3599-77cd-5a82-a950-b5bc3caf07c4','value':'198.51.100.3'}");
        assertEquals(List.of(), StixReader.warnings(derived));
    }
}
