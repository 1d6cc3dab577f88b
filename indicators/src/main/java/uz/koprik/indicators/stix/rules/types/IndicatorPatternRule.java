package uz.koprik.indicators.stix.rules.types;

import java.util.List;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.indicators.pattern.ComparisonExpression;
import uz.koprik.indicators.pattern.ObjectPath;
import uz.koprik.indicators.pattern.ObservationExpression;
import uz.koprik.indicators.pattern.Pattern;
import uz.koprik.indicators.pattern.PatternSyntaxError;
import uz.koprik.indicators.stix.rules.ObjectCheck;

/** The pattern of an indicator (STIX 2.1, sections 4.7 and 9). */
final class IndicatorPatternRule {

    private IndicatorPatternRule() {}

    static void check(JsonObject indicator, ObjectCheck at) {
        String pattern = ObjectCheck.string(indicator, "pattern");
        if (pattern != null && pattern.isBlank()) {
            at.fault("pattern", "the pattern is blank", "STIX 2.1, 4.7");
        } else if (pattern != null && "stix".equals(ObjectCheck.string(indicator, "pattern_type"))) {
            try {
                observations(Pattern.parse(pattern).root(), at);
            } catch (PatternSyntaxError e) {
                at.fault("pattern", e.getMessage(), "STIX 2.1, 9");
            }
        }
    }

    private static void observations(ObservationExpression expression, ObjectCheck at) {
        switch (expression) {
            case ObservationExpression.Observation o -> comparisons(o.comparison(), at);
            case ObservationExpression.And and -> each(and.operands(), at);
            case ObservationExpression.Or or -> each(or.operands(), at);
            case ObservationExpression.FollowedBy f -> each(f.operands(), at);
            case ObservationExpression.QualifiedExpression qualified -> observations(qualified.expression(), at);
        }
    }

    private static void each(List<ObservationExpression> operands, ObjectCheck at) {
        for (ObservationExpression operand : operands) {
            observations(operand, at);
        }
    }

    private static void comparisons(ComparisonExpression expression, ObjectCheck at) {
        switch (expression) {
            case ComparisonExpression.And and -> all(and.operands(), at);
            case ComparisonExpression.Or or -> all(or.operands(), at);
            case ComparisonExpression.Exists exists -> path(exists.path(), at);
            case ComparisonExpression.Compare compare -> path(compare.path(), at);
            case ComparisonExpression.In in -> path(in.path(), at);
            case ComparisonExpression.Match match -> path(match.path(), at);
        }
    }

    private static void all(List<ComparisonExpression> operands, ObjectCheck at) {
        for (ComparisonExpression operand : operands) {
            comparisons(operand, at);
        }
    }

    /** Types and properties in a pattern are named as everywhere. */
    private static void path(ObjectPath path, ObjectCheck at) {
        if (!isName(path.objectType(), '-')) {
            at.fault(
                    "pattern",
                    "a type in it has a name that no type can have: 3 to 250 of a-z, 0-9 and hyphens",
                    "STIX 2.1, 3.1 and 9.7");
        }
        if (path.steps().getFirst() instanceof ObjectPath.Key key
                && !key.name().equals("id")
                && !isName(key.name(), '_')) {
            at.fault(
                    "pattern",
                    "a property in it has a name that no property can have: 3 to 250 of a-z, 0-9 and underscores",
                    "STIX 2.1, 3.1 and 9.7");
        }
    }

    private static boolean isName(String s, char between) {
        for (int i = 0; i < s.length(); i++) {
            char c = s.charAt(i);
            if (c != between && !(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9')) {
                return false;
            }
        }
        return s.length() >= 3 && s.length() <= 250;
    }
}
