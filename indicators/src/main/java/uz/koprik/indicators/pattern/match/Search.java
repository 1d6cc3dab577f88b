package uz.koprik.indicators.pattern.match;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Shares observations out among the leaves of a plan: depth first, going back where it gets stuck, with all limits of time
 * looked at as early as possible. Every step is charged, since sharing out is as hard a problem as there are.
 */
final class Search {

    /** More observations bound at once would need a deeper stack than threads have. */
    static final int MAX_BOUND = 250;

    /** What remains to be done. */
    private interface Rest {
        boolean done() throws MatchFailure;
    }

    /** The times bound so far under one WITHIN or FOLLOWEDBY. */
    private static final class Span {
        private final Span outer;
        private final long limit;
        private long latestFirst = Long.MIN_VALUE;
        private long earliestLast = Long.MAX_VALUE;

        Span(Span outer, long limit) {
            this.outer = outer;
            this.limit = limit;
        }
    }

    /** Limits of time around an expression: spans, innermost first, and what must not end earlier. */
    private record Scope(Span span, long notBefore) {}

    private final List<Observation> observations;
    private final Candidates candidates;
    private final Work work;
    private final long[] left;
    private long demand;
    private int[] boundLeaf = new int[8];
    private int[] boundObservation = new int[8];
    private int bound;
    private List<Match.Binding> found;

    Search(List<Observation> observations, Candidates candidates, Work work) {
        this.observations = observations;
        this.candidates = candidates;
        this.work = work;
        this.left = observations.stream().mapToLong(Observation::times).toArray();
    }

    /** The first way found, or null when there is none. */
    List<Match.Binding> run(Plan plan, int leaves) throws MatchFailure {
        if (!candidates.enough(plan, work) || !Supply.enough(plan, candidates, observations, work)) {
            return null;
        }
        demand = demand(plan);
        return solve(plan, new Scope(null, Long.MIN_VALUE), () -> remember(leaves)) ? found : null;
    }

    /** No way to satisfy the plan takes more observations. */
    private static long demand(Plan plan) {
        return switch (plan) {
            case Plan.Leaf leaf -> leaf.count();
            case Plan.All(var parts) -> demand(parts);
            case Plan.Any(var parts) -> demand(parts);
            case Plan.Sequence(var parts) -> demand(parts);
            case Plan.Window window -> demand(window.part());
            case Plan.Times times -> times.times() > Plan.MOST / demand(times.part()) ? Plan.MOST : times.times() * demand(times.part());
        };
    }

    private static long demand(List<Plan> parts) {
        long sum = 0;
        for (Plan part : parts) {
            sum = Math.min(Plan.MOST, sum + demand(part));
        }
        return sum;
    }

    private boolean remember(int leaves) {
        List<List<Observation>> taken = new ArrayList<>();
        for (int i = 0; i < leaves; i++) {
            taken.add(new ArrayList<>());
        }
        for (int i = 0; i < bound; i++) {
            Observation observation = observations.get(boundObservation[i]);
            if (!taken.get(boundLeaf[i]).contains(observation)) {
                taken.get(boundLeaf[i]).add(observation);
            }
        }
        found = Match.Binding.of(taken);
        return true;
    }

    private boolean solve(Plan plan, Scope scope, Rest rest) throws MatchFailure {
        work.spend(1);
        return switch (plan) {
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
            case Plan.Sequence(var parts) -> sequence(parts, 0, new Span(scope.span, Plan.FOREVER), scope, rest);
            case Plan.Window window -> solve(window.part(), new Scope(new Span(scope.span, window.micros()), scope.notBefore), rest);
            case Plan.Times times -> repeat(times, 0, -1, scope, rest);
        };
    }

    private boolean all(List<Plan> parts, int at, Scope scope, Rest rest) throws MatchFailure {
        return at == parts.size() ? rest.done() : solve(parts.get(at), scope, () -> all(parts, at + 1, scope, rest));
    }

    private boolean sequence(List<Plan> parts, int at, Span span, Scope scope, Rest rest) throws MatchFailure {
        if (at == parts.size()) {
            return rest.done();
        }
        long notBefore = Math.max(scope.notBefore, span.latestFirst);
        return solve(parts.get(at), new Scope(span, notBefore), () -> sequence(parts, at + 1, span, scope, rest));
    }

    /** Repetitions are alike, so each begins no earlier in the list than the one before: other orders say the same. */
    private boolean repeat(Plan.Times times, long done, int atLeast, Scope scope, Rest rest) throws MatchFailure {
        if (done == times.times()) {
            return rest.done();
        }
        int mark = bound;
        return solve(times.part(), scope, () -> boundObservation[mark] >= atLeast
                && repeat(times, done + 1, boundObservation[mark], scope, rest));
    }

    private boolean leaf(Plan.Leaf leaf, Scope scope, Rest rest) throws MatchFailure {
        Scope inner = leaf.within() == Plan.FOREVER || leaf.count() == 1 ? scope
                : new Scope(new Span(scope.span, leaf.within()), scope.notBefore);
        int[] fitting = candidates.of(leaf);
        work.spend(fitting.length / 4);
        long available = 0;
        for (int i = 0; i < fitting.length && available < leaf.count(); i++) {
            available += fits(fitting[i], inner) ? Math.min(left[fitting[i]], leaf.count()) : 0;
        }
        return available >= leaf.count() && units(leaf, fitting, 0, leaf.count(), inner, rest);
    }

    /** Takes {@code needed} units from the candidates at {@code from} and behind. */
    private boolean units(Plan.Leaf leaf, int[] fitting, int from, long needed, Scope scope, Rest rest) throws MatchFailure {
        for (int i = from; i < fitting.length; i++) {
            work.spend(1);
            int number = fitting[i];
            long most = Math.min(left[number], needed);
            if (most > 0 && fits(number, scope) && take(leaf, fitting, i, most, needed, scope, rest)) {
                return true;
            }
        }
        return false;
    }

    private boolean take(Plan.Leaf leaf, int[] fitting, int i, long most, long needed, Scope scope, Rest rest)
            throws MatchFailure {
        if (bound == MAX_BOUND) {
            throw MatchFailure.tooMuchWork("the pattern asks for more than " + MAX_BOUND + " observations at once");
        }
        if (bound == boundLeaf.length) {
            boundLeaf = Arrays.copyOf(boundLeaf, 2 * bound);
            boundObservation = Arrays.copyOf(boundObservation, 2 * bound);
        }
        int number = fitting[i];
        long[] before = enter(scope.span, observations.get(number));
        boundLeaf[bound] = leaf.number();
        boundObservation[bound++] = number;
        boolean done = false;
        for (long units = most; units > 0 && !done; units--) {
            work.spend(1);
            left[number] -= units;
            done = units == needed ? rest.done() : units(leaf, fitting, i + 1, needed - units, scope, rest);
            left[number] += units;
            // To take fewer of it only helps when something else may need it.
            if (left[number] - units >= demand) {
                break;
            }
        }
        bound--;
        leave(scope.span, before);
        return done;
    }

    private boolean fits(int number, Scope scope) {
        Observation observation = observations.get(number);
        if (observation.last() < scope.notBefore) {
            return false;
        }
        for (Span span = scope.span; span != null; span = span.outer) {
            long latest = Math.max(span.latestFirst, observation.first());
            if (latest - Math.min(span.earliestLast, observation.last()) > span.limit) {
                return false;
            }
        }
        return true;
    }

    private static long[] enter(Span innermost, Observation observation) {
        int depth = 0;
        for (Span span = innermost; span != null; span = span.outer) {
            depth++;
        }
        long[] before = new long[2 * depth];
        int i = 0;
        for (Span span = innermost; span != null; span = span.outer) {
            before[i++] = span.latestFirst;
            before[i++] = span.earliestLast;
            span.latestFirst = Math.max(span.latestFirst, observation.first());
            span.earliestLast = Math.min(span.earliestLast, observation.last());
        }
        return before;
    }

    private static void leave(Span innermost, long[] before) {
        int i = 0;
        for (Span span = innermost; span != null; span = span.outer) {
            span.latestFirst = before[i++];
            span.earliestLast = before[i++];
        }
    }
}
