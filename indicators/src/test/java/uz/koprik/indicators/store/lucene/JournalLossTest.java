package uz.koprik.indicators.store.lucene;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import uz.koprik.indicators.store.AppendResult;
import uz.koprik.indicators.store.Drafts;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.journal.AcknowledgedMarks;
import uz.koprik.indicators.store.journal.DamagedJournal;
import uz.koprik.indicators.store.journal.Disk;
import uz.koprik.indicators.store.journal.HighWaterMark;
import uz.koprik.indicators.store.journal.Journal;
import uz.koprik.indicators.store.journal.LossPolicy;
import uz.koprik.indicators.store.journal.Segment;

/** A journal that holds less than was acknowledged is damaged, however well its rest reads. */
class JournalLossTest {

    private static final int ENTRIES = 40;

    @TempDir
    private Path temp;

    /** What may become of the last file of a journal. */
    enum Loss {
        TRUNCATED_TO_HALF {
            @Override
            void strike(Path file, int end) throws IOException {
                Files.write(file, Arrays.copyOf(Files.readAllBytes(file), end / 2));
            }
        },
        ZEROED_FROM_THE_MIDDLE {
            @Override
            void strike(Path file, int end) throws IOException {
                byte[] bytes = Files.readAllBytes(file);
                Arrays.fill(bytes, end / 2, bytes.length, (byte) 0);
                Files.write(file, bytes);
            }
        },
        EMPTIED {
            @Override
            void strike(Path file, int end) throws IOException {
                Files.write(file, new byte[0]);
            }
        },
        ZEROED {
            @Override
            void strike(Path file, int end) throws IOException {
                Files.write(file, new byte[(int) Files.size(file)]);
            }
        },
        REMOVED {
            @Override
            void strike(Path file, int end) throws IOException {
                Files.delete(file);
            }
        },
        LAST_BYTE_WRONG {
            @Override
            void strike(Path file, int end) throws IOException {
                byte[] bytes = Files.readAllBytes(file);
                bytes[end - 1] ^= 1;
                Files.write(file, bytes);
            }
        };

        abstract void strike(Path file, int end) throws IOException;
    }

    private Path file(int number) {
        return Journal.file(temp.resolve("journal"), number);
    }

    private Path mark() {
        return HighWaterMark.file(temp);
    }

    private LuceneStore open() throws IOException {
        return LuceneStore.open(temp, LuceneStoreTest.SMALL);
    }

    private LuceneStore open(LossPolicy policy, AcknowledgedMarks.Witness... witnesses) throws IOException {
        return LuceneStore.open(temp, LuceneStoreTest.SMALL, Disk.REAL, System::nanoTime, List.of(witnesses), policy);
    }

    private static void append(LuceneStore store, int from, int to) throws StoreUnavailable {
        for (int i = from; i < to; i++) {
            assertInstanceOf(
                    AppendResult.NewEntry.class,
                    store.append(List.of(Drafts.indicator(i).draft())).getFirst());
        }
    }

    /** Fills a store; returns its last file. */
    private Path fill() throws IOException, StoreUnavailable {
        try (LuceneStore store = open()) {
            append(store, 0, ENTRIES);
        }
        int last = 0;
        while (Files.exists(file(last + 1))) {
            last++;
        }
        assertTrue(last > 0, "several files");
        return file(last);
    }

    private int end() throws IOException {
        return Journal.offset(HighWaterMark.read(mark()).mark().orElseThrow().end());
    }

    private void clear(String folder) throws IOException {
        try (Stream<Path> all = Files.walk(temp.resolve(folder))) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void lostAcknowledgedEntriesAreRefusedAndNothingIsChanged(Loss loss) throws IOException, StoreUnavailable {
        Path last = fill();
        loss.strike(last, end());
        byte[] before = Files.exists(last) ? Files.readAllBytes(last) : null;
        DamagedJournal refused = assertThrows(DamagedJournal.class, this::open);
        assertEquals(last, refused.file(), refused.getMessage());
        assertEquals(ENTRIES, refused.acknowledged());
        assertTrue(refused.kept() < ENTRIES, refused.getMessage());
        if (before == null) {
            assertFalse(Files.exists(last));
        } else {
            assertArrayEquals(before, Files.readAllBytes(last), "evidence is left as it was");
        }
        assertThrows(DamagedJournal.class, () -> LuceneStore.inspect(temp, List.of()));
    }

    @ParameterizedTest
    @EnumSource
    void anAcceptedLossKeepsWhatIsReadableAndTheRestAside(Loss loss) throws IOException, StoreUnavailable {
        Path last = fill();
        loss.strike(last, end());
        List<DamagedJournal> accepted = new ArrayList<>();
        long kept;
        try (LuceneStore store = open(accepted::add)) {
            kept = store.status().entries();
            assertEquals(accepted.getFirst().kept(), kept);
            append(store, 100, 105);
            assertEquals(kept + 5, store.status().lastSeq());
        }
        assertEquals(1, accepted.size());
        try (LuceneStore store = open()) {
            assertEquals(kept + 5, store.status().entries(), "the next start finds nothing wrong");
        }
        try (Stream<Path> all = Files.list(temp)) {
            assertEquals(
                    1,
                    all.filter(path -> path.getFileName().toString().startsWith("lost-"))
                            .count());
        }
    }

    @Test
    void aRemovedJournalIsRefused() throws IOException, StoreUnavailable {
        fill();
        clear("journal");
        DamagedJournal refused = assertThrows(DamagedJournal.class, this::open);
        assertTrue(refused.getMessage().contains("is missing"), refused.getMessage());
        assertEquals(0, refused.kept());
        Files.delete(mark());
        assertTrue(
                assertThrows(DamagedJournal.class, this::open).getMessage().contains("the index in "),
                "the index knows");
        try (LuceneStore store = open(damage -> {})) {
            append(store, 0, 1);
        }
        open().close();
    }

    @Test
    void theIndexKnowsWhenTheMarkIsLostToo() throws IOException, StoreUnavailable {
        Path last = fill();
        Files.delete(mark());
        Loss.TRUNCATED_TO_HALF.strike(last, (int) Files.size(last) / 2);
        String message = assertThrows(DamagedJournal.class, this::open).getMessage();
        assertTrue(message.contains("the index in ") && message.contains("has seen entry " + ENTRIES), message);
    }

    @Test
    void othersThatHaveSeenMoreAreBelieved() throws IOException, StoreUnavailable {
        fill();
        AcknowledgedMarks.Witness feed = new AcknowledgedMarks.Witness("the feed to budapest", ENTRIES + 3);
        String message = assertThrows(DamagedJournal.class, () -> open(LossPolicy.REFUSE, feed))
                .getMessage();
        assertTrue(message.contains("the feed to budapest has seen entry " + (ENTRIES + 3)), message);
        open(LossPolicy.REFUSE, new AcknowledgedMarks.Witness("the feed to budapest", ENTRIES))
                .close();
    }

    @Test
    void otherRecordsThanThoseAcknowledgedAreRefused() throws IOException, StoreUnavailable {
        fill();
        byte[] mark = Files.readAllBytes(mark());
        Loss.TRUNCATED_TO_HALF.strike(file(0), (int) Files.size(file(0)));
        try (LuceneStore store = open(damage -> {})) {
            append(store, 1000, 1000 + 2 * ENTRIES);
        }
        Files.write(mark(), mark);
        String message = assertThrows(DamagedJournal.class, this::open).getMessage();
        assertTrue(message.contains("are others than those that were acknowledged"), message);
    }

    @Test
    void aLossThatCannotBeRecordedIsNotAccepted() throws IOException, StoreUnavailable {
        Path last = fill();
        Loss.ZEROED_FROM_THE_MIDDLE.strike(last, end());
        byte[] before = Files.readAllBytes(last);
        assertEquals(
                "full",
                assertThrows(
                                IOException.class,
                                () -> open(damage -> {
                                    throw new IOException("full");
                                }))
                        .getMessage());
        assertArrayEquals(before, Files.readAllBytes(last));
    }

    @Test
    void aStoreOfAnEarlierVersionGetsAMark() throws IOException, StoreUnavailable {
        fill();
        Files.delete(mark());
        clear("index");
        open().close();
        assertEquals(ENTRIES, HighWaterMark.read(mark()).mark().orElseThrow().seq());
        assertEquals("", HighWaterMark.read(mark()).trouble());
    }

    @Test
    void aDamagedMarkIsNoticedAndMadeAnew() throws IOException, StoreUnavailable {
        fill();
        byte[] whole = Files.readAllBytes(mark());
        for (int at = 0; at < whole.length; at += at < 128 ? 1 : 97) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 1;
            Files.write(mark(), damaged);
            assertTrue(HighWaterMark.read(mark()).trouble().startsWith("is damaged"), "byte " + at);
        }
        for (int length : new int[] {0, 1, 64, 2048, 4095}) {
            Files.write(mark(), Arrays.copyOf(whole, length));
            assertTrue(HighWaterMark.read(mark()).trouble().startsWith("is damaged"), "length " + length);
            open().close();
            assertEquals(
                    ENTRIES, HighWaterMark.read(mark()).mark().orElseThrow().seq());
            assertEquals("", HighWaterMark.read(mark()).trouble());
        }
    }

    @Test
    void aWriteThatWasNeverAcknowledgedIsCutOffStill() throws IOException, StoreUnavailable {
        fill();
        byte[] mark = Files.readAllBytes(mark());
        int last = 0;
        while (Files.exists(file(last + 1))) {
            last++;
        }
        try (LuceneStore store = open()) {
            append(store, ENTRIES, ENTRIES + 1);
        }
        Files.write(mark(), mark); // as if the process had ended between the write and its acknowledgement
        clear("index");
        Path written = Files.exists(file(last + 1)) ? file(last + 1) : file(last);
        byte[] bytes = Files.readAllBytes(written);
        int end = bytes.length;
        while (bytes[end - 1] == 0) {
            end--;
        }
        bytes[end - 1] ^= 1;
        Files.write(written, bytes);
        try (LuceneStore store = open()) {
            assertEquals(ENTRIES, store.status().entries());
        }
    }

    /**
     * A mapped page that the file system cannot fill ends the process; what was never written is read past the mapping.
     */
    @Test
    void aHoleIsNotReadThroughTheMapping() throws IOException {
        Path path = temp.resolve("one.journal");
        try (Segment segment = Segment.open(path, 1 << 20);
                RandomAccessFile cut = new RandomAccessFile(path.toFile(), "rw")) {
            cut.setLength(0); // from here on any byte of the mapping is out of reach
            assertEquals(Segment.HEADER, segment.endOfData(Segment.HEADER));
            assertFalse(segment.hasHeader(0));
            assertEquals(0, segment.read(Segment.HEADER, 16).getLong(0));
        }
    }

    @Test
    void onlyTheOwnerCanReadWhatIsStored() throws IOException, StoreUnavailable {
        fill();
        try (Stream<Path> all = Files.walk(temp)) {
            for (Path path : all.filter(path -> !path.equals(temp)).toList()) {
                String mode =
                        java.nio.file.attribute.PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
                assertTrue(mode.endsWith("------"), path + " has mode " + mode);
            }
        }
    }
}
