package uz.koprik.indicators.pattern.match;

/** A pattern is well formed, but says something that no observation can be tested for; says what and why. */
public final class UnmatchablePattern extends Exception {

    private static final long serialVersionUID = 1L;

    UnmatchablePattern(String message) {
        super(message, null, false, false);
    }
}
