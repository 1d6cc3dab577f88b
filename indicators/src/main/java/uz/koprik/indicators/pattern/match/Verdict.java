package uz.koprik.indicators.pattern.match;

/** The three truth values of Kleene's logic: what malformed data hides is not known, unless the rest decides alone. */
enum Verdict {
    FALSE,
    TRUE,
    UNKNOWN;

    static Verdict of(boolean truth) {
        return truth ? TRUE : FALSE;
    }

    Verdict not() {
        return switch (this) {
            case FALSE -> TRUE;
            case TRUE -> FALSE;
            case UNKNOWN -> UNKNOWN;
        };
    }

    Verdict or(Verdict other) {
        if (this == TRUE || other == TRUE) {
            return TRUE;
        }
        return this == UNKNOWN ? UNKNOWN : other;
    }

    Verdict and(Verdict other) {
        if (this == FALSE || other == FALSE) {
            return FALSE;
        }
        return this == UNKNOWN ? UNKNOWN : other;
    }
}
