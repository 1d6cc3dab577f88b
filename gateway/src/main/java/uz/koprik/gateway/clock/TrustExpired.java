package uz.koprik.gateway.clock;

import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.wording.Sentence;

/** Nothing is signed or taken in now, since the trust list of this centre expired; trying again later is safe. */
public final class TrustExpired extends StoreUnavailable {

    private static final long serialVersionUID = 1L;

    public TrustExpired(Sentence trouble) {
        super(trouble.text(), null);
    }
}
