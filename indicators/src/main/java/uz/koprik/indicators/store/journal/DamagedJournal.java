package uz.koprik.indicators.store.journal;

import java.io.IOException;
import java.nio.file.Path;

/** The journal is damaged where acknowledged entries lie. The store does not open: restore a snapshot. */
public final class DamagedJournal extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient Path file;
    private final long offset;
    private final String what;
    private final long kept;
    private final long acknowledged;

    public DamagedJournal(Path file, long offset, String what) {
        this(file, offset, what, -1, -1);
    }

    /**
     * @param kept the last entry before the damage
     * @param acknowledged the last entry that is known to have been acknowledged
     */
    DamagedJournal(Path file, long offset, String what, long kept, long acknowledged) {
        super("damaged journal: " + file + " at byte " + offset + ": " + what + counts(kept, acknowledged)
                + ". Restore the store from a snapshot, or this file from a backup");
        this.file = file;
        this.offset = offset;
        this.what = what;
        this.kept = kept;
        this.acknowledged = acknowledged;
    }

    private static String counts(long kept, long acknowledged) {
        return kept < 0
                ? ""
                : "; " + kept + " entries before it are readable, "
                        + (acknowledged > kept ? "at least " + acknowledged : "more") + " were acknowledged";
    }

    DamagedJournal counted(long readable, long known) {
        return new DamagedJournal(file, offset, what, readable, known);
    }

    /** The damaged file. */
    public Path file() {
        return file;
    }

    /** Where in the file the first bad record begins. */
    public long offset() {
        return offset;
    }

    /** What is wrong there, in words. */
    public String what() {
        return what;
    }

    /** The last entry before the damage. */
    public long kept() {
        return Math.max(0, kept);
    }

    /** The last entry that is known to have been acknowledged; {@link #kept} when no number is known. */
    public long acknowledged() {
        return Math.max(kept(), acknowledged);
    }
}
