package uz.koprik.crypto.json;

/**
 * A JSON value (RFC 8259) as {@link StrictJson} read it, with the place it came from.
 *
 * <p>All values are immutable. {@link #start()} and {@link #end()} are byte offsets (end exclusive) into the text that
 * was parsed, so that the producer's own bytes of any part can be kept; values that were built rather than read have
 * both at -1.
 */
public sealed interface Json permits JsonObject, JsonArray, JsonString, JsonNumber, JsonBoolean, JsonNull {

    /** First byte of this value in the parsed text, or -1 when built. */
    int start();

    /** One past the last byte of this value in the parsed text, or -1 when built. */
    int end();

    /** What this value is called in an error: {@code "object"}, {@code "string"}, … */
    String kind();
}
