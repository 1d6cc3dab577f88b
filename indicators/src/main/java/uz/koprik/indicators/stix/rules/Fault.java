package uz.koprik.indicators.stix.rules;

import java.util.Optional;

/**
 * One finding: a breach of the rules by one object.
 *
 * @param objectId STIX id of the object, or empty when it is unknown
 * @param pointer JSON pointer (RFC 6901) of the offending value within the object; empty for the object as a whole
 * @param rule what is demanded, in words; never quotes the value, which may be somebody's secret
 * @param section where the rule stands, such as {@code STIX 2.1, 2.16}
 * @param severity whether it makes the object invalid
 * @param forgivable the rule that intake can forgive; empty when it never takes an object with this fault
 */
public record Fault(
        String objectId,
        String pointer,
        String rule,
        String section,
        Severity severity,
        Optional<ForgivableRule> forgivable) {

    /** A finding that is never forgiven. */
    public Fault(String objectId, String pointer, String rule, String section, Severity severity) {
        this(objectId, pointer, rule, section, severity, Optional.empty());
    }

    /** A breach that makes the object invalid. */
    public Fault(String objectId, String pointer, String rule, String section) {
        this(objectId, pointer, rule, section, Severity.MUST);
    }

    /** Whether intake takes an object with this fault from a source that is forgiven {@code rules}. */
    public boolean forgivenBy(java.util.Set<ForgivableRule> rules) {
        return forgivable.isPresent() && (forgivable.get().always() || rules.contains(forgivable.get()));
    }

    /** In one line, for people. */
    @Override
    public String toString() {
        return (objectId.isEmpty() ? "object" : objectId) + (pointer.isEmpty() ? "" : " at " + pointer) + ": " + rule
                + (section.isEmpty() ? "" : " (" + section + ")");
    }
}
