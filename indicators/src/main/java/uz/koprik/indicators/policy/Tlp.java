package uz.koprik.indicators.policy;

/** The Traffic Light Protocol, version 2.0 (FIRST), from the widest circle to the narrowest. */
public enum Tlp {
    CLEAR,
    GREEN,
    AMBER,
    AMBER_STRICT,
    RED;

    /** As FIRST writes it: {@code TLP:AMBER+STRICT}. */
    public String label() {
        return "TLP:" + (this == AMBER_STRICT ? "AMBER+STRICT" : name());
    }

    /** The narrower of two. */
    public Tlp or(Tlp other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
