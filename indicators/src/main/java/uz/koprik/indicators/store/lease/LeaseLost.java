package uz.koprik.indicators.store.lease;

import uz.koprik.indicators.store.StoreUnavailable;

/** This gateway does not hold the lease, or not any more: whatever needs it must not go on here. */
public final class LeaseLost extends StoreUnavailable {

    private static final long serialVersionUID = 1L;

    LeaseLost(String message) {
        super(message, null);
    }
}
