package uz.koprik.indicators.translate.misp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.values.StixTimestamp;
import uz.koprik.indicators.translate.Untranslatable;

/** The STIX objects that attributes and MISP objects become. */
final class AttributeObjects {

    private final EventFrame frame;

    AttributeObjects(EventFrame frame) {
        this.frame = frame;
    }

    /** What all objects made of an attribute or object share. */
    record Common(
            JsonObject source, long time, String comment, List<String> labels, Optional<Tlp> tlp, boolean deleted) {}

    Common common(JsonObject source, String where, MispTags tags, List<String> own) {
        List<String> labels = new ArrayList<>(own);
        labels.addAll(tags.labels());
        Optional<Tlp> tagged = tags.tlp().isPresent()
                ? tags.tlp().map(t -> frame.distributed == null ? t : t.or(frame.distributed))
                : frame.marking;
        Optional<Tlp> least = EventFrame.distributed(source);
        Optional<Tlp> tlp =
                tagged.isPresent() && least.isPresent() ? tagged.map(least.get()::or) : tagged.or(() -> least);
        frame.unreadableTimes(source, where);
        return new Common(
                source,
                frame.time(source),
                frame.masked(Misp.text(source, "comment"), where + "/comment"),
                labels,
                tlp,
                Misp.flag(source, "deleted"));
    }

    Optional<String> indicator(
            String pattern, String uuid, Common common, Optional<JsonObject> members, String where, String what) {
        return indicator(pattern, "stix", uuid, common, members, where, what);
    }

    /** An indicator whose pattern is a rule of another language. */
    Optional<String> rule(String language, String rule, String uuid, Common common, String where, String what) {
        return indicator(frame.masked(rule, where + "/value"), language, uuid, common, Optional.empty(), where, what);
    }

    private Optional<String> indicator(
            String pattern,
            String language,
            String uuid,
            Common common,
            Optional<JsonObject> members,
            String where,
            String what) {
        long from = Misp.micros(Misp.text(common.source, "first_seen")).orElse(common.time);
        if (says(common.source, "last_seen")) {
            frame.out.add(Untranslatable.part(where + "/last_seen", "last seen", MispNote.MISP_LAST_SEEN.of()));
        }
        JsonObject.Builder json = frame.head("indicator", "indicator--" + uuid, common.time)
                .putStrings("indicator_types", List.of("malicious-activity"))
                .put("pattern", pattern)
                .put("pattern_type", language)
                .put("valid_from", StixTimestamp.formatShort(from));
        List<String> labels = new ArrayList<>(common.labels);
        // An invalid time is the least of all numbers, so it is never later.
        MispTags.take(labels, MispTags.VALID_UNTIL, until -> StixTimestamp.parse(until) > from)
                .ifPresent(until -> json.put("valid_until", until));
        MispTags.take(labels, MispTags.CONFIDENCE, sure -> sure.matches("100|[1-9]?[0-9]"))
                .ifPresent(sure -> json.put("confidence", Integer.parseInt(sure)));
        Common plain = new Common(common.source, common.time, common.comment, labels, common.tlp, common.deleted);
        return finish(json, "indicator--" + uuid, plain, members, where, what);
    }

    Optional<String> observed(
            List<String> comparisons,
            String uuid,
            Common common,
            Optional<JsonObject> members,
            String where,
            String what) {
        Map<String, JsonObject> seen = new LinkedHashMap<>();
        for (String comparison : comparisons) {
            ObservedGraph.of(comparison, common.tlp)
                    .objects()
                    .forEach(o -> seen.putIfAbsent(o.string("id").orElseThrow(), o));
        }
        if (seen.isEmpty() || !frame.out.emitAll(List.copyOf(seen.values()), where)) {
            return Optional.empty();
        }
        long first = Misp.micros(Misp.text(common.source, "first_seen")).orElse(common.time);
        long last = Misp.micros(Misp.text(common.source, "last_seen")).orElse(Math.max(first, common.time));
        JsonObject.Builder json = frame.head("observed-data", "observed-data--" + uuid, common.time)
                .put("first_observed", StixTimestamp.formatShort(first))
                .put("last_observed", StixTimestamp.formatShort(Math.max(first, last)))
                .put("number_observed", 1)
                .putStrings("object_refs", seen.keySet());
        return finish(json, "observed-data--" + uuid, common, members, where, what);
    }

    Optional<String> note(String value, String uuid, Common common, String where, String what) {
        withoutTimes(common.source, where);
        JsonObject.Builder json = frame.head("note", "note--" + uuid, common.time);
        if (!common.comment.isEmpty()) {
            json.put("abstract", common.comment);
        }
        json.put("content", frame.masked(value, where + "/value"))
                .putStrings("object_refs", List.of(frame.producer.orElseGet(() -> "report--" + frame.eventUuid())));
        Common plain = new Common(common.source, common.time, "", common.labels, common.tlp, common.deleted);
        return finish(json, "note--" + uuid, plain, Optional.empty(), where, what);
    }

    Optional<String> named(AttributeType type, String value, String uuid, Common common, String where, String what) {
        withoutTimes(common.source, where);
        String id = type.stixType() + "--" + uuid;
        JsonObject.Builder json =
                frame.head(type.stixType(), id, common.time).put("name", frame.masked(value, where + "/value"));
        if (type.name().equals("vulnerability") && value.matches("CVE-[0-9]{4}-[0-9]{4,}")) {
            json.put(
                    "external_references",
                    new JsonArray(List.of(JsonObject.builder()
                            .put("source_name", "cve")
                            .put("external_id", value)
                            .build())));
        }
        return finish(json, id, common, Optional.empty(), where, what);
    }

    /** Lists when the value was seen, for objects that have no property for it. */
    private void withoutTimes(JsonObject source, String where) {
        for (String field : List.of("first_seen", "last_seen")) {
            if (says(source, field)) {
                frame.out.add(Untranslatable.part(where + '/' + field, field, MispNote.MISP_NO_PLACE.of()));
            }
        }
    }

    private static boolean says(JsonObject source, String field) {
        return source.get(field) != null && Misp.says(source.get(field));
    }

    /** Emits an object; empty when STIX does not take it, which is listed. */
    Optional<String> finish(
            JsonObject.Builder json,
            String id,
            Common common,
            Optional<JsonObject> members,
            String where,
            String what) {
        if (!common.comment.isEmpty()) {
            json.put("description", common.comment);
        }
        if (common.deleted) {
            json.put("revoked", true);
        }
        members.ifPresent(m -> json.put(
                "extensions", JsonObject.builder().put(Misp.OBJECT_EXTENSION, m).build()));
        boolean taken = frame.out.emit(
                EventFrame.marked(json.putStrings("labels", new LinkedHashSet<>(common.labels)), common.tlp)
                        .build(),
                where,
                what);
        return taken ? Optional.of(id) : Optional.empty();
    }
}
