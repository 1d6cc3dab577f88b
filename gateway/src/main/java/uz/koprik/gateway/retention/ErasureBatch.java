package uz.koprik.gateway.retention;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonBoolean;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;

/**
 * Objects that are erased together, by one rule. What a run erases by a rule are several of them when it is much.
 *
 * @param id sorts by time
 * @param rule in words
 * @param by who asked for it
 * @param at when it was begun; when the store had erased them once it is done
 * @param done whether the store has erased them
 * @param objects their ids
 */
public record ErasureBatch(String id, String rule, String by, Instant at, boolean done, List<String> objects) {

    public ErasureBatch {
        objects = List.copyOf(objects);
    }

    ErasureBatch finished(Instant now) {
        return new ErasureBatch(id, rule, by, now, true, objects);
    }

    /** The same with the first objects only, at most {@code limit}. */
    ErasureBatch first(int limit) {
        return new ErasureBatch(id, rule, by, at, done, objects.subList(0, Math.min(limit, objects.size())));
    }

    ErasureBatch without(Set<String> some) {
        if (some.isEmpty()) {
            return this;
        }
        return new ErasureBatch(
                id,
                rule,
                by,
                at,
                done,
                objects.stream().filter(object -> !some.contains(object)).toList());
    }

    byte[] write() {
        return CanonicalJson.bytes(JsonObject.builder()
                .put("id", id)
                .put("rule", rule)
                .put("by", by)
                .put("at", at.toString())
                .put("done", done)
                .putStrings("objects", objects)
                .build());
    }

    /** What {@link #write} wrote; empty when it is damaged. */
    static Optional<ErasureBatch> read(byte[] content) {
        try {
            JsonObject json = StrictJson.parseObject(content);
            return Optional.of(new ErasureBatch(
                    text(json, "id"),
                    text(json, "rule"),
                    text(json, "by"),
                    Instant.parse(text(json, "at")),
                    json.get("done") instanceof JsonBoolean done && done.value(),
                    json.items("objects").stream().map(ErasureBatch::text).toList()));
        } catch (MalformedJson | IllegalArgumentException | DateTimeParseException damaged) {
            return Optional.empty();
        }
    }

    private static String text(Json item) {
        if (item instanceof JsonString text) {
            return text.value();
        }
        throw new IllegalArgumentException("an id is no text");
    }

    private static String text(JsonObject json, String name) {
        return json.string(name).orElseThrow(() -> new IllegalArgumentException(name + " is missing"));
    }
}
