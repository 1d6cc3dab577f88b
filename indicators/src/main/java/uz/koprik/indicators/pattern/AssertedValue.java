package uz.koprik.indicators.pattern;

import java.util.ArrayList;
import java.util.List;
import uz.koprik.indicators.pattern.ComparisonExpression.Order;

/**
 * A value that a pattern looks for.
 *
 * @param path where it is looked for
 * @param value what is looked for
 * @param observation number of the {@code [ … ]} it stands in, counted from 0
 */
public record AssertedValue(ObjectPath path, Constant value, int observation) {

    static List<AssertedValue> of(ObservationExpression root) {
        List<AssertedValue> values = new ArrayList<>(2);
        observations(root, 0, values);
        return List.copyOf(values);
    }

    /** Returns the number of the next observation. */
    private static int observations(ObservationExpression expression, int number, List<AssertedValue> values) {
        return switch (expression) {
            case ObservationExpression.Observation o -> {
                comparisons(o.comparison(), number, values);
                yield number + 1;
            }
            case ObservationExpression.And and -> all(and.operands(), number, values);
            case ObservationExpression.Or or -> all(or.operands(), number, values);
            case ObservationExpression.FollowedBy followedBy -> all(followedBy.operands(), number, values);
            case ObservationExpression.QualifiedExpression qualified ->
                observations(qualified.expression(), number, values);
        };
    }

    private static int all(List<ObservationExpression> operands, int number, List<AssertedValue> values) {
        int next = number;
        for (ObservationExpression operand : operands) {
            next = observations(operand, next, values);
        }
        return next;
    }

    private static void comparisons(ComparisonExpression expression, int number, List<AssertedValue> values) {
        switch (expression) {
            case ComparisonExpression.And and -> and.operands().forEach(o -> comparisons(o, number, values));
            case ComparisonExpression.Or or -> or.operands().forEach(o -> comparisons(o, number, values));
            case ComparisonExpression.Compare compare -> {
                // "NOT !=" denies a denial.
                if (compare.order() == (compare.negated() ? Order.NOT_EQUAL : Order.EQUAL)) {
                    values.add(new AssertedValue(compare.path(), compare.constant(), number));
                }
            }
            case ComparisonExpression.In in -> {
                if (!in.negated()) {
                    in.set().forEach(c -> values.add(new AssertedValue(in.path(), c, number)));
                }
            }
            case ComparisonExpression.Match match -> {} // likeness names no value
            case ComparisonExpression.Exists exists -> {} // nor does being there
        }
    }
}
