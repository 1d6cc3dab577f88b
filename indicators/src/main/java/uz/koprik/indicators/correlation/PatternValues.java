package uz.koprik.indicators.correlation;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.extraction.ObservableExtraction;
import uz.koprik.indicators.pattern.ComparisonExpression;
import uz.koprik.indicators.pattern.ComparisonExpression.Order;
import uz.koprik.indicators.pattern.Constant;
import uz.koprik.indicators.pattern.ObjectPath;
import uz.koprik.indicators.pattern.ObservationExpression;

/** What can be said of a pattern by the values of known kinds it names, without testing it. */
final class PatternValues {

    private PatternValues() {}

    /**
     * Values of which every object that matches the pattern carries at least one.
     *
     * @return the smallest such set that is seen at once; empty when the pattern can match without any value of a known
     *     kind
     */
    static Optional<Set<Observable>> of(ObservationExpression expression) {
        return switch (expression) {
            case ObservationExpression.Observation(var comparison) -> of(comparison);
            case ObservationExpression.And(var operands) -> smallest(operands, PatternValues::of);
            case ObservationExpression.FollowedBy(var operands) -> smallest(operands, PatternValues::of);
            case ObservationExpression.Or(var operands) -> union(operands, PatternValues::of);
            case ObservationExpression.QualifiedExpression(var inner, var qualifier) -> of(inner);
        };
    }

    /** Whether the pattern asks only for one of some values of known kinds: every object that carries one matches. */
    static boolean plain(ObservationExpression expression) {
        return switch (expression) {
            case ObservationExpression.Observation(var comparison) -> plain(comparison);
            case ObservationExpression.Or(var operands) -> operands.stream().allMatch(PatternValues::plain);
            case ObservationExpression.And and -> false;
            case ObservationExpression.FollowedBy followedBy -> false;
            case ObservationExpression.QualifiedExpression qualified -> false;
        };
    }

    /** Whether it is one comparison for equality. */
    static boolean single(ObservationExpression expression) {
        return expression instanceof ObservationExpression.Observation(ComparisonExpression.Compare compare)
                && !compare.negated()
                && compare.order() == Order.EQUAL;
    }

    /** Types of objects that the pattern speaks of. */
    static Set<String> types(ObservationExpression expression) {
        Set<String> types = new HashSet<>();
        addTypes(expression, types);
        return types;
    }

    private static Optional<Set<Observable>> of(ComparisonExpression expression) {
        return switch (expression) {
            case ComparisonExpression.And(var operands) -> smallest(operands, PatternValues::of);
            case ComparisonExpression.Or(var operands) -> union(operands, PatternValues::of);
            // "NOT !=" denies a denial.
            case ComparisonExpression.Compare(var path, boolean negated, var order, var constant) ->
                order == (negated ? Order.NOT_EQUAL : Order.EQUAL) ? named(path, constant) : Optional.empty();
            case ComparisonExpression.In(var path, boolean negated, var set) ->
                negated ? Optional.empty() : union(set, constant -> named(path, constant));
            case ComparisonExpression.Match match -> Optional.empty();
            case ComparisonExpression.Exists exists -> Optional.empty();
        };
    }

    private static Optional<Set<Observable>> named(ObjectPath path, Constant constant) {
        return ObservableExtraction.named(path, constant).map(Set::of);
    }

    private static boolean plain(ComparisonExpression expression) {
        return switch (expression) {
            case ComparisonExpression.Or(var operands) -> operands.stream().allMatch(PatternValues::plain);
            case ComparisonExpression.And and -> false;
            default -> of(expression).isPresent();
        };
    }

    private static <T> Optional<Set<Observable>> smallest(
            List<T> operands, Function<T, Optional<Set<Observable>>> each) {
        Optional<Set<Observable>> best = Optional.empty();
        for (T operand : operands) {
            Optional<Set<Observable>> one = each.apply(operand);
            if (one.isPresent()
                    && (best.isEmpty() || one.get().size() < best.get().size())) {
                best = one;
            }
        }
        return best;
    }

    private static <T> Optional<Set<Observable>> union(List<T> operands, Function<T, Optional<Set<Observable>>> each) {
        Set<Observable> all = new HashSet<>();
        for (T operand : operands) {
            Optional<Set<Observable>> one = each.apply(operand);
            if (one.isEmpty()) {
                return Optional.empty();
            }
            all.addAll(one.get());
        }
        return Optional.of(all);
    }

    private static void addTypes(ObservationExpression expression, Set<String> types) {
        switch (expression) {
            case ObservationExpression.Observation(var comparison) -> addTypes(comparison, types);
            case ObservationExpression.And(var operands) -> operands.forEach(o -> addTypes(o, types));
            case ObservationExpression.FollowedBy(var operands) -> operands.forEach(o -> addTypes(o, types));
            case ObservationExpression.Or(var operands) -> operands.forEach(o -> addTypes(o, types));
            case ObservationExpression.QualifiedExpression(var inner, var qualifier) -> addTypes(inner, types);
        }
    }

    private static void addTypes(ComparisonExpression expression, Set<String> types) {
        switch (expression) {
            case ComparisonExpression.And(var operands) -> operands.forEach(o -> addTypes(o, types));
            case ComparisonExpression.Or(var operands) -> operands.forEach(o -> addTypes(o, types));
            case ComparisonExpression.Compare compare ->
                types.add(compare.path().objectType());
            case ComparisonExpression.In in -> types.add(in.path().objectType());
            case ComparisonExpression.Match match -> types.add(match.path().objectType());
            case ComparisonExpression.Exists exists -> types.add(exists.path().objectType());
        }
    }
}
