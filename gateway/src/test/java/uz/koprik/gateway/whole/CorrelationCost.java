package uz.koprik.gateway.whole;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import uz.koprik.gateway.intake.MeasuredIntake;
import uz.koprik.indicators.cases.CaseFile;
import uz.koprik.indicators.cases.CaseObservable;
import uz.koprik.indicators.correlation.Correlation;
import uz.koprik.indicators.correlation.CorrelationSubject;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.policy.Audience;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.NewIndicator;
import uz.koprik.indicators.warninglist.WarningLists;

/**
 * What correlation costs, on Lucene, in one process and without a network: intake of a partner's signed indicators with
 * and without it in turn; looking up single values among ten thousand and among very many case values; and what one
 * value shared by very many objects takes in store and time beside as many different ones.
 *
 * <p>Run as {@code mvn -pl gateway -am -DskipTests -Dwhole=CorrelationCost "-Dwhole.args=intake 4000" verify}; the
 * other two are {@code lookup 1000000} and {@code shared 100000}. The first two with the published warning lists, from
 * the oracle folder.
 */
final class CorrelationCost {

    private static final int ROUNDS = 180;
    private static final int LOOKUPS = 20_000;
    private static final int VALUES_A_CASE = 100;

    private final Path work;
    private final SplittableRandom random = new SplittableRandom(1);

    private CorrelationCost(Path work) {
        this.work = work;
    }

    /** Prints a line a figure. */
    public static void main(String[] args) throws Exception {
        CorrelationCost cost = new CorrelationCost(Files.createTempDirectory("correlation"));
        int count = args.length > 1 ? Integer.parseInt(args[1]) : 4_000;
        switch (args.length > 0 ? args[0] : "intake") {
            case "intake" -> cost.intake(count);
            case "lookup" -> cost.lookup(count);
            case "shared" -> cost.shared(count);
            default -> throw new IllegalArgumentException("intake, lookup or shared");
        }
        System.out.printf(
                Locale.ROOT,
                "load average %.1f on %d cores%n",
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                Runtime.getRuntime().availableProcessors());
    }

    /**
     * Half of the rounds correlate, in turn, and they are short, so that collections and merges, which fall where they
     * fall, fall on both kinds alike; the first third of them warms up. What counts is all objects by all time. Of the
     * first rounds part of the values match cases. The processor time of the whole process, index and collector
     * included, is the better figure when others use the machine.
     */
    private void intake(int count) throws Exception {
        try (MeasuredIntake centre = new MeasuredIntake(work.resolve("intake"), warnings())) {
            centre.bring(cases(centre, 0, 100_000, CorrelationCost::host));
            Spent with = new Spent();
            Spent without = new Spent();
            for (int round = 0; round < ROUNDS; round++) {
                int first = 90_000 + round * count;
                List<byte[]> objects = indicators(centre, count, i -> host(first + i));
                boolean correlated = round % 4 == 0 || round % 4 == 3;
                long before = processorNanos();
                double seconds = centre.feed(objects, correlated);
                double busy = (processorNanos() - before) / 1e9;
                if (round >= ROUNDS / 3) {
                    (correlated ? with : without).add(count, seconds, busy);
                }
                if (round > ROUNDS / 3 && (round + 1) % (ROUNDS / 6) == 0) {
                    System.out.printf(
                            Locale.ROOT,
                            "%d rounds of %d: by now with %s, without %s%n",
                            round + 1,
                            ROUNDS,
                            with,
                            without);
                }
            }
            System.out.printf(
                    Locale.ROOT,
                    "with %s, without %s: ratio %.3f, by processor time %.3f%n",
                    with,
                    without,
                    with.rate() / without.rate(),
                    with.busyRate() / without.busyRate());
        }
    }

    /** What rounds of one kind took. */
    private static final class Spent {

        private long objects;
        private double seconds;
        private double busy;

        void add(int count, double took, double busily) {
            objects += count;
            seconds += took;
            busy += busily;
        }

        double rate() {
            return objects / seconds;
        }

        double busyRate() {
            return objects / busy;
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%,.0f objects/s (%,.0f a second of processor time)", rate(), busyRate());
        }
    }

    private static long processorNanos() {
        return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                .getProcessCpuTime();
    }

    private void lookup(int most) throws Exception {
        try (MeasuredIntake centre = new MeasuredIntake(work.resolve("lookup"), warnings())) {
            centre.bring(cases(centre, 0, 10_000, CorrelationCost::host));
            lookups(centre, 10_000);
            lookups(centre, 10_000);
            for (int from = 10_000; from < most; from += 100_000) {
                centre.bring(cases(centre, from, Math.min(most, from + 100_000), CorrelationCost::host));
            }
            lookups(centre, most);
            lookups(centre, most);
        }
    }

    private void lookups(MeasuredIntake centre, int known) throws Exception {
        long[] nanos = new long[LOOKUPS];
        long[] busy = new long[LOOKUPS];
        ThreadMXBean thread = ManagementFactory.getThreadMXBean();
        for (int i = 0; i < LOOKUPS; i++) {
            boolean hit = i % 2 == 0;
            Observable value = Observable.ofKey(
                    "domain:" + host(hit ? random.nextInt(known) : known + random.nextInt(1_000_000_000)));
            CorrelationSubject subject = CorrelationSubject.ofValues("", List.of(value));
            long busyBefore = thread.getCurrentThreadCpuTime();
            long begun = System.nanoTime();
            Correlation found = centre.correlator()
                    .correlate(List.of(subject), Audience.HOUSEKEEPING)
                    .getFirst();
            nanos[i] = System.nanoTime() - begun;
            busy[i] = thread.getCurrentThreadCpuTime() - busyBefore;
            if (found.matches().isEmpty() == hit) {
                throw new IllegalStateException(value + (hit ? " was not met" : " was met"));
            }
        }
        Arrays.sort(nanos);
        Arrays.sort(busy);
        System.out.printf(
                Locale.ROOT,
                "a value among %,d case values: p50 %.3f ms, p99 %.3f ms, highest %.1f ms; processor time p50 %.3f ms, p99 %.3f ms%n",
                known,
                nanos[LOOKUPS / 2] / 1e6,
                nanos[LOOKUPS * 99 / 100] / 1e6,
                nanos[LOOKUPS - 1] / 1e6,
                busy[LOOKUPS / 2] / 1e6,
                busy[LOOKUPS * 99 / 100] / 1e6);
    }

    private void shared(int count) throws Exception {
        long different = filled("different", count, CorrelationCost::host);
        long same = filled("same", count, i -> "shared.example.com");
        System.out.printf(
                Locale.ROOT,
                "bytes an object: %,d with different values, %,d with one shared value: ratio %.3f%n",
                different / count,
                same / count,
                (double) same / different);
    }

    private long filled(String name, int count, IntFunction<String> host) throws Exception {
        Path folder = work.resolve(name);
        long bytes;
        try (MeasuredIntake centre = new MeasuredIntake(folder, WarningLists.NONE)) {
            double seconds = 0;
            for (int from = 0; from < count; from += 20_000) {
                int first = from;
                seconds += centre.feed(
                        indicators(centre, Math.min(20_000, count - from), i -> host.apply(first + i)), true);
            }
            System.out.printf(Locale.ROOT, "%s: %,.0f objects/s over the whole run%n", name, count / seconds);
            List<Double> submits = new ArrayList<>();
            List<Double> lookups = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                int one = i;
                submits.add(centre.feed(indicators(centre, 1, n -> host.apply(one)), true));
                CorrelationSubject subject =
                        CorrelationSubject.ofValues("", List.of(Observable.ofKey("domain:" + host.apply(i))));
                long begun = System.nanoTime();
                centre.correlator().correlate(List.of(subject), Audience.HOUSEKEEPING);
                lookups.add((System.nanoTime() - begun) / 1e9);
            }
            System.out.printf(
                    Locale.ROOT,
                    "%s: one more submit %.2f ms, related %.3f ms (medians of 200)%n",
                    name,
                    median(submits) * 1e3,
                    median(lookups) * 1e3);
        }
        bytes = size(folder);
        System.out.printf(Locale.ROOT, "%s: %,d bytes in store and index%n", name, bytes);
        return bytes;
    }

    private static long size(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            long bytes = 0;
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
            return bytes;
        }
    }

    private static String host(int number) {
        return "host-" + number + ".zone-" + number % 10_007 + ".example.net";
    }

    /** Every one with a name of its own, so that no two have one id. */
    private List<byte[]> indicators(MeasuredIntake centre, int count, IntFunction<String> host) {
        List<byte[]> objects = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            objects.add(centre.signed(new NewIndicator(
                    List.of(Observable.ofKey("domain:" + host.apply(i))),
                    Optional.empty(),
                    "family " + random.nextLong(),
                    "",
                    List.of(),
                    Tlp.GREEN,
                    Optional.empty(),
                    Optional.empty())));
        }
        return objects;
    }

    private static List<byte[]> cases(MeasuredIntake centre, int from, int to, IntFunction<String> host) {
        List<byte[]> files = new ArrayList<>();
        for (int first = from; first < to; first += VALUES_A_CASE) {
            List<CaseObservable> values = new ArrayList<>();
            for (int i = first; i < Math.min(to, first + VALUES_A_CASE); i++) {
                values.add(new CaseObservable(
                        Observable.ofKey("domain:" + host.apply(i)), CaseObservable.Role.SUSPECT, ""));
            }
            files.add(centre.caseFile(CaseFile.open("C-" + first, "Case " + first, "phishing", Instant.now())
                    .withObservables(values)));
        }
        return files;
    }

    private static WarningLists warnings() throws Exception {
        return new WarningLists(SilencedFigures.misp());
    }

    private static double median(List<Double> figures) {
        List<Double> sorted = figures.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }
}
