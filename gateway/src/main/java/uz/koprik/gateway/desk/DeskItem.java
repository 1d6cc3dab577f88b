package uz.koprik.gateway.desk;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonBoolean;
import uz.koprik.crypto.json.JsonNumber;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.indicators.policy.DeskRule;

/**
 * What one submission lets wait for a second person.
 *
 * @param id sorted by time: see {@link DeskIds}
 * @param by the account or partner that submitted it
 * @param partner whether that is a partner
 * @param comment of the submitter; may be empty
 * @param why the reasons, with how many objects have each
 */
public record DeskItem(
        String id, String by, boolean partner, Instant at, String comment, List<Count> why, List<DeskObject> objects) {

    public DeskItem {
        why = List.copyOf(why);
        objects = List.copyOf(objects);
    }

    /** How many objects of an item wait for a reason. */
    public record Count(DeskRule.Reason reason, long objects) {}

    /** The same with those objects only. */
    public DeskItem of(List<DeskObject> some) {
        return new DeskItem(id, by, partner, at, comment, why, some);
    }

    byte[] write() {
        return CanonicalJson.bytes(JsonObject.builder()
                .put("id", id)
                .put("by", by)
                .put("partner", partner)
                .put("at", at.toString())
                .put("comment", comment)
                .put(
                        "why",
                        new JsonArray(why.stream()
                                .<Json>map(count -> JsonObject.builder()
                                        .put("why", count.reason().why().word())
                                        .put("value", count.reason().value())
                                        .put("objects", count.objects())
                                        .build())
                                .toList()))
                .put("objects", DeskObject.write(objects))
                .build());
    }

    /** What {@link #write} wrote; empty when it is damaged. */
    static Optional<DeskItem> read(byte[] content) {
        try {
            JsonObject json = StrictJson.parseObject(content);
            List<Count> why = new ArrayList<>();
            for (Json item : json.items("why")) {
                JsonObject count = (JsonObject) item;
                why.add(new Count(
                        new DeskRule.Reason(
                                DeskRule.Why.valueOf(
                                        DeskObject.text(count, "why").toUpperCase(Locale.ROOT)),
                                DeskObject.text(count, "value")),
                        ((JsonNumber) count.get("objects")).longValue()));
            }
            return Optional.of(new DeskItem(
                    DeskObject.text(json, "id"),
                    DeskObject.text(json, "by"),
                    json.get("partner") instanceof JsonBoolean partner && partner.value(),
                    Instant.parse(DeskObject.text(json, "at")),
                    DeskObject.text(json, "comment"),
                    why,
                    DeskObject.read(json.items("objects"))));
        } catch (MalformedJson | IllegalArgumentException | ClassCastException | DateTimeParseException damaged) {
            return Optional.empty();
        }
    }
}
