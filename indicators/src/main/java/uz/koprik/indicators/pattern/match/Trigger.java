package uz.koprik.indicators.pattern.match;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;
import uz.koprik.indicators.pattern.ComparisonExpression;
import uz.koprik.indicators.pattern.ComparisonExpression.Order;
import uz.koprik.indicators.pattern.Constant;
import uz.koprik.indicators.pattern.ObjectPath;
import uz.koprik.indicators.pattern.ObservationExpression;

/**
 * Something an observation must show before a pattern can match: a value at a path, or anything at all there.
 *
 * @param type of the object
 * @param steps names of members; {@code null} stands for the items of a list
 * @param value text, {@code Double} or {@code Boolean}; null for any
 */
record Trigger(String type, List<String> steps, Object value) {

    /** Doubles hold all whole numbers up to here. */
    private static final int EXACT_BITS = 53;

    /**
     * A pattern matches only observations of which at least one shows at least one of these.
     *
     * @param cost how often a trigger is expected to be shown: where one of several sets is enough, the cheapest is
     *     taken
     */
    static Set<Trigger> of(ObservationExpression expression, ToLongFunction<Trigger> cost) {
        return switch (expression) {
            case ObservationExpression.Observation(var comparison) -> of(comparison, cost);
            case ObservationExpression.And(var operands) ->
                cheapest(operands.stream().map(o -> of(o, cost)).toList(), cost);
            case ObservationExpression.FollowedBy(var operands) ->
                cheapest(operands.stream().map(o -> of(o, cost)).toList(), cost);
            case ObservationExpression.Or(var operands) ->
                union(operands.stream().map(o -> of(o, cost)).toList());
            case ObservationExpression.QualifiedExpression(var inner, var qualifier) -> of(inner, cost);
        };
    }

    private static Set<Trigger> of(ComparisonExpression expression, ToLongFunction<Trigger> cost) {
        return switch (expression) {
            case ComparisonExpression.And(var operands) ->
                cheapest(operands.stream().map(o -> of(o, cost)).toList(), cost);
            case ComparisonExpression.Or(var operands) ->
                union(operands.stream().map(o -> of(o, cost)).toList());
            case ComparisonExpression.Exists(var path) -> Set.of(any(path));
            case ComparisonExpression.Match match -> Set.of(any(match.path()));
            case ComparisonExpression.Compare(var path, boolean negated, var order, var constant) -> {
                boolean equal = order == (negated ? Order.NOT_EQUAL : Order.EQUAL);
                yield Set.of(equal ? equal(path, constant) : any(path));
            }
            case ComparisonExpression.In(var path, boolean negated, var set) -> {
                Set<Trigger> triggers = new HashSet<>();
                set.forEach(constant -> triggers.add(negated ? any(path) : equal(path, constant)));
                // "NOT IN" an empty set asks only that the path exists; "IN" an empty set is never satisfied.
                yield set.isEmpty() && negated ? Set.of(any(path)) : triggers;
            }
        };
    }

    private static Trigger equal(ObjectPath path, Constant constant) {
        Trigger any = any(path);
        boolean plain = any.steps.size() == path.steps().size()
                && (any.steps.getLast() == null || Encoding.of(any.steps.getLast()) == Encoding.NONE);
        Object value = !plain
                ? null
                : switch (constant) {
                    case Constant.StringConstant string -> string.value();
                    case Constant.BooleanConstant truth -> truth.value();
                    // As values of JSON are: without a negative zero.
                    case Constant.FloatConstant number -> number.value().doubleValue() + 0.0;
                    case Constant.IntegerConstant number ->
                        number.value().bitLength() <= EXACT_BITS
                                ? (Object) number.value().doubleValue()
                                : null;
                    case Constant.TimestampConstant timestamp -> null; // one moment has many forms
                    case Constant.BytesConstant bytes -> null;
                };
        return value == null ? any : new Trigger(any.type, any.steps, value);
    }

    /** The path up to its first reference, since the rest lies in another object. */
    private static Trigger any(ObjectPath path) {
        List<String> steps = new ArrayList<>();
        boolean reference = false;
        for (ObjectPath.Step step : path.steps()) {
            if (step instanceof ObjectPath.Key(String name)) {
                if (reference) {
                    break;
                }
                steps.add(name);
                reference = name.endsWith("_ref") || name.endsWith("_refs");
            } else {
                steps.add(null);
            }
        }
        return new Trigger(path.objectType(), steps, null);
    }

    private static Set<Trigger> union(List<Set<Trigger>> sets) {
        Set<Trigger> union = new HashSet<>();
        sets.forEach(union::addAll);
        return union;
    }

    private static Set<Trigger> cheapest(List<Set<Trigger>> sets, ToLongFunction<Trigger> cost) {
        Set<Trigger> best = null;
        long bestCost = Long.MAX_VALUE;
        for (Set<Trigger> set : sets) {
            long sum = 0;
            for (Trigger trigger : set) {
                sum += cost.applyAsLong(trigger);
            }
            if (best == null || sum < bestCost) {
                best = set;
                bestCost = sum;
            }
        }
        return best;
    }
}
