package uz.koprik.indicators.pattern.match;

/** What should be observed data lacks what matching needs; says which object and what. */
public final class MalformedObservation extends Exception {

    private static final long serialVersionUID = 1L;

    MalformedObservation(String message) {
        super(message, null, false, false);
    }
}
