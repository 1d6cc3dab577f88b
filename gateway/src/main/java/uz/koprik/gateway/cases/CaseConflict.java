package uz.koprik.gateway.cases;

/** A change that contradicts the stored case; the message says how. */
public final class CaseConflict extends Exception {

    private static final long serialVersionUID = 1L;

    CaseConflict(String message) {
        super(message);
    }
}
