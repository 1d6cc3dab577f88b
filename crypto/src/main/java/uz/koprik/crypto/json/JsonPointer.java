package uz.koprik.crypto.json;

/** How a place in a JSON text is written: RFC 6901. */
public final class JsonPointer {

    private JsonPointer() {}

    /** A name as a token of a pointer, without the slash before it (section 3). */
    public static String token(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
