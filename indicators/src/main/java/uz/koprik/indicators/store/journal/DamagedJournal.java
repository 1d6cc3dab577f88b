package uz.koprik.indicators.store.journal;

import java.io.IOException;
import java.nio.file.Path;

/** The journal is damaged where acknowledged entries lie. The store does not open: restore a snapshot. */
public final class DamagedJournal extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient Path file;
    private final long offset;

    public DamagedJournal(Path file, long offset, String what) {
        super("damaged journal: " + file + " at byte " + offset + ": " + what
                + ". Restore the store from a snapshot, or this file from a backup");
        this.file = file;
        this.offset = offset;
    }

    /** The damaged file. */
    public Path file() {
        return file;
    }

    /** Where in the file the first bad record begins. */
    public long offset() {
        return offset;
    }
}
