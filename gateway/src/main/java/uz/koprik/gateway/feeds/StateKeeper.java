package uz.koprik.gateway.feeds;

import java.util.Optional;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.lease.LeaseLost;

/**
 * Where the state of the exchange with one partner is kept, and whether this gateway may run it. Safe for many threads.
 */
interface StateKeeper {

    /** What is kept, as last known; empty when nothing is. */
    Optional<byte[]> read();

    /**
     * Keeps another state; durable when this returns.
     *
     * @throws LeaseLost when the exchange is not this gateway's to run: nothing was written
     * @throws StoreUnavailable when it may or may not be kept
     */
    void write(byte[] state) throws StoreUnavailable;

    /** @throws LeaseLost when another gateway may run the exchange by now */
    void requireOurs() throws LeaseLost;

    /** Whether this gateway runs the exchange. */
    boolean ours();

    /** The gateway that runs the exchange, as last known; empty where there is only one, or when none does. */
    Optional<String> runner();

    /** Where it is, for messages. */
    String place();
}
