package uz.koprik.indicators.pattern.match;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Whether there are different observations enough for all that a plan demands, leaving time aside: a maximum flow from
 * leaves to observations. Answers in little time what trying all ways of sharing them out would take forever to find
 * out.
 */
final class Supply {

    /** With more leaves the search itself gives up first. */
    private static final int MAX_LEAVES = 200;

    /** Longer chains of moving one for another would need a deeper stack than threads have. */
    private static final int MAX_DEPTH = 500;

    /** Demands are looked at up to here; to look at less than all is no mistake, only less sharp. */
    private static final long ENOUGH = 1_000_000;

    /** What one leaf needs, and what it has been given of each candidate. */
    private static final class Demand {
        private final int[] candidates;
        private final long[] flow;
        private final long count;
        /** Before it nothing is left of any candidate, and never will be. */
        private int next;

        Demand(int[] candidates, long count) {
            this.candidates = candidates;
            this.flow = new long[candidates.length];
            this.count = count;
        }
    }

    private final List<Demand> demands = new ArrayList<>();
    private final long[] left;
    private final Work work;
    private boolean[] visited;
    private int depth;
    private boolean gaveUp;

    private Supply(List<Observation> observations, Work work) {
        this.left = observations.stream().mapToLong(Observation::times).toArray();
        this.work = work;
    }

    static boolean enough(Plan plan, Candidates candidates, List<Observation> observations, Work work)
            throws MatchFailure {
        Supply supply = new Supply(observations, work);
        supply.collect(plan, candidates, 1);
        return supply.demands.size() < 2 || supply.demands.size() > MAX_LEAVES || supply.satisfy();
    }

    private void collect(Plan plan, Candidates candidates, long times) {
        switch (plan) {
            case Plan.Leaf leaf -> {
                demands.add(new Demand(candidates.of(leaf), times * Math.min(leaf.count(), ENOUGH)));
            }
            case Plan.All(var parts) -> parts.forEach(p -> collect(p, candidates, times));
            case Plan.Sequence(var parts) -> parts.forEach(p -> collect(p, candidates, times));
            case Plan.Any any -> {} // none of its parts is needed for certain
            case Plan.Window window -> collect(window.part(), candidates, times);
            case Plan.Times repeated ->
                collect(repeated.part(), candidates, Math.min(ENOUGH, times * Math.min(ENOUGH, repeated.times())));
        }
    }

    private boolean satisfy() throws MatchFailure {
        for (Demand demand : demands) {
            long missing = demand.count;
            while (missing > 0) {
                visited = null;
                long found = push(demand, missing);
                if (found == 0) {
                    return gaveUp; // then it is for the search to find out
                }
                missing -= found;
            }
        }
        return true;
    }

    /** Finds room for up to {@code wanted} more of {@code demand}, moving others elsewhere; returns how much. */
    private long push(Demand demand, long wanted) throws MatchFailure {
        for (; demand.next < demand.candidates.length; demand.next++) {
            work.spend(1);
            int observation = demand.candidates[demand.next];
            if (left[observation] > 0) {
                long pushed = Math.min(wanted, left[observation]);
                left[observation] -= pushed;
                demand.flow[demand.next] += pushed;
                return pushed;
            }
        }
        if (visited == null) {
            visited = new boolean[left.length];
        }
        work.spend(demand.candidates.length);
        for (int i = 0; i < demand.candidates.length; i++) {
            int observation = demand.candidates[i];
            if (visited[observation]) {
                continue;
            }
            visited[observation] = true;
            for (Demand other : demands) {
                int at = Arrays.binarySearch(
                        other.candidates, observation); // its own gives nothing: it has been visited
                if (at >= 0 && other.flow[at] > 0) {
                    long moved = moved(other, Math.min(wanted, other.flow[at]));
                    if (moved > 0) {
                        other.flow[at] -= moved;
                        demand.flow[i] += moved;
                        return moved;
                    }
                }
            }
        }
        return 0;
    }

    private long moved(Demand demand, long wanted) throws MatchFailure {
        if (depth == MAX_DEPTH) {
            gaveUp = true;
            return 0;
        }
        depth++;
        long moved = push(demand, wanted);
        depth--;
        return moved;
    }
}
