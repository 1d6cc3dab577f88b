package uz.koprik.gateway.whole;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How much processors worked for each of some processes: a better figure than the clock where other work is going on.
 */
final class CpuTime {

    private final Map<String, Long> pids = new LinkedHashMap<>();
    private final Map<String, Double> before = new LinkedHashMap<>();

    /** This process is among them. */
    CpuTime() {
        pids.put("client", ProcessHandle.current().pid());
    }

    CpuTime of(String name, long pid) {
        pids.put(name, pid);
        return this;
    }

    void begin() {
        pids.forEach((name, pid) -> before.put(name, seconds(pid)));
    }

    /** Seconds of processor since {@link #begin}, of all together. */
    double total() {
        return pids.entrySet().stream()
                .mapToDouble(one -> seconds(one.getValue()) - before.get(one.getKey()))
                .sum();
    }

    /** Seconds of processor since {@link #begin}, of one. */
    double of(String name) {
        return seconds(pids.get(name)) - before.get(name);
    }

    /** Seconds of processor since {@link #begin}, of each. */
    String words() {
        return pids.entrySet().stream()
                .map(one -> String.format(
                        Locale.ROOT, "%s %.2f", one.getKey(), seconds(one.getValue()) - before.get(one.getKey())))
                .collect(Collectors.joining(", "));
    }

    private static double seconds(long pid) {
        return ProcessHandle.of(pid)
                        .orElseThrow()
                        .info()
                        .totalCpuDuration()
                        .orElseThrow()
                        .toNanos()
                / 1e9;
    }
}
