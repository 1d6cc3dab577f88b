package uz.koprik.gateway.clock;

import uz.koprik.gateway.trouble.Trouble;
import uz.koprik.indicators.store.StoreUnavailable;

/** Nothing is signed or taken in now, since the clock is wrong; trying again later is safe. */
public final class ClockWrong extends StoreUnavailable {

    private static final long serialVersionUID = 1L;

    public ClockWrong(Trouble trouble) {
        super(trouble.sentence(), null);
    }
}
