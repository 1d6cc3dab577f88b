package uz.koprik.indicators.store.lucene;

/** Ends processes as a power cut does. */
final class Kills {

    private Kills() {}

    /** Ends a process at once, after some milliseconds. Returns before that. */
    static void killIn(Process child, int millis) {
        Thread.ofVirtual().start(() -> {
            try {
                Thread.sleep(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            child.toHandle().destroyForcibly();
        });
    }
}
