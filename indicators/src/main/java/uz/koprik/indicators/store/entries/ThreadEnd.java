package uz.koprik.indicators.store.entries;

/** What closing a store does with its threads. */
public final class ThreadEnd {

    private ThreadEnd() {}

    /** Waits for a thread to end, however often this one is interrupted; an interrupt is not forgotten. */
    public static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
