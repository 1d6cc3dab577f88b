package uz.koprik.gateway.clock;

import uz.koprik.gateway.trouble.Trouble;
import uz.koprik.indicators.store.StoreUnavailable;

/** Nothing is signed or taken in now, since the trust list of this centre expired; trying again later is safe. */
public final class TrustExpired extends StoreUnavailable {

    private static final long serialVersionUID = 1L;

    public TrustExpired(Trouble trouble) {
        super(trouble.sentence(), null);
    }
}
