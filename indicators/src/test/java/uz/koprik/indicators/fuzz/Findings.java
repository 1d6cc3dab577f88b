package uz.koprik.indicators.fuzz;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** How a target says that something is wrong. */
final class Findings {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final long MOST_MILLIS = 1000;

    private Findings() {}

    /** What this thread has taken of a processor, in nanoseconds: a busy machine does not count. */
    static long processorTime() {
        return THREADS.getCurrentThreadCpuTime();
    }

    /** @param begun {@link #processorTime} before the input */
    static void checkTime(long begun) {
        long millis = TimeUnit.NANOSECONDS.toMillis(processorTime() - begun);
        check(millis <= MOST_MILLIS, "an input takes " + millis + " ms of a processor");
    }

    static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    static void same(byte[] a, byte[] b, String what) {
        check(Arrays.equals(a, b), what + " differs");
    }
}
