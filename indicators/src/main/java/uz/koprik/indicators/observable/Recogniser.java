package uz.koprik.indicators.observable;

import java.util.function.Predicate;
import uz.koprik.indicators.observable.text.KindGuesser;

/**
 * By what a text of no stated kind is worth trying as a kind. Looks are cheap (lengths and a few characters), since
 * most texts are of another kind; the kind itself then decides.
 *
 * @param hexDigits the length at which plain hexadecimal digits are tried; 0 for none
 * @param word look at a text with a letter and without colon, slash and at sign; null for none
 * @param prefixed look at a text with a colon; null for none
 * @param scope where values are looked for
 */
public record Recogniser(int hexDigits, Predicate<String> word, Predicate<String> prefixed, Scope scope) {

    /** Where values of a kind are looked for. */
    public enum Scope {
        /** In running text, and where a text is nothing but the value. */
        TEXT,
        /** Only where a text is nothing but the value. */
        ALONE,
        /** Nowhere: values have any form, or that of another kind. A column or an option must name the kind. */
        NAMED
    }

    /**
     * {@link KindGuesser} recognises the kind by the signs in a text: dots, colons, slashes, at signs, digits alone.
     */
    static Recogniser signs() {
        return new Recogniser(0, null, null, Scope.TEXT);
    }

    /** As {@link #signs}, only where the text is nothing but the value. */
    static Recogniser signsAlone() {
        return new Recogniser(0, null, null, Scope.ALONE);
    }

    /** No text by itself is of this kind. */
    static Recogniser named() {
        return new Recogniser(0, null, null, Scope.NAMED);
    }

    /** That many hexadecimal digits. */
    static Recogniser hex(int digits) {
        return new Recogniser(digits, null, null, Scope.TEXT);
    }

    /** A word that passes the look. */
    static Recogniser word(Predicate<String> look) {
        return new Recogniser(0, look, null, Scope.TEXT);
    }

    /** A text with a colon that passes the look. */
    static Recogniser prefixed(Predicate<String> look) {
        return new Recogniser(0, null, look, Scope.TEXT);
    }

    /** As this one, and a text with a colon that passes the look. */
    Recogniser orPrefixed(Predicate<String> look) {
        return new Recogniser(hexDigits, word, look, scope);
    }
}
