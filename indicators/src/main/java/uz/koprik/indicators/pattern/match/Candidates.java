package uz.koprik.indicators.pattern.match;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;

/** Which observations each leaf of a plan may take. */
final class Candidates {

    private final List<Observation> observations;
    private final int[][] certain;
    private final int[][] possible;
    private final int[][] byFirst;
    private boolean unsure;

    /** @param leaves of the whole plan */
    Candidates(Plan plan, int leaves, List<Observation> observations, Work work) throws MatchFailure {
        this.observations = observations;
        this.certain = new int[leaves][];
        this.possible = new int[leaves][];
        this.byFirst = new int[leaves][];
        find(plan, work);
    }

    private void find(Plan plan, Work work) throws MatchFailure {
        switch (plan) {
            case Plan.Leaf leaf -> find(leaf, work);
            case Plan.All(var parts) -> findAll(parts, work);
            case Plan.Any(var parts) -> findAll(parts, work);
            case Plan.Sequence(var parts) -> findAll(parts, work);
            case Plan.Window window -> find(window.part(), work);
            case Plan.Times times -> find(times.part(), work);
        }
    }

    private void findAll(List<Plan> parts, Work work) throws MatchFailure {
        for (Plan part : parts) {
            find(part, work);
        }
    }

    private void find(Plan.Leaf leaf, Work work) throws MatchFailure {
        int[] sure = new int[observations.size()];
        int[] all = new int[observations.size()];
        int sureSize = 0;
        int allSize = 0;
        for (int i = 0; i < all.length; i++) {
            Observation observation = observations.get(i);
            if (!leaf.inTime(observation)) {
                continue;
            }
            Verdict verdict = leaf.condition().holds(observation, work);
            if (verdict == Verdict.TRUE) {
                sure[sureSize++] = i;
            }
            if (verdict != Verdict.FALSE) {
                all[allSize++] = i;
            }
        }
        certain[leaf.number()] = Arrays.copyOf(sure, sureSize);
        possible[leaf.number()] = sureSize == allSize ? certain[leaf.number()] : Arrays.copyOf(all, allSize);
        unsure |= sureSize != allSize;
    }

    /** Whether malformed data left it open for some leaf and observation. */
    boolean unsure() {
        return unsure;
    }

    /** Makes all that is possible count as certain. */
    void assumeAll() {
        System.arraycopy(possible, 0, certain, 0, certain.length);
        Arrays.fill(byFirst, null);
    }

    /** Numbers of the observations that fit a leaf. */
    int[] of(Plan.Leaf leaf) {
        return certain[leaf.number()];
    }

    /** The same in the order in which they begin. */
    int[] byFirst(Plan.Leaf leaf) {
        int[] sorted = byFirst[leaf.number()];
        if (sorted == null) {
            sorted = Arrays.stream(of(leaf))
                    .boxed()
                    .sorted(Comparator.comparingLong(i -> observations.get(i).first()))
                    .mapToInt(Integer::intValue)
                    .toArray();
            byFirst[leaf.number()] = sorted;
        }
        return sorted;
    }

    /** All moments at which a candidate of {@code plan} ends, in their order. */
    long[] lasts(Plan plan, Work work) throws MatchFailure {
        List<Plan.Leaf> leaves = plan.leaves();
        LongStream lasts = LongStream.empty();
        for (Plan.Leaf leaf : leaves) {
            work.spend(of(leaf).length);
            lasts = LongStream.concat(
                    lasts,
                    Arrays.stream(of(leaf)).mapToLong(i -> observations.get(i).last()));
        }
        return lasts.distinct().sorted().toArray();
    }

    /**
     * Finds the leaves whose observations something else may need too.
     *
     * @param demand how many observations the whole plan takes at most; a leaf with as many candidates is not scarce
     * @param contended by number of the leaf; set here
     */
    void contended(Plan plan, long demand, boolean[] contended) {
        int[] wanted = new int[observations.size()];
        List<Plan.Leaf> leaves = plan.leaves();
        leaves.forEach(leaf -> Arrays.stream(of(leaf)).forEach(i -> wanted[i]++));
        for (Plan.Leaf leaf : leaves) {
            contended[leaf.number()] = Arrays.stream(of(leaf))
                    .anyMatch(i -> wanted[i] > 1 && observations.get(i).times() < demand);
        }
    }

    /** Whether there are enough, looking at each leaf alone. */
    boolean enough(Plan plan, Work work) throws MatchFailure {
        return switch (plan) {
            case Plan.Leaf leaf -> choose(leaf, work) != null;
            case Plan.All(var parts) -> enoughForAll(parts, work);
            case Plan.Sequence(var parts) -> enoughForAll(parts, work);
            case Plan.Any(var parts) -> {
                boolean any = false;
                for (int i = 0; i < parts.size() && !any; i++) {
                    any = enough(parts.get(i), work);
                }
                yield any;
            }
            case Plan.Window window -> enough(window.part(), work);
            case Plan.Times times -> enough(times.part(), work);
        };
    }

    private boolean enoughForAll(List<Plan> parts, Work work) throws MatchFailure {
        for (Plan part : parts) {
            if (!enough(part, work)) {
                return false;
            }
        }
        return true;
    }

    /** Observations that satisfy a leaf standing alone, or null when there are not enough of them in one window. */
    List<Observation> choose(Plan.Leaf leaf, Work work) throws MatchFailure {
        int[] fitting = of(leaf);
        work.spend(fitting.length);
        if (leaf.within() == Plan.FOREVER || leaf.count() == 1) {
            return take(leaf, fitting, Long.MIN_VALUE, Long.MAX_VALUE);
        }
        Observation[] byLast = sorted(fitting, Comparator.comparingLong(Observation::last));
        Observation[] byFirst = sorted(fitting, Comparator.comparingLong(Observation::first));
        long inside = 0;
        int entered = 0;
        int leaving = 0;
        // A window that fits may be moved to where the earliest of its observations ends.
        for (Observation earliest : byLast) {
            long begin = earliest.last();
            while (entered < byFirst.length && byFirst[entered].first() <= begin + leaf.within()) {
                inside += units(byFirst[entered++], leaf);
            }
            while (byLast[leaving].last() < begin) {
                inside -= units(byLast[leaving++], leaf); // it has entered: it began before it ended
            }
            if (inside >= leaf.count()) {
                return take(leaf, fitting, begin, begin + leaf.within());
            }
        }
        return null;
    }

    private static long units(Observation observation, Plan.Leaf leaf) {
        return Math.min(observation.times(), leaf.count());
    }

    private List<Observation> take(Plan.Leaf leaf, int[] fitting, long begin, long end) {
        List<Observation> taken = new ArrayList<>();
        long count = 0;
        for (int i = 0; i < fitting.length && count < leaf.count(); i++) {
            Observation observation = observations.get(fitting[i]);
            if (observation.last() >= begin && observation.first() <= end) {
                taken.add(observation);
                count += units(observation, leaf);
            }
        }
        return count >= leaf.count() ? taken : null;
    }

    private Observation[] sorted(int[] fitting, Comparator<Observation> order) {
        return Arrays.stream(fitting).mapToObj(observations::get).sorted(order).toArray(Observation[]::new);
    }
}
