package uz.koprik.gateway.clock;

import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.wording.Sentence;

/** Nothing is signed or taken in now, since the clock is wrong; trying again later is safe. */
public final class ClockWrong extends StoreUnavailable {

    private static final long serialVersionUID = 1L;

    public ClockWrong(Sentence trouble) {
        super(trouble.text(), null);
    }
}
