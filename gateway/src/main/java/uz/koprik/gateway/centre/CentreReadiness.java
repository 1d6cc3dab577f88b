package uz.koprik.gateway.centre;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.gateway.concurrent.CentreThreads;
import uz.koprik.gateway.concurrent.ThreadPools;
import uz.koprik.gateway.health.HealthRoutes;
import uz.koprik.gateway.trouble.HealthTrouble;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.wording.Sentence;

/**
 * Whether the centre can serve: the store takes writes, every thread goes on, the clock is right. Only the probe of the
 * store may wait; it runs on a thread of its own, and its silence is an answer, too.
 */
final class CentreReadiness implements HealthRoutes.Readiness, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CentreReadiness.class);
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Probe store;
    private final CentreThreads threads;
    private final List<Supplier<Optional<Sentence>>> conditions;
    private final ExecutorService prober = ThreadPools.platform("readiness-", 1);
    private CompletableFuture<Optional<Sentence>> probe = CompletableFuture.completedFuture(Optional.empty());
    private String logged = "";

    /** Proves that the store can serve. */
    @FunctionalInterface
    interface Probe {
        void check() throws StoreUnavailable;
    }

    /** @param conditions further reasons why the centre cannot serve; they do not wait */
    CentreReadiness(Probe store, CentreThreads threads, List<Supplier<Optional<Sentence>>> conditions) {
        this.store = store;
        this.threads = threads;
        this.conditions = List.copyOf(conditions);
    }

    @Override
    public CompletableFuture<List<Sentence>> ask() {
        return store().thenApply(this::reasons);
    }

    /** Why the store cannot serve; empty when it can. Completes within three seconds. */
    CompletableFuture<Optional<Sentence>> store() {
        return probe().copy()
                .completeOnTimeout(
                        Optional.of(HealthTrouble.STORE_SILENT.with(Map.of("seconds", PATIENCE.toSeconds()))),
                        PATIENCE.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    /** One probe at a time: while it is silent, further ones would only wait for it. */
    private synchronized CompletableFuture<Optional<Sentence>> probe() {
        if (probe.isDone()) {
            probe = CompletableFuture.supplyAsync(this::storeTrouble, prober);
        }
        return probe;
    }

    private Optional<Sentence> storeTrouble() {
        try {
            store.check();
            return Optional.empty();
        } catch (StoreUnavailable unavailable) {
            LOG.debug("the store cannot serve", unavailable);
            note(String.valueOf(unavailable.getMessage()));
            return Optional.of(HealthTrouble.STORE_UNUSABLE.of());
        } catch (RuntimeException | Error failure) {
            note(failure.toString());
            return Optional.of(HealthTrouble.STORE_CHECK_FAILED.of());
        }
    }

    /** Logged once until it changes: this is asked every few seconds. */
    private synchronized void note(String now) {
        if (!now.equals(logged)) {
            logged = now;
            LOG.error("the centre is not ready: {}", now);
        }
    }

    private List<Sentence> reasons(Optional<Sentence> storeTrouble) {
        List<Sentence> all = new ArrayList<>();
        storeTrouble.ifPresent(all::add);
        conditions.forEach(condition -> condition.get().ifPresent(all::add));
        all.addAll(threads.troubles());
        if (all.isEmpty()) {
            synchronized (this) {
                logged = "";
            }
        }
        return all;
    }

    @Override
    public void close() {
        prober.shutdownNow();
    }
}
