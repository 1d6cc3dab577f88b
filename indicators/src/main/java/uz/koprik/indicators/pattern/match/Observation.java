package uz.koprik.indicators.pattern.match;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import uz.koprik.crypto.json.JsonObject;

/**
 * One observed-data object with what it observed, ready to be matched; see {@link Observations} for how to read them.
 * Immutable, for any number of patterns and threads.
 */
public final class Observation {

    private final String id;
    private final long first;
    private final long last;
    private final long times;
    private final JsonObject[] objects;
    private final String[] types;
    private final Map<String, JsonObject> references;

    /**
     * @param times number_observed
     * @param observed what was observed, and so what a pattern may start from
     * @param references what a reference may lead to, by identifier; not copied
     */
    Observation(
            String id,
            long first,
            long last,
            long times,
            List<JsonObject> observed,
            Map<String, JsonObject> references) {
        this.id = id;
        this.first = first;
        this.last = last;
        this.times = times;
        this.objects = observed.toArray(JsonObject[]::new);
        this.types = new String[objects.length];
        for (int i = 0; i < objects.length; i++) {
            types[i] = objects[i].string("type").orElse("");
        }
        this.references = references;
    }

    /** Identifier of the observed-data object; empty when it has none. */
    public Optional<String> id() {
        return id.isEmpty() ? Optional.empty() : Optional.of(id);
    }

    /** Microseconds since the epoch of {@code first_observed}. */
    long first() {
        return first;
    }

    /** Microseconds since the epoch of {@code last_observed}. */
    long last() {
        return last;
    }

    /** How many observations of the same this stands for. */
    long times() {
        return times;
    }

    int size() {
        return objects.length;
    }

    JsonObject object(int index) {
        return objects[index];
    }

    String type(int index) {
        return types[index];
    }

    JsonObject resolve(String reference) {
        return references.get(reference);
    }

    /** Its identifier; values may be personal. */
    @Override
    public String toString() {
        return "Observation[" + id + "]";
    }
}
