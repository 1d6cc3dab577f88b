package uz.koprik.indicators.store.lease;

/**
 * What lies in a register under the name of a lease.
 *
 * @param holder name of the gateway that holds it, for people; empty when nobody does
 * @param run unique id of the run of that gateway; empty when nobody holds it
 * @param beat grows with every write of that run
 * @param content what the holder leaves for the next holder
 */
public record LeaseRecord(String holder, String run, long beat, String content) {

    boolean free() {
        return run.isEmpty();
    }
}
