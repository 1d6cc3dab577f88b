package uz.koprik.indicators.pattern.match;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import uz.koprik.indicators.pattern.ObservationExpression;
import uz.koprik.indicators.pattern.Qualifier;

/** An observation expression, compiled: which observations are needed together (section 9.4). */
sealed interface Plan {

    /** No window: longer than all time that timestamps can name. */
    long FOREVER = Long.MAX_VALUE / 4;

    /** Larger counts are treated as this one. */
    long MOST = 1_000_000_000_000L;

    /**
     * {@code [ … ]} with its qualifiers.
     *
     * @param number of this leaf in the pattern, from 0
     * @param from an observation must end no earlier: START
     * @param until an observation must begin earlier: STOP
     * @param count how many observations: REPEATS
     * @param within microseconds they must fit into: WITHIN
     */
    record Leaf(int number, Condition condition, long from, long until, long count, long within) implements Plan {
        Leaf withoutWindow() {
            return new Leaf(number, condition, from, until, count, FOREVER);
        }

        boolean inTime(Observation observation) {
            return observation.last() >= from && observation.first() < until;
        }
    }

    /** All of them, by different observations. */
    record All(List<Plan> parts) implements Plan {}

    /** One of them. */
    record Any(List<Plan> parts) implements Plan {}

    /** All of them, by different observations, each no earlier than those before. */
    record Sequence(List<Plan> parts) implements Plan {}

    /** Inside a window of that many microseconds. */
    record Window(Plan part, long micros) implements Plan {}

    /** That number of times, by different observations. */
    record Times(Plan part, long times) implements Plan {}

    /** All leaves; those that are repeated together come twice. */
    default List<Leaf> leaves() {
        List<Leaf> leaves = new ArrayList<>();
        collect(this, leaves);
        return leaves;
    }

    private static void collect(Plan plan, List<Leaf> leaves) {
        switch (plan) {
            case Leaf leaf -> leaves.add(leaf);
            case All(var parts) -> parts.forEach(p -> collect(p, leaves));
            case Any(var parts) -> parts.forEach(p -> collect(p, leaves));
            case Sequence(var parts) -> parts.forEach(p -> collect(p, leaves));
            case Window window -> collect(window.part, leaves);
            case Times times -> {
                List<Leaf> once = times.part.leaves();
                leaves.addAll(once);
                leaves.addAll(once.stream().distinct().toList());
            }
        }
    }

    /** How many observations it takes at most, up to {@link #MOST}. */
    default long demand() {
        return switch (this) {
            case Leaf leaf -> leaf.count;
            case All(var parts) -> demand(parts);
            case Any(var parts) -> demand(parts);
            case Sequence(var parts) -> demand(parts);
            case Window window -> window.part.demand();
            case Times times -> times.times > MOST / times.part.demand() ? MOST : times.times * times.part.demand();
        };
    }

    private static long demand(List<Plan> parts) {
        long sum = 0;
        for (Plan part : parts) {
            sum = Math.min(MOST, sum + part.demand());
        }
        return sum;
    }

    /** A plan and how many leaves it has. */
    record CompiledPlan(Plan plan, int leaves) {}

    static CompiledPlan of(ObservationExpression root) throws UnmatchablePattern {
        Compiler compiler = new Compiler();
        return new CompiledPlan(compiler.plan(root, Long.MIN_VALUE, Long.MAX_VALUE), compiler.leaves);
    }

    /** From syntax to plans; START and STOP concern each observation alone and so move down to the leaves. */
    final class Compiler {
        private int leaves;

        private Compiler() {}

        private Plan plan(ObservationExpression expression, long from, long until) throws UnmatchablePattern {
            return switch (expression) {
                case ObservationExpression.Observation(var comparison) ->
                    new Leaf(leaves++, Condition.of(comparison), from, until, 1, FOREVER);
                case ObservationExpression.And(var operands) -> new All(plans(operands, from, until));
                case ObservationExpression.Or(var operands) -> new Any(plans(operands, from, until));
                case ObservationExpression.FollowedBy(var operands) -> new Sequence(plans(operands, from, until));
                case ObservationExpression.QualifiedExpression(var inner, Qualifier.StartStop range) -> {
                    long start = Operand.moment(range.start()).micros();
                    long stop = Operand.moment(range.stop()).micros();
                    // Nothing is both at or after the start and before the stop when they are the wrong way round.
                    yield plan(inner, start < stop ? Math.max(from, start) : Long.MAX_VALUE, Math.min(until, stop));
                }
                case ObservationExpression.QualifiedExpression(var inner, Qualifier.Within(BigDecimal seconds)) ->
                    window(plan(inner, from, until), micros(seconds));
                case ObservationExpression.QualifiedExpression(var inner, Qualifier.Repeats(BigInteger times)) ->
                    times(
                            plan(inner, from, until),
                            times.min(BigInteger.valueOf(MOST)).longValueExact());
            };
        }

        private List<Plan> plans(List<ObservationExpression> operands, long from, long until)
                throws UnmatchablePattern {
            List<Plan> plans = new ArrayList<>(operands.size());
            for (ObservationExpression operand : operands) {
                plans.add(plan(operand, from, until));
            }
            return plans;
        }

        private static Plan window(Plan plan, long micros) {
            return switch (plan) {
                case Leaf l -> new Leaf(l.number, l.condition, l.from, l.until, l.count, Math.min(l.within, micros));
                case Window inner -> new Window(inner.part, Math.min(inner.micros, micros));
                default -> new Window(plan, micros);
            };
        }

        private static Plan times(Plan plan, long times) {
            if (times == 1) {
                return plan;
            }
            if (plan instanceof Leaf l && (l.count == 1 || l.within == FOREVER)) {
                // One observation is always within a window, so the window says nothing about the repetitions.
                long count = Math.min(MOST, l.count > MOST / times ? MOST : l.count * times);
                return new Leaf(l.number, l.condition, l.from, l.until, count, FOREVER);
            }
            return plan instanceof Times inner && inner.times <= MOST / times
                    ? new Times(inner.part, inner.times * times)
                    : new Times(plan, times);
        }

        private static long micros(BigDecimal seconds) {
            return seconds.movePointRight(6).min(BigDecimal.valueOf(FOREVER)).longValue();
        }
    }
}
