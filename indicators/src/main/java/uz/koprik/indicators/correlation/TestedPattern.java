package uz.koprik.indicators.correlation;

import java.util.Optional;
import java.util.Set;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.pattern.Pattern;
import uz.koprik.indicators.pattern.PatternSyntaxError;
import uz.koprik.indicators.pattern.match.CompiledPattern;
import uz.koprik.indicators.pattern.match.MatchFailure;
import uz.koprik.indicators.pattern.match.Observation;
import uz.koprik.indicators.pattern.match.UnmatchablePattern;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.stix.values.StixTimestamp;

/**
 * The pattern of an indicator that asks for more than that one of some values is there: what asks for no more is found
 * by its values.
 *
 * @param compiled ready to be tested
 * @param anchors values of which an observation must show one; empty when it can match without any value of a known
 *     kind
 */
record TestedPattern(CompiledPattern compiled, Optional<Set<Observable>> anchors) {

    /** Longest text of a pattern in a match. */
    private static final int LONGEST = 500;

    /**
     * The pattern of {@code object} when it has one that has to be tested; empty for everything else.
     *
     * @param carries whether it carries a value of a known kind: then a single equality need not be looked at again
     */
    static Optional<TestedPattern> of(StixObject object, boolean carries) {
        if (!object.type().equals("indicator")
                || object.revoked()
                || object.json().string("pattern_type").filter("stix"::equals).isEmpty()) {
            return Optional.empty();
        }
        try {
            Pattern pattern = Pattern.parse(object.json().string("pattern").orElse(""));
            return (carries && PatternValues.single(pattern.root())) || PatternValues.plain(pattern.root())
                    ? Optional.empty()
                    : Optional.of(new TestedPattern(CompiledPattern.of(pattern), PatternValues.of(pattern.root())));
        } catch (PatternSyntaxError | UnmatchablePattern e) {
            return Optional.empty(); // nothing can match it
        }
    }

    /** Whether the indicator holds at a moment by its own word; what is revoked has no pattern that is tested. */
    static boolean inForce(StixObject indicator, long now) {
        long from = moment(indicator, "valid_from");
        long until = moment(indicator, "valid_until");
        return from <= now && (until == StixTimestamp.INVALID || until > now);
    }

    /** Whether it will never hold again. */
    static boolean expired(StixObject indicator, long now) {
        long until = moment(indicator, "valid_until");
        return until != StixTimestamp.INVALID && until <= now;
    }

    private static long moment(StixObject indicator, String property) {
        return indicator.json().string(property).map(StixTimestamp::parse).orElse(StixTimestamp.INVALID);
    }

    /** Whether the observation satisfies it; not when that cannot be said. */
    boolean matches(Observation observation) {
        try {
            return compiled.match(observation).isPresent();
        } catch (MatchFailure unknown) {
            return false;
        }
    }

    /** The pattern in normal form, for a match: the end of a very long one is left out. */
    String text() {
        String text = compiled.toString();
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
