package uz.koprik.gateway.alerts.log;

import java.io.IOException;
import java.util.Arrays;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonNumber;
import uz.koprik.crypto.json.JsonObject;

/**
 * The record {@link #NAME} of the state store. The log exists if and only if this record does.
 *
 * @param covered the sequence of objects was searched for matches up to this number
 * @param first number of the first alert that is kept
 * @param last an alert of this number was emitted; later ones can exist
 * @param base all alerts about objects up to this sequence number precede {@code first}; -1 when unknown
 */
record AlertState(long covered, long first, long last, long base) {

    static final String NAME = "alerts.state";

    static final String RESTORE = "; restore it from a backup of the centre";

    byte[] write() {
        byte[] json = CanonicalJson.bytes(JsonObject.builder()
                .put("base", base)
                .put("covered", covered)
                .put("first", first)
                .put("last", last)
                .build());
        return Checksum.close(Arrays.copyOf(json, json.length - 1));
    }

    /** @throws IOException when the record is damaged: names it and the cure */
    static AlertState read(byte[] content) throws IOException {
        try {
            JsonObject json = Checksum.read(content, "last");
            long first = AlertJson.number(json, "first");
            return new AlertState(
                    AlertJson.number(json, "covered"),
                    first,
                    number(json, "last", first - 1),
                    number(json, "base", -1));
        } catch (IOException | IllegalArgumentException damaged) {
            throw new IOException(
                    "the state record " + NAME + " is damaged (" + damaged.getMessage() + ")" + RESTORE, damaged);
        }
    }

    /** Versions before checksums wrote two members only. */
    private static long number(JsonObject json, String name, long otherwise) {
        return json.get(name) instanceof JsonNumber ? AlertJson.number(json, name) : otherwise;
    }
}
