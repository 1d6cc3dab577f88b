package uz.koprik.indicators.stix.rules;

import java.util.List;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.indicators.pattern.ComparisonExpression;
import uz.koprik.indicators.pattern.ObjectPath;
import uz.koprik.indicators.pattern.ObservationExpression;
import uz.koprik.indicators.pattern.Pattern;
import uz.koprik.indicators.pattern.PatternSyntaxError;

/** The pattern of an indicator (STIX 2.1, sections 4.7 and 9). */
final class PatternRule {

    private PatternRule() {}

    static void check(JsonObject indicator, Check at) {
        String pattern = Check.string(indicator, "pattern");
        if (pattern != null && pattern.isBlank()) {
            at.fault("pattern", "the pattern is blank", "STIX 2.1, 4.7");
        } else if (pattern != null && "stix".equals(Check.string(indicator, "pattern_type"))) {
            try {
                if (!observations(Pattern.parse(pattern).root())) {
                    at.fault("pattern", "a type or property in it has a name that no type or property can have (3 to 250"
                            + " characters)", "STIX 2.1, 3.1 and 9.7");
                }
            } catch (PatternSyntaxError e) {
                at.fault("pattern", e.getMessage(), "STIX 2.1, 9");
            }
        }
    }

    private static boolean observations(ObservationExpression expression) {
        return switch (expression) {
            case ObservationExpression.Observation o -> comparisons(o.comparison());
            case ObservationExpression.And and -> and.operands().stream().allMatch(PatternRule::observations);
            case ObservationExpression.Or or -> or.operands().stream().allMatch(PatternRule::observations);
            case ObservationExpression.FollowedBy f -> f.operands().stream().allMatch(PatternRule::observations);
            case ObservationExpression.Qualified qualified -> observations(qualified.expression());
        };
    }

    private static boolean comparisons(ComparisonExpression expression) {
        return switch (expression) {
            case ComparisonExpression.And and -> all(and.operands());
            case ComparisonExpression.Or or -> all(or.operands());
            case ComparisonExpression.Exists exists -> isPath(exists.path());
            case ComparisonExpression.Compare compare -> isPath(compare.path());
            case ComparisonExpression.In in -> isPath(in.path());
            case ComparisonExpression.Match match -> isPath(match.path());
        };
    }

    private static boolean all(List<ComparisonExpression> operands) {
        for (ComparisonExpression operand : operands) {
            if (!comparisons(operand)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPath(ObjectPath path) {
        int type = path.objectType().length();
        String property = path.steps().getFirst() instanceof ObjectPath.Key key ? key.name() : "";
        return type >= 3 && type <= 250 && ((property.length() >= 3 && property.length() <= 250) || property.equals("id"));
    }
}
