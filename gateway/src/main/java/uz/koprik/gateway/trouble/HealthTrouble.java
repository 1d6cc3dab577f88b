package uz.koprik.gateway.trouble;

/** Why a centre cannot serve, or neither signs nor takes anything in. */
public enum HealthTrouble implements Trouble.Kind {
    /** The store takes no writes; the log has its words. */
    STORE_UNUSABLE("the store cannot serve; see the log"),
    STORE_SILENT("the store does not answer within {seconds} s"),
    STORE_CHECK_FAILED("the check of the store failed; see the log"),
    EVENT_LOOPS("{count} of {all} event loops do not answer"),
    /** {@code thread} says in English what it is for. */
    THREAD_FAILED("{thread} failed; see the log"),
    THREADS_FAILED("{thread} failed ({count} threads); see the log"),
    PROCESS_ENDS("this process is about to end; its log says why"),
    CLOCK_BEFORE_KEY(
            "the clock shows {at}, before the signing key of this centre became valid ({valid}), so that partners"
                    + " refuse its signatures; set the clock right"),
    CLOCK_WENT_BACK("the clock went back to {at}, by {step_seconds}" + HealthTrouble.ACCEPT),
    CLOCK_JUMPED("the clock jumped ahead to {at}, by {step_seconds}" + HealthTrouble.ACCEPT),
    CLOCK_BEFORE_LAST("the clock shows {at}, before the last object was taken in ({last})" + HealthTrouble.ACCEPT),
    CLOCK_FAR_AHEAD("the clock shows a time far ahead, {at}, more than {days} days after the last object was taken in"
            + " ({last})" + HealthTrouble.ACCEPT),
    TRUST_LIST_EXPIRED(
            "the trust list of this centre expired at {ended}; nothing is signed or taken in until the centre"
                    + " has renewed it by itself, and the log says what keeps it from that");

    private static final String ACCEPT =
            "; set the clock right, or, if it is right, start the centre again with koprik serve --accept-clock";

    private final String english;

    HealthTrouble(String english) {
        this.english = english;
    }

    @Override
    public String english() {
        return english;
    }
}
