package uz.koprik.indicators.stix.conversion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.indicators.stix.rules.types.Rulebook;
import uz.koprik.indicators.stix.values.StixId;

class Stix20Test {

    private static final String TIMES = "'created':'2017-01-01T00:00:00.000Z','modified':'2017-01-01T00:00:00.000Z'";

    private static JsonObject object(String type, String members) throws MalformedJson {
        String json = "{'type':'" + type + "','id':'" + type + "--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f'," + TIMES + ","
                + members + "}";
        return StrictJson.parseObject(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static Conversion converted(String type, String members) throws MalformedJson {
        Conversion conversion = Stix20.convert(object(type, members));
        for (JsonObject o : conversion.objects()) {
            assertEquals(List.of(), Rulebook.check(o).faults(), o::toString);
        }
        return conversion;
    }

    private static List<String> notes(Conversion conversion) {
        return conversion.changes().stream()
                .map(c -> c.pointer() + ": " + c.what())
                .toList();
    }

    @Test
    void knowsStix20ByWhatItSaysOrLeavesOut() throws MalformedJson {
        assertTrue(Stix20.isStix20(object("identity", "'name':'x','identity_class':'group'")));
        assertTrue(Stix20.isStix20(object("identity", "'name':'x','spec_version':'2.0'")));
        assertFalse(Stix20.isStix20(object("identity", "'name':'x','spec_version':'2.1'")));
        assertFalse(Stix20.isStix20(
                StrictJson.parseObject("{\"type\":\"url\",\"value\":\"x:y\"}".getBytes(StandardCharsets.UTF_8))));
    }

    @ParameterizedTest
    @CsvSource({
        "report, report_types, threat-report",
        "threat-actor, threat_actor_types, spy",
        "tool, tool_types, remote-access"
    })
    void turnsLabelsIntoTypes(String type, String property, String label) throws MalformedJson {
        String more = type.equals("report")
                ? ",'published':'2017-01-01T00:00:00Z','object_refs':['tool--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f']"
                : "";
        Conversion conversion = converted(type, "'name':'x','labels':['" + label + "']" + more);
        assertFalse(conversion.object().has("labels"));
        assertEquals(1, conversion.object().items(property).size());
        assertTrue(notes(conversion).contains("/labels: renamed to " + property), notes(conversion)::toString);
    }

    @Test
    void keepsLabelsThatWereOnlyLabels() throws MalformedJson {
        Conversion conversion = converted("identity", "'name':'x','identity_class':'group','labels':['mine']");
        assertTrue(conversion.object().has("labels"));
        assertEquals(List.of("/spec_version: added, 2.1"), notes(conversion));
    }

    @Test
    void saysWhatItMadeOfAnIndicator() throws MalformedJson {
        Conversion conversion = converted(
                "indicator",
                "'labels':['malicious-activity'],'valid_from':'2017-01-01T00:00:00Z'," + "'pattern':'[file:size = 1]'");
        assertEquals("stix", conversion.object().string("pattern_type").orElse(""));
        assertEquals(
                List.of(
                        "/spec_version: added, 2.1",
                        "/labels: renamed to indicator_types",
                        "/pattern_type: added, stix: STIX 2.0 has no other patterns",
                        "/pattern_version: added, 2.1"),
                notes(conversion));
    }

    @Test
    void writesPatternsAsStix21Does() {
        assertEquals(
                "[process:created_time = t'2017-01-01T00:00:00Z' AND file:name = 'process:created']"
                        + " START t'2017-01-01T00:00:00Z' STOP t'2017-01-02T00:00:00Z'",
                Pattern20.convert("[process:created = t'2017-01-01T00:00:00Z' AND file:name = 'process:created']"
                                + " START '2017-01-01T00:00:00Z' STOP '2017-01-02T00:00:00Z'")
                        .orElse(""));
        assertTrue(Pattern20.convert("[url:value = 'x:created']").isEmpty());
    }

    @Test
    void makesFamiliesOfMalware() throws MalformedJson {
        Conversion conversion = converted("malware", "'name':'x','labels':['bot']");
        assertTrue(
                notes(conversion).stream().anyMatch(n -> n.startsWith("/is_family: added, true")),
                notes(conversion)::toString);
    }

    @Test
    void takesObservablesOutOfObservedData() throws MalformedJson {
        String objects = "{'0':{'type':'file','name':'x','hashes':{'sha256':'" + "ab".repeat(32)
                + "'},'created':'2017-01-01T00:00:00Z',"
                + "'is_encrypted':true,'parent_directory_ref':'1'},'1':{'type':'directory','path':'/tmp','contains_refs':['0']},"
                + "'2':{'type':'process','pid':1,'name':'sh','arguments':['-c'],'binary_ref':'0'},"
                + "'3':{'type':'network-traffic','src_ref':'4','protocols':['tcp'],'extensions':{'http-request-ext':"
                + "{'request_method':'get','request_value':'/','request_header':{'Host':'example.com'}}}},"
                + "'4':{'type':'ipv4-addr','value':'198.51.100.3'}}";
        String members =
                "'first_observed':'2017-01-01T00:00:00Z','last_observed':'2017-01-01T00:00:00Z','number_observed':1,'objects':"
                        + objects;
        Conversion conversion = converted("observed-data", members);
        assertEquals(6, conversion.objects().size());
        assertFalse(conversion.object().has("objects"));
        assertEquals(5, conversion.object().items("object_refs").size());
        JsonObject address = of("ipv4-addr", conversion);
        assertEquals(
                "ipv4-addr--28bb3599-77cd-5a82-a950-b5bc3caf07c4",
                address.string("id").orElse(""),
                "as python-stix2 derives it");
        assertEquals(address.string("id"), of("network-traffic", conversion).string("src_ref"));
        JsonObject file = of("file", conversion);
        assertEquals(of("directory", conversion).string("id"), file.string("parent_directory_ref"));
        assertTrue(
                file.object("hashes").orElseThrow().has("SHA-256")
                        && file.has("ctime")
                        && file.has("x_stix20_is_encrypted"),
                file::toString);
        JsonObject process = of("process", conversion);
        assertEquals(4, StixId.version(process.string("id").orElseThrow()));
        assertTrue(
                process.has("image_ref") && process.has("x_stix20_name") && process.has("x_stix20_arguments"),
                process::toString);
        List<String> notes = notes(conversion);
        assertTrue(
                notes.contains("/objects/0/created: renamed to ctime")
                        && notes.contains("/objects/0/hashes/sha256: renamed to SHA-256")
                        && notes.contains("/objects/4: is now the object "
                                + address.string("id").orElse("")),
                notes::toString);
        assertEquals(
                conversion.objects(),
                Stix20.convert(object("observed-data", members)).objects(),
                "again, the same");
    }

    @Test
    void survivesObservablesThatReferToEachOtherInACircle() throws MalformedJson {
        Conversion conversion = Stix20.convert(object(
                "observed-data",
                "'objects':{'0':{'type':'file','name':'a','parent_directory_ref':'1'},"
                        + "'1':{'type':'file','name':'b','parent_directory_ref':'0'}}"));
        assertEquals(3, conversion.objects().size());
    }

    @Test
    void followsNoEndlessChains() throws MalformedJson {
        StringBuilder chain = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            chain.append(i == 0 ? "" : ",")
                    .append("'")
                    .append(i)
                    .append("':{'type':'file','name':'f")
                    .append(i)
                    .append("','parent_directory_ref':'")
                    .append((i + 1) % 20_000)
                    .append("'}");
        }
        Conversion conversion = Stix20.convert(object("observed-data", "'objects':{" + chain + "}"));
        assertEquals(20_001, conversion.objects().size());
    }

    @Test
    void readsLongLiteralsInPatterns() {
        String literal = "\\\\".repeat(200_000);
        assertEquals(
                "[file:name = '" + literal + "' AND file:ctime = t'2017-01-01T00:00:00Z']",
                Pattern20.convert("[file:name = '" + literal + "' AND file:created = t'2017-01-01T00:00:00Z']")
                        .orElse(""));
    }

    @Test
    void replacesTheMarkingsOfTlp() throws MalformedJson {
        String json = "{'type':'marking-definition','id':'marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da',"
                + "'created':'2017-01-20T00:00:00.000Z','definition_type':'tlp','definition':{'tlp':'green'}}";
        Conversion conversion =
                Stix20.convert(StrictJson.parseObject(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
        assertEquals("TLP:GREEN", conversion.object().string("name").orElse(""));
        assertEquals(List.of(), Rulebook.check(conversion.object()).faults());
    }

    private static JsonObject of(String type, Conversion conversion) {
        return conversion.objects().stream()
                .filter(o -> o.string("type").orElse("").equals(type))
                .findFirst()
                .orElseThrow();
    }
}
