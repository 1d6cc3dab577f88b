package uz.koprik.indicators.bursts;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A feature whose rate departs from its own past, with its figures.
 *
 * @param feature which one
 * @param observed objects in the last period
 * @param expected mean of the periods before
 * @param deviation standard deviation of the periods before, at least that of a Poisson process with the same mean
 * @param departure how many deviations lie between the two; negative when there are fewer than expected
 * @param past objects in each period before, oldest first
 */
public record Burst(
        Feature feature, long observed, double expected, double deviation, double departure, List<Long> past) {

    /** From how many deviations on a rate departs from its past. */
    public static final double NOTABLE = 3;

    /** Below this many objects, observed or expected, nothing is notable. */
    public static final int FEWEST = 5;

    /**
     * Those that depart, the farthest first.
     *
     * @param counts by feature, objects per day; the last day ends the last period
     * @param period days in one
     * @param periods how many before the last are its past, 2 or more
     */
    public static List<Burst> among(Map<Feature, int[]> counts, int period, int periods) {
        List<Burst> notable = new ArrayList<>();
        counts.forEach((feature, days) -> {
            Burst burst = of(feature, days, period, periods);
            if (Math.abs(burst.departure) >= NOTABLE && (burst.observed >= FEWEST || burst.expected >= FEWEST)) {
                notable.add(burst);
            }
        });
        notable.sort(Comparator.comparingDouble((Burst burst) -> -Math.abs(burst.departure))
                .thenComparing(burst -> burst.feature.dimension())
                .thenComparing(burst -> burst.feature.name()));
        return notable;
    }

    private static Burst of(Feature feature, int[] days, int period, int periods) {
        List<Long> sums = new ArrayList<>(periods + 1);
        for (int i = periods; i >= 0; i--) {
            long sum = 0;
            for (int day = days.length - (i + 1) * period; day < days.length - i * period; day++) {
                sum += days[day];
            }
            sums.add(sum);
        }
        long observed = sums.removeLast();
        double mean = sums.stream().mapToLong(Long::longValue).average().orElseThrow();
        double variance = sums.stream()
                        .mapToDouble(sum -> Math.pow((double) sum - mean, 2))
                        .sum()
                / (periods - 1);
        // The past is known from a few periods only, and never steadier than chance or than one object.
        double deviation = Math.sqrt(Math.max(Math.max(variance, mean), 1) * (1 + 1.0 / periods));
        return new Burst(feature, observed, mean, deviation, ((double) observed - mean) / deviation, List.copyOf(sums));
    }
}
