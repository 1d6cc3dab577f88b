package uz.koprik.gateway.renewal;

import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import uz.koprik.crypto.trust.TrustList;
import uz.koprik.gateway.clock.Admission;
import uz.koprik.gateway.clock.TrustExpired;

/** Refuses while the trust list of a running centre has expired. Safe for use by many threads at once. */
public final class TrustGate implements Admission {

    private final Supplier<TrustList> list;
    private final InstantSource clock;

    /** @param list the trust list as it is now */
    public TrustGate(Supplier<TrustList> list, InstantSource clock) {
        this.list = list;
        this.clock = clock;
    }

    /** Why nothing may be decided by the list now, in words; empty when it is valid. */
    public Optional<String> trouble() {
        TrustList now = list.get();
        return now.term().ended(clock.instant())
                ? Optional.of("the trust list of this centre expired at " + now.expires()
                        + "; nothing is signed or taken in until the centre has renewed it by itself, and the log says what"
                        + " keeps it from that")
                : Optional.empty();
    }

    @Override
    public void require() throws TrustExpired {
        Optional<String> trouble = trouble();
        if (trouble.isPresent()) {
            throw new TrustExpired(trouble.get());
        }
    }
}
