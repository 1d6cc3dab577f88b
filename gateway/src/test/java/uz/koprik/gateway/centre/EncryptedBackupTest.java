package uz.koprik.gateway.centre;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.gateway.backup.BackupShelf;
import uz.koprik.gateway.concurrent.CentreThreads;

/** Scheduled backups of a running centre, from the key to the centre that was restored. */
class EncryptedBackupTest {

    @RegisterExtension
    final Centres centres = new Centres();

    @Test
    void aRestoredArchiveIsACentreThatAnswers() throws Exception {
        Path to = Files.createDirectories(centres.folder().resolve("elsewhere"));
        Path key = centres.folder().resolve("backup.key");
        RunningCentre centre = centres.init("tashkent")
                .withConfig("schedule: 0s", "schedule: 24h")
                .withConfig("to: backups/scheduled", "to: \"" + to + "\"");
        CommandResult inHome = centre.koprik(
                "backup", "key", centre.home().root().resolve("b.key").toString());
        assertEquals(2, inHome.code(), inHome::toString);
        assertTrue(inHome.err().contains("is in the home"), inHome::toString);
        CommandResult made = centre.koprik("backup", "key", key.toString());
        assertEquals(0, made.code(), made::toString);
        assertEquals(1, centre.koprik("backup", "key", key.toString()).code(), "a key is not overwritten");

        AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
        centre.start(CentreThreads.unwatched(), new Gateway.StartTerms(now::get, false, false));
        BackupShelf shelf = new BackupShelf(to, "tashkent");
        RunningCentre.await(() -> shelf.list().size() == 1);
        CommandResult submitted = centre.koprik("submit", "backup.example.com", "--tlp", "green");
        assertEquals(0, submitted.code(), submitted::toString);
        now.set(now.get().plus(Duration.ofHours(24)));
        RunningCentre.await(() -> shelf.list().size() == 2);
        RunningCentre.await(() -> centre.metric("koprik_backup_failing") == 0);
        BackupShelf.Stored newest = shelf.list().getFirst();
        assertTrue(newest.checked());
        assertEquals(
                (double) newest.made().getEpochSecond(),
                centre.metric("koprik_backup_last_success_timestamp_seconds"),
                0.5);
        assertEquals((double) newest.bytes(), centre.metric("koprik_backup_bytes"), 0.5);
        CommandResult listed = centre.koprik("backup", "list");
        assertEquals(2, listed.out().lines().count(), listed::toString);
        assertTrue(listed.out().contains("bytes  checked  " + newest.file()), listed::toString);

        String archive = newest.file().toString();
        CommandResult good = centre.koprik("backup", "verify", "--key", key.toString(), archive);
        assertEquals(0, good.code(), good::toString);
        assertTrue(good.out().contains(archive + " is good: 2 entries are readable"), good::toString);
        refused(centre, newest.file(), key);

        centre.stop();
        Path target = centres.folder().resolve("restored");
        CommandResult restored =
                centre.koprik("restore", "--key", key.toString(), archive, "--home", target.toString());
        assertEquals(0, restored.code(), restored::toString);
        assertFalse(Files.exists(target.resolveSibling("restored.unpacked")));
        try (Stream<Path> segments = Files.list(target.resolve("access/local"))) {
            String entries =
                    Files.readString(segments.max(Comparator.naturalOrder()).orElseThrow());
            assertTrue(entries.contains("\"koprik restore\""), entries);
        }
        RunningCentre again =
                centres.open(new uz.koprik.gateway.config.Home(target)).withConfig("schedule: 24h", "schedule: 0s");
        again.start(CentreThreads.unwatched(), new Gateway.StartTerms(now::get, false, false));
        CommandResult found = again.koprik("search", "backup.example.com");
        assertEquals(0, found.code(), found::toString);
        assertTrue(found.out().contains("backup.example.com"), found::toString);
    }

    /** With another key, and when the file is cut or changed: each says so, and leaves nothing. */
    private void refused(RunningCentre centre, Path archive, Path key) throws Exception {
        Path other = centres.folder().resolve("other.key");
        Files.write(
                other,
                uz.koprik.crypto.envelope.EnvelopeKeys.privatePem(uz.koprik.crypto.envelope.EnvelopeKeys.generate()));
        byte[] whole = Files.readAllBytes(archive);
        Path cut = Files.write(centres.folder().resolve("cut"), Arrays.copyOf(whole, whole.length - 100));
        byte[] changed = whole.clone();
        changed[whole.length / 2] ^= 4;
        Path altered = Files.write(centres.folder().resolve("changed"), changed);
        Path target = centres.folder().resolve("never");
        for (List<Object> wrong : List.<List<Object>>of(
                List.of(other, archive, "is sealed to another key"),
                List.of(key, cut, "is cut or changed"),
                List.of(key, altered, "is cut or changed"))) {
            for (CommandResult result : List.of(
                    centre.koprik(
                            "backup",
                            "verify",
                            "--key",
                            wrong.get(0).toString(),
                            wrong.get(1).toString()),
                    centre.koprik(
                            "restore",
                            "--key",
                            wrong.get(0).toString(),
                            wrong.get(1).toString(),
                            "--home",
                            target.toString()))) {
                assertEquals(1, result.code(), result::toString);
                assertTrue(result.err().contains(wrong.get(2).toString()), result::toString);
            }
            assertFalse(Files.exists(target));
            assertFalse(Files.exists(target.resolveSibling("never.unpacked")));
        }
    }
}
