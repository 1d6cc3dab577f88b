package uz.koprik.gateway.casematch;

import java.util.function.Consumer;
import uz.koprik.gateway.concurrent.CentreThreads;
import uz.koprik.gateway.intake.IdConflict;
import uz.koprik.gateway.intake.Intake;
import uz.koprik.indicators.correlation.Correlator;
import uz.koprik.indicators.store.InternalStore;
import uz.koprik.indicators.store.StoreUnavailable;

/**
 * Where alerts get the matches of case files and the conflicts of ids from, without access to the store. Safe for use
 * by many threads at once.
 */
public final class CaseMatchSource {

    private final InternalStore store;
    private final Correlator correlator;
    private final Intake intake;

    public CaseMatchSource(InternalStore store, Correlator correlator, Intake intake) {
        this.store = store;
        this.correlator = correlator;
        this.intake = intake;
    }

    /** The last sequence number that this gateway knows of. */
    public long lastSeq() {
        return store.status().lastSeq();
    }

    /** See {@link InternalStore#catchUp}. */
    public void catchUp() throws StoreUnavailable {
        store.catchUp();
    }

    /** See {@link Intake#onIdConflict}. */
    public void onIdConflict(Consumer<IdConflict> listener) {
        intake.onIdConflict(listener);
    }

    /**
     * A search for matches from a sequence number on.
     *
     * @param covered the sequence number up to which all matches were reported before; this gateway may know of less
     */
    public CaseMatchMonitor watch(long covered, CaseMatchMonitor.Sink sink, CentreThreads threads) {
        return new CaseMatchMonitor(store, correlator, intake, Math.min(covered, lastSeq()), sink, threads);
    }
}
