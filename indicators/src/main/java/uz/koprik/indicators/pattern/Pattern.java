package uz.koprik.indicators.pattern;

import java.util.List;

/**
 * A pattern as its author wrote it, as a tree.
 *
 * @param root the observation expression that is the whole pattern
 */
public record Pattern(ObservationExpression root) {

    /** Longest text that is read, in characters. */
    public static final int MAX_LENGTH = 1_000_000;

    /** Deepest nesting of parentheses. */
    public static final int MAX_DEPTH = 64;

    /**
     * Reads a pattern of {@code pattern_type} {@code stix}, STIX 2.1 section 9.
     *
     * @throws PatternSyntaxError when it is not one, is longer than {@link #MAX_LENGTH} or nested deeper than
     *     {@link #MAX_DEPTH}
     */
    public static Pattern parse(String text) throws PatternSyntaxError {
        return new Pattern(new Parser(text, false).pattern());
    }

    /**
     * As {@link #parse}, but takes several qualifiers of one kind on one observation, as writers of patterns that were
     * never validated use them; the normal form sets the parentheses that make it a valid pattern.
     */
    public static Pattern parseLeniently(String text) throws PatternSyntaxError {
        return new Pattern(new Parser(text, true).pattern());
    }

    /**
     * Path and value of each comparison that names a value: {@code =}, {@code IN} and {@code NOT !=}, in the order of
     * the text.
     *
     * <p>What is negated ({@code !=}, {@code NOT}), ordered or matched by likeness names no value and is left out; a
     * value that is negated in one place and named in another is in. Alternatives ({@code OR}) are all in: each of them
     * alone is what the author is looking for.
     */
    public List<AssertedValue> assertedValues() {
        return AssertedValue.of(root);
    }

    /** The pattern in normal form: single spaces, {@code =} and {@code !=}, quotes only where they are needed. */
    @Override
    public String toString() {
        return PatternWriter.text(root);
    }
}
