package uz.koprik.indicators.wording;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;

/**
 * A sentence for people, and what programs know of it.
 *
 * @param code the word of its {@link SentenceKind}; {@value #OTHER} for a sentence of none
 * @param details the values that it names, by name
 * @param text in English
 */
public record Sentence(String code, Map<String, String> details, String text) {

    /** The code of sentences of no known kind, and of those that earlier versions wrote without one. */
    public static final String OTHER = "other";

    /** The name of a value that is English or technical text; translated sentences leave it out. */
    public static final String SAID = "said";

    /** Nothing is to be said. */
    public static final Sentence NONE = other("");

    public Sentence {
        details = Map.copyOf(details);
    }

    /** A sentence of no known kind. */
    public static Sentence other(String text) {
        return new Sentence(OTHER, Map.of(), text);
    }

    /**
     * A sentence that another gateway sent, or that was stored.
     *
     * @param kinds of which it may be
     * @param code of it; other words for none of them
     * @return one with the code {@value #OTHER} when its kind is unknown, or values are missing
     */
    public static Sentence coded(SentenceKind[] kinds, String code, Map<String, String> details, String text) {
        for (SentenceKind kind : kinds) {
            if (kind.word().equals(code) && details.keySet().containsAll(kind.names())) {
                return new Sentence(code, details, text);
            }
        }
        return other(text);
    }

    /**
     * Takes a sentence apart of which signed objects have only the words.
     *
     * @param kinds of which it may be; their texts have no brackets
     * @return one with the code {@value #OTHER} when it is of none
     */
    public static Sentence recognised(SentenceKind[] kinds, String text) {
        for (SentenceKind kind : kinds) {
            Optional<Map<String, String>> details = SentenceForm.read(kind.english(), text);
            if (details.isPresent()) {
                return kind.with(details.get());
            }
        }
        return other(text);
    }

    /** Whether there is nothing to say. */
    public boolean isEmpty() {
        return text.isEmpty();
    }

    private boolean ofNoKind() {
        return code.equals(OTHER);
    }

    /** The text for an answer; null when there is nothing to say. */
    public String textOrNull() {
        return text.isEmpty() ? null : text;
    }

    /** The code for an answer; null for none. */
    public String codeOrNull() {
        return ofNoKind() ? null : code;
    }

    /** The values for an answer; null for none. */
    public Map<String, String> detailsOrNull() {
        return details.isEmpty() ? null : new TreeMap<>(details);
    }

    /** The values as an object. */
    public JsonObject detailsJson() {
        JsonObject.Builder json = JsonObject.builder();
        new TreeMap<>(details).forEach(json::put);
        return json.build();
    }

    /** Adds the text as {@code name}, the code as {@code name_code} and the values as {@code name_details}. */
    public void write(JsonObject.Builder json, String name) {
        json.put(name, text);
        if (!ofNoKind()) {
            json.put(name + "_code", code).put(name + "_details", detailsJson());
        }
    }

    /** Reads what {@link #write} wrote, also in earlier versions, which wrote the text alone. */
    public static Sentence read(JsonObject json, String name) {
        return new Sentence(
                json.string(name + "_code").orElse(OTHER),
                details(json, name + "_details"),
                json.string(name).orElse(""));
    }

    /** The values that a member of an object has; empty without one. */
    public static Map<String, String> details(JsonObject json, String name) {
        Map<String, String> details = new HashMap<>();
        json.object(name).ifPresent(values -> values.names().forEach(one -> {
            if (values.get(one) instanceof JsonString text) {
                details.put(one, text.value());
            }
        }));
        return details;
    }
}
