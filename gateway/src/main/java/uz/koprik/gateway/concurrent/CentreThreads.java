package uz.koprik.gateway.concurrent;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.gateway.trouble.HealthTrouble;
import uz.koprik.indicators.wording.Sentence;

/**
 * Starts every long-lived thread and every periodic task of a centre, and knows how they are. A thread that fails by
 * any exception or error starts again after a pause; a failure that nobody can mend while the process runs ends it.
 *
 * <p>Safe for use by many threads at once. Not final: tests make work fail by {@link #work}.
 */
public class CentreThreads implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CentreThreads.class);
    private static final Duration LOOK = Duration.ofSeconds(1);
    /** A task that fails this often one after the other makes the centre not ready. */
    private static final int TOLERATED = 3;
    /** A run of a periodic task that takes longer makes the centre not ready. */
    private static final Duration LONGEST_RUN = Duration.ofMinutes(5);

    private final ProcessEnd end;
    private final Set<CentreThread> threads = ConcurrentHashMap.newKeySet();
    private final Set<PeriodicTask> tasks = ConcurrentHashMap.newKeySet();
    private final AtomicLong failures = new AtomicLong();
    private final AtomicBoolean ending = new AtomicBoolean();
    private final Semaphore closed = new Semaphore(0);
    private final Thread watch;

    /** @param end ends the process */
    public CentreThreads(ProcessEnd end) {
        this.end = end;
        this.watch = Thread.ofPlatform().name("thread-watch").daemon().unstarted(this::watch);
    }

    /** For a program that continues after every failure: a demonstration, a tool, a test. */
    public static CentreThreads unwatched() {
        return new CentreThreads(sentence -> LOG.error("{}", sentence));
    }

    /** Begins to look for threads that died. Call it once, or not at all. */
    public void startWatch() {
        watch.start();
    }

    /**
     * Starts a thread.
     *
     * @param kind what it is for, in words that name no partner, account or file
     * @param name its name in the log
     */
    public CentreThread start(String kind, String name, CentreThread.Work work) {
        CentreThread thread = new CentreThread(this, kind, name, work(name, work));
        threads.add(thread);
        thread.launch();
        return thread;
    }

    /** Runs a task at once and then again {@code period} after each end, until {@link #close}. */
    public void every(String name, Duration period, Task task) {
        PeriodicTask periodic = new PeriodicTask(name, period, task);
        tasks.add(periodic);
        start("periodic task " + name, name, periodic::run);
    }

    /** A periodic task; what it throws is logged when it begins, and counted. */
    @FunctionalInterface
    public interface Task {
        void run() throws Exception;
    }

    /** What a thread really does. */
    protected CentreThread.Work work(String name, CentreThread.Work work) {
        return work;
    }

    /** Ends the process: what failed cannot be mended while it runs. Only the first call does anything. */
    public void fatal(String thread, Throwable failure) {
        if (ending.compareAndSet(false, true)) {
            String reason = "out of memory";
            try {
                reason = "thread " + thread + " ended unexpectedly ("
                        + failure.getClass().getSimpleName() + ")";
            } catch (Throwable noMemory) {
                // The short sentence must do.
            }
            endBecause(reason, failure);
        }
    }

    /**
     * The same for what is no failure of a thread.
     *
     * @param reason what is wrong and what to do, without an end
     */
    public void fatal(String reason) {
        if (ending.compareAndSet(false, true)) {
            endBecause(reason, null);
        }
    }

    private void endBecause(String reason, Throwable failure) {
        String sentence = "out of memory";
        try {
            sentence = reason + ": the process ends with exit code " + ProcessEnd.EXIT_CODE
                    + ", start it again; nothing acknowledged is lost";
            LOG.error("{}", sentence, failure);
        } catch (Throwable unlogged) {
            // Memory is short, or classes of the log cannot be loaded any more.
        }
        end.end(sentence);
    }

    /**
     * What does not go on now, in words that name no partner, account or file; empty when all is well. Does not wait.
     */
    public List<Sentence> troubles() {
        Map<String, Integer> down = new TreeMap<>();
        threads.stream().filter(CentreThread::down).forEach(thread -> down.merge(thread.kind(), 1, Integer::sum));
        tasks.stream()
                .filter(PeriodicTask::inTrouble)
                .forEach(task -> down.merge("periodic task " + task.name, 1, Integer::sum));
        Stream<Sentence> ends = ending.get() ? Stream.of(HealthTrouble.PROCESS_ENDS.of()) : Stream.empty();
        return Stream.concat(down.entrySet().stream().map(kind -> failed(kind.getKey(), kind.getValue())), ends)
                .toList();
    }

    private static Sentence failed(String kind, int threads) {
        return threads > 1
                ? HealthTrouble.THREADS_FAILED.with(Map.of("thread", kind, "count", threads))
                : HealthTrouble.THREAD_FAILED.with(Map.of("thread", kind));
    }

    /** Whether the process is about to end. */
    public boolean ending() {
        return ending.get();
    }

    /** How often a thread or a periodic task failed. */
    public long failures() {
        return failures.get();
    }

    /** The long-lived threads. */
    public List<CentreThread> all() {
        return List.copyOf(threads);
    }

    void failed(CentreThread thread, Throwable failure) {
        failures.incrementAndGet();
        LOG.error("thread {} failed and begins anew", thread.name(), failure);
    }

    void forget(CentreThread thread) {
        threads.remove(thread);
    }

    private void watch() {
        while (true) {
            try {
                if (closed.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
                for (CentreThread thread : threads) {
                    thread.revive();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (Throwable later) {
                // It looks again in a moment; this thread must not end.
                failures.incrementAndGet();
            }
        }
    }

    /** Ends the periodic tasks, and returns when they have ended or {@code grace} is over. */
    public void stopTasks(Duration grace) throws InterruptedException {
        tasks.forEach(PeriodicTask::stop);
        long until = System.nanoTime() + grace.toNanos();
        for (CentreThread thread : threads) {
            if (thread.kind().startsWith("periodic task ")) {
                thread.join(Duration.ofNanos(Math.max(1, until - System.nanoTime())));
            }
        }
        tasks.clear();
    }

    /** Ends the periodic tasks and no longer looks after the threads; those are ended by who started them. */
    @Override
    public void close() {
        tasks.forEach(PeriodicTask::stop);
        closed.release();
    }

    /** One periodic task. */
    private final class PeriodicTask {

        private final String name;
        private final Duration period;
        private final Task task;
        private final Semaphore stop = new Semaphore(0);
        private final AtomicInteger failedRuns = new AtomicInteger();
        private volatile long runningSince;
        private volatile boolean runs;
        private String cause = "";

        PeriodicTask(String name, Duration period, Task task) {
            this.name = name;
            this.period = period;
            this.task = task;
        }

        void run() throws InterruptedException {
            do {
                runningSince = System.nanoTime();
                runs = true;
                try {
                    task.run();
                    worked();
                } catch (InterruptedException e) {
                    throw e;
                } catch (Throwable failure) {
                    failedRuns.incrementAndGet();
                    failures.incrementAndGet();
                    log(failure);
                } finally {
                    runs = false;
                }
            } while (!stop.tryAcquire(period.toMillis(), TimeUnit.MILLISECONDS));
            tasks.remove(this);
        }

        private void worked() {
            if (failedRuns.get() > 0) {
                LOG.info("periodic task {} works again after {} failures", name, failedRuns.getAndSet(0));
                cause = "";
            }
        }

        private void log(Throwable failure) {
            String now = failure.toString();
            if (!now.equals(cause)) {
                cause = now;
                LOG.error("periodic task {} failed; it is tried again every {} ms", name, period.toMillis(), failure);
            }
        }

        boolean inTrouble() {
            return failedRuns.get() >= TOLERATED || (runs && System.nanoTime() - runningSince > LONGEST_RUN.toNanos());
        }

        void stop() {
            stop.release();
        }
    }
}
