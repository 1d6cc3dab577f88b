package uz.koprik.indicators.stix.conversion;

/**
 * One thing that a conversion did.
 *
 * @param objectId STIX id of the object that was converted
 * @param pointer JSON pointer of the value within the object as it was
 * @param what what became of it, in words; quotes no content
 */
public record Change(String objectId, String pointer, String what) {

    /** In one line, for people. */
    @Override
    public String toString() {
        return (objectId.isEmpty() ? "object" : objectId) + (pointer.isEmpty() ? "" : " at " + pointer) + ": " + what;
    }
}
