package uz.koprik.gateway.centre;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.gateway.concurrent.CentreThreads;
import uz.koprik.gateway.config.ConfigFile;
import uz.koprik.indicators.store.journal.DamagedJournal;

/** The journal of a running centre is read again, and damage is noticed before the next start. */
class JournalCheckTest {

    @RegisterExtension
    final Centres centres = new Centres();

    private Instant now = Instant.parse("2026-03-01T00:00:00Z");

    private static void flip(Path file, long offset) throws IOException {
        try (RandomAccessFile journal = new RandomAccessFile(file.toFile(), "rw")) {
            journal.seek(offset);
            int was = journal.read();
            journal.seek(offset);
            journal.write(was ^ 1);
        }
    }

    @Test
    void damageBelowARunningCentreIsFoundAndItsCureToo() throws Exception {
        RunningCentre centre = centres.init("tashkent").start();
        Path data = centre.home().data(ConfigFile.read(centre.home().config()));
        Path journal = data.resolve("journal").resolve("00000000.journal");
        try (CentreThreads threads = CentreThreads.unwatched();
                JournalCheck check = new JournalCheck(() -> StoreOpener.recheckInFiles(data), () -> now, threads)) {
            assertEquals(now, check.last(), "the start read it");
            now = now.plusSeconds(86_400);
            check.look();
            assertFalse(check.damaged());
            assertEquals(now, check.last());

            flip(journal, 100);
            check.look();
            assertTrue(check.damaged());
            flip(journal, 100);
            check.look();
            assertFalse(check.damaged());
        }
    }

    @Test
    void findingThatASecondReadingDoesNotHaveIsNone() throws Exception {
        try (CentreThreads threads = CentreThreads.unwatched();
                JournalCheck check = new JournalCheck(new TornOnce(), () -> now, threads)) {
            check.look();
            assertFalse(check.damaged());
        }
    }

    /** A write at the time of the first reading. */
    private static final class TornOnce implements JournalCheck.Reading {

        private boolean read;

        @Override
        public String read() throws IOException {
            if (!read) {
                read = true;
                throw new DamagedJournal(Path.of("00000000.journal"), 64, "a record is broken");
            }
            return "1 entry is readable";
        }
    }

    @Test
    void journalThatCannotBeReadCountsAsNotChecked() throws Exception {
        Instant start = now;
        try (CentreThreads threads = CentreThreads.unwatched();
                JournalCheck check = new JournalCheck(
                        () -> {
                            throw new IOException("no right to read it");
                        },
                        () -> now,
                        threads)) {
            now = now.plusSeconds(86_400);
            check.look();
            assertEquals(start, check.last());
            assertFalse(check.damaged());
        }
    }
}
