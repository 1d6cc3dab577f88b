package uz.koprik.indicators.pattern.match;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Shares observations out among the leaves of a plan: depth first, going back where it gets stuck. Every step is
 * charged, since sharing out is as hard a problem as there are; what keeps plain patterns plain:
 *
 * <ul>
 *   <li>A window is tried at every place where it may begin, and inside it only what fits is looked at. So nothing that
 *       is chosen there can break it.
 *   <li>Candidates are taken in the order in which they begin. Where nothing else may need them, the first ones are the
 *       best ones: what follows is then held up least.
 *   <li>Before anything is shared out, and again after each part of FOLLOWEDBY, it is seen when the rest can be done at
 *       the earliest, if at all.
 * </ul>
 */
final class ObservationSearch {

    /** Leaves that are bound at once, counting repetitions: each takes a piece of the stack. */
    static final int MAX_LEAVES = 250;

    private static final long NEVER = Long.MAX_VALUE;

    /** What remains to be done. */
    private interface Rest {
        boolean done() throws MatchFailure;
    }

    /**
     * Limits of time.
     *
     * @param notBefore what an observation must not end before
     * @param notAfter what an observation must not begin after
     */
    private record Scope(long notBefore, long notAfter) {
        Scope from(long moment) {
            return moment <= notBefore ? this : new Scope(moment, notAfter);
        }

        Scope window(long begin, long length) {
            return new Scope(Math.max(notBefore, begin), Math.min(notAfter, begin + length));
        }

        boolean fits(Observation observation) {
            return observation.last() >= notBefore && observation.first() <= notAfter;
        }
    }

    private final List<Observation> observations;
    private final Candidates candidates;
    private final Work work;
    private final long[] left;
    /** Whether something else may need an observation of this leaf, by number of the leaf. */
    private final boolean[] contended;

    private long demand;
    private int[] boundLeaf = new int[8];
    private int[] boundObservation = new int[8];
    private int bound;
    private int depth;
    private List<Match.Binding> found;

    ObservationSearch(List<Observation> observations, Candidates candidates, int leaves, Work work) {
        this.observations = observations;
        this.candidates = candidates;
        this.work = work;
        this.left = observations.stream().mapToLong(Observation::times).toArray();
        this.contended = new boolean[leaves];
    }

    /** The first way found, or null when there is none. */
    List<Match.Binding> run(Plan plan) throws MatchFailure {
        if (!candidates.enough(plan, work) || !Supply.enough(plan, candidates, observations, work)) {
            return null;
        }
        demand = plan.demand();
        candidates.contended(plan, demand, contended);
        Scope always = new Scope(Long.MIN_VALUE, Long.MAX_VALUE);
        return earliest(plan, always) != NEVER && solve(plan, always, this::remember) ? found : null;
    }

    private boolean remember() {
        List<SortedSet<Integer>> taken = new ArrayList<>();
        for (int i = 0; i < contended.length; i++) {
            taken.add(new TreeSet<>());
        }
        for (int i = 0; i < bound; i++) {
            taken.get(boundLeaf[i]).add(boundObservation[i]);
        }
        found = Match.Binding.of(taken.stream()
                .map(s -> s.stream().map(observations::get).toList())
                .toList());
        return true;
    }

    private boolean solve(Plan plan, Scope scope, Rest rest) throws MatchFailure {
        work.spend(1);
        return switch (plan) {
            case Plan.Leaf leaf
            when leaf.within() != Plan.FOREVER && leaf.count() > 1 ->
                window(leaf.withoutWindow(), leaf.within(), scope, rest);
            case Plan.Leaf leaf -> leaf(leaf, scope, rest);
            case Plan.All(var parts) -> all(parts, 0, scope, rest);
            case Plan.Any(var parts) -> {
                for (Plan part : parts) {
                    if (solve(part, scope, rest)) {
                        yield true;
                    }
                }
                yield false;
            }
            case Plan.Sequence(var parts) -> sequence(parts, 0, bound, scope, rest);
            case Plan.Window(var part, long micros) -> window(part, micros, scope, rest);
            case Plan.Times times -> repeat(times, 0, Long.MIN_VALUE, scope, rest);
        };
    }

    private boolean all(List<Plan> parts, int at, Scope scope, Rest rest) throws MatchFailure {
        return at == parts.size() ? rest.done() : solve(parts.get(at), scope, () -> all(parts, at + 1, scope, rest));
    }

    /** @param mark what was bound before the sequence began */
    private boolean sequence(List<Plan> parts, int at, int mark, Scope scope, Rest rest) throws MatchFailure {
        if (at == parts.size()) {
            return rest.done();
        }
        long latest = scope.notBefore;
        for (int i = mark; i < bound; i++) {
            latest = Math.max(latest, observations.get(boundObservation[i]).first());
        }
        Scope from = scope.from(latest);
        return (at == 0 || earliest(parts, at, from) != NEVER)
                && solve(parts.get(at), from, () -> sequence(parts, at + 1, mark, scope, rest));
    }

    /** A window that fits may be moved to where the earliest of its observations ends. */
    private boolean window(Plan part, long micros, Scope scope, Rest rest) throws MatchFailure {
        for (long begin : candidates.lasts(part, work)) {
            Scope inside = scope.window(begin, micros);
            if (earliest(part, inside) != NEVER && solve(part, inside, rest)) {
                return true;
            }
        }
        return false;
    }

    /** Repetitions are alike, so each begins no earlier than the one before: other orders say the same. */
    private boolean repeat(Plan.Times times, long done, long notBefore, Scope scope, Rest rest) throws MatchFailure {
        if (done == times.times()) {
            return rest.done();
        }
        int mark = bound;
        return solve(times.part(), scope, () -> {
            long begins = observations.get(boundObservation[mark]).first();
            return begins >= notBefore && repeat(times, done + 1, begins, scope, rest);
        });
    }

    /**
     * Tries the ways to take as many units as the leaf needs; in a loop and not by recursion, since they may be many.
     */
    private boolean leaf(Plan.Leaf leaf, Scope scope, Rest rest) throws MatchFailure {
        if (++depth > MAX_LEAVES) {
            throw MatchFailure.tooMuchWork(
                    "the pattern has more than " + MAX_LEAVES + " parts when its repetitions are written out");
        }
        LeafUnits taking = new LeafUnits(leaf, scope);
        boolean more = taking.fill();
        while (more) {
            if (rest.done()) {
                return true;
            }
            more = contended[leaf.number()] && taking.another();
        }
        taking.giveBack();
        depth--;
        return false;
    }

    /** The units that one leaf takes at the moment. */
    private final class LeafUnits {
        private final Plan.Leaf leaf;
        private final Scope scope;
        private final int[] fitting;
        private final int mark = bound;
        private int[] places = new int[2];
        private long[] units = new long[2];
        private long needed;
        private int at;

        LeafUnits(Plan.Leaf leaf, Scope scope) {
            this.leaf = leaf;
            this.scope = scope;
            this.fitting = candidates.byFirst(leaf);
            this.needed = leaf.count();
        }

        /** Takes as much as there is of each from {@link #at} on until it has enough; says whether it has. */
        boolean fill() throws MatchFailure {
            for (; needed > 0 && at < fitting.length; at++) {
                work.spend(1);
                long most = Math.min(left[fitting[at]], needed);
                if (most > 0 && scope.fits(observations.get(fitting[at]))) {
                    take(most);
                }
            }
            return needed == 0;
        }

        private void take(long most) {
            int size = bound - mark;
            if (size == places.length) {
                places = Arrays.copyOf(places, 2 * size);
                units = Arrays.copyOf(units, 2 * size);
            }
            if (bound == boundLeaf.length) {
                boundLeaf = Arrays.copyOf(boundLeaf, 2 * bound);
                boundObservation = Arrays.copyOf(boundObservation, 2 * bound);
            }
            places[size] = at;
            units[size] = most;
            left[fitting[at]] -= most;
            needed -= most;
            boundLeaf[bound] = leaf.number();
            boundObservation[bound++] = fitting[at];
        }

        /** The next way: one unit fewer of the last, or none of it, and what follows instead. */
        boolean another() throws MatchFailure {
            while (bound > mark) {
                work.spend(1);
                int last = bound - mark - 1;
                int number = fitting[places[last]];
                at = places[last] + 1;
                // To take fewer of it only helps when something else may need it.
                long back = units[last] > 1 && left[number] < demand ? 1 : units[last];
                units[last] -= back;
                left[number] += back;
                needed += back;
                if (units[last] == 0) {
                    bound--;
                }
                if (fill()) {
                    return true;
                }
            }
            return false;
        }

        void giveBack() {
            while (bound > mark) {
                bound--;
                left[boundObservation[bound]] += units[bound - mark];
            }
        }
    }

    /** At least how late the last of the plan's observations begins, when it is done as early as it can be. */
    private long earliest(Plan plan, Scope scope) throws MatchFailure {
        return switch (plan) {
            case Plan.Leaf leaf -> {
                int[] fitting = candidates.byFirst(leaf);
                long needed = leaf.count();
                for (int number : fitting) {
                    work.spend(1);
                    needed -= scope.fits(observations.get(number)) ? Math.min(left[number], needed) : 0;
                    if (needed == 0) {
                        yield observations.get(number).first();
                    }
                }
                yield NEVER;
            }
            case Plan.All(var parts) -> {
                long latest = Long.MIN_VALUE;
                for (int i = 0; i < parts.size() && latest != NEVER; i++) {
                    latest = Math.max(latest, earliest(parts.get(i), scope));
                }
                yield latest;
            }
            case Plan.Any(var parts) -> {
                long first = NEVER;
                for (Plan part : parts) {
                    first = Math.min(first, earliest(part, scope));
                }
                yield first;
            }
            case Plan.Sequence(var parts) -> earliest(parts, 0, scope);
            case Plan.Window window -> earliest(window.part(), scope);
            case Plan.Times times -> earliest(times.part(), scope);
        };
    }

    private long earliest(List<Plan> sequence, int at, Scope scope) throws MatchFailure {
        long latest = Long.MIN_VALUE;
        Scope from = scope;
        for (int i = at; i < sequence.size() && latest != NEVER; i++) {
            latest = Math.max(latest, earliest(sequence.get(i), from));
            from = from.from(latest);
        }
        return latest;
    }
}
