package uz.koprik.indicators.store;

import java.io.IOException;
import java.nio.file.Path;

/** A kind of store that the contracts run on. */
public interface StoreBackend {

    /** Opens the store that {@code name} stands for; a name not used before is an empty one. */
    InternalStore open(Path name) throws IOException;

    /** Makes a store from a snapshot, so that it can be opened under that name. */
    void restore(Path snapshot, Path name) throws IOException;
}
