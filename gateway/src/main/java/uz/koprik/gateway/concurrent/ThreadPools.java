package uz.koprik.gateway.concurrent;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Threads of which somebody waits for each piece of work, and learns of its failure there. Threads that nobody waits
 * for are started by {@link CentreThreads}.
 */
public final class ThreadPools {

    private ThreadPools() {}

    /** A virtual thread per piece of work. */
    public static ExecutorService virtualPerTask(String name) {
        return Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name(name, 0).factory());
    }

    /** A fixed number of platform threads, for arithmetic; one that fails is replaced. */
    public static ExecutorService platform(String name, int threads) {
        return Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().name(name, 0).daemon().factory());
    }

    /** Starts a platform thread for one piece of work that reports its own failure to the one who waits for it. */
    public static Thread platformOnce(String name, Runnable work) {
        return Thread.ofPlatform().name(name).daemon().start(work);
    }

    /** As {@link #platformOnce}, on a virtual thread. */
    public static Thread virtualOnce(String name, Runnable work) {
        return Thread.ofVirtual().name(name).start(work);
    }

    /** A hook that the JVM runs when it ends. */
    public static Thread shutdownHook(String name, Runnable work) {
        return Thread.ofPlatform().name(name).unstarted(work);
    }
}
