package uz.koprik.indicators.stix;

/**
 * One breach of the rules by one object.
 *
 * @param objectId STIX id of the object, or empty when it could not be told
 * @param pointer JSON pointer (RFC 6901) of the offending value within the object; empty for the object as a whole
 * @param rule what is demanded, in words; never quotes the value, which may be somebody's secret
 * @param section where the rule stands, such as {@code STIX 2.1, 2.16}
 */
public record Fault(String objectId, String pointer, String rule, String section) {

    /** In one line, for people. */
    @Override
    public String toString() {
        return (objectId.isEmpty() ? "object" : objectId) + (pointer.isEmpty() ? "" : " at " + pointer) + ": " + rule
                + (section.isEmpty() ? "" : " (" + section + ")");
    }
}
