package uz.koprik.indicators.stix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uz.koprik.indicators.policy.Markings;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.values.SignatureExtension;

/** Which markings mean something here. */
class MarkingDefinitionsTest {

    private static final String HEAD = "{'type':'marking-definition','spec_version':'2.1',"
            + "'id':'marking-definition--fa42a846-8d90-4e51-bc29-71d5b4802168','created':'2020-01-01T00:00:00.000Z',";
    private static final String STATEMENT =
            HEAD + "'definition_type':'statement','definition':{'statement':'Copyright'}}";
    private static final String OTHER = "extension-definition--d83fce45-ef58-4c6c-a3f4-1fbc32e98c6e";
    private static final String TLP_2 = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d";

    @Test
    void aStatementDoesSignedOrNot() throws Exception {
        StixObject statement = Samples.read(STATEMENT);
        assertTrue(MarkingDefinitions.understood(statement));
        assertTrue(MarkingDefinitions.understood(
                StixReader.read(SignatureExtension.attach(statement.json(), Samples.SIGNER, Samples.NOW))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'definition_type':'pap','definition':{'pap':'red'}}",
                "'definition_type':'TLP','definition':{'tlp':'red'}}",
                "'definition_type':'statement','definition':{'statement':'x'},'extensions':{'" + OTHER
                        + "':{'extension_type':'property-extension','a_b':1}}}",
                "'extensions':{'" + OTHER + "':{'extension_type':'property-extension','a_b':1}}}"
            })
    void theseDoNot(String rest) {
        assertFalse(MarkingDefinitions.understood(Samples.read(HEAD + rest)));
    }

    @Test
    void noOtherObjectDoes() {
        assertFalse(MarkingDefinitions.understood(
                Samples.read(Samples.report(",'definition_type':'statement','definition':'x'"))));
    }

    /** STIX 2.1, section 7.2.1.4: nobody makes others. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "'definition_type':'tlp','definition':{'tlp':'red'}}",
                "'extensions':{'" + TLP_2 + "':{'extension_type':'property-extension','tlp_2_0':'red'}}}"
            })
    void tlpUnderAnotherIdIsRefused(String rest) {
        assertThrows(InvalidObject.class, () -> StixReader.read(Samples.bytes(HEAD + rest)));
    }

    @Test
    void othersThanTlpAreFoundOnceEach() {
        String one = "marking-definition--fa42a846-8d90-4e51-bc29-71d5b4802168";
        String two = "marking-definition--0a42a846-8d90-4e51-bc29-71d5b4802168";
        StixObject object =
                Samples.read(Samples.report(",'object_marking_refs':['" + Markings.id(Tlp.GREEN) + "','" + one + "']"
                        + ",'granular_markings':[{'selectors':['name'],'lang':'en'},{'selectors':['name'],'marking_ref':'"
                        + two + "'},"
                        + "{'selectors':['name'],'marking_ref':'" + one + "'}]"));
        assertEquals(List.of(one, two), EffectiveMarking.others(object));
        assertEquals(List.of(), EffectiveMarking.others(Samples.read(Samples.report(""))));
    }
}
