package uz.koprik.gateway.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import uz.koprik.gateway.backup.BackupShelf;
import uz.koprik.gateway.centre.Backup;
import uz.koprik.gateway.config.ConfigException;

/** There is a backup of the last days. */
final class BackupCheck implements DoctorCheck {

    private static final Duration OLD = Duration.ofDays(7);
    private static final String CURE =
            "run `koprik backup DIR` for a folder on another disk, or set \"backup.schedule\" in koprik.yaml";

    @Override
    public String what() {
        return "backups";
    }

    @Override
    public List<Finding> look(Examined examined) throws IOException, ConfigException {
        List<Path> folders = examined.home().backupFolders(examined.config());
        Optional<Instant> newest = Optional.empty();
        for (Path folder : folders) {
            if (Files.isDirectory(folder)) {
                try (Stream<Path> below = Files.list(folder)) {
                    for (Path one : Stream.concat(Stream.of(folder), below).toList()) {
                        Optional<Instant> made = Backup.madeAt(one);
                        if (made.isPresent()
                                && newest.filter(made.get()::isBefore).isEmpty()) {
                            newest = made;
                        }
                    }
                }
            }
        }
        Path scheduled = examined.home().scheduledBackups(examined.config());
        for (BackupShelf.Stored one :
                new BackupShelf(scheduled, examined.config().name()).list()) {
            if (newest.filter(one.made()::isBefore).isEmpty()) {
                newest = Optional.of(one.made());
            }
        }
        if (newest.isEmpty()) {
            return List.of(Finding.warning(what(), "there is none below " + folders, CURE));
        }
        return List.of(
                newest.get().plus(OLD).isAfter(examined.now())
                        ? Finding.ok(what(), "the newest is of " + newest.get())
                        : Finding.warning(what(), "the newest is of " + newest.get(), CURE));
    }
}
