package uz.koprik.indicators.stix.rules;

/** How much a {@link Fault} weighs. */
public enum Severity {
    /** The specification says MUST: the object is refused. */
    MUST("error"),
    /**
     * The specification says MUST, but the tools of the field, the validator of OASIS among them, let it pass and
     * nobody reads the object in two ways: it is reported and taken. {@code docs/conformance.md} lists every such rule.
     */
    TOLERATED("tolerated"),
    /** The specification says SHOULD: reported, never a reason to refuse. */
    SHOULD("warning");

    private final String word;

    Severity(String word) {
        this.word = word;
    }

    /** As it stands in reports. */
    public String word() {
        return word;
    }
}
