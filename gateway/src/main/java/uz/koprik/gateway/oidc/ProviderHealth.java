package uz.koprik.gateway.oidc;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the provider could be asked at the last look: in the log when that changes, and as a figure. */
final class ProviderHealth {

    private static final Logger LOG = LoggerFactory.getLogger(ProviderHealth.class);

    private final AtomicReference<Boolean> reachable = new AtomicReference<>();

    ProviderHealth(MeterRegistry meters) {
        Gauge.builder("koprik.oidc.provider.reachable", reachable, seen -> Boolean.FALSE.equals(seen.get()) ? 0 : 1)
                .description("Whether the OpenID Connect provider could be asked at the last look: 1 or 0")
                .register(meters);
    }

    /** @param trouble why it cannot be asked; empty when it can */
    void look(Optional<String> trouble) {
        Boolean before = reachable.getAndSet(trouble.isEmpty());
        if (Boolean.valueOf(trouble.isEmpty()).equals(before)) {
            return;
        }
        if (trouble.isPresent()) {
            LOG.warn(
                    "nobody can sign in by the OpenID Connect provider now: {}; accounts of this centre can. Compare"
                            + " oidc.issuer and oidc.trust of koprik.yaml with the provider",
                    trouble.get());
        } else {
            LOG.info("people can sign in by the OpenID Connect provider");
        }
    }
}
