package uz.koprik.gateway.config;

import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;

/** Backups: where they may be written, and the scheduled ones. */
public record BackupConfig(
        @Setting(
                        value =
                                "Folders below which backups may be written, seen from the home folder: name one on another disk.",
                        preset = "[backups]",
                        matches = "[^\\x00]{1,500}",
                        shape = "a path")
                List<String> folders,
        @Setting(
                        value =
                                "How often a running centre makes an encrypted backup by itself, such as 24h; 0s never (docs/running.md)."
                                        + " One gateway of a cluster does it.",
                        preset = "0s",
                        min = 0,
                        max = 2_678_400_000L)
                Duration schedule,
        @Setting(
                        value =
                                "Time of day (UTC) of scheduled backups, such as 02:30, when schedule is whole days; \"\" for any.",
                        preset = "\"\"",
                        matches = "(([01][0-9]|2[0-3]):[0-5][0-9])?",
                        shape = "hh:mm in quotes, such as \"02:30\"")
                String at,
        @Setting(
                        value =
                                "Folder of scheduled backups, seen from the home folder: name one on another disk. It must exist unless"
                                        + " it is in the home.",
                        preset = "backups/scheduled",
                        matches = "[^\\x00]{1,500}",
                        shape = "a path")
                String to,
        @Setting(
                        value =
                                "File with the public key (PEM) that scheduled backups are encrypted to, seen from the home folder;"
                                        + " `koprik backup key` makes it.",
                        preset = "backup-recipient.pem",
                        matches = "[^\\x00]{1,500}",
                        shape = "a path")
                String recipient,
        @Setting("Which scheduled backups are kept. Others are removed, after a new one was made and checked.")
                Keep keep,
        @Setting(
                        value =
                                "Whether each scheduled backup is restored into a scratch home and examined before it counts.",
                        preset = "true")
                boolean verify) {

    private static final Duration SHORTEST = Duration.ofMinutes(10);
    private static final Duration DAY = Duration.ofDays(1);

    public BackupConfig {
        folders = List.copyOf(folders);
        if (!schedule.isZero() && schedule.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException("backup.schedule: must be 0s or at least 10m");
        }
        if (!at.isEmpty() && !schedule.isZero() && schedule.toMillis() % DAY.toMillis() != 0) {
            throw new IllegalArgumentException(
                    "backup.at: needs a backup.schedule of whole days, such as 24h; remove one of the two");
        }
    }

    /**
     * Which backups are kept.
     *
     * @param last the number of the newest ones
     * @param weekly the number of weeks of which the newest one is kept
     * @param monthly the number of months of which the newest one is kept
     */
    public record Keep(
            @Setting(value = "Number of the newest ones.", preset = "7", min = 1, max = 10_000) int last,
            @Setting(
                            value = "Number of weeks (UTC, from Monday) with backups of which the newest one is kept.",
                            preset = "4",
                            min = 0,
                            max = 1000)
                    int weekly,
            @Setting(
                            value = "Number of months (UTC) with backups of which the newest one is kept.",
                            preset = "12",
                            min = 0,
                            max = 1000)
                    int monthly) {}

    /** Whether the centre makes backups by itself. */
    public boolean scheduled() {
        return !schedule.isZero();
    }

    /** The time of day of scheduled backups, UTC; empty for any. */
    public Optional<LocalTime> timeOfDay() {
        return at.isEmpty() ? Optional.empty() : Optional.of(LocalTime.parse(at));
    }
}
