package uz.koprik.gateway.trouble;

/** What is wrong with the scheduled backups. */
public enum BackupTrouble implements Trouble.Kind {
    BACKUP_OVERDUE("the scheduled backup is overdue"),
    BACKUP_DISK_FULL(
            "the scheduled backup failed (the disk is full ({said}); free some room below {folder} and {home})"),
    /** The setting {@code backup.recipient} names no file. */
    BACKUP_NO_KEY("the scheduled backup failed (there is no public key {file} (backup.recipient);"
            + " `koprik backup key PRIVATE_FILE` makes a key pair)"),
    /** The setting {@code backup.to} names no folder. */
    BACKUP_NO_FOLDER("the scheduled backup failed (there is no folder {folder} (backup.to); mount its disk, or make the"
            + " folder)"),
    BACKUP_STORE_AWAY("the scheduled backup failed ({said})"),
    BACKUP_FILE_UNUSABLE("the scheduled backup failed ({file}: {said})"),
    BACKUP_FAILED("the scheduled backup failed ({said})");

    private final String english;

    BackupTrouble(String english) {
        this.english = english;
    }

    @Override
    public String english() {
        return english;
    }
}
