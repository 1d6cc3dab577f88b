package uz.koprik.indicators.store.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import uz.koprik.indicators.policy.ReleaseTerms;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.values.SignatureExtension;
import uz.koprik.indicators.store.Draft;
import uz.koprik.indicators.store.Drafts;
import uz.koprik.indicators.store.EntryMetadata;
import uz.koprik.indicators.store.ErasedVersion;

/** What stays of a record, and what does not. */
class ErasedRecordTest {

    private static final ReleaseTerms GREEN = new ReleaseTerms(Tlp.GREEN, false, false, false);
    private static final String SIGNED = "{\"extensions\":{\"" + SignatureExtension.ID
            + "\":{\"extension_type\":\"property-extension\",\"signatures\":[{\"protected\":\"aGVhZA\",\"signature\":\"c2ln\"},"
            + "{\"protected\":\"b3RoZXI\",\"signature\":\"c2lnMg\"}]}},\"name\":\"secret\"}";

    private static ByteBuffer record(ReleaseTerms terms, String object) {
        Draft plain = Drafts.indicator(1)
                .carries("domain:secret.example.com")
                .refersTo("malware--secret", "case--kept")
                .text("secret words")
                .from("seoul")
                .draft(terms);
        byte[] record = EntryRecord.encode(
                new Draft(plain.facts(), object.getBytes(StandardCharsets.UTF_8)),
                plain.facts().id().getBytes(StandardCharsets.UTF_8));
        EntryRecord.place(record, 7, 8, 3, true);
        JournalRecord.seal(record, 0);
        return ByteBuffer.wrap(record);
    }

    private static ByteBuffer erased(ByteBuffer record) {
        byte[] stub = ErasedRecord.of(record, 0, id -> id.startsWith("case"));
        JournalRecord.seal(stub, 0);
        return ByteBuffer.wrap(stub);
    }

    @Test
    void factsWithoutContentStay() {
        for (ReleaseTerms terms : List.of(GREEN, GREEN.withKinds(Set.of("domain")))) {
            ByteBuffer record = record(terms, SIGNED);
            ByteBuffer stub = erased(record);
            assertFalse(ErasedRecord.is(record, 0));
            assertTrue(ErasedRecord.is(stub, 0));
            assertTrue(JournalRecord.intact(stub, 0, stub.capacity()));
            assertFalse(StandardCharsets.ISO_8859_1
                    .decode(stub.duplicate())
                    .toString()
                    .contains("secret"));
            EntryMetadata before = EntryRecord.facts(record, 0);
            EntryMetadata after = EntryRecord.facts(stub, 0);
            assertEquals(7, EntryRecord.seq(stub, 0));
            assertEquals(8, EntryRecord.added(stub, 0));
            assertEquals(3, EntryRecord.statement(stub, 0));
            assertTrue(EntryRecord.rightful(stub, 0));
            assertEquals(before.id(), after.id());
            assertEquals(before.type(), after.type());
            assertEquals(before.version(), after.version());
            assertEquals(before.created(), after.created());
            assertEquals(before.producer(), after.producer());
            assertEquals(before.receivedFrom(), after.receivedFrom());
            assertEquals(before.digest(), after.digest());
            assertEquals(before.provenance(), after.provenance());
            assertEquals(before.release(), after.release());
            assertEquals(before.sight(), after.sight());
            assertEquals("", after.submittedBy());
            assertEquals(List.of(), after.observables());
            assertEquals(List.of(), after.refs());
            assertEquals("", after.text());
            assertEquals(0, EntryRecord.object(stub, 0).remaining());
        }
    }

    @Test
    void signaturesStayAsDetachedJws() {
        ByteBuffer record = record(GREEN, SIGNED);
        ErasedVersion version = ErasedRecord.version(record, 0, GREEN);
        assertEquals(List.of("aGVhZA..c2ln", "b3RoZXI..c2lnMg"), version.signatures());
        assertEquals("seoul", version.receivedFrom());
        assertEquals(version, ErasedRecord.version(erased(record), 0, GREEN));
        assertEquals(version, ErasedRecord.version(erased(erased(record)), 0, GREEN));
    }

    @Test
    void whatIsNoJsonHasNoSignatures() {
        assertEquals(
                List.of(),
                ErasedRecord.version(erased(record(GREEN, "no json")), 0, GREEN).signatures());
    }

    @Test
    void caseEntriesKeepWhatTheyAreAbout() {
        ByteBuffer stub = erased(record(new ReleaseTerms(Tlp.GREEN, false, false, true), SIGNED));
        assertEquals(List.of("case--kept"), EntryRecord.facts(stub, 0).refs());
        assertEquals(Optional.empty(), EntryRecord.unit(stub, 0));
    }
}
