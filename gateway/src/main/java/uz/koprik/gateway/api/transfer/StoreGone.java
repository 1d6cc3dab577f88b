package uz.koprik.gateway.api.transfer;

import uz.koprik.indicators.store.StoreUnavailable;

/** Carries the checked exception through threads and interfaces that know none. */
final class StoreGone extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final StoreUnavailable why;

    StoreGone(StoreUnavailable why) {
        super(why);
        this.why = why;
    }

    StoreUnavailable why() {
        return why;
    }
}
