package uz.koprik.crypto.json;

import java.util.List;

/** An array; {@code items} is immutable and in the order of the text. */
public record JsonArray(List<Json> items, int start, int end) implements Json {

    public JsonArray {
        items = List.copyOf(items);
    }

    public JsonArray(List<Json> items) {
        this(items, -1, -1);
    }

    @Override
    public String kind() {
        return "array";
    }
}
