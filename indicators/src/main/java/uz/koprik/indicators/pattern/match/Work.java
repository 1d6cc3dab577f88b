package uz.koprik.indicators.pattern.match;

/** Counts the work of one match, so that no pattern and no data can make it endless. */
final class Work {

    /** Steps of one match: about a tenth of a second of the dearest ones. */
    static final long LIMIT = 4_000_000;

    private long left;
    private String fault;

    Work(long limit) {
        this.left = limit;
    }

    void spend(long steps) throws MatchFailure {
        left -= steps;
        if (left < 0) {
            throw MatchFailure.tooMuchWork(
                    "the pattern takes too much work on this data: fewer observations at once, fewer"
                            + " AND, FOLLOWEDBY and REPEATS, or a simpler regular expression would help");
        }
    }

    /** Notes that data is malformed; the first note is the one that is reported. */
    Verdict unknown(String what) {
        if (fault == null) {
            fault = what;
        }
        return Verdict.UNKNOWN;
    }

    /** What was noted first, or null. */
    String fault() {
        return fault;
    }
}
