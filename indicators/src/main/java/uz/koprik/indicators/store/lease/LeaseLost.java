package uz.koprik.indicators.store.lease;

import uz.koprik.indicators.store.StoreUnavailable;

/** This gateway does not hold the lease, or no longer holds it: work that needs the lease must stop here. */
public final class LeaseLost extends StoreUnavailable {

    private static final long serialVersionUID = 1L;

    LeaseLost(String message) {
        super(message, null);
    }
}
