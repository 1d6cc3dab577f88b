package uz.koprik.indicators.pattern;

import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import uz.koprik.indicators.pattern.ComparisonExpression.Compare;
import uz.koprik.indicators.pattern.ComparisonExpression.Exists;
import uz.koprik.indicators.pattern.ComparisonExpression.In;
import uz.koprik.indicators.pattern.ComparisonExpression.Match;
import uz.koprik.indicators.pattern.ObservationExpression.FollowedBy;
import uz.koprik.indicators.pattern.ObservationExpression.Observation;
import uz.koprik.indicators.pattern.ObservationExpression.QualifiedExpression;
import uz.koprik.indicators.pattern.Qualifier.Repeats;
import uz.koprik.indicators.pattern.Qualifier.StartStop;
import uz.koprik.indicators.pattern.Qualifier.Within;

/** Writes patterns, always with the escapes that make any text safe inside quotes. */
public final class PatternWriter {

    /** How tightly an operator binds: what binds less goes in parentheses. */
    private static final int FOLLOWED_BY = 0;

    private static final int OR = 1;
    private static final int AND = 2;
    private static final int OPERAND = 3;

    private PatternWriter() {}

    /** {@code 'text'}, with {@code \} before {@code '} and {@code \} (STIX 2.1 section 9.3). */
    public static String quote(String text) {
        return quote(text, new StringBuilder(text.length() + 8)).toString();
    }

    /** {@code [path = 'value']}, such as {@code [domain-name:value = 'example.com']}; the path is taken as it is. */
    public static String equality(String path, String value) {
        StringBuilder out = new StringBuilder(path.length() + value.length() + 16)
                .append('[')
                .append(path);
        return quote(value, out.append(" = ")).append(']').toString();
    }

    /** A literal in normal form, such as {@code 'text'}, {@code 7.5} or {@code h'ffd8'}. */
    public static String literal(Constant constant) {
        StringBuilder out = new StringBuilder();
        write(constant, out);
        return out.toString();
    }

    static String text(ObservationExpression root) {
        StringBuilder out = new StringBuilder();
        write(root, FOLLOWED_BY, out);
        return out.toString();
    }

    static StringBuilder quote(String text, StringBuilder out) {
        out.append('\'');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\'' || c == '\\') {
                out.append('\\');
            }
            out.append(c);
        }
        return out.append('\'');
    }

    /** The name of a property: bare when the grammar allows it. */
    static StringBuilder name(String name, StringBuilder out) {
        boolean plain = !name.isEmpty()
                && !(name.charAt(0) >= '0' && name.charAt(0) <= '9')
                && name.chars().allMatch(PatternWriter::isWordCharacter)
                && Token.ofWord(name, 0, name.length()) == Token.WORD;
        return plain ? out.append(name) : quote(name, out);
    }

    private static boolean isWordCharacter(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    }

    private static void write(ObservationExpression expression, int around, StringBuilder out) {
        switch (expression) {
            case Observation observation -> {
                write(observation.comparison(), OR, out.append('['));
                out.append(']');
            }
            case ObservationExpression.And and -> observations(and.operands(), " AND ", AND, around, out);
            case ObservationExpression.Or or -> observations(or.operands(), " OR ", OR, around, out);
            case FollowedBy followed -> observations(followed.operands(), " FOLLOWEDBY ", FOLLOWED_BY, around, out);
            case QualifiedExpression qualified -> {
                // Without parentheses a second qualifier of one kind is an error.
                boolean twice = qualified.expression() instanceof QualifiedExpression;
                if (twice) {
                    write(qualified.expression(), FOLLOWED_BY, out.append('('));
                    out.append(')');
                } else {
                    write(qualified.expression(), OPERAND, out);
                }
                write(qualified.qualifier(), out);
            }
        }
    }

    private static void observations(
            List<ObservationExpression> operands, String operator, int own, int around, StringBuilder out) {
        out.append(own < around ? "(" : "");
        for (int i = 0; i < operands.size(); i++) {
            write(operands.get(i), own + 1, out.append(i > 0 ? operator : ""));
        }
        out.append(own < around ? ")" : "");
    }

    private static void write(Qualifier qualifier, StringBuilder out) {
        switch (qualifier) {
            case Within within ->
                out.append(" WITHIN ").append(within.seconds().toPlainString()).append(" SECONDS");
            case Repeats repeats ->
                out.append(" REPEATS ").append(repeats.times()).append(" TIMES");
            case StartStop range -> {
                write(range.start(), out.append(" START "));
                write(range.stop(), out.append(" STOP "));
            }
        }
    }

    private static void write(ComparisonExpression expression, int around, StringBuilder out) {
        switch (expression) {
            case ComparisonExpression.And and -> comparisons(and.operands(), " AND ", AND, around, out);
            case ComparisonExpression.Or or -> comparisons(or.operands(), " OR ", OR, around, out);
            case Exists exists -> out.append("EXISTS ").append(exists.path());
            case Compare compare ->
                write(
                        compare.constant(),
                        out.append(compare.path())
                                .append(compare.negated() ? " NOT " : " ")
                                .append(compare.order().sign())
                                .append(' '));
            case Match match ->
                write(
                        match.text(),
                        out.append(match.path())
                                .append(match.negated() ? " NOT " : " ")
                                .append(match.likeness())
                                .append(' '));
            case In in -> {
                out.append(in.path()).append(in.negated() ? " NOT IN (" : " IN (");
                for (int i = 0; i < in.set().size(); i++) {
                    write(in.set().get(i), out.append(i > 0 ? ", " : ""));
                }
                out.append(')');
            }
        }
    }

    private static void comparisons(
            List<ComparisonExpression> operands, String operator, int own, int around, StringBuilder out) {
        out.append(own < around ? "(" : "");
        for (int i = 0; i < operands.size(); i++) {
            write(operands.get(i), own + 1, out.append(i > 0 ? operator : ""));
        }
        out.append(own < around ? ")" : "");
    }

    private static void write(Constant constant, StringBuilder out) {
        switch (constant) {
            case Constant.StringConstant string -> quote(string.value(), out);
            case Constant.IntegerConstant integer -> out.append(integer.value());
            case Constant.FloatConstant number -> {
                String plain = number.value().toPlainString();
                out.append(plain).append(plain.indexOf('.') < 0 ? ".0" : "");
            }
            case Constant.BooleanConstant bool -> out.append(bool.value());
            case Constant.TimestampConstant timestamp ->
                out.append("t'").append(timestamp.value()).append('\'');
            case Constant.BytesConstant bytes ->
                out.append(bytes.hex() ? "h'" : "b'")
                        .append(
                                bytes.hex()
                                        ? HexFormat.of().formatHex(bytes.bytes())
                                        : Base64.getEncoder().encodeToString(bytes.bytes()))
                        .append('\'');
        }
    }
}
