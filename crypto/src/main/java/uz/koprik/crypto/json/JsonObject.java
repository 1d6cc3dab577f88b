package uz.koprik.crypto.json;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An object; its names are unique and in the order of the text. */
public final class JsonObject implements Json {

    /** Above this size a look-up by name goes through a map; below it a scan is faster. */
    private static final int SCAN_LIMIT = 24;

    private final String[] names;
    private final Json[] values;
    private final int start;
    private final int end;
    /** Built on first use; volatile because objects are shared between threads. */
    private volatile Map<String, Json> byName;

    /** Takes over both arrays; the caller has made sure that names are unique. */
    JsonObject(String[] names, Json[] values, int start, int end) {
        this.names = names;
        this.values = values;
        this.start = start;
        this.end = end;
    }

    /** An empty builder. */
    public static Builder builder() {
        return new Builder();
    }

    /** The value of {@code name}, or null when there is none. */
    public Json get(String name) {
        if (names.length > SCAN_LIMIT) {
            return map().get(name);
        }
        int index = indexOf(name);
        return index < 0 ? null : values[index];
    }

    /** Whether there is a member of that name. */
    public boolean has(String name) {
        return get(name) != null;
    }

    /** The string under {@code name}; empty when it is absent or not a string. */
    public Optional<String> string(String name) {
        return get(name) instanceof JsonString s ? Optional.of(s.value()) : Optional.empty();
    }

    /** The object under {@code name}; empty when it is absent or not an object. */
    public Optional<JsonObject> object(String name) {
        return get(name) instanceof JsonObject o ? Optional.of(o) : Optional.empty();
    }

    /** The items of the array under {@code name}; empty when it is absent or not an array. */
    public List<Json> items(String name) {
        return get(name) instanceof JsonArray a ? a.items() : List.of();
    }

    /** How many members there are. */
    public int size() {
        return names.length;
    }

    /** The name of the member at {@code index}, in the order of the text. */
    public String name(int index) {
        return names[index];
    }

    /** The value of the member at {@code index}, in the order of the text. */
    public Json value(int index) {
        return values[index];
    }

    /** The names, in the order of the text. */
    public List<String> names() {
        return List.of(names);
    }

    /** A copy without the member {@code name}; this object itself when it has none. */
    public JsonObject without(String name) {
        int index = indexOf(name);
        if (index < 0) {
            return this;
        }
        int rest = names.length - index - 1;
        String[] fewerNames = Arrays.copyOf(names, names.length - 1);
        Json[] fewerValues = Arrays.copyOf(values, names.length - 1);
        System.arraycopy(names, index + 1, fewerNames, index, rest);
        System.arraycopy(values, index + 1, fewerValues, index, rest);
        return new JsonObject(fewerNames, fewerValues, -1, -1);
    }

    /** A copy in which {@code name} holds {@code value}: in its old place, or at the end when it is new. */
    public JsonObject with(String name, Json value) {
        int index = indexOf(name);
        int size = index < 0 ? names.length + 1 : names.length;
        String[] newNames = Arrays.copyOf(names, size);
        Json[] newValues = Arrays.copyOf(values, size);
        int place = index < 0 ? names.length : index;
        newNames[place] = name;
        newValues[place] = value;
        return new JsonObject(newNames, newValues, -1, -1);
    }

    private int indexOf(String name) {
        for (int i = 0; i < names.length; i++) {
            if (names[i].equals(name)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public int start() {
        return start;
    }

    @Override
    public int end() {
        return end;
    }

    @Override
    public String kind() {
        return "object";
    }

    /** Equal when names, values and their order are, wherever they were read. */
    @Override
    public boolean equals(Object other) {
        return other instanceof JsonObject that
                && Arrays.equals(names, that.names)
                && Arrays.equals(CanonicalJson.bytes(this), CanonicalJson.bytes(that));
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(names);
    }

    /** The canonical text. */
    @Override
    public String toString() {
        return CanonicalJson.text(this);
    }

    private Map<String, Json> map() {
        Map<String, Json> map = byName;
        if (map == null) {
            map = new HashMap<>(names.length * 2);
            for (int i = 0; i < names.length; i++) {
                map.put(names[i], values[i]);
            }
            byName = map;
        }
        return map;
    }

    /** Collects members in order; a second member of one name is a programming error. */
    public static final class Builder {
        private final List<String> names = new ArrayList<>();
        private final List<Json> values = new ArrayList<>();
        private final Set<String> seen = new HashSet<>();

        private Builder() {}

        public Builder put(String name, Json value) {
            if (!seen.add(name)) {
                throw new IllegalArgumentException("two members named " + name);
            }
            names.add(name);
            values.add(value);
            return this;
        }

        public Builder put(String name, String value) {
            return put(name, new JsonString(value));
        }

        public Builder put(String name, long value) {
            return put(name, new JsonNumber(value));
        }

        public Builder put(String name, boolean value) {
            return put(name, new JsonBoolean(value));
        }

        /** Puts an array of strings; nothing at all when {@code items} is empty, since STIX knows no empty lists. */
        public Builder putStrings(String name, Iterable<String> items) {
            List<Json> strings = new ArrayList<>();
            items.forEach(s -> strings.add(new JsonString(s)));
            return strings.isEmpty() ? this : put(name, new JsonArray(strings));
        }

        public JsonObject build() {
            return new JsonObject(names.toArray(String[]::new), values.toArray(Json[]::new), -1, -1);
        }
    }
}
