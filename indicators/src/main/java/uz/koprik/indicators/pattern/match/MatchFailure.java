package uz.koprik.indicators.pattern.match;

/**
 * It cannot be said whether a pattern matches: the data that would decide is malformed, or the search is too long. Says
 * which; quotes no values.
 */
public final class MatchFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean tooMuchWork;

    private MatchFailure(String message, boolean tooMuchWork) {
        super(message, null, false, false);
        this.tooMuchWork = tooMuchWork;
    }

    static MatchFailure malformed(String what) {
        return new MatchFailure(what, false);
    }

    static MatchFailure tooMuchWork(String what) {
        return new MatchFailure(what, true);
    }

    /** Whether the search was cut; otherwise the observed data is at fault. */
    public boolean tooMuchWork() {
        return tooMuchWork;
    }
}
