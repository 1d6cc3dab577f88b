package uz.koprik.indicators.wording;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A sort of sentences with a stable word. Enums implement it, and each constant has an {@link English} text. The
 * console has a text of its own for each.
 */
public interface SentenceKind {

    /** Of the enum. */
    String name();

    /** The stable word. */
    default String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The text of {@link English}, with its names. */
    default String english() {
        try {
            return ((Enum<?>) this)
                    .getDeclaringClass()
                    .getField(name())
                    .getAnnotation(English.class)
                    .value();
        } catch (NoSuchFieldException impossible) {
            throw new IllegalStateException(name() + " is no constant", impossible);
        }
    }

    /** The names of its values, in their order. */
    default List<String> names() {
        return SentenceForm.names(english());
    }

    /**
     * A sentence of this kind.
     *
     * @param values in the order of {@link #names}
     */
    default Sentence of(Object... values) {
        List<String> names = names();
        if (names.size() != values.length) {
            throw new IllegalArgumentException("the details of this sentence are " + names);
        }
        Map<String, Object> details = new HashMap<>();
        for (int i = 0; i < values.length; i++) {
            details.put(names.get(i), String.valueOf(values[i]));
        }
        return with(details);
    }

    /**
     * A sentence of this kind.
     *
     * @param values by name; an empty one leaves out the part in brackets that names it
     */
    default Sentence with(Map<String, ?> values) {
        Map<String, String> details = new HashMap<>();
        values.forEach((name, value) -> details.put(name, value.toString()));
        String text = SentenceForm.fill(english(), details);
        details.values().removeIf(String::isEmpty);
        return new Sentence(word(), details, text);
    }
}
