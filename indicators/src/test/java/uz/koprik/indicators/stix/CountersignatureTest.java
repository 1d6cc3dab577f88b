package uz.koprik.indicators.stix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uz.koprik.indicators.policy.Markings;
import uz.koprik.indicators.policy.Tlp;

class CountersignatureTest {

    private static final StixObject REPORT = Samples.read(Samples.report(",'description':'very secret words'"));
    private static final StixObject IP = Samples.read(
            "{'type':'ipv4-addr','id':'ipv4-addr--28bb3599-77cd-5a82-a950-b5bc3caf07c4','value':'198.51.100.3'}");

    @Test
    void comesBackAsItWasWritten() throws InvalidObject {
        Countersignature said = Countersignature.of(REPORT, Samples.TASHKENT, Countersignature.Role.IMPORTER);
        StixObject written = said.write(Tlp.AMBER, Samples.SIGNER, Samples.NOW);
        StixObject read = StixReader.read(written.bytes());
        assertEquals(Optional.of(said), Countersignature.read(read));
        assertEquals("countersignature", read.type());
        assertEquals(said.id(), read.id());
        assertEquals(1, read.signatures().size());
        assertEquals(List.of(Markings.id(Tlp.AMBER)), read.markingRefs());
        assertTrue(read.refs().contains(REPORT.id()));
        assertTrue(said.covers(REPORT));
    }

    @Test
    void leavesOutTheVersionOfWhatHasNone() throws InvalidObject {
        Countersignature said = Countersignature.of(IP, Samples.TASHKENT, Countersignature.Role.WITNESS);
        StixObject written = said.write(Tlp.CLEAR, Samples.SIGNER, Samples.NOW);
        assertFalse(written.json().has("object_modified"));
        assertEquals(
                StixObject.UNVERSIONED,
                Countersignature.read(written).orElseThrow().version());
        assertTrue(said.covers(IP));
        assertFalse(said.covers(REPORT));
    }

    @Test
    void hasOneIdForOneStatement() {
        Countersignature said = Countersignature.of(REPORT, Samples.TASHKENT, Countersignature.Role.IMPORTER);
        assertEquals(
                said.write(Tlp.GREEN, Samples.SIGNER, Samples.NOW).id(),
                said.write(Tlp.GREEN, Samples.SIGNER, Samples.NOW.plusSeconds(5))
                        .id());
        StixObject changed = Samples.read(Samples.report(",'description':'other words'"));
        assertNotEquals(
                said.id(),
                Countersignature.of(changed, Samples.TASHKENT, Countersignature.Role.IMPORTER)
                        .id());
        assertNotEquals(
                said.id(),
                Countersignature.of(REPORT, Samples.TASHKENT, Countersignature.Role.WITNESS)
                        .id());
    }

    @Test
    void tellsNothingOfTheContent() {
        StixObject written = Countersignature.of(REPORT, Samples.TASHKENT, Countersignature.Role.NATIONAL)
                .write(Tlp.RED, Samples.SIGNER, Samples.NOW);
        assertFalse(new String(written.bytes(), StandardCharsets.UTF_8).contains("secret"));
    }

    @Test
    void doesNotCoverAChangedObject() {
        Countersignature said = Countersignature.of(REPORT, Samples.TASHKENT, Countersignature.Role.IMPORTER);
        assertFalse(said.covers(Samples.read(Samples.report(",'description':'other words'"))));
    }

    @Test
    void takesOtherObjectsForNone() throws InvalidObject {
        assertEquals(Optional.empty(), Countersignature.read(REPORT));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            value = {
                "\"role\":\"importer\", \"role\":\"boss\", /role",
                "\"object_sha256\":\", \"object_sha256\":\"0, /object_sha256",
                "\"object_modified\":\"2020-01-02, \"object_modified\":\"2020-99-02, /object_modified",
                "\"object_ref\":\"report--, \"object_ref\":\"report-, /object_ref",
                "\"created_by_ref\":, \"x_created_by\":, /created_by_ref"
            })
    void refusesGarbledOnes(String from, String to, String pointer) throws InvalidObject {
        String good = new String(
                Countersignature.of(REPORT, Samples.TASHKENT, Countersignature.Role.IMPORTER)
                        .write(Tlp.GREEN, Samples.SIGNER, Samples.NOW)
                        .bytes(),
                StandardCharsets.UTF_8);
        assertTrue(good.contains(from), good);
        StixObject bad = StixReader.read(good.replace(from, to).getBytes(StandardCharsets.UTF_8));
        InvalidObject e = assertThrows(InvalidObject.class, () -> Countersignature.read(bad));
        assertEquals(pointer, e.faults().getFirst().pointer());
    }
}
