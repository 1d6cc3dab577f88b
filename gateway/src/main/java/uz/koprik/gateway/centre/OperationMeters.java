package uz.koprik.gateway.centre;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import uz.koprik.gateway.clock.ClockGuard;
import uz.koprik.gateway.concurrent.CentreThreads;
import uz.koprik.gateway.config.Version;
import uz.koprik.indicators.store.StoreStatus;

/** Whether the machine, the store and the threads of a centre are well, as meters. */
final class OperationMeters {

    private final MeterRegistry meters;
    private final CentreReadiness readiness;
    private volatile double ready;
    private volatile double storeServes;

    OperationMeters(MeterRegistry meters, String centre, CentreReadiness readiness) {
        this.meters = meters;
        this.readiness = readiness;
        Gauge.builder("koprik.info", () -> 1)
                .description("Always 1; its labels have the name of the centre and the version of the program")
                .tag("centre", centre)
                .tag("version", Version.number())
                .register(meters);
        Gauge.builder("koprik.ready", this, all -> all.ready)
                .description("1 while the centre can serve (/readyz), else 0")
                .register(meters);
        Gauge.builder("koprik.store.serves", this, all -> all.storeServes)
                .description("1 while the store takes writes, else 0")
                .register(meters);
    }

    /** Adds the meters of the store, the disk below {@code folder}, the clock and the threads. */
    void bind(Supplier<StoreStatus> store, Path folder, ClockGuard guard, CentreThreads threads) {
        Gauge.builder("koprik.store.last.added.timestamp", store, s -> s.get().lastAdded() / 1e6)
                .baseUnit("seconds")
                .description("When the newest entry was added; 0 when there is none")
                .register(meters);
        Gauge.builder("koprik.disk.free", folder, path -> path.toFile().getUsableSpace())
                .baseUnit("bytes")
                .description("Free space of the file system that holds the state of the centre")
                .register(meters);
        Gauge.builder("koprik.disk.size", folder, path -> path.toFile().getTotalSpace())
                .baseUnit("bytes")
                .description("Size of the file system that holds the state of the centre")
                .register(meters);
        Gauge.builder("koprik.clock.wrong", guard, g -> g.trouble().isPresent() ? 1 : 0)
                .description("1 while the clock is wrong, so that nothing is signed or taken in, else 0")
                .register(meters);
        FunctionCounter.builder("koprik.thread.failures", threads, CentreThreads::failures)
                .description("Failures of threads and periodic tasks, which started again")
                .register(meters);
    }

    /** Adds the meters of the check of the journal; a store in a cluster has no journal. */
    void bind(JournalCheck check) {
        Gauge.builder("koprik.journal.damaged", check, c -> c.damaged() ? 1 : 0)
                .description("1 when the last check of the journal found damage, else 0")
                .register(meters);
        Gauge.builder("koprik.journal.check.timestamp", check, c -> c.last().toEpochMilli() / 1000.0)
                .baseUnit("seconds")
                .description("When the journal was last read whole")
                .register(meters);
    }

    /** Asks whether the centre can serve; waits three seconds at most. */
    void refresh() {
        CompletableFuture<Boolean> serves = readiness.store().thenApply(java.util.Optional::isEmpty);
        ready = readiness.ask().join().isEmpty() ? 1 : 0;
        storeServes = serves.join() ? 1 : 0;
    }
}
