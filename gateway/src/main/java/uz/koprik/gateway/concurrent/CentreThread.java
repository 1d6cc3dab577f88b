package uz.koprik.gateway.concurrent;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** One long-lived thread of a centre. It runs until its work returns, and begins anew after its work failed. */
public final class CentreThread {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    /** Work that ran for this time before it failed is tried again soon. */
    private static final Duration RAN_WELL = Duration.ofMinutes(1);

    private final CentreThreads owner;
    private final String kind;
    private final String name;
    private final Work work;
    private final Semaphore stop = new Semaphore(0);
    private volatile Thread thread;
    private volatile boolean ended;
    private volatile boolean stopping;
    private volatile boolean down;
    private final AtomicInteger failures = new AtomicInteger();
    private volatile Throwable failure;
    private volatile long pauseMillis = FIRST_PAUSE.toMillis();

    /** What a thread does. */
    @FunctionalInterface
    public interface Work {

        /** Returns when it is to stop; what it throws is a failure, after which it is called again. */
        void run() throws InterruptedException;
    }

    CentreThread(CentreThreads owner, String kind, String name, Work work) {
        this.owner = owner;
        this.kind = kind;
        this.name = name;
        this.work = work;
    }

    synchronized void launch() {
        thread = Thread.ofVirtual().name(name).start(this::run);
    }

    private void run() {
        while (!stopping) {
            long begun = System.nanoTime();
            try {
                work.run();
                break;
            } catch (InterruptedException end) {
                break;
            } catch (Throwable failed) {
                note(failed, begun);
            }
            try {
                if (stop.tryAcquire(pauseMillis, TimeUnit.MILLISECONDS)) {
                    break;
                }
            } catch (InterruptedException end) {
                break;
            }
            down = false;
        }
        down = false;
        ended = true;
        owner.forget(this);
    }

    /** Allocates nothing before the failure is on record: memory may be what failed. */
    private void note(Throwable failed, long begun) {
        down = true;
        failure = failed;
        failures.incrementAndGet();
        pauseMillis = System.nanoTime() - begun > RAN_WELL.toNanos()
                ? FIRST_PAUSE.toMillis()
                : Math.min(2 * pauseMillis, LONGEST_PAUSE.toMillis());
        try {
            owner.failed(this, failed);
        } catch (Throwable again) {
            // The record above stands; the line in the log is lost.
        }
    }

    /** Starts it again when it died without ending: even what handles failures may fail. */
    synchronized void revive() {
        if (!ended && !thread.isAlive() && !stopping) {
            down = true;
            failures.incrementAndGet();
            launch();
        }
    }

    /** What it is for; names no partner, account or file. */
    public String kind() {
        return kind;
    }

    /** Its name in the log. */
    public String name() {
        return name;
    }

    /** Whether its work does not go on now. */
    public boolean down() {
        return !ended && (down || !thread.isAlive());
    }

    /** How often it failed. */
    public int failures() {
        return failures.get();
    }

    /** What it failed of last, as a word; empty when it never failed. */
    public String lastFailure() {
        Throwable last = failure;
        return last == null ? "" : last.getClass().getSimpleName();
    }

    /** Returns when its work has returned; a failed one does not begin anew. */
    public void join() throws InterruptedException {
        join(Duration.ofDays(1000));
    }

    /** As {@link #join()}, for a while; whether it ended. */
    public boolean join(Duration time) throws InterruptedException {
        Thread running;
        synchronized (this) {
            stopping = true;
            running = thread;
        }
        stop.release();
        return running.join(time);
    }

    public void interrupt() {
        thread.interrupt();
    }
}
