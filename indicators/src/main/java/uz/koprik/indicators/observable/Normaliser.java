package uz.koprik.indicators.observable;

import java.util.function.UnaryOperator;

/** Checks a text and returns its normal form; one implementation per kind. */
@FunctionalInterface
interface Normaliser {

    /** The observable, of {@code kind} or of the kind the text turns out to be (an address written as a network). */
    Observable normalise(ObservableKind kind, String raw, Normalisation context) throws InvalidObservable;

    /** A normaliser that needs the text only and stays in its kind. */
    static Normaliser of(ToText text) {
        return (kind, raw, context) -> new Observable(kind, text.normalForm(kind, raw));
    }

    /** A normaliser of a form that is null for other texts, for the same reason each time. */
    static Normaliser orRefused(UnaryOperator<String> form, String reason) {
        return (kind, raw, context) -> {
            String normal = form.apply(raw);
            if (normal == null) {
                throw new InvalidObservable(kind, reason);
            }
            return new Observable(kind, normal);
        };
    }

    /** From text to normal form. */
    @FunctionalInterface
    interface ToText {
        String normalForm(ObservableKind kind, String raw) throws InvalidObservable;
    }
}
