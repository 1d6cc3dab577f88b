package uz.koprik.indicators.store.lease;

import java.time.Duration;

/**
 * The leases of a centre, as one gateway sees them.
 *
 * @param register where they lie
 * @param holder name of this gateway
 * @param length how long a holder may be silent before another takes its lease; the same at all gateways
 */
public record Leases(LeaseStore register, String holder, Duration length) {

    /** The lease of that name; the same one twice would contend with itself. */
    public Lease of(String name) {
        return new Lease(register, name, holder, length, System::nanoTime);
    }
}
