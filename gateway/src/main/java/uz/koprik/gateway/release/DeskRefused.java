package uz.koprik.gateway.release;

/** Why the release desk does not do what it is asked for. */
public final class DeskRefused extends Exception {

    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /** What is wrong. */
    public enum Kind {
        /** Nothing of that id waits, or the account may not know of it. */
        ABSENT,
        /** The account may not do this to this item. */
        NOT_ALLOWED,
        /** Something has to happen before, or somebody else was first. */
        CONFLICT
    }

    DeskRefused(Kind kind, String reason) {
        super(reason, null, false, false);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
