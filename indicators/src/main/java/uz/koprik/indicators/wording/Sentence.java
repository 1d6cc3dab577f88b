package uz.koprik.indicators.wording;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A sentence for people, and what programs know of it.
 *
 * @param code the word of its {@link SentenceKind}; {@value #OTHER} for a sentence of none
 * @param details the values that it names, by name
 * @param text in English
 */
public record Sentence(String code, Map<String, String> details, String text) {

    /** The code of sentences of no known kind. */
    public static final String OTHER = "other";

    /** The name of a detail that people in charge of technology read; it is not translated. */
    public static final String ERROR = "error";

    public Sentence {
        details = Map.copyOf(details);
    }

    /**
     * A sentence of a kind.
     *
     * @param values in the order of the names of its form
     */
    public static Sentence of(SentenceKind kind, Object... values) {
        List<String> names = kind.form().names();
        if (names.size() != values.length) {
            throw new IllegalArgumentException("the details of this sentence are " + names);
        }
        Map<String, String> details = new LinkedHashMap<>();
        for (String name : names) {
            details.put(name, String.valueOf(values[details.size()]));
        }
        return new Sentence(kind.word(), details, kind.form().fill(details));
    }

    /** A sentence of no known kind. */
    public static Sentence other(String text) {
        return new Sentence(OTHER, Map.of(), text);
    }

    /**
     * Takes a sentence apart of which only the words are known.
     *
     * @param kinds of which it may be
     * @return one with the code {@value #OTHER} when it is of none
     */
    public static Sentence read(SentenceKind[] kinds, String text) {
        for (SentenceKind kind : kinds) {
            Optional<Map<String, String>> details =
                    kind.form().hasWords() ? kind.form().read(text) : Optional.empty();
            if (details.isPresent()) {
                return new Sentence(kind.word(), details.get(), text);
            }
        }
        return other(text);
    }
}
