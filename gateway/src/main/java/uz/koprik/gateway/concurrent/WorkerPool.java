package uz.koprik.gateway.concurrent;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.indicators.store.StoreUnavailable;

/**
 * Spreads arithmetic over the cores: a fixed number of platform threads, because virtual threads that compute would
 * keep the ones that wait from running.
 */
public final class WorkerPool implements AutoCloseable {

    /** How many items a thread takes at a time: enough that taking costs nothing, few enough that the end is even. */
    private static final int SHARE = 32;

    /** Below this many items, handing them to other threads takes longer than doing them. */
    private static final int INLINE = 4;

    private static final Logger LOG = LoggerFactory.getLogger(WorkerPool.class);
    private static final long LAST_SECONDS = 3;

    private final int threads;
    private final ExecutorService pool;

    public WorkerPool(int threads) {
        this.threads = threads;
        this.pool = ThreadPools.platform("intake-", threads);
    }

    /** What is done with one item. */
    @FunctionalInterface
    public interface Work<T, R> {
        R apply(T item) throws StoreUnavailable;
    }

    /**
     * Applies {@code work} to every item and returns when all is done.
     *
     * @return the results in the order of {@code items}
     * @throws StoreUnavailable when {@code work} does; so with unchecked exceptions. Other items may then be left
     *     undone
     */
    public <T, R> List<R> map(List<T> items, Work<? super T, ? extends R> work) throws StoreUnavailable {
        Object[] results = new Object[items.size()];
        if (items.size() <= INLINE) {
            for (int i = 0; i < results.length; i++) {
                results[i] = work.apply(items.get(i));
            }
        } else {
            spread(items, work, results);
        }
        @SuppressWarnings("unchecked")
        List<R> list = (List<R>) Arrays.asList(results);
        return list;
    }

    private <T, R> void spread(List<T> items, Work<? super T, ? extends R> work, Object[] results)
            throws StoreUnavailable {
        AtomicInteger next = new AtomicInteger();
        Callable<Void> share = () -> {
            for (int from = next.getAndAdd(SHARE); from < results.length; from = next.getAndAdd(SHARE)) {
                int to = Math.min(from + SHARE, results.length);
                for (int i = from; i < to; i++) {
                    results[i] = work.apply(items.get(i));
                }
            }
            return null;
        };
        List<Callable<Void>> shares = new ArrayList<>();
        for (int i = 0; i < Math.min(threads, (results.length + SHARE - 1) / SHARE); i++) {
            shares.add(share);
        }
        try {
            for (Future<Void> done : pool.invokeAll(shares)) {
                done.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while objects were examined; nothing of them was stored", e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case StoreUnavailable unavailable -> throw unavailable;
                case RuntimeException bug -> throw bug;
                case Error error -> throw error;
                default -> throw new IllegalStateException(e.getCause());
            }
        }
    }

    /** Has something done that nobody waits for. What is not done by {@link #close} may be lost. */
    public void later(Runnable work) {
        pool.execute(() -> {
            try {
                work.run();
            } catch (RuntimeException bug) {
                LOG.error("work that was left for later failed", bug);
            }
        });
    }

    /** Gives what was left for later some seconds. */
    @Override
    public void close() {
        pool.shutdown();
        try {
            if (!pool.awaitTermination(LAST_SECONDS, TimeUnit.SECONDS)) {
                pool.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            pool.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
