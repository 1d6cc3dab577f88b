package uz.koprik.indicators.pattern.match;

import java.util.List;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.indicators.pattern.ComparisonExpression;

/** A comparison expression, compiled: what is asked of one object of an observation (section 9.5). */
sealed interface Condition {

    /** Whether it holds for {@code object}, one of {@code observation}'s. */
    Verdict holds(JsonObject object, String type, Observation observation, Work work) throws MatchFailure;

    /**
     * Whether it holds in the observation: parts joined by AND and OR must be shown by one and the same object, so that
     * one object is asked after the other.
     */
    default Verdict holds(Observation observation, Work work) throws MatchFailure {
        Verdict verdict = Verdict.FALSE;
        for (int i = 0; i < observation.size() && verdict != Verdict.TRUE; i++) {
            verdict = verdict.or(holds(observation.object(i), observation.type(i), observation, work));
        }
        return verdict;
    }

    /** All of them. */
    record All(List<Condition> parts) implements Condition {
        @Override
        public Verdict holds(JsonObject object, String type, Observation observation, Work work) throws MatchFailure {
            Verdict verdict = Verdict.TRUE;
            for (int i = 0; i < parts.size() && verdict != Verdict.FALSE; i++) {
                verdict = verdict.and(parts.get(i).holds(object, type, observation, work));
            }
            return verdict;
        }
    }

    /** One of them. */
    record Any(List<Condition> parts) implements Condition {
        @Override
        public Verdict holds(JsonObject object, String type, Observation observation, Work work) throws MatchFailure {
            Verdict verdict = Verdict.FALSE;
            for (int i = 0; i < parts.size() && verdict != Verdict.TRUE; i++) {
                verdict = verdict.or(parts.get(i).holds(object, type, observation, work));
            }
            return verdict;
        }
    }

    /** One comparison. */
    record One(String type, ValuePath path, ValueTest test) implements Condition {
        @Override
        public Verdict holds(JsonObject object, String objectType, Observation observation, Work work)
                throws MatchFailure {
            work.spend(1);
            return type.equals(objectType) ? path.test(object, observation, test, work) : Verdict.FALSE;
        }
    }

    static Condition of(ComparisonExpression expression) throws UnmatchablePattern {
        return switch (expression) {
            case ComparisonExpression.And and -> new All(all(and.operands()));
            case ComparisonExpression.Or or -> new Any(all(or.operands()));
            case ComparisonExpression.Exists(var path) ->
                new One(path.objectType(), new ValuePath(path.steps()), ValueTests.exists());
            case ComparisonExpression.Compare compare ->
                new One(
                        compare.path().objectType(),
                        new ValuePath(compare.path().steps()),
                        ValueTests.of(compare));
            case ComparisonExpression.In in ->
                new One(in.path().objectType(), new ValuePath(in.path().steps()), ValueTests.of(in));
            case ComparisonExpression.Match match ->
                new One(match.path().objectType(), new ValuePath(match.path().steps()), ValueTests.of(match));
        };
    }

    private static List<Condition> all(List<ComparisonExpression> operands) throws UnmatchablePattern {
        Condition[] parts = new Condition[operands.size()];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = of(operands.get(i));
        }
        return List.of(parts);
    }
}
