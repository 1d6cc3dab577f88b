package uz.koprik.indicators.policy;

/** What becomes of an object that bears a marking whose meaning is unknown here. */
public enum UnknownMarking {
    /** It counts as {@link Tlp#RED}, which is not wider than any marking. */
    STRICTEST,
    /** It is not taken in. */
    REFUSE
}
