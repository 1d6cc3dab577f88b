package uz.koprik.indicators.translate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import uz.koprik.indicators.pattern.ComparisonExpression;
import uz.koprik.indicators.pattern.Constant;
import uz.koprik.indicators.pattern.ObjectPath;
import uz.koprik.indicators.pattern.ObservationExpression;
import uz.koprik.indicators.pattern.Pattern;
import uz.koprik.indicators.pattern.PatternSyntaxError;

/**
 * A pattern as formats without a language of their own can say it: alternatives, each a few values that must all be
 * there.
 *
 * @param all each alternative by the normal form of its paths, in the order of the pattern; empty when {@code problem}
 *     is not
 * @param problem why the pattern is more than that, in words; empty when it is not
 */
public record Alternatives(List<Map<String, Constant>> all, String problem) {

    /** More alternatives than this come from multiplying out, not from people. */
    private static final int MAX = 10_000;

    public Alternatives {
        all = List.copyOf(all);
    }

    /** Takes a pattern apart (STIX 2.1, section 9). */
    public static Alternatives of(String pattern) {
        try {
            return new Alternatives(observations(Pattern.parse(pattern).root()), "");
        } catch (PatternSyntaxError e) {
            return new Alternatives(List.of(), "the pattern cannot be read");
        } catch (TooMuch e) {
            return new Alternatives(List.of(), e.getMessage());
        }
    }

    private static List<Map<String, Constant>> observations(ObservationExpression expression) throws TooMuch {
        return switch (expression) {
            case ObservationExpression.Observation o -> comparisons(o.comparison());
            case ObservationExpression.Or or -> {
                List<Map<String, Constant>> union = new ArrayList<>();
                for (ObservationExpression operand : or.operands()) {
                    add(union, observations(operand));
                }
                yield union;
            }
            case ObservationExpression.And and ->
                throw new TooMuch("the pattern demands " + and.operands().size() + " separate observations");
            case ObservationExpression.FollowedBy followed ->
                throw new TooMuch(
                        "the pattern demands " + followed.operands().size() + " observations one after the other");
            case ObservationExpression.QualifiedExpression qualified ->
                throw new TooMuch("the pattern says when or how often the value must be observed");
        };
    }

    private static List<Map<String, Constant>> comparisons(ComparisonExpression expression) throws TooMuch {
        return switch (expression) {
            case ComparisonExpression.Compare compare -> {
                if (compare.negated() || compare.order() != ComparisonExpression.Order.EQUAL) {
                    throw new TooMuch("the pattern compares otherwise than by equality");
                }
                yield List.of(Map.of(compare.path().toString(), compare.constant()));
            }
            case ComparisonExpression.In in -> in(in.path(), in.negated(), in.set());
            case ComparisonExpression.Or or -> {
                List<Map<String, Constant>> union = new ArrayList<>();
                for (ComparisonExpression operand : or.operands()) {
                    add(union, comparisons(operand));
                }
                yield union;
            }
            case ComparisonExpression.And and -> {
                List<Map<String, Constant>> product = List.of(Map.of());
                for (ComparisonExpression operand : and.operands()) {
                    product = product(product, comparisons(operand));
                }
                yield product;
            }
            case ComparisonExpression.Match match ->
                throw new TooMuch("the pattern compares by likeness: " + match.likeness());
            case ComparisonExpression.Exists exists -> throw new TooMuch("the pattern asks whether something exists");
        };
    }

    private static List<Map<String, Constant>> in(ObjectPath path, boolean negated, List<Constant> set) throws TooMuch {
        if (negated) {
            throw new TooMuch("the pattern compares otherwise than by equality");
        }
        List<Map<String, Constant>> union = new ArrayList<>();
        for (Constant constant : set) {
            add(union, List.of(Map.of(path.toString(), constant)));
        }
        return union;
    }

    private static List<Map<String, Constant>> product(
            List<Map<String, Constant>> left, List<Map<String, Constant>> right) throws TooMuch {
        List<Map<String, Constant>> product = new ArrayList<>();
        for (Map<String, Constant> a : left) {
            for (Map<String, Constant> b : right) {
                Map<String, Constant> both = new LinkedHashMap<>(a);
                for (Map.Entry<String, Constant> term : b.entrySet()) {
                    Constant before = both.putIfAbsent(term.getKey(), term.getValue());
                    if (before != null && !before.equals(term.getValue())) {
                        throw new TooMuch("the pattern demands two values of one property");
                    }
                }
                add(product, List.of(both));
            }
        }
        return product;
    }

    private static void add(List<Map<String, Constant>> union, List<Map<String, Constant>> more) throws TooMuch {
        union.addAll(more);
        if (union.size() > MAX) {
            throw new TooMuch("the pattern has more than " + MAX + " alternatives");
        }
    }

    /** The text of a constant as other formats write it: without quotes. */
    public static String text(Constant constant) {
        return switch (constant) {
            case Constant.StringConstant string -> string.value();
            case Constant.IntegerConstant integer -> integer.value().toString();
            case Constant.FloatConstant number -> number.value().toPlainString();
            case Constant.BooleanConstant bool -> String.valueOf(bool.value());
            case Constant.TimestampConstant time -> time.value();
            case Constant.BytesConstant bytes -> java.util.HexFormat.of().formatHex(bytes.bytes());
        };
    }

    private static final class TooMuch extends Exception {
        private static final long serialVersionUID = 1L;

        TooMuch(String message) {
            super(message, null, false, false);
        }
    }
}
