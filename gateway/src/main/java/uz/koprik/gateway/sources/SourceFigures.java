package uz.koprik.gateway.sources;

import java.util.Map;
import java.util.TreeMap;
import uz.koprik.crypto.json.JsonNumber;
import uz.koprik.crypto.json.JsonObject;

/**
 * What became of entries of a feed.
 *
 * @param fresh entries that were not there before, or are there again
 * @param changed entries with another content than before
 * @param unchanged entries that were there with the same content
 * @param ended indicators that ended since their entries left the feed
 * @param renewed indicators whose end moved since their entries are still in the feed
 * @param refused entries that were not taken in, by reason
 */
record SourceFigures(long fresh, long changed, long unchanged, long ended, long renewed, Map<String, Long> refused) {

    static final SourceFigures NONE = new SourceFigures(0, 0, 0, 0, 0, Map.of());

    SourceFigures {
        refused = Map.copyOf(refused);
    }

    SourceFigures plus(SourceFigures other) {
        Map<String, Long> all = new TreeMap<>(refused);
        other.refused.forEach((code, count) -> all.merge(code, count, Long::sum));
        return new SourceFigures(
                fresh + other.fresh,
                changed + other.changed,
                unchanged + other.unchanged,
                ended + other.ended,
                renewed + other.renewed,
                all);
    }

    long refusedCount() {
        return refused.values().stream().mapToLong(Long::longValue).sum();
    }

    JsonObject json() {
        JsonObject.Builder reasons = JsonObject.builder();
        new TreeMap<>(refused).forEach((code, count) -> reasons.put(code, count));
        return JsonObject.builder()
                .put("new", fresh)
                .put("changed", changed)
                .put("unchanged", unchanged)
                .put("ended", ended)
                .put("renewed", renewed)
                .put("refused", refusedCount())
                .put("reasons", reasons.build())
                .build();
    }

    static SourceFigures read(JsonObject json) {
        Map<String, Long> refused = new TreeMap<>();
        json.object("reasons")
                .ifPresent(reasons -> reasons.names().forEach(code -> refused.put(code, number(reasons, code))));
        return new SourceFigures(
                number(json, "new"),
                number(json, "changed"),
                number(json, "unchanged"),
                number(json, "ended"),
                number(json, "renewed"),
                refused);
    }

    /** A number of a stored paper; 0 when an earlier version did not write it. */
    static long number(JsonObject json, String name) {
        return json.get(name) instanceof JsonNumber number ? number.longValue() : 0;
    }
}
