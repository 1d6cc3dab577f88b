package uz.koprik.gateway.whole;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Figures of several rounds with their limits. A machine with other work slows some rounds down, so the quietest round
 * stands beside all of them: the one with the lowest load average at its end.
 */
final class FigureTable {

    private static final double NONE = Double.POSITIVE_INFINITY;

    private final Map<String, Figure> all = new LinkedHashMap<>();
    private final List<Double> loads = new ArrayList<>();

    /** @param atLeast whether the limit is the least that is good, such as frames a second, instead of the most */
    private record Figure(double limit, boolean atLeast, Map<Integer, List<Double>> rounds) {}

    private void add(String what, double limit, boolean atLeast, double value) {
        all.computeIfAbsent(what, first -> new Figure(limit, atLeast, new TreeMap<>()))
                .rounds()
                .computeIfAbsent(loads.size(), first -> new ArrayList<>())
                .add(value);
    }

    /** A value of which 95 of 100 must be at most the limit. */
    void atMost(String what, double limit, double value) {
        add(what, limit, false, value);
    }

    /** A value of which 95 of 100 must be at least the limit. */
    void atLeast(String what, double limit, double value) {
        add(what, limit, true, value);
    }

    /** A value without a limit. */
    void free(String what, double value) {
        add(what, NONE, false, value);
    }

    /** Ends a round. */
    void round() {
        loads.add(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        System.out.printf(Locale.ROOT, "round %d: load average %.1f%n", loads.size(), loads.getLast());
    }

    /** Prints a line a figure; whether each keeps its limit in all rounds together. */
    boolean print() {
        int quietest = 0;
        for (int i = 1; i < loads.size(); i++) {
            quietest = loads.get(i) < loads.get(quietest) ? i : quietest;
        }
        System.out.printf(
                Locale.ROOT,
                "%-50s %9s %9s %6s   %9s %9s   %s%n",
                "",
                "p50",
                "p95",
                "of",
                "quiet p50",
                "quiet p95",
                "limit");
        boolean good = true;
        for (Map.Entry<String, Figure> one : all.entrySet()) {
            good &= print(one.getKey(), one.getValue(), quietest);
        }
        return good;
    }

    private static boolean print(String what, Figure figure, int quietest) {
        List<Double> values =
                figure.rounds().values().stream().flatMap(List::stream).sorted().toList();
        List<Double> quiet =
                figure.rounds().getOrDefault(quietest, values).stream().sorted().toList();
        int tail = figure.atLeast() ? 5 : 95;
        boolean kept = figure.atLeast() ? at(values, tail) >= figure.limit() : at(values, tail) <= figure.limit();
        String limit = figure.limit() == NONE
                ? "none"
                : String.format(
                        Locale.ROOT,
                        "%s %.0f %s",
                        figure.atLeast() ? "at least" : "at most",
                        figure.limit(),
                        kept ? "kept" : "MISSED");
        System.out.printf(
                Locale.ROOT,
                "%-50s %9.1f %9.1f %6d   %9.1f %9.1f   %s%n",
                what,
                at(values, 50),
                at(values, tail),
                values.size(),
                at(quiet, 50),
                at(quiet, tail),
                limit);
        return kept;
    }

    private static double at(List<Double> sorted, int percent) {
        return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
    }
}
