package uz.koprik.indicators.policy;

import java.util.Locale;
import java.util.Optional;

/** The Traffic Light Protocol, version 2.0 (FIRST), from the widest circle to the narrowest. */
public enum Tlp {
    CLEAR(0),
    GREEN(1),
    AMBER(2),
    AMBER_STRICT(3),
    RED(4);

    /** Indexes and journals contain it: it stays the same when the order above changes. */
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

    /**
     * The marking that people wrote: with or without {@code TLP:}, in any case, {@code WHITE} of version 1 for CLEAR.
     * Empty when it is none.
     */
    public static Optional<Tlp> parse(String text) {
        String word = text.strip().toUpperCase(Locale.ROOT);
        word = word.startsWith("TLP:") ? word.substring(4) : word;
        return Optional.ofNullable(
                switch (word) {
                    case "CLEAR", "WHITE" -> CLEAR;
                    case "GREEN" -> GREEN;
                    case "AMBER" -> AMBER;
                    case "AMBER+STRICT", "AMBER_STRICT", "AMBER-STRICT" -> AMBER_STRICT;
                    case "RED" -> RED;
                    default -> null;
                });
    }

    /** The narrower of two. */
    public Tlp or(Tlp other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
