package uz.koprik.crypto.json;

/** {@code true} or {@code false}. */
public record JsonBoolean(boolean value, int start, int end) implements Json {

    public JsonBoolean(boolean value) {
        this(value, -1, -1);
    }

    @Override
    public String kind() {
        return "boolean";
    }
}
