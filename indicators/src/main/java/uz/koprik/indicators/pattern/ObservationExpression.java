package uz.koprik.indicators.pattern;

import java.util.List;

/** What is to be observed (STIX 2.1 sections 9.4 to 9.6). */
public sealed interface ObservationExpression {

    /** {@code [ … ]}: one observation for which the comparison holds. */
    record Observation(ComparisonExpression comparison) implements ObservationExpression {}

    /** Two operands or more, all of which must be observed. */
    record And(List<ObservationExpression> operands) implements ObservationExpression {
        public And {
            operands = List.copyOf(operands);
        }
    }

    /** Two operands or more, one of which must be observed. */
    record Or(List<ObservationExpression> operands) implements ObservationExpression {
        public Or {
            operands = List.copyOf(operands);
        }
    }

    /** Two operands or more, each observed no earlier than the one before. */
    record FollowedBy(List<ObservationExpression> operands) implements ObservationExpression {
        public FollowedBy {
            operands = List.copyOf(operands);
        }
    }

    /** An expression and a condition on when or how often it is observed. */
    record QualifiedExpression(ObservationExpression expression, Qualifier qualifier)
            implements ObservationExpression {}
}
