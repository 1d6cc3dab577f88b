package uz.koprik.crypto.json;

/** {@code null}. */
public record JsonNull(int start, int end) implements Json {

    @Override
    public String kind() {
        return "null";
    }
}
