package uz.koprik.indicators.observable.text.url;

/** Knows whether a part of a text is a value by itself, so that a URL ends before it. */
@FunctionalInterface
public interface SureValues {

    /** Whether a part of a text is a sure value by its form alone. */
    boolean isOneValue(String part);

    /** Whether another value stands from a position up to the next separator. */
    default boolean valueFollows(String text, int from) {
        int to = from;
        while (to < text.length()
                && !Character.isWhitespace(text.charAt(to))
                && "\"'`<>|,;".indexOf(text.charAt(to)) < 0) {
            to++;
        }
        return isOneValue(text.substring(from, to));
    }
}
