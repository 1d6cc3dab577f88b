package uz.koprik.indicators.stix.redaction;

/** An object cannot be redacted: what is left would be no valid object, or nobody knows what its markings select. */
public final class RedactionImpossible extends Exception {

    private static final long serialVersionUID = 1L;

    private final String pointer;

    /**
     * @param pointer JSON pointer into the original; empty for the whole of it
     * @param message what is wrong and what to do; quotes nothing of the object
     */
    public RedactionImpossible(String pointer, String message) {
        super(message);
        this.pointer = pointer;
    }

    /** Where; empty for the object as a whole. */
    public String pointer() {
        return pointer;
    }
}
