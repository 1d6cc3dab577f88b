package uz.koprik.gateway.centre;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import uz.koprik.gateway.intake.IntakeMeters;
import uz.koprik.indicators.store.StoreStatus;

/**
 * What the parts of a centre count, as meters. Sources turn up while it runs, so {@link #refresh()} is called before
 * reading.
 */
final class CentreMeters {

    private final MeterRegistry meters;
    private final IntakeMeters intake;
    private final Set<Object> known = ConcurrentHashMap.newKeySet();

    CentreMeters(MeterRegistry meters, Supplier<StoreStatus> store, IntakeMeters intake) {
        this.meters = meters;
        this.intake = intake;
        new JvmMemoryMetrics().bindTo(meters);
        new FileDescriptorMetrics().bindTo(meters);
        Gauge.builder("koprik.store.entries", store, s -> s.get().entries())
                .description("Versions of objects in the sequence")
                .register(meters);
        Gauge.builder("koprik.store.bytes", store, s -> s.get().bytes())
                .description("What the store takes on disk")
                .register(meters);
        FunctionCounter.builder("koprik.intake.equivocations", intake, IntakeMeters::equivocations)
                .description("Different objects under one id and version")
                .register(meters);
        FunctionCounter.builder("koprik.intake.contested.ids", intake, IntakeMeters::contestedIds)
                .description("Objects under the id of another creator's")
                .register(meters);
        FunctionCounter.builder("koprik.intake.evidence.not.kept", intake, IntakeMeters::withoutEvidence)
                .description("Equivocations of which nothing is kept, since evidence has reached its room")
                .register(meters);
    }

    /** Adds meters for sources and reasons that have come up since. */
    void refresh() {
        for (IntakeMeters.Key key : intake.outcomes().keySet()) {
            if (known.add(key)) {
                FunctionCounter.builder("koprik.intake.objects", intake, counts -> counts.outcomes()
                                .getOrDefault(key, 0L))
                        .description("Submitted objects, by submitter and outcome")
                        .tag("source", key.source())
                        .tag("kind", key.partner() ? "partner" : "account")
                        .tag("outcome", key.status().name().toLowerCase(Locale.ROOT))
                        .register(meters);
            }
        }
        for (IntakeMeters.RefusalKey key : intake.refusals().keySet()) {
            if (known.add(key)) {
                FunctionCounter.builder("koprik.intake.refusals", intake, counts -> counts.refusals()
                                .getOrDefault(key, 0L))
                        .description("Refused objects, by submitter and reason")
                        .tag("source", key.source())
                        .tag("kind", key.partner() ? "partner" : "account")
                        .tag("code", key.code().name().toLowerCase(Locale.ROOT))
                        .register(meters);
            }
        }
    }
}
