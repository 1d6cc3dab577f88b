package uz.koprik.gateway.trouble;

import uz.koprik.indicators.wording.English;
import uz.koprik.indicators.wording.SentenceKind;

/** Why a centre cannot serve, or neither signs nor takes anything in. */
public enum HealthTrouble implements SentenceKind {
    /** The store takes no writes; the log has its words. */
    @English("the store cannot serve; see the log")
    STORE_UNUSABLE,
    @English("the store does not answer within {seconds} s")
    STORE_SILENT,
    @English("the check of the store failed; see the log")
    STORE_CHECK_FAILED,
    @English("{count} of {all} event loops do not answer")
    EVENT_LOOPS,
    /** {@code thread} says in English what it is for. */
    @English("{thread} failed; see the log")
    THREAD_FAILED,
    @English("{thread} failed ({count} threads); see the log")
    THREADS_FAILED,
    @English("this process is about to end; its log says why")
    PROCESS_ENDS,
    @English("the clock shows {at}, before the signing key of this centre became valid ({valid}), so that partners"
            + " refuse its signatures; set the clock right")
    CLOCK_BEFORE_KEY,
    @English("the clock went back to {at}, by {step_seconds}" + HealthTrouble.ACCEPT)
    CLOCK_WENT_BACK,
    @English("the clock jumped ahead to {at}, by {step_seconds}" + HealthTrouble.ACCEPT)
    CLOCK_JUMPED,
    @English("the clock shows {at}, before the last object was taken in ({last})" + HealthTrouble.ACCEPT)
    CLOCK_BEFORE_LAST,
    @English("the clock shows a time far ahead, {at}, more than {days} days after the last object was taken in"
            + " ({last})" + HealthTrouble.ACCEPT)
    CLOCK_FAR_AHEAD,
    @English("the trust list of this centre expired at {ended}; nothing is signed or taken in until the centre"
            + " has renewed it by itself, and the log says what keeps it from that")
    TRUST_LIST_EXPIRED;

    private static final String ACCEPT =
            "; set the clock right, or, if it is right, start the centre again with koprik serve --accept-clock";
}
