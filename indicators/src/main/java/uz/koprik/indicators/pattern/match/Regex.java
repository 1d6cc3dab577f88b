package uz.koprik.indicators.pattern.match;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Optional;

/** A regular expression of {@code MATCHES}, run by an automaton: time grows with the text and never exponentially. */
final class Regex {

    private final Pattern pattern;
    private final boolean narrow;
    private final int states;

    /**
     * @param text the expression, in normal form C
     * @throws UnmatchablePattern when it is malformed, too large, or uses what no automaton can do (back references,
     *     looking around)
     */
    Regex(String text) throws UnmatchablePattern {
        Optional<String> refusal = RegexLimits.refusal(text);
        if (refusal.isPresent()) {
            throw new UnmatchablePattern("a regular expression " + refusal.get());
        }
        states = RegexSize.states(text);
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
