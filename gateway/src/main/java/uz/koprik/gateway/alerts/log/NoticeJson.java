package uz.koprik.gateway.alerts.log;

import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import uz.koprik.crypto.json.JsonObject;

/** A notice as members of the JSON of an alert. */
public final class NoticeJson {

    /** In the log: the notice of an alert that earlier versions take for a case match. */
    static final String STORED = "notice";

    private static final String ABSENT = "incident--";

    private NoticeJson() {}

    /** The kind of that name; empty when alerts of that name are about something else. */
    static Optional<Notice.Kind> kind(String name) {
        return Arrays.stream(Notice.Kind.values())
                .filter(kind -> name(kind).equals(name))
                .findFirst();
    }

    private static String name(Notice.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /** Adds a notice, without its id. */
    static JsonObject.Builder into(JsonObject.Builder json, Notice notice) {
        json.put("kind", name(notice.kind()))
                .put("what", notice.what())
                .put("centre", notice.centre())
                .put("at", notice.at().toString());
        if (notice.kind() == Notice.Kind.EXPIRY) {
            json.put("days", notice.days());
        }
        return json.put("message", notice.message()).put("action", notice.action());
    }

    /** A notice with its id. */
    public static JsonObject write(Notice notice) {
        return into(JsonObject.builder().put("id", notice.id().toString()), notice)
                .build();
    }

    /** @throws IllegalArgumentException when {@code json} is no notice: says which part */
    public static Notice read(JsonObject json) {
        return read(UUID.fromString(AlertJson.text(json, "id")), json);
    }

    static Notice read(UUID id, JsonObject json) {
        return new Notice(
                id,
                kind(AlertJson.text(json, "kind")).orElseThrow(() -> new IllegalArgumentException("kind is no notice")),
                AlertJson.text(json, "what"),
                AlertJson.text(json, "centre"),
                Instant.parse(AlertJson.text(json, "at")),
                json.has("days") ? (int) AlertJson.number(json, "days") : -1,
                AlertJson.text(json, "message"),
                AlertJson.text(json, "action"));
    }

    /**
     * Adds what versions without notices require of an alert. They take a kind that they do not know for a damaged
     * record and lose all its alerts. So this reads like the match of a case that does not exist, which they show to
     * nobody.
     */
    static JsonObject.Builder disguised(JsonObject.Builder json, OperatorAlert alert) {
        String absent = ABSENT + alert.id();
        JsonObject value = JsonObject.builder()
                .put("kind", "domain")
                .put("value", "notice.invalid")
                .build();
        return json.put("kind", AlertJson.CASE_MATCH)
                .put(
                        "case",
                        JsonObject.builder()
                                .put("id", absent)
                                .put("number", "")
                                .put("title", "")
                                .put("type", "")
                                .build())
                .put("news", "object")
                .put(
                        "object",
                        JsonObject.builder()
                                .put("id", absent)
                                .put("type", "incident")
                                .put("title", "")
                                .put("received", alert.time().toString())
                                .put("origin", "unsigned")
                                .build())
                .put("case_value", value)
                .put("object_value", value)
                .put("rule", "same_value")
                .put("carriers", 0)
                .put(
                        "certainty",
                        JsonObject.builder().put("score", 0).put("producers", 0).build())
                .put(STORED, into(JsonObject.builder(), alert.notice()).build());
    }
}
