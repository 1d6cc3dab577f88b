package uz.koprik.indicators.stix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import uz.koprik.indicators.cases.CaseFiles;
import uz.koprik.indicators.stix.values.SignatureExtension;

class ExtensionDefinitionsTest {

    @Test
    void areValidObjectsThatCoverEverythingWritten() throws InvalidObject {
        Set<String> ids = new HashSet<>();
        for (byte[] bytes : ExtensionDefinitions.ALL) {
            StixObject object = StixReader.read(bytes);
            assertTrue(ids.add(object.id()), object.id());
            assertTrue(ids.contains(object.createdByRef().orElseThrow()), "published by an identity that comes first");
        }
        assertEquals(18, ids.size());
        assertTrue(
                ids.containsAll(List.of(SignatureExtension.ID, Countersignature.EXTENSION_ID, CaseFiles.EXTENSION_ID)));
    }
}
