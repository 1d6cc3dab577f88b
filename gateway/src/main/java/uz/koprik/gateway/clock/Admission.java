package uz.koprik.gateway.clock;

import uz.koprik.indicators.store.StoreUnavailable;

/** Decides whether this centre may sign and take in objects now. Does not wait. */
@FunctionalInterface
public interface Admission {

    /** @throws StoreUnavailable when it may not: says why; trying again later is safe */
    void require() throws StoreUnavailable;
}
