package uz.koprik.indicators.pattern.match;

import java.text.Normalizer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.indicators.observable.IpNetwork;
import uz.koprik.indicators.pattern.ComparisonExpression;
import uz.koprik.indicators.pattern.Constant;

/** The operators of section 9.6.1 as tests of values. */
final class ValueTests {

    private ValueTests() {}

    static ValueTest of(ComparisonExpression.Compare compare) throws UnmatchablePattern {
        Operand operand = Operand.of(compare.constant());
        boolean negated = compare.negated();
        return switch (compare.order()) {
            case EQUAL -> equal(operand, negated);
            case NOT_EQUAL -> equal(operand, !negated);
            case LESS -> order(operand, true, false, false, negated);
            case LESS_OR_EQUAL -> order(operand, true, true, false, negated);
            case GREATER -> order(operand, false, false, true, negated);
            case GREATER_OR_EQUAL -> order(operand, false, true, true, negated);
        };
    }

    private static ValueTest equal(Operand operand, boolean negated) {
        return (value, encoding, work) -> {
            int order = operand.order(value, encoding, work);
            return order == Operand.MALFORMED ? Verdict.UNKNOWN : Verdict.of((order == 0) != negated);
        };
    }

    /** Values of types that have no order between them are neither less nor not less. */
    private static ValueTest order(Operand operand, boolean less, boolean same, boolean greater, boolean negated) {
        return (value, encoding, work) -> switch (operand.order(value, encoding, work)) {
            case -1 -> Verdict.of(less != negated);
            case 0 -> Verdict.of(same != negated);
            case 1 -> Verdict.of(greater != negated);
            case Operand.OTHER_TYPE -> Verdict.FALSE;
            case Operand.NOT_BYTES -> Verdict.of(negated);
            default -> Verdict.UNKNOWN;
        };
    }

    static ValueTest of(ComparisonExpression.In in) throws UnmatchablePattern {
        Set<Class<?>> types = new HashSet<>();
        Set<String> texts = new HashSet<>();
        Operand[] operands = new Operand[in.set().size()];
        for (int i = 0; i < operands.length; i++) {
            operands[i] = Operand.of(in.set().get(i));
            types.add(operands[i].getClass());
            if (operands[i] instanceof Operand.Text text) {
                texts.add(text.text());
            }
        }
        // Text may be compared with bytes, and whole numbers with others; all else in one set would never be equal.
        if (types.size() > 1) {
            throw new UnmatchablePattern("the constants of one set are of several types");
        }
        ValueTest any = (value, encoding, work) -> any(operands, value, encoding, work);
        ValueTest test = texts.size() < 4
                ? any
                : (value, encoding, work) -> encoding == Encoding.NONE && value instanceof JsonString s
                        ? Verdict.of(texts.contains(s.value()))
                        : any.test(value, encoding, work);
        return in.negated() ? test.negated() : test;
    }

    private static Verdict any(Operand[] operands, Json value, Encoding encoding, Work work) throws MatchFailure {
        work.spend(operands.length / 8);
        for (Operand operand : operands) {
            int order = operand.order(value, encoding, work);
            if (order == 0) {
                return Verdict.TRUE;
            }
            if (order == Operand.MALFORMED) {
                return Verdict.UNKNOWN; // and it is so for all of them
            }
        }
        return Verdict.FALSE;
    }

    static ValueTest of(ComparisonExpression.Match match) throws UnmatchablePattern {
        ValueTest test =
                switch (match.likeness()) {
                    case LIKE -> like(new Like(normal(match.text())));
                    case MATCHES -> matches(new Regex(normal(match.text())));
                    case ISSUBSET -> network(match.text(), false);
                    case ISSUPERSET -> network(match.text(), true);
                };
        return match.negated() ? test.negated() : test;
    }

    private static String normal(Constant.StringConstant text) throws UnmatchablePattern {
        try {
            Texts.normal(text.value(), new Work(Work.LIMIT));
        } catch (MatchFailure e) {
            throw new UnmatchablePattern("a text has too many combining marks in a row");
        }
        return Normalizer.normalize(text.value(), Normalizer.Form.NFC);
    }

    private static ValueTest like(Like like) {
        return (value, encoding, work) -> {
            if (!(value instanceof JsonString string)) {
                return Verdict.FALSE;
            }
            if (encoding == Encoding.NONE) {
                return Verdict.of(like.matches(Texts.normal(string.value(), work), work));
            }
            byte[] bytes = encoding.decode(string.value());
            return bytes == null
                    ? encoding.malformed(work)
                    : Verdict.of(like.narrow() && like.matches(Texts.text(bytes), work));
        };
    }

    private static ValueTest matches(Regex regex) {
        return (value, encoding, work) -> {
            if (!(value instanceof JsonString string)) {
                return Verdict.FALSE;
            }
            if (encoding == Encoding.NONE) {
                return Verdict.of(regex.finds(Texts.normal(string.value(), work), work));
            }
            byte[] bytes = encoding.decode(string.value());
            return bytes == null
                    ? encoding.malformed(work)
                    : Verdict.of(regex.narrow() && regex.finds(Texts.text(bytes), work));
        };
    }

    private static ValueTest network(Constant.StringConstant constant, boolean valueIsLarger)
            throws UnmatchablePattern {
        IpNetwork network = IpNetwork.parse(constant.value())
                .orElseThrow(
                        () -> new UnmatchablePattern(
                                "ISSUBSET and ISSUPERSET are for addresses and networks such as 192.0.2.0/24, not for other text"));
        return (value, encoding, work) -> {
            if (!(value instanceof JsonString string) || encoding != Encoding.NONE) {
                return Verdict.FALSE;
            }
            return Verdict.of(IpNetwork.parse(string.value())
                    .filter(other -> valueIsLarger ? other.contains(network) : network.contains(other))
                    .isPresent());
        };
    }

    /** {@code EXISTS}: that the path leads anywhere is all it asks. */
    static ValueTest exists() {
        return (value, encoding, work) -> Verdict.TRUE;
    }
}
