package uz.koprik.indicators.pattern;

import java.util.List;
import uz.koprik.indicators.pattern.Constant.StringConstant;

/** What one observation must show (STIX 2.1 section 9.6). */
public sealed interface ComparisonExpression {

    /** Two operands or more, all of which must hold. */
    record And(List<ComparisonExpression> operands) implements ComparisonExpression {
        public And {
            operands = List.copyOf(operands);
        }
    }

    /** Two operands or more, one of which must hold. */
    record Or(List<ComparisonExpression> operands) implements ComparisonExpression {
        public Or {
            operands = List.copyOf(operands);
        }
    }

    /** {@code path EXISTS}, written {@code EXISTS path}. */
    record Exists(ObjectPath path) implements ComparisonExpression {}

    /** {@code path [NOT] operator constant}, of operators that compare for equality or order. */
    record Compare(ObjectPath path, boolean negated, Order order, Constant constant) implements ComparisonExpression {}

    /** {@code path [NOT] IN (…)}; the set may be empty. */
    record In(ObjectPath path, boolean negated, List<Constant> set) implements ComparisonExpression {
        public In {
            set = List.copyOf(set);
        }
    }

    /** {@code path [NOT] operator 'text'}, of operators that take text only. */
    record Match(ObjectPath path, boolean negated, Likeness likeness, StringConstant text)
            implements ComparisonExpression {}

    /** Operators of {@link Compare}. */
    enum Order {
        EQUAL("="),
        NOT_EQUAL("!="),
        LESS("<"),
        LESS_OR_EQUAL("<="),
        GREATER(">"),
        GREATER_OR_EQUAL(">=");

        private final String sign;

        Order(String sign) {
            this.sign = sign;
        }

        /** As it is written in normal form. */
        public String sign() {
            return sign;
        }
    }

    /** Operators of {@link Match}; written by their names without the underscore. */
    enum Likeness {
        LIKE,
        MATCHES,
        ISSUBSET,
        ISSUPERSET
    }
}
