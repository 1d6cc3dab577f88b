package uz.koprik.indicators.stix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import uz.koprik.crypto.Sha256;
import uz.koprik.indicators.stix.values.StixTimestamp;

class StixObjectTest {

    private static final String IP =
            "{'type':'ipv4-addr','id':'ipv4-addr--28bb3599-77cd-5a82-a950-b5bc3caf07c4','value':'198.51.100.3'}";
    private static final String TLP_GREEN = "{'type':'marking-definition','spec_version':'2.1',"
            + "'id':'marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da','created':'2017-01-20T00:00:00.000Z',"
            + "'definition_type':'tlp','name':'TLP:GREEN','definition':{'tlp':'green'}}";

    @Test
    void hasTheVersionOfItsModifiedElseItsCreatedElseNone() {
        StixObject report = Samples.read(Samples.report(""));
        assertEquals(StixTimestamp.parse("2020-01-02T00:00:00Z"), report.version());
        assertEquals(StixTimestamp.parse("2020-01-01T00:00:00Z"), report.created());
        StixObject marking = Samples.read(TLP_GREEN);
        assertEquals(marking.created(), marking.version());
        assertEquals(StixObject.UNVERSIONED, marking.modified());
        assertEquals(StixObject.UNVERSIONED, Samples.read(IP).version());
        assertEquals("2.1", Samples.read(IP).specVersion());
    }

    @Test
    void saysWhetherItIsRevoked() {
        assertFalse(Samples.read(Samples.report("")).revoked());
        assertFalse(Samples.read(Samples.report(",'revoked':false")).revoked());
        assertTrue(Samples.read(Samples.report(",'revoked':true")).revoked());
    }

    @Test
    void findsReferencesAtAnyDepthButNoMarkingsOfTlp() {
        StixObject object = Samples.read(
                Samples.report(
                        ",'created_by_ref':'identity--f431f809-377b-45e0-aa1c-6a4751cae5ff'"
                                + ",'object_marking_refs':['marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da']"
                                + ",'granular_markings':[{'selectors':['name'],'marking_ref':'marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9'}]"
                                + ",'x_deep':{'list':[{'x_ref':'tool--0c7b5b88-8ff7-4a4d-aa9d-feb398cd0061'},"
                                + "{'y_refs':['tool--1c7b5b88-8ff7-4a4d-aa9d-feb398cd0061','0','malware--0c7b5b88-8ff7-4a4d-aa9d-feb398cd0061']}]}"));
        assertEquals(
                List.of(
                        "indicator--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f",
                        "malware--0c7b5b88-8ff7-4a4d-aa9d-feb398cd0061",
                        "identity--f431f809-377b-45e0-aa1c-6a4751cae5ff",
                        "tool--0c7b5b88-8ff7-4a4d-aa9d-feb398cd0061",
                        "tool--1c7b5b88-8ff7-4a4d-aa9d-feb398cd0061"),
                List.copyOf(object.refs()));
        assertEquals(List.of("marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da"), object.markingRefs());
        assertEquals(
                List.of(new GranularMarking(
                        List.of("name"),
                        Optional.of("marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9"),
                        Optional.empty())),
                object.granularMarkings());
    }

    /** Authors choose names of properties freely; a named object is as secret under any of them. */
    @Test
    void findsEveryIdWhateverThePropertyIsCalled() {
        String tool = "tool--0c7b5b88-8ff7-4a4d-aa9d-feb398cd006";
        String statement = "marking-definition--fa42a846-8d90-4e51-bc29-71d5b4802168";
        StixObject object = Samples.read(Samples.report(",'object_marking_refs':['" + statement
                + "','marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da']"
                + ",'x_refs':[{'of':'" + tool + "1'},['" + tool + "2']],'x_about':'" + tool + "3','x_one_ref':{'id':'"
                + tool + "4'}"
                + ",'x_self':'report--84e4d88f-44ea-4bcd-bbf3-b2c1c320bcb3','x_text':'about " + tool + "5'"
                + ",'extensions':{'extension-definition--d83fce45-ef58-4c6c-a3f4-1fbc32e98c6e':"
                + "{'extension_type':'property-extension','about':['" + tool + "6']}}"));
        assertEquals(
                List.of(
                        "indicator--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f",
                        "malware--0c7b5b88-8ff7-4a4d-aa9d-feb398cd0061",
                        statement,
                        tool + "1",
                        tool + "2",
                        tool + "3",
                        tool + "4",
                        tool + "6"),
                List.copyOf(object.refs()));
        assertEquals(
                List.of("object", "object", "x"),
                Reference.of(object.json()).stream().map(Reference::role).toList());
    }

    @Test
    void computesOnce() {
        StixObject object = Samples.read(IP);
        assertSame(object.digest(), object.digest());
        assertSame(object.signedPayload(), object.signedPayload());
        assertSame(object.refs(), object.refs());
    }

    @Test
    void digestsTheCanonicalTextWhateverTheSpelling() {
        StixObject one = Samples.read(IP);
        StixObject other = Samples.read(
                "{ 'value' : '198.51.100.\\u0033','id':'ipv4-addr--28bb3599-77cd-5a82-a950-b5bc3caf07c4',\n'type':'ipv4-addr'}");
        assertEquals(one.digest(), other.digest());
        assertNotEquals(one, other);
        String canonical =
                "{\"id\":\"ipv4-addr--28bb3599-77cd-5a82-a950-b5bc3caf07c4\",\"type\":\"ipv4-addr\",\"value\":\"198.51.100.3\"}";
        assertEquals(Sha256.hex(canonical.getBytes(StandardCharsets.UTF_8)), one.digest());
    }

    @Test
    void tellsLogsItsIdAndNoMore() {
        assertEquals(
                "ipv4-addr--28bb3599-77cd-5a82-a950-b5bc3caf07c4",
                Samples.read(IP).toString());
    }
}
