package uz.koprik.gateway.redactions;

/** A redaction that is not made: what is wrong, where, and what to do. */
public final class RedactionRefused extends Exception {

    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final String pointer;

    /** Why. */
    public enum Kind {
        /** There is no such object. */
        ABSENT,
        /** The object cannot be redacted so. */
        INVALID,
        /** What was cut stands in the rest as well, and the caller did not say that this is right. */
        REPEATED
    }

    RedactionRefused(Kind kind, String pointer, String message) {
        super(message);
        this.kind = kind;
        this.pointer = pointer;
    }

    public Kind kind() {
        return kind;
    }

    /** JSON pointer into the original; empty for the whole of it. */
    public String pointer() {
        return pointer;
    }
}
