package uz.koprik.gateway.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.crypto.envelope.EnvelopeKeys;
import uz.koprik.gateway.concurrent.CentreThreads;
import uz.koprik.gateway.config.Config;
import uz.koprik.gateway.config.ConfigException;
import uz.koprik.gateway.config.ConfigFile;
import uz.koprik.gateway.config.Home;
import uz.koprik.gateway.trouble.BackupTrouble;

/** The schedule, by a clock of the test: {@code look()} is what the thread does every second. */
class ScheduledBackupsTest {

    private static final KeyPair KEY = EnvelopeKeys.generate();
    private static final Instant BEGIN = Instant.parse("2026-11-29T02:30:00Z");

    @TempDir
    Path folder;

    private Home home;
    private Config config;
    private Path to;
    private volatile Instant now = BEGIN;
    private volatile boolean clockRight = true;
    private boolean diskFull;
    private String broken = "";
    private ScheduledBackups backups;

    @BeforeEach
    void make() throws IOException, ConfigException {
        home = new Home(folder.resolve("home"));
        to = Files.createDirectories(folder.resolve("elsewhere"));
        home.create();
        Files.write(home.root().resolve("backup-recipient.pem"), EnvelopeKeys.publicPem(KEY));
        config = ConfigFile.parse(
                "koprik.yaml",
                ConfigFile.write(Map.of(
                        "name", "tashkent",
                        "title", "Tashkent",
                        "backup.schedule", "24h",
                        "backup.to", "\"" + to + "\"",
                        "backup.keep.last", "2",
                        "backup.keep.weekly", "0",
                        "backup.keep.monthly", "0")));
        ScheduledBackups.Work work = new ScheduledBackups.Work() {
            @Override
            public void copy(Path copy) throws IOException {
                Files.createDirectories(copy.resolve("home"));
                Files.writeString(copy.resolve("home/koprik.yaml"), "name: tashkent, " + now);
            }

            @Override
            public String check(Path copy, Path scratch) throws IOException {
                if (!broken.isEmpty()) {
                    throw new IOException(broken);
                }
                return "1 entry";
            }
        };
        backups = new ScheduledBackups(
                home,
                config,
                new BackupShelf(to, "tashkent", file -> new FillingDisk(Channels.newOutputStream(file))),
                work,
                () -> now,
                () -> clockRight,
                Optional.empty(),
                CentreThreads.unwatched());
    }

    /** A disk that takes the first bytes of a file and no more, while it is full. */
    private final class FillingDisk extends FilterOutputStream {

        private int room = 300;

        FillingDisk(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] octets, int offset, int length) throws IOException {
            if (diskFull && length > room) {
                out.write(octets, offset, room);
                throw new FileSystemException(to.toString(), null, "No space left on device");
            }
            room -= length;
            out.write(octets, offset, length);
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(to)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private List<Instant> made() throws IOException {
        return new BackupShelf(to, "tashkent")
                .list().stream().map(BackupShelf.Stored::made).toList();
    }

    @Test
    void aBackupIsMadeWhenItIsDueAndOldOnesGoAfterIt() throws IOException {
        backups.look();
        backups.look();
        assertEquals(List.of(BEGIN), made());
        for (int day = 1; day <= 3; day++) {
            now = BEGIN.plus(Duration.ofDays(day));
            backups.look();
        }
        assertEquals(List.of(BEGIN.plus(Duration.ofDays(3)), BEGIN.plus(Duration.ofDays(2))), made());
        assertEquals(4, names().size(), () -> "archives with their markers");
        assertFalse(Files.exists(home.backupWork()), "nothing unencrypted stays");
        Path archive = new BackupShelf(to, "tashkent").list().getFirst().file();
        Path unpacked = folder.resolve("unpacked");
        BackupArchive.unpack(archive, KEY.getPrivate(), unpacked);
        assertEquals("name: tashkent, 2026-12-02T02:30:00Z", Files.readString(unpacked.resolve("home/koprik.yaml")));
    }

    @Test
    void aFullDiskLeavesNoPartAndRemovesNoOldBackup() throws IOException {
        for (int day = 0; day < 2; day++) {
            now = BEGIN.plus(Duration.ofDays(day));
            backups.look();
        }
        List<String> before = names();
        diskFull = true;
        now = BEGIN.plus(Duration.ofDays(2));
        backups.look();
        assertEquals(before, names());
        assertTrue(backups.failing());
        assertFalse(Files.exists(home.backupWork()));

        diskFull = false;
        now = now.plus(ScheduledBackups.RETRY).minusSeconds(1);
        backups.look();
        assertEquals(before, names(), "not tried again at once");
        now = now.plusSeconds(1);
        backups.look();
        assertEquals(List.of(now, BEGIN.plus(Duration.ofDays(1))), made());
        assertFalse(backups.failing());
    }

    @Test
    void aCopyThatTheCheckRefusesIsNoBackup() throws IOException {
        backups.look();
        broken = "the backup is damaged: trust.json";
        now = BEGIN.plus(Duration.ofDays(1));
        backups.look();
        assertEquals(List.of(BEGIN), made());
        assertTrue(backups.failing());
        ScheduledBackups.Failing trouble = backups.trouble().orElseThrow();
        assertEquals(BEGIN, trouble.since(), "one trouble until the next good backup");
        assertEquals(
                "the scheduled backup failed (the backup is damaged: trust.json); the newest good one is of " + BEGIN,
                trouble.sentence());

        broken = "";
        now = now.plus(ScheduledBackups.RETRY);
        backups.look();
        assertEquals(Optional.empty(), backups.trouble());
    }

    @Test
    void aBackupThatIsNotMadeADayAfterItsTimeIsOverdue() throws Exception {
        backups.look();
        clockRight = false;
        backups.start();
        now = BEGIN.plus(Duration.ofDays(1)).plus(ScheduledBackups.OVERDUE);
        assertEquals(Optional.empty(), backups.trouble());
        now = now.plusSeconds(1);
        assertEquals(
                Optional.of(new ScheduledBackups.Failing(BEGIN, BackupTrouble.BACKUP_OVERDUE.of())), backups.trouble());
        backups.close();
        assertEquals(Optional.empty(), backups.trouble(), "another gateway may make them now");
    }

    @Test
    void onlyBackupsOfThisCentreAreCountedAndRemoved() throws IOException {
        List<String> others = List.of(
                "koprik-bukhara-20200101T000000Z.zip.cms",
                "koprik-bukhara-20200101T000000Z.zip.cms.json",
                "koprik-tashkent-20200101T000000Z.zip.cms", // without a marker
                "koprik-tashkent-20200102T000000Z.zip.cms",
                "koprik-tashkent-20200102T000000Z.zip.cms.json", // of something else
                "notes.txt");
        for (String other : others) {
            Files.writeString(to.resolve(other), "{\"centre\":\"bukhara\"}");
        }
        Files.writeString(to.resolve("koprik-tashkent-20200103T000000Z.zip.cms.part"), "of a process that was killed");
        for (int day = 0; day < 4; day++) {
            now = BEGIN.plus(Duration.ofDays(day));
            backups.look();
        }
        assertEquals(2, made().size());
        assertTrue(names().containsAll(others), () -> "left alone: " + others);
        assertEquals(others.size() + 4, names().size());
    }

    @Test
    void nothingIsMadeWhileTheClockIsWrong() throws IOException {
        clockRight = false;
        backups.look();
        assertEquals(List.of(), names());
        clockRight = true;
        backups.look();
        assertEquals(List.of(BEGIN), made());
    }

    @Test
    void aFolderElsewhereMustExist() throws IOException {
        Files.delete(to);
        backups.look();
        assertTrue(backups.failing());
        assertFalse(Files.exists(to), "it may be the place of a disk that is not mounted");
    }
}
