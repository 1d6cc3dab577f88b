package uz.koprik.crypto.json;

/** A string; {@code value} is without escapes and free of lone surrogates. */
public record JsonString(String value, int start, int end) implements Json {

    public JsonString(String value) {
        this(value, -1, -1);
    }

    @Override
    public String kind() {
        return "string";
    }
}
