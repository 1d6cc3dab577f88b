package uz.koprik.indicators.pattern.match;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/** A regular expression of {@code MATCHES}, run by an automaton: time grows with the text and never exponentially. */
final class Regex {

    /** Largest automaton that is built, in states; counted repetitions multiply. */
    static final int MAX_STATES = 10_000;

    private static final int MAX_LENGTH = 10_000;

    private final Pattern pattern;
    private final boolean narrow;
    private final int states;

    /**
     * @param text the expression, in normal form C
     * @throws UnmatchablePattern when it is malformed, too large, or uses what no automaton can do (back references,
     *     looking around)
     */
    Regex(String text) throws UnmatchablePattern {
        states = RegexSize.states(text);
        if (text.length() > MAX_LENGTH || states > MAX_STATES) {
            throw new UnmatchablePattern("a regular expression is too large: at most " + MAX_LENGTH + " characters and "
                    + MAX_STATES + " states with its repetitions written out are taken");
        }
        if (RegexFolding.endless(text)) {
            throw new UnmatchablePattern("a regular expression that ignores case cannot hold the letters U+1C80 to U+1C88, nor a range"
                    + " across them: leave them out of the range, or tell upper from lower case");
        }
        try {
            pattern = Pattern.compile(RegexSize.endBeforeNewline(text));
        } catch (PatternSyntaxException e) {
            throw new UnmatchablePattern("a regular expression cannot be used: " + e.getDescription()
                    + " (back references, possessive repetitions and looking around are not supported)");
        }
        narrow = text.chars().allMatch(c -> c <= 0xFF);
    }

    /** Whether it can be held against bytes. */
    boolean narrow() {
        return narrow;
    }

    /** Whether it matches anywhere in {@code text}. */
    boolean finds(String text, Work work) throws MatchFailure {
        work.spend(1 + (long) text.length() * Math.min(states, 1 + text.length()) / 16);
        return pattern.matcher(text).find();
    }
}
