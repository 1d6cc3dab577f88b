package uz.koprik.gateway.http;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * Work of many callers, of each of which only some is done at the same moment; the rest of it waits in its own queue. A
 * caller with much work therefore delays itself and leaves the processors to the others. Safe for use by many threads.
 */
final class FairExecutor {

    private final Executor threads;
    private final int perCaller;
    private final Map<String, Queue> queues = new HashMap<>();

    private static final class Queue {
        private int running;
        private final Deque<Runnable> waiting = new ArrayDeque<>();
    }

    /**
     * @param threads starts a thread for each piece of work
     * @param perCaller pieces of work of one caller at the same moment
     */
    FairExecutor(Executor threads, int perCaller) {
        this.threads = threads;
        this.perCaller = perCaller;
    }

    /**
     * Does {@code work} when it is the turn of {@code caller}. Never blocks.
     *
     * @return whether it has begun; otherwise it waits for its turn
     */
    boolean run(String caller, Runnable work) {
        synchronized (queues) {
            Queue queue = queues.computeIfAbsent(caller, key -> new Queue());
            if (queue.running >= perCaller) {
                queue.waiting.add(work);
                return false;
            }
            queue.running++;
        }
        start(caller, work);
        return true;
    }

    /** Drops work that still waits for the turn of {@code caller}; false when it has begun. */
    boolean withdraw(String caller, Runnable work) {
        synchronized (queues) {
            Queue queue = queues.get(caller);
            return queue != null && queue.waiting.remove(work);
        }
    }

    private void start(String caller, Runnable work) {
        threads.execute(() -> {
            try {
                work.run();
            } finally {
                Runnable next = next(caller);
                if (next != null) {
                    start(caller, next);
                }
            }
        });
    }

    private Runnable next(String caller) {
        synchronized (queues) {
            Queue queue = queues.get(caller);
            Runnable next = queue.waiting.poll();
            if (next == null && --queue.running == 0) {
                queues.remove(caller);
            }
            return next;
        }
    }
}
