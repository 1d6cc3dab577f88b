package uz.koprik.indicators.observable;

/**
 * One value in its normal form: two observables are the same value exactly when they are equal.
 *
 * @param kind what it is
 * @param value normal form, as {@link ObservableKind#normalise} gives it
 */
public record Observable(ObservableKind kind, String value) {

    /** The form in which stores index it: {@code kind:value}. */
    public String key() {
        return kind.code() + ':' + value;
    }
}
