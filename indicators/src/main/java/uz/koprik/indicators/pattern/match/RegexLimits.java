package uz.koprik.indicators.pattern.match;

import java.util.Optional;

/**
 * What is asked of a regular expression before RE2/J may see it. Texts are matched in linear time for every expression;
 * but making its automaton goes as deep as its groups are nested, and as far as its repetitions are counted.
 */
public final class RegexLimits {

    private static final int MAX_LENGTH = 10_000;
    private static final int MAX_STATES = 10_000;
    /** RE2/J goes down the groups by calls; the stack of a thread takes some eight times as many. */
    private static final int MAX_DEPTH = 200;

    private RegexLimits() {}

    /**
     * Why an expression is not taken; empty when it may be compiled, which may refuse it for its syntax.
     *
     * @param regex as it is handed to RE2/J, options included
     */
    public static Optional<String> refusal(String regex) {
        if (regex.length() > MAX_LENGTH || RegexSize.states(regex) > MAX_STATES) {
            return Optional.of("is too large: at most " + MAX_LENGTH + " characters and " + MAX_STATES
                    + " states with its repetitions written out are taken");
        }
        if (RegexSize.depth(regex) > MAX_DEPTH) {
            return Optional.of("has groups within groups, more than " + MAX_DEPTH + " deep");
        }
        if (RegexFolding.endless(regex)) {
            return Optional.of(
                    "that ignores case cannot hold the letters U+1C80 to U+1C88, nor a range across them: leave them out of"
                            + " the range, or distinguish upper from lower case");
        }
        return Optional.empty();
    }
}
