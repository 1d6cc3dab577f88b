package uz.koprik.gateway.trouble;

import uz.koprik.indicators.wording.English;
import uz.koprik.indicators.wording.SentenceKind;

/** What is wrong with the scheduled backups. */
public enum BackupTrouble implements SentenceKind {
    @English("the scheduled backup is overdue")
    BACKUP_OVERDUE,
    @English("the scheduled backup failed (the disk is full ({said}); free some room below {folder} and {home})")
    BACKUP_DISK_FULL,
    /** The setting {@code backup.recipient} names no file. */
    @English("the scheduled backup failed (there is no public key {file} (backup.recipient);"
            + " `koprik backup key PRIVATE_FILE` makes a key pair)")
    BACKUP_NO_KEY,
    /** The setting {@code backup.to} names no folder. */
    @English("the scheduled backup failed (there is no folder {folder} (backup.to); mount its disk, or make the"
            + " folder)")
    BACKUP_NO_FOLDER,
    @English("the scheduled backup failed ({said})")
    BACKUP_STORE_AWAY,
    @English("the scheduled backup failed ({file}: {said})")
    BACKUP_FILE_UNUSABLE,
    @English("the scheduled backup failed ({said})")
    BACKUP_FAILED;
}
