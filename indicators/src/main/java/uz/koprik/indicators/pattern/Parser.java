package uz.koprik.indicators.pattern;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import uz.koprik.indicators.pattern.ObjectPath.AnyItem;
import uz.koprik.indicators.pattern.ObjectPath.Index;
import uz.koprik.indicators.pattern.ObjectPath.Step;
import uz.koprik.indicators.pattern.Qualifier.Repeats;
import uz.koprik.indicators.pattern.Qualifier.StartStop;
import uz.koprik.indicators.pattern.Qualifier.Within;

/** Recursive descent over the grammar of STIX 2.1 section 9; one method per rule. */
final class Parser {

    /** On one group in parentheses; keeps trees shallow. */
    private static final int MAX_QUALIFIERS = 16;

    private final Lexer lexer;
    private final boolean lenient;
    private int depth;

    /** @param lenient whether one observation may have several qualifiers of one kind */
    Parser(String text, boolean lenient) throws PatternSyntaxError {
        this.lexer = new Lexer(text);
        this.lenient = lenient;
        if (text.length() > Pattern.MAX_LENGTH) {
            throw lexer.error("a pattern of at most " + Pattern.MAX_LENGTH + " characters", "a longer one");
        }
        lexer.next();
    }

    ObservationExpression pattern() throws PatternSyntaxError {
        ObservationExpression root = followedBy();
        if (lexer.token != Token.END) {
            throw lexer.error("AND, OR, FOLLOWEDBY, a qualifier or the end of the pattern");
        }
        return root;
    }

    /** Binds least of the observation operators: OR binds tighter, AND tightest. */
    private ObservationExpression followedBy() throws PatternSyntaxError {
        ObservationExpression first = observationOr();
        if (lexer.token != Token.FOLLOWEDBY) {
            return first;
        }
        List<ObservationExpression> operands = listOf(first);
        while (accept(Token.FOLLOWEDBY)) {
            operands.add(observationOr());
        }
        return new ObservationExpression.FollowedBy(operands);
    }

    private ObservationExpression observationOr() throws PatternSyntaxError {
        ObservationExpression first = observationAnd();
        if (lexer.token != Token.OR) {
            return first;
        }
        List<ObservationExpression> operands = listOf(first);
        while (accept(Token.OR)) {
            operands.add(observationAnd());
        }
        return new ObservationExpression.Or(operands);
    }

    private ObservationExpression observationAnd() throws PatternSyntaxError {
        ObservationExpression first = qualified();
        if (lexer.token != Token.AND) {
            return first;
        }
        List<ObservationExpression> operands = listOf(first);
        while (accept(Token.AND)) {
            operands.add(qualified());
        }
        return new ObservationExpression.And(operands);
    }

    private ObservationExpression qualified() throws PatternSyntaxError {
        boolean once = lexer.token == Token.LEFT_BRACKET && !lenient;
        ObservationExpression expression = observation();
        Set<Token> seen = null;
        int count = 0;
        while (lexer.token == Token.WITHIN || lexer.token == Token.REPEATS || lexer.token == Token.START) {
            seen = seen == null ? EnumSet.noneOf(Token.class) : seen;
            // Section 9.4.1: at most one of each on one observation; on a group in parentheses they may come again.
            if (!seen.add(lexer.token) && once) {
                throw lexer.error("no second qualifier of this kind");
            }
            if (++count > MAX_QUALIFIERS) {
                throw lexer.error("at most " + MAX_QUALIFIERS + " qualifiers of one expression", "another one");
            }
            expression = new ObservationExpression.QualifiedExpression(expression, qualifier());
        }
        return expression;
    }

    private ObservationExpression observation() throws PatternSyntaxError {
        if (accept(Token.LEFT_BRACKET)) {
            ComparisonExpression comparison = comparisonOr();
            expect(Token.RIGHT_BRACKET, "AND, OR or ]");
            return new ObservationExpression.Observation(comparison);
        }
        if (lexer.token != Token.LEFT_PAREN) {
            throw lexer.error("[ or (");
        }
        enter();
        ObservationExpression inner = followedBy();
        expect(Token.RIGHT_PAREN, "AND, OR, FOLLOWEDBY, a qualifier or )");
        depth--;
        return inner;
    }

    private Qualifier qualifier() throws PatternSyntaxError {
        if (accept(Token.WITHIN)) {
            if (lexer.token != Token.INTEGER && lexer.token != Token.FLOAT) {
                throw lexer.error("a positive number of seconds");
            }
            Within within = new Within(decimal());
            if (within.seconds().signum() == 0) {
                throw lexer.error("a positive number of seconds", "zero");
            }
            lexer.next();
            expect(Token.SECONDS, "SECONDS");
            return within;
        }
        if (accept(Token.REPEATS)) {
            if (lexer.token != Token.INTEGER) {
                throw lexer.error("a positive whole number");
            }
            Repeats repeats = new Repeats(integer());
            if (repeats.times().signum() == 0) {
                throw lexer.error("a positive whole number", "zero");
            }
            lexer.next();
            expect(Token.TIMES, "TIMES");
            return repeats;
        }
        expect(Token.START, "a qualifier");
        Constant.TimestampConstant start = timestamp();
        expect(Token.STOP, "STOP");
        return new StartStop(start, timestamp());
    }

    private ComparisonExpression comparisonOr() throws PatternSyntaxError {
        ComparisonExpression first = comparisonAnd();
        if (lexer.token != Token.OR) {
            return first;
        }
        List<ComparisonExpression> operands = listOf(first);
        while (accept(Token.OR)) {
            operands.add(comparisonAnd());
        }
        return new ComparisonExpression.Or(operands);
    }

    private ComparisonExpression comparisonAnd() throws PatternSyntaxError {
        ComparisonExpression first = comparison();
        if (lexer.token != Token.AND) {
            return first;
        }
        List<ComparisonExpression> operands = listOf(first);
        while (accept(Token.AND)) {
            operands.add(comparison());
        }
        return new ComparisonExpression.And(operands);
    }

    private ComparisonExpression comparison() throws PatternSyntaxError {
        if (lexer.token == Token.LEFT_PAREN) {
            enter();
            ComparisonExpression inner = comparisonOr();
            expect(Token.RIGHT_PAREN, "AND, OR or )");
            depth--;
            return inner;
        }
        if (accept(Token.EXISTS)) {
            return new ComparisonExpression.Exists(path());
        }
        ObjectPath path = path();
        boolean negated = accept(Token.NOT);
        Token operator = lexer.token;
        return switch (operator) {
            case EQUAL -> compare(path, negated, ComparisonExpression.Order.EQUAL);
            case NOT_EQUAL -> compare(path, negated, ComparisonExpression.Order.NOT_EQUAL);
            case LESS -> compare(path, negated, ComparisonExpression.Order.LESS);
            case LESS_OR_EQUAL -> compare(path, negated, ComparisonExpression.Order.LESS_OR_EQUAL);
            case GREATER -> compare(path, negated, ComparisonExpression.Order.GREATER);
            case GREATER_OR_EQUAL -> compare(path, negated, ComparisonExpression.Order.GREATER_OR_EQUAL);
            case LIKE -> match(path, negated, ComparisonExpression.Likeness.LIKE);
            case MATCHES -> match(path, negated, ComparisonExpression.Likeness.MATCHES);
            case ISSUBSET -> match(path, negated, ComparisonExpression.Likeness.ISSUBSET);
            case ISSUPERSET -> match(path, negated, ComparisonExpression.Likeness.ISSUPERSET);
            case IN -> in(path, negated);
            default -> throw lexer.error("a comparison operator");
        };
    }

    private ComparisonExpression compare(ObjectPath path, boolean negated, ComparisonExpression.Order order)
            throws PatternSyntaxError {
        lexer.next();
        boolean equality = order == ComparisonExpression.Order.EQUAL || order == ComparisonExpression.Order.NOT_EQUAL;
        if (!equality && (lexer.token == Token.TRUE || lexer.token == Token.FALSE)) {
            throw lexer.error("a literal that has an order");
        }
        return new ComparisonExpression.Compare(path, negated, order, literal(path));
    }

    private ComparisonExpression match(ObjectPath path, boolean negated, ComparisonExpression.Likeness likeness)
            throws PatternSyntaxError {
        lexer.next();
        if (lexer.token != Token.STRING) {
            throw lexer.error("a string");
        }
        Constant.StringConstant text = new Constant.StringConstant(Literals.string(lexer));
        lexer.next();
        return new ComparisonExpression.Match(path, negated, likeness, text);
    }

    private ComparisonExpression in(ObjectPath path, boolean negated) throws PatternSyntaxError {
        lexer.next();
        expect(Token.LEFT_PAREN, "(");
        List<Constant> set = new ArrayList<>();
        if (!accept(Token.RIGHT_PAREN)) {
            do {
                set.add(literal(path));
            } while (accept(Token.COMMA));
            expect(Token.RIGHT_PAREN, "a comma or )");
        }
        return new ComparisonExpression.In(path, negated, set);
    }

    private Constant literal(ObjectPath path) throws PatternSyntaxError {
        Constant constant =
                switch (lexer.token) {
                    case STRING -> {
                        String value = Literals.string(lexer);
                        Literals.checkHash(lexer, path, value);
                        yield new Constant.StringConstant(value);
                    }
                    case INTEGER, NEGATIVE_INTEGER -> new Constant.IntegerConstant(integer());
                    case FLOAT, NEGATIVE_FLOAT -> new Constant.FloatConstant(decimal());
                    case TRUE, FALSE -> new Constant.BooleanConstant(lexer.token == Token.TRUE);
                    case HEX -> Literals.hex(lexer);
                    case BINARY -> Literals.base64(lexer);
                    case TIMESTAMP -> Literals.timestamp(lexer);
                    default -> throw lexer.error("a literal");
                };
        lexer.next();
        return constant;
    }

    private Constant.TimestampConstant timestamp() throws PatternSyntaxError {
        if (lexer.token != Token.TIMESTAMP) {
            throw lexer.error("a timestamp such as t'2026-01-31T12:00:00Z'");
        }
        Constant.TimestampConstant timestamp = Literals.timestamp(lexer);
        lexer.next();
        return timestamp;
    }

    private BigInteger integer() throws PatternSyntaxError {
        return decimal().toBigIntegerExact();
    }

    private BigDecimal decimal() throws PatternSyntaxError {
        if (lexer.end - lexer.start > 100) {
            throw lexer.error("a number of at most 100 characters");
        }
        return new BigDecimal(lexer.text.substring(lexer.start, lexer.end));
    }

    private ObjectPath path() throws PatternSyntaxError {
        if (lexer.token != Token.WORD && lexer.token != Token.WORD_WITH_HYPHEN) {
            throw lexer.error("a type of object");
        }
        String type = lexer.text.substring(lexer.start, lexer.end);
        lexer.next();
        expect(Token.COLON, ":");
        List<Step> steps = new ArrayList<>(2);
        steps.add(key());
        while (true) {
            if (accept(Token.DOT)) {
                steps.add(key());
            } else if (accept(Token.LEFT_BRACKET)) {
                steps.add(index());
                expect(Token.RIGHT_BRACKET, "]");
            } else {
                return new ObjectPath(type, steps);
            }
        }
    }

    private ObjectPath.Key key() throws PatternSyntaxError {
        ObjectPath.Key key =
                switch (lexer.token) {
                    case WORD -> new ObjectPath.Key(lexer.text.substring(lexer.start, lexer.end));
                    case STRING -> new ObjectPath.Key(Literals.string(lexer));
                    case WORD_WITH_HYPHEN -> throw lexer.error("a name, in quotes since it has a hyphen");
                    default -> throw lexer.error("the name of a property");
                };
        lexer.next();
        return key;
    }

    private Step index() throws PatternSyntaxError {
        if (accept(Token.ASTERISK)) {
            return new AnyItem();
        }
        if (lexer.token != Token.INTEGER && lexer.token != Token.NEGATIVE_INTEGER) {
            throw lexer.error("an index or *");
        }
        BigInteger index = integer();
        if (index.bitLength() > 31) {
            throw lexer.error("a smaller index");
        }
        lexer.next();
        return new Index(index.intValueExact());
    }

    private void enter() throws PatternSyntaxError {
        if (++depth > Pattern.MAX_DEPTH) {
            throw lexer.error("parentheses no deeper than " + Pattern.MAX_DEPTH, "a deeper one");
        }
        lexer.next();
    }

    private boolean accept(Token token) throws PatternSyntaxError {
        if (lexer.token != token) {
            return false;
        }
        lexer.next();
        return true;
    }

    private void expect(Token token, String expected) throws PatternSyntaxError {
        if (!accept(token)) {
            throw lexer.error(expected);
        }
    }

    private static <T> List<T> listOf(T first) {
        List<T> list = new ArrayList<>();
        list.add(first);
        return list;
    }
}
