package uz.koprik.gateway.renewal;

import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import uz.koprik.crypto.trust.TrustList;
import uz.koprik.gateway.clock.Admission;
import uz.koprik.gateway.clock.TrustExpired;
import uz.koprik.gateway.trouble.HealthTrouble;
import uz.koprik.indicators.wording.Sentence;

/** Refuses while the trust list of a running centre has expired. Safe for use by many threads at once. */
public final class TrustGate implements Admission {

    private final Supplier<TrustList> list;
    private final InstantSource clock;

    /** @param list the trust list as it is now */
    public TrustGate(Supplier<TrustList> list, InstantSource clock) {
        this.list = list;
        this.clock = clock;
    }

    /** Why nothing may be decided by the list now; empty when it is valid. */
    public Optional<Sentence> trouble() {
        TrustList now = list.get();
        return now.term().ended(clock.instant())
                ? Optional.of(HealthTrouble.TRUST_LIST_EXPIRED.with(Map.of("ended", now.expires())))
                : Optional.empty();
    }

    @Override
    public void require() throws TrustExpired {
        Optional<Sentence> trouble = trouble();
        if (trouble.isPresent()) {
            throw new TrustExpired(trouble.get());
        }
    }
}
