package uz.koprik.gateway.recalls;

/** A recall or a receipt that is not taken: what is wrong, where, and what to do. */
public final class RecallRefused extends Exception {

    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /** Why. */
    public enum Kind {
        /** There is no such object or recall. */
        ABSENT,
        /** It breaks a rule. */
        INVALID,
        /** It is good, and does not fit what is there now. */
        CONFLICT
    }

    RecallRefused(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
