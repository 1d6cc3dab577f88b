package uz.koprik.indicators.store.lucene;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.indicators.store.AppendResult;
import uz.koprik.indicators.store.Drafts;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.entries.EncodedDraft;
import uz.koprik.indicators.store.entries.EntryRows;
import uz.koprik.indicators.store.entries.EntryTable;
import uz.koprik.indicators.store.journal.DamagedJournal;
import uz.koprik.indicators.store.journal.Disk;
import uz.koprik.indicators.store.journal.EntryRecord;
import uz.koprik.indicators.store.journal.Journal;
import uz.koprik.indicators.store.journal.JournalRecord;
import uz.koprik.indicators.store.journal.JournalReplay;
import uz.koprik.indicators.store.journal.Segment;

/** What is found when a journal is read again after the worst moments. */
class JournalDamageTest {

    private static final int CAPACITY = LuceneStoreTest.SMALL.segmentBytes();

    /** Nobody pulls the plug in these tests. */
    private static final Disk FORGETFUL = new Disk() {
        @Override
        public void force(FileChannel file) {}
    };

    @TempDir
    private Path temp;

    private Path journal(int number) {
        return Journal.file(temp.resolve("journal"), number);
    }

    private LuceneStore open() throws IOException {
        return LuceneStore.open(temp, LuceneStoreTest.SMALL);
    }

    private void append(int... numbers) throws IOException, StoreUnavailable {
        try (LuceneStore store = open()) {
            for (int number : numbers) {
                assertInstanceOf(
                        AppendResult.NewEntry.class,
                        store.append(List.of(Drafts.indicator(number).draft())).getFirst());
            }
        }
    }

    /** Where the first record begins that was not written yet. */
    private int end() throws IOException {
        byte[] bytes = Files.readAllBytes(journal(0));
        int at = Segment.HEADER;
        while (at + 4 <= bytes.length) {
            int length = ByteBuffer.wrap(bytes).getInt(at);
            if (length == 0) {
                return at;
            }
            at += JournalRecord.HEADER + length;
        }
        return at;
    }

    @Test
    void aTailTornAtAnyByteIsCutAndWrittenAgain() throws IOException, StoreUnavailable {
        append(1, 2);
        int begin = end();
        append(3);
        byte[] whole = Files.readAllBytes(journal(0));
        int end = end();
        assertEquals(CAPACITY, whole.length);
        for (int cut = begin; cut < end; cut++) {
            byte[] torn = whole.clone();
            Arrays.fill(torn, cut, torn.length, (byte) 0);
            Files.write(journal(0), cut % 2 == 0 ? torn : Arrays.copyOf(torn, cut));
            expectTwoThenThree(whole, end);
        }
    }

    @Test
    void aTailWithAnyByteWrongIsCutAndWrittenAgain() throws IOException, StoreUnavailable {
        append(1, 2);
        int begin = end();
        append(3);
        byte[] whole = Files.readAllBytes(journal(0));
        int end = end();
        for (int at = begin; at < end; at += 7) {
            byte[] torn = whole.clone();
            torn[at] ^= (byte) 0x81;
            Files.write(journal(0), torn);
            expectTwoThenThree(whole, end);
        }
    }

    private void expectTwoThenThree(byte[] whole, int end) throws IOException, StoreUnavailable {
        Journal journal = new Journal(temp.resolve("journal"), CAPACITY, FORGETFUL);
        EntryRows rows = new EntryRows();
        EntryTable entryTable = new EntryTable(rows, new JournalHeads(rows, journal));
        try (journal) {
            JournalReplay.run(journal, entryTable::apply);
            assertEquals(2, entryTable.rows.last());
            byte[] record = EncodedDraft.of(Drafts.indicator(3).draft()).record();
            EntryRecord.place(
                    record,
                    3,
                    ByteBuffer.wrap(whole).getLong(end - record.length + JournalRecord.HEADER + 8),
                    0,
                    false);
            journal.append(List.of(record), new long[1]);
        }
        assertTrue(Arrays.equals(whole, Files.readAllBytes(journal(0))), "the record is back, and zeros behind it");
    }

    @Test
    void damageBeforeTheLastFlushIsRefusedWithItsPlace() throws IOException, StoreUnavailable {
        append(1);
        int second = end();
        append(2);
        int third = end();
        append(3);
        byte[] whole = Files.readAllBytes(journal(0));
        for (int at = Segment.HEADER; at < third; at += 5) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 1;
            Files.write(journal(0), damaged);
            DamagedJournal refused = assertThrows(DamagedJournal.class, this::open);
            assertEquals(journal(0), refused.file());
            assertEquals(at < second ? Segment.HEADER : second, refused.offset());
            assertTrue(refused.getMessage().contains("at byte " + refused.offset()), refused.getMessage());
        }
        for (int at = 0; at < 28; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 1;
            Files.write(journal(0), damaged);
            assertEquals(0, assertThrows(DamagedJournal.class, this::open).offset());
        }
        byte[] hole = whole.clone();
        Arrays.fill(hole, Segment.HEADER, second, (byte) 0);
        Files.write(journal(0), hole);
        assertEquals(
                Segment.HEADER, assertThrows(DamagedJournal.class, this::open).offset());
        Files.write(journal(0), whole);
        open().close();
    }

    @Test
    void damageInAnEarlierFileIsRefused() throws IOException, StoreUnavailable {
        int[] many = IntStream.range(0, 60).toArray();
        append(many);
        assertTrue(Files.exists(journal(2)), "several files");
        byte[] whole = Files.readAllBytes(journal(1));
        byte[] damaged = whole.clone();
        damaged[whole.length / 2] ^= 1;
        Files.write(journal(1), damaged);
        DamagedJournal refused = assertThrows(DamagedJournal.class, this::open);
        assertEquals(journal(1), refused.file());
        assertTrue(refused.offset() > 0 && refused.offset() <= whole.length / 2);
        Files.write(journal(1), Arrays.copyOf(whole, whole.length / 2));
        assertEquals(journal(1), assertThrows(DamagedJournal.class, this::open).file());
        Files.delete(journal(1));
        assertTrue(assertThrows(DamagedJournal.class, this::open).getMessage().contains("missing"));
        Files.write(journal(1), whole);
        try (LuceneStore store = open()) {
            assertEquals(60, store.status().entries());
        }
    }

    @Test
    void aFileWhoseMakingWasCutShortIsMadeAgain() throws IOException, StoreUnavailable {
        append(1);
        Files.write(journal(1), new byte[0]);
        append(2);
        Files.write(journal(1), new byte[] {'K', 'O', 'P', 'R'});
        append(3);
        try (LuceneStore store = open()) {
            assertEquals(3, store.status().entries());
        }
    }

    @Test
    void aSecondProcessIsKeptAway() throws IOException {
        try (LuceneStore first = open()) {
            IOException refused = assertThrows(IOException.class, this::open);
            assertTrue(
                    refused.getMessage()
                            .contains("in use by process "
                                    + ProcessHandle.current().pid()),
                    refused.getMessage());
            assertEquals(0, first.status().entries());
        }
        open().close();
    }
}
