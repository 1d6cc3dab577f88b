package uz.koprik.indicators.stix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uz.koprik.indicators.stix.rules.Fault;

/** An id in capital letters is refused wherever it stands: it would be a second id of the same object. */
class IdSpellingTest {

    private static final String UPPER = "8E2E2D2B-17D4-4CBF-938F-98EE46B3CD3F";
    private static final String OTHER = "extension-definition--d83fce45-ef58-4c6c-a3f4-1fbc32e98c6e";

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'created_by_ref':'identity--UPPER' | /created_by_ref",
                "'object_marking_refs':['marking-definition--UPPER'] | /object_marking_refs/0",
                "'granular_markings':[{'selectors':['name'],'marking_ref':'marking-definition--UPPER'}] | /granular_markings/0/marking_ref",
                "'x_some_ref':'malware--UPPER' | /x_some_ref",
                "'x_some_refs':['tool--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f','tool--UPPER'] | /x_some_refs/1",
                "'x_note':'malware--UPPER' | /x_note",
                "'x_note':'Malware--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f' | /x_note",
                "'x_deep':[{'list':[{'of':['a','malware--UPPER']}]}] | /x_deep/0/list/0/of/1",
                "'extensions':{'OTHER':{'extension_type':'property-extension','about':'malware--UPPER'}} | /extensions/OTHER/about",
                "'extensions':{'extension-definition--UPPER':{'extension_type':'property-extension','a_b':1}} | /extensions/extension-definition--UPPER",
                "'external_references':[{'source_name':'x','external_id':'malware--UPPER'}] | /external_references/0/external_id",
                "'labels':['malware--UPPER'] | /labels/0",
                "'lang':'malware--UPPER' | /lang"
            })
    void isRefusedOnceWithItsPlace(String member, String pointer) {
        String text = Samples.report("," + filled(member));
        InvalidObject invalid = assertThrows(InvalidObject.class, () -> StixReader.read(Samples.bytes(text)));
        assertEquals(
                List.of(filled(pointer)),
                invalid.faults().stream().map(Fault::pointer).toList());
        assertTrue(invalid.getMessage().contains("an identifier is written in lower case"), invalid.getMessage());
    }

    private static String filled(String text) {
        return text.replace("UPPER", UPPER).replace("OTHER", OTHER);
    }

    @Test
    void isRefusedAsTheIdOfTheObject() {
        InvalidObject invalid = assertThrows(
                InvalidObject.class,
                () -> StixReader.read(Samples.indicator("indicator--8e2e2d2b", "indicator--8E2E2D2B")));
        assertEquals(
                List.of("/id"), invalid.faults().stream().map(Fault::pointer).toList());
    }

    @Test
    void isRefusedInReferencesOfObservables() {
        String directory = "directory--" + UPPER;
        InvalidObject invalid = assertThrows(
                InvalidObject.class,
                () -> StixReader.read(Samples.bytes(
                        "{'type':'file','id':'file--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f','name':'x','hashes':{'x_own':'"
                                + directory + "'},'parent_directory_ref':'" + directory + "'}")));
        assertEquals(
                List.of("/hashes/x_own", "/parent_directory_ref"),
                invalid.faults().stream().map(Fault::pointer).sorted().toList());
    }

    @Test
    void isNoObstacleInsideTexts() {
        StixObject report = Samples.read(Samples.report(
                ",'description':'see malware--" + UPPER + " and " + UPPER + "','x_uuid':'" + UPPER + "'"));
        assertEquals("report--84e4d88f-44ea-4bcd-bbf3-b2c1c320bcb3", report.id());
    }

    @Test
    void opensWhereAnEarlierVersionStoredIt() throws Exception {
        String text = Samples.report(",'created_by_ref':'identity--" + UPPER + "','x_some_ref':'tool--" + UPPER + "'")
                .replace("report--84e4d88f", "report--84E4D88F")
                .replace('\'', '"');
        StixObject report = StixReader.again(text.getBytes(StandardCharsets.UTF_8));
        assertEquals("report--84E4D88F-44ea-4bcd-bbf3-b2c1c320bcb3", report.id());
        assertTrue(Reference.of(report.json()).contains(new Reference("x_some", "tool--" + UPPER)));
    }
}
