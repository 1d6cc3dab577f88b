package uz.koprik.indicators.store.entries;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ErasuresTest {

    /** A merge that begins in between writes the moment into its segment, and would keep what is not known yet. */
    @Test
    void theMomentOfARecordIsSeenOnlyWhenAllThatItErasesIs() {
        EntryRows rows = new EntryRows();
        rows.blockToFill(1);
        Erasures erasures = new EntryTable(rows, null).erasures();
        List<Long> hidden = new ArrayList<>();
        List<byte[]> records = erasures.records(List.of(1L, 2L, 3L), "an order", "olga", 1000);
        assertEquals(1, records.size());
        erasures.apply(ByteBuffer.wrap(records.getFirst()), 0, seq -> {
            assertEquals(0, erasures.latest(), "the record is not known yet at entry " + seq);
            hidden.add(seq);
        });
        assertEquals(List.of(1L, 2L, 3L), hidden);
        assertEquals(1000, erasures.latest());
        assertTrue(erasures.erasedAfter(2, 999));
    }
}
