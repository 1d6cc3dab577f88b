package uz.koprik.indicators.policy;

/** The Traffic Light Protocol, version 2.0 (FIRST), from the widest circle to the narrowest. */
public enum Tlp {
    CLEAR(0),
    GREEN(1),
    AMBER(2),
    AMBER_STRICT(3),
    RED(4);

    /** Stands in indexes and journals for ever, whatever becomes of the order above. */
    private final int code;

    Tlp(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    /** As FIRST writes it: {@code TLP:AMBER+STRICT}. */
    public String label() {
        return "TLP:" + (this == AMBER_STRICT ? "AMBER+STRICT" : name());
    }

    /** The narrower of two. */
    public Tlp or(Tlp other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
