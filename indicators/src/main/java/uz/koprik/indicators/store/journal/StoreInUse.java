package uz.koprik.indicators.store.journal;

import java.io.IOException;
import java.nio.file.Path;

/** Another process has the store open. */
public final class StoreInUse extends IOException {

    private static final long serialVersionUID = 1L;

    StoreInUse(Path directory, String process) {
        super("the store in " + directory + " is in use by process " + process
                + ". Stop that process first, or give this one a directory of its own");
    }
}
