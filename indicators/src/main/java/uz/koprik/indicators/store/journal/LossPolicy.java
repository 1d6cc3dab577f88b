package uz.koprik.indicators.store.journal;

import java.io.IOException;

/** What happens when a journal holds less than was acknowledged. */
@FunctionalInterface
public interface LossPolicy {

    /** The store does not open. */
    LossPolicy REFUSE = damage -> {
        throw damage;
    };

    /**
     * Called before anything is changed. When it returns, what is readable is kept, and the rest is moved to a folder
     * beside the journal.
     *
     * @throws IOException when the store must not open: the damage itself, or why the loss cannot be recorded
     */
    void found(DamagedJournal damage) throws IOException;
}
