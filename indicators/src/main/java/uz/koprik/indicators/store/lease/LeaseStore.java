package uz.koprik.indicators.store.lease;

import java.util.Optional;
import uz.koprik.indicators.store.StoreUnavailable;

/**
 * Small named records that all gateways of a centre see, replaced one by one by comparing and setting. Safe for use by
 * many threads and gateways at once.
 */
public interface LeaseStore {

    /**
     * A record as it was found.
     *
     * @param version of it, in a form of the register's own; never given twice under one name
     */
    record StoredLease(String version, LeaseRecord record) {}

    /** What is there now, or was there a moment ago. */
    Optional<StoredLease> read(String name) throws StoreUnavailable;

    /**
     * Puts a record in the place of that very version, or of none; durable on every copy in sync when this returns.
     *
     * @param expected the version that is to be replaced; empty when there must be nothing yet
     * @return its version; empty when something else is there, which can be this very record when an answer was lost
     * @throws StoreUnavailable when that could not be found out: the record may be there or come to be there yet
     */
    Optional<String> replace(String name, String expected, LeaseRecord record) throws StoreUnavailable;
}
