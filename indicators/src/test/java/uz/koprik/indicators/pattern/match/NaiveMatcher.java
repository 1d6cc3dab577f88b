package uz.koprik.indicators.pattern.match;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import uz.koprik.indicators.pattern.ObservationExpression;
import uz.koprik.indicators.pattern.Qualifier;
import uz.koprik.indicators.stix.values.StixTimestamp;

/** All ways to share observations out, written down one by one: right by its plainness, and useless beyond a few. */
final class NaiveMatcher {

    /** One observation of those that a number_observed over 1 stands for. */
    private record Instance(Observation observation, int number) {}

    private final List<Observation> observations;

    NaiveMatcher(List<Observation> observations) {
        this.observations = observations;
    }

    /** Null when malformed data comes into play anywhere, or there are too many ways. */
    Boolean matches(ObservationExpression root) throws UnmatchablePattern, MatchFailure {
        List<List<Instance>> ways = ways(root);
        return ways == null ? null : (Boolean) !ways.isEmpty();
    }

    private List<List<Instance>> ways(ObservationExpression expression) throws UnmatchablePattern, MatchFailure {
        return switch (expression) {
            case ObservationExpression.Observation(var comparison) -> {
                List<List<Instance>> ways = new ArrayList<>();
                Condition condition = Condition.of(comparison);
                boolean known = true;
                for (Observation observation : observations) {
                    Verdict verdict = condition.holds(observation, new Work(Work.LIMIT));
                    known &= verdict != Verdict.UNKNOWN;
                    for (int i = 0; verdict == Verdict.TRUE && i < observation.times(); i++) {
                        ways.add(List.of(new Instance(observation, i)));
                    }
                }
                yield known ? ways : null;
            }
            case ObservationExpression.And(var operands) -> joined(operands, false);
            case ObservationExpression.FollowedBy(var operands) -> joined(operands, true);
            case ObservationExpression.Or(var operands) -> {
                List<List<Instance>> ways = new ArrayList<>();
                for (ObservationExpression operand : operands) {
                    List<List<Instance>> more = ways(operand);
                    if (more == null) {
                        yield null;
                    }
                    ways.addAll(more);
                }
                yield ways;
            }
            case ObservationExpression.QualifiedExpression(var inner, var qualifier) -> {
                List<List<Instance>> ways = ways(inner);
                yield ways == null
                        ? null
                        : switch (qualifier) {
                            case Qualifier.Repeats(var times) -> repeated(ways, times.intValueExact());
                            case Qualifier.Within(var seconds) ->
                                ways.stream()
                                        .filter(w -> latestFirst(w) - earliestLast(w)
                                                <= seconds.movePointRight(6).longValue())
                                        .toList();
                            case Qualifier.StartStop(var start, var stop) ->
                                ways.stream()
                                        .filter(w -> w.stream()
                                                .allMatch(i -> i.observation.last()
                                                                >= StixTimestamp.parse(start.value())
                                                        && i.observation.first() < StixTimestamp.parse(stop.value())))
                                        .toList();
                        };
            }
        };
    }

    private List<List<Instance>> joined(List<ObservationExpression> operands, boolean ordered)
            throws UnmatchablePattern, MatchFailure {
        List<List<Instance>> ways = List.of(List.of());
        for (ObservationExpression operand : operands) {
            List<List<Instance>> right = ways(operand);
            if (right == null) {
                return null;
            }
            ways = product(ways, right, ordered);
            if (ways == null) {
                return null;
            }
        }
        return ways;
    }

    private static List<List<Instance>> repeated(List<List<Instance>> ways, int times) {
        List<List<Instance>> result = List.of(List.of());
        for (int i = 0; i < times && result != null; i++) {
            result = product(result, ways, false);
        }
        return result;
    }

    private static List<List<Instance>> product(
            List<List<Instance>> left, List<List<Instance>> right, boolean ordered) {
        List<List<Instance>> ways = new ArrayList<>();
        for (List<Instance> a : left) {
            for (List<Instance> b : right) {
                if (Collections.disjoint(a, b) && (!ordered || a.isEmpty() || latestFirst(a) <= earliestLast(b))) {
                    List<Instance> both = new ArrayList<>(a);
                    both.addAll(b);
                    ways.add(both);
                }
            }
            if (ways.size() > 20_000) {
                return null;
            }
        }
        return ways;
    }

    private static long latestFirst(List<Instance> way) {
        return way.stream().mapToLong(i -> i.observation.first()).max().orElse(Long.MIN_VALUE);
    }

    private static long earliestLast(List<Instance> way) {
        return way.stream().mapToLong(i -> i.observation.last()).min().orElse(Long.MAX_VALUE);
    }
}
