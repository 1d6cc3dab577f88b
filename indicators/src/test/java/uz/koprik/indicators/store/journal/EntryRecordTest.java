package uz.koprik.indicators.store.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import uz.koprik.indicators.policy.ReleaseTerms;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.store.Draft;
import uz.koprik.indicators.store.Drafts;
import uz.koprik.indicators.store.EntryMetadata;
import uz.koprik.indicators.store.entries.EntryTable;

/** Records of the 64 classes are those of earlier versions; only others have the form that those refuse. */
class EntryRecordTest {

    private static final int FORMAT = JournalRecord.HEADER + 20;
    private static final ReleaseTerms GREEN = new ReleaseTerms(Tlp.GREEN, true, false, false);

    private static ByteBuffer record(ReleaseTerms terms) {
        Draft draft = Drafts.indicator(1).carries("domain:a.example").draft(terms);
        byte[] record = EntryRecord.encode(draft, draft.facts().id().getBytes(StandardCharsets.UTF_8));
        EntryRecord.place(record, 7, 8, 3, true);
        JournalRecord.seal(record, 0);
        return ByteBuffer.wrap(record);
    }

    @Test
    void aClassIsWrittenAsBefore() {
        ByteBuffer record = record(GREEN);
        assertEquals(2, record.get(FORMAT));
        assertEquals(GREEN.classCode(), record.get(FORMAT + 1));
        assertEquals(GREEN.number(), EntryRecord.release(record, 0));
        assertEquals(GREEN, EntryRecord.facts(record, 0).release());
    }

    @Test
    void otherTermsAreWrittenWithTheirDefinition() {
        ReleaseTerms terms = GREEN.withKinds(Set.of("domain"));
        ByteBuffer record = record(terms);
        assertEquals(3, record.get(FORMAT));
        assertEquals(GREEN.classCode() | 64, record.get(FORMAT + 1));
        assertTrue(StandardCharsets.ISO_8859_1
                .decode(record.duplicate())
                .toString()
                .contains("k=domain"));
        assertEquals(terms.number(), EntryRecord.release(record, 0));
        EntryMetadata facts = EntryRecord.facts(record, 0);
        assertEquals(terms, facts.release());
        assertEquals("indicator", facts.type());
        assertEquals(-1L, facts.sight());
        assertEquals(3, EntryRecord.statement(record, 0));
        assertTrue(EntryRecord.rightful(record, 0));
        assertEquals(facts.digest(), EntryRecord.digest(record, 0));
        assertTrue(EntryRecord.unit(record, 0).isEmpty());
    }

    @Test
    void aFormatOfALaterVersionIsRefused() {
        ByteBuffer record = record(GREEN.withKinds(Set.of()));
        record.put(FORMAT, (byte) 5);
        assertEquals(
                "entry format 5 was written by a later version",
                assertThrows(IllegalStateException.class, () -> EntryRecord.facts(record, 0))
                        .getMessage());
    }

    @Test
    void aRestrictionOfAClassIsWrittenAsBefore() {
        byte[] plain = EntryTable.restrictRecord(Map.of(5L, GREEN));
        ByteReader reader = new ByteReader(ByteBuffer.wrap(plain), JournalRecord.HEADER);
        assertEquals(1, reader.count());
        assertEquals(5, reader.int64());
        assertEquals(GREEN.classCode(), reader.int8());
        assertEquals(plain.length, reader.at());
        ReleaseTerms named = GREEN.to(Set.of("identity--00000000-0000-4000-8000-000000000001"));
        byte[] other = EntryTable.restrictRecord(Map.of(5L, named));
        ByteReader rest = new ByteReader(ByteBuffer.wrap(other), JournalRecord.HEADER + 9);
        assertEquals(named.number(), EntryRecord.readTerms(rest));
        assertEquals(other.length, rest.at());
    }
}
