package uz.koprik.gateway.oidc;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;

/** Figures of the sign-in by a provider. */
final class OidcMeters {

    private final MeterRegistry meters;

    /** What became of a sign-in, a renewal, or a sign-out at the provider. */
    enum Outcome {
        DONE,
        REFUSED,
        AWAY
    }

    OidcMeters(MeterRegistry meters) {
        this.meters = meters;
        for (Outcome outcome : Outcome.values()) {
            signIns(outcome);
            renewals(outcome);
            logouts(outcome);
        }
    }

    /** Sign-ins that came back from the provider, or could not go there. */
    Counter signIns(Outcome outcome) {
        return counter("koprik.oidc.sign.ins", "Sign-ins by the OpenID Connect provider, by outcome", outcome);
    }

    /** Sessions whose groups were asked for again. */
    Counter renewals(Outcome outcome) {
        return counter(
                "koprik.oidc.renewals", "Renewals of groups at the OpenID Connect provider, by outcome", outcome);
    }

    /** Logout tokens of the provider. */
    Counter logouts(Outcome outcome) {
        return counter("koprik.oidc.logouts", "Logout tokens of the OpenID Connect provider, by outcome", outcome);
    }

    private Counter counter(String name, String description, Outcome outcome) {
        return Counter.builder(name)
                .description(description)
                .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                .register(meters);
    }
}
