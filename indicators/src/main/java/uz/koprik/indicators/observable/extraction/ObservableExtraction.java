package uz.koprik.indicators.observable.extraction;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.indicators.observable.Normalisation;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.pattern.Constant;
import uz.koprik.indicators.pattern.ObjectPath;

/**
 * The observables a STIX object carries by itself: what it says, not what the objects it refers to say.
 *
 * <p>Looked at are observables (SCOs), the {@code objects} of observed data, and what the pattern of an indicator
 * asserts. The URLs of {@code external_references} are left out: they are the reports that were read, mostly sites
 * everybody cites, and would join what has nothing in common.
 *
 * @param found each value with the place it stands at, in the order of the object
 * @param skipped places that hold a value of a known kind that is not valid, and why
 */
public record ObservableExtraction(List<FoundValue> found, List<SkippedValue> skipped) {

    /**
     * Number of this reading. Increase it when objects yield other values than before: stores then read again what an
     * earlier reading found, and make their index anew.
     */
    public static final int READING = 2;

    /**
     * A value.
     *
     * @param pointer JSON pointer (RFC 6901) into the object
     * @param interpreted whether the value is not of a kind that its place is for, and was read as what it plainly is:
     *     {@code 192.0.2.1} in a {@code domain-name}
     */
    public record FoundValue(Observable observable, String pointer, boolean interpreted) {}

    /**
     * A place that was left out.
     *
     * @param pointer JSON pointer (RFC 6901) into the object
     * @param kind what the value should be; empty when the place as a whole cannot be read (a pattern)
     * @param reason in words, without the value
     */
    public record SkippedValue(String pointer, Optional<ObservableKind> kind, String reason) {}

    public ObservableExtraction {
        found = List.copyOf(found);
        skipped = List.copyOf(skipped);
    }

    /** As {@link #of(JsonObject, Normalisation)} with {@link Normalisation#PLAIN}. */
    public static ObservableExtraction of(JsonObject stixObject) {
        return of(stixObject, Normalisation.PLAIN);
    }

    /** Everything that can be read from {@code stixObject}; odd data is skipped and never an exception. */
    public static ObservableExtraction of(JsonObject stixObject, Normalisation context) {
        List<FoundValue> found = new ArrayList<>();
        List<SkippedValue> skipped = new ArrayList<>();
        new ObjectWalk(context, found, skipped).object(stixObject, "");
        return new ObservableExtraction(found, skipped);
    }

    /**
     * The value that a comparison of a pattern for equality names. It is read as values of objects under that path are,
     * so an object that satisfies the comparison carries the same value.
     *
     * @return empty when it is of no known kind, or holds only together with another one (the login of an account)
     */
    public static Optional<Observable> named(ObjectPath path, Constant constant) {
        return PatternWalk.named(path, constant);
    }

    /** The values without their places, each once, in order. */
    public SequencedSet<Observable> observables() {
        SequencedSet<Observable> values = new LinkedHashSet<>();
        found.forEach(f -> values.add(f.observable()));
        return values;
    }

    /** As {@link #observables}, with the forms in which stores index them, see {@link Observable#indexed}. */
    public SequencedSet<Observable> compared() {
        SequencedSet<Observable> values = observables();
        List.copyOf(values).forEach(value -> values.addAll(value.indexed()));
        return values;
    }

    /**
     * The values of {@link #compared} that the object does not write so: they stand where values of other kinds belong,
     * see {@link FoundValue#interpreted}, or are the form in which others are compared.
     */
    public Set<Observable> interpreted() {
        Set<Observable> values = new LinkedHashSet<>(compared());
        found.stream().filter(one -> !one.interpreted()).forEach(one -> values.remove(one.observable()));
        return values;
    }

    /**
     * As {@link #interpreted()} of an object whose values are known. The object is read only when its pattern does not
     * write each of them as it is.
     *
     * @param keys those of the values, see {@link Observable#key}
     */
    public static Set<Observable> interpreted(JsonObject stixObject, List<String> keys) {
        return keys.isEmpty() || writes(stixObject, keys)
                ? Set.of()
                : of(stixObject).interpreted();
    }

    private static boolean writes(JsonObject stixObject, List<String> keys) {
        String pattern = stixObject.string("pattern").orElse("");
        return keys.stream().map(Observable::ofKey).allMatch(value -> {
            String comparison = value.kind().stix().comparison(value.value());
            return pattern.contains(comparison) || pattern.contains(comparison.replaceFirst(" = ", "="));
        });
    }
}
