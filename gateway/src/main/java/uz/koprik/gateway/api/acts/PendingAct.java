package uz.koprik.gateway.api.acts;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;

/**
 * A request that one account made and another administrator has to make as well.
 *
 * @param id says which request it is: the same request has the same id
 * @param body as it was sent
 * @param by name of the account that asked
 * @param at when it asked
 * @param basis what it would change, as it was then; empty when the act rests on nothing that changes
 * @param ended why nobody can confirm it any more; empty while it waits
 */
record PendingAct(
        String id, String method, String path, String body, String by, Instant at, String basis, String ended) {

    /** One that rests on nothing that changes. */
    PendingAct(String id, String method, String path, String body, String by, Instant at) {
        this(id, method, path, body, by, at, "", "");
    }

    /** The same, which nobody can confirm any more. */
    PendingAct ended(String why) {
        return new PendingAct(id, method, path, body, by, at, basis, why);
    }

    byte[] write() {
        return CanonicalJson.bytes(JsonObject.builder()
                .put("id", id)
                .put("method", method)
                .put("path", path)
                .put("body", body)
                .put("by", by)
                .put("at", at.toString())
                .put("basis", basis)
                .put("ended", ended)
                .build());
    }

    /** What {@link #write} wrote; empty when it is anything else, such as an act that was carried out. */
    static Optional<PendingAct> read(byte[] content) {
        try {
            JsonObject json = StrictJson.parseObject(content);
            return json.string("by").isEmpty()
                    ? Optional.empty()
                    : Optional.of(new PendingAct(
                            text(json, "id"),
                            text(json, "method"),
                            text(json, "path"),
                            text(json, "body"),
                            text(json, "by"),
                            Instant.parse(text(json, "at")),
                            // Earlier versions wrote neither.
                            json.string("basis").orElse(""),
                            json.string("ended").orElse("")));
        } catch (MalformedJson | IllegalArgumentException | DateTimeParseException damaged) {
            return Optional.empty();
        }
    }

    private static String text(JsonObject json, String name) {
        return json.string(name).orElseThrow(() -> new IllegalArgumentException(name + " is missing"));
    }
}
