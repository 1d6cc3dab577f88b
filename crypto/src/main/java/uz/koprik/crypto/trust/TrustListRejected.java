package uz.koprik.crypto.trust;

/** A trust list that must not be used. A gateway does not start on one; the message says what to do. */
public final class TrustListRejected extends Exception {

    private static final long serialVersionUID = 1L;

    /** Why, as a stable word for software. */
    public enum Reason {
        /** There is no file. */
        MISSING,
        /** The file is not a trust list. */
        MALFORMED,
        /** The signature is missing, not by the own key, or does not match. */
        BAD_SIGNATURE,
        /** Past its expiry. */
        EXPIRED,
        /** Older than one that was in use before. */
        ROLLED_BACK
    }

    private final Reason reason;

    public TrustListRejected(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public TrustListRejected(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
