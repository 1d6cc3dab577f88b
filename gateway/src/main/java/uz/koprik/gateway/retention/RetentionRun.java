package uz.koprik.gateway.retention;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonNumber;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;

/**
 * One run of retention: what it erased.
 *
 * @param by the account that asked for it; empty for the daily run
 * @param erased number of objects by the words of the rule
 * @param held number of objects that a legal hold stopped
 */
public record RetentionRun(String by, Instant begun, Instant ended, Map<String, Long> erased, long held) {

    public RetentionRun {
        erased = Map.copyOf(new TreeMap<>(erased));
    }

    /** Number of all objects that it erased. */
    public long total() {
        return erased.values().stream().mapToLong(Long::longValue).sum();
    }

    byte[] write() {
        JsonObject.Builder rules = JsonObject.builder();
        new TreeMap<>(erased).forEach((rule, count) -> rules.put(rule, count));
        return CanonicalJson.bytes(JsonObject.builder()
                .put("by", by)
                .put("begun", begun.toString())
                .put("ended", ended.toString())
                .put("erased", rules.build())
                .put("held", held)
                .build());
    }

    /** What {@link #write} wrote; empty when it is damaged. */
    static Optional<RetentionRun> read(byte[] content) {
        try {
            JsonObject json = StrictJson.parseObject(content);
            Map<String, Long> erased = new TreeMap<>();
            json.object("erased").ifPresent(rules -> rules.names()
                    .forEach(rule -> erased.put(rule, ((JsonNumber) rules.get(rule)).longValue())));
            return Optional.of(new RetentionRun(
                    json.string("by").orElse(""),
                    Instant.parse(json.string("begun").orElse("")),
                    Instant.parse(json.string("ended").orElse("")),
                    erased,
                    json.get("held") instanceof JsonNumber held ? held.longValue() : 0));
        } catch (MalformedJson | ClassCastException | DateTimeParseException damaged) {
            return Optional.empty();
        }
    }
}
