package uz.koprik.indicators.translate.misp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.indicators.observable.Normalisation;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.values.StixTimestamp;
import uz.koprik.indicators.translate.Translation;
import uz.koprik.indicators.translate.Untranslatable;
import uz.koprik.indicators.translate.misp.AttributeType.InvalidValue;

/** One event on its way to STIX. Used once, by one thread. */
final class EventReader {

    /** Fields of an attribute that are dealt with here, or that concern one MISP server alone. */
    static final Set<String> ATTRIBUTE = Set.of(
            "id",
            "event_id",
            "object_id",
            "object_relation",
            "type",
            "category",
            "value",
            "value1",
            "value2",
            "to_ids",
            "uuid",
            "timestamp",
            "comment",
            "deleted",
            "first_seen",
            "last_seen",
            "distribution",
            "sharing_group_id",
            "disable_correlation",
            "Tag",
            "Galaxy",
            "Sighting",
            "RelatedAttribute",
            "Event");

    private static final Set<String> EVENT = Set.of(
            "id",
            "org_id",
            "orgc_id",
            "user_id",
            "event_creator_email",
            "attribute_count",
            "locked",
            "proposal_email_lock",
            "disable_correlation",
            "publish_timestamp",
            "sharing_group_id",
            "info",
            "date",
            "threat_level_id",
            "analysis",
            "distribution",
            "uuid",
            "timestamp",
            "published",
            "protected",
            "Org",
            "Orgc",
            "Tag",
            "Galaxy",
            "Attribute",
            "Object",
            "EventReport",
            "RelatedEvent");

    private final EventFrame frame;
    private final AttributeObjects objects;
    private final EventContext surroundings;
    private final ObjectReader composed;
    private final Optional<Tlp> unmarked;

    EventReader(
            JsonObject event, String pointer, Normalisation context, Optional<Tlp> unmarked, EarlierObjects earlier) {
        this.frame = new EventFrame(event, pointer, context, earlier);
        this.objects = new AttributeObjects(frame);
        this.surroundings = new EventContext(frame);
        this.composed = new ObjectReader(frame, objects, surroundings, this::attribute);
        this.unmarked = unmarked;
    }

    Translation read() {
        if (Misp.text(frame.event, "info").isBlank()) {
            frame.out.add(Untranslatable.whole(frame.pointer, "event", MispNote.MISP_NO_EVENT.of()));
            return frame.out.result();
        }
        if (frame.event
                .object("Orgc")
                .flatMap(org -> surroundings.organisation(org, frame.pointer + "/Orgc"))
                .isEmpty()) {
            frame.out.add(Untranslatable.part(
                    frame.pointer + "/Orgc", "creator organisation", MispNote.MISP_ORGANISATION_WITHOUT_UUID.of()));
        }
        frame.unknown(frame.event, EVENT, frame.pointer, "event");
        MispTags tags = MispTags.of(frame.event, frame.pointer, frame.out::add);
        frame.marking = tags.tlp().isPresent() || frame.distributed != null
                ? Optional.of(
                        frame.distributed == null
                                ? tags.tlp().get()
                                : tags.tlp().map(frame.distributed::or).orElse(frame.distributed))
                : unmarked;
        if (Misp.text(frame.event, "distribution").equals("4")) {
            frame.out.add(Untranslatable.part(
                    frame.pointer + "/sharing_group_id", "sharing group", MispNote.MISP_SHARING_GROUP.of()));
        }
        surroundings.clusters(frame.event, frame.pointer);
        for (EventFrame.Located one : frame.located(frame.event, "Attribute", frame.pointer, "attribute")) {
            attribute(one.json(), one.where());
        }
        List<EventFrame.Located> parts = frame.located(frame.event, "Object", frame.pointer, "object");
        parts.forEach(one -> composed.read(one.json(), one.where()));
        parts.forEach(one -> composed.references(one.json(), one.where()));
        report(tags.labels());
        return frame.out.result();
    }

    private void report(Set<String> tags) {
        List<String> refs = new ArrayList<>(frame.out.ids());
        refs.removeIf(id -> frame.producer.filter(id::equals).isPresent());
        if (refs.isEmpty()) {
            if (frame.producer.isEmpty()) {
                frame.out.add(Untranslatable.whole(frame.pointer, "event", MispNote.MISP_EMPTY_EVENT.of()));
                return;
            }
            refs.add(frame.producer.get());
        }
        String uuid = frame.eventUuid();
        List<String> labels = new ArrayList<>(tags);
        for (String field : MispTags.EVENT_FIELDS) {
            if (!Misp.text(frame.event, field).isEmpty()) {
                labels.add(MispTags.label("misp:" + field, Misp.text(frame.event, field)));
            }
        }
        if (frame.day > frame.changed) {
            frame.out.add(Untranslatable.part(frame.pointer + "/date", "date", MispNote.MISP_LATE_DATE.of()));
        }
        JsonObject.Builder report = frame.head("report", "report--" + uuid, frame.changed)
                .put("name", frame.masked(Misp.text(frame.event, "info"), frame.pointer + "/info"))
                .put(
                        "published",
                        StixTimestamp.formatShort(Misp.micros(Misp.text(frame.event, "publish_timestamp"))
                                .filter(t -> t > 0)
                                .orElse(frame.changed)))
                .putStrings("report_types", List.of("indicator"))
                .putStrings("object_refs", refs);
        frame.out.emit(
                EventFrame.marked(report.putStrings("labels", labels), frame.marking)
                        .build(),
                frame.pointer,
                "event");
        for (EventFrame.Located one : frame.located(frame.event, "EventReport", frame.pointer, "event report")) {
            JsonObject text = one.json();
            String where = one.where();
            JsonObject.Builder note = frame.head("note", "note--" + reportUuid(text, where), frame.time(text));
            frame.unreadableTimes(text, where);
            String name = Misp.text(text, "name");
            if (!name.isBlank()) {
                note.put("abstract", frame.masked(name, where + "/name"));
            }
            note.put("content", frame.masked(Misp.text(text, "content"), where + "/content"))
                    .putStrings("object_refs", List.of("report--" + uuid))
                    .putStrings("labels", List.of(MispTags.label(MispTags.TYPE, "event-report")));
            if (Misp.flag(text, "deleted")) {
                note.put("revoked", true);
            }
            Optional<Tlp> least = EventFrame.distributed(text);
            Optional<Tlp> tlp = frame.marking.isPresent() && least.isPresent()
                    ? frame.marking.map(least.get()::or)
                    : frame.marking.or(() -> least);
            frame.out.emit(EventFrame.marked(note, tlp).build(), where, "event report");
        }
    }

    private String reportUuid(JsonObject text, String where) {
        return frame.ownUuid(text, where, "event report", Misp.text(text, "name"), Misp.text(text, "content"));
    }

    private void attribute(JsonObject given, String where) {
        JsonObject attribute = CardMask.restored(given);
        String name = Misp.text(attribute, "type");
        String value = Misp.value(attribute);
        String what = frame.inWords(attribute);
        if (name.isBlank() || value.isBlank()) {
            frame.out.add(Untranslatable.whole(
                    where, what, (name.isBlank() ? MispNote.MISP_NO_TYPE : MispNote.MISP_EMPTY_VALUE).of()));
            return;
        }
        if (ObjectTemplate.isNeverKept(Misp.text(attribute, "object_relation"))) {
            frame.neverKept(attribute, where);
            return;
        }
        if (frame.isRepeated(attribute)) {
            frame.out.add(Untranslatable.part(where, what, MispNote.MISP_REPEATED.of()));
            return;
        }
        frame.unknown(attribute, ATTRIBUTE, where, "attribute");
        frame.notInherited(attribute, where);
        AttributeType type = AttributeTypes.orText(name);
        if (AttributeTypes.named(name).isEmpty()) {
            frame.out.add(Untranslatable.part(where, what, MispNote.MISP_UNKNOWN_TYPE.of(name)));
        }
        String uuid = frame.ownUuid(attribute, where, "attribute", name + ' ' + value);
        boolean toIds = Misp.flag(attribute, "to_ids");
        MispTags tags = MispTags.of(attribute, where, frame.out::add);
        AttributeObjects.Common common = objects.common(
                attribute,
                where,
                tags,
                List.of(
                        MispTags.label(MispTags.TYPE, name),
                        MispTags.label(
                                MispTags.CATEGORY,
                                Misp.text(attribute, "category").isEmpty()
                                        ? type.category()
                                        : Misp.text(attribute, "category")),
                        MispTags.label(MispTags.TO_IDS, toIds ? "True" : "False")));
        Optional<String> id =
                switch (type.form()) {
                    case NAMED -> objects.named(type, value, uuid, common, where, what);
                    case TEXT -> objects.note(value, uuid, common, where, what);
                    case RULE -> objects.rule(name, value, uuid, common, where, what);
                    case VALUE -> value(type, value, toIds, uuid, common, where, what);
                };
        id.ifPresent(made -> {
            frame.remember(attribute, made);
            surroundings.write(attribute, made, where);
        });
    }

    private Optional<String> value(
            AttributeType type,
            String value,
            boolean toIds,
            String uuid,
            AttributeObjects.Common common,
            String where,
            String what) {
        try {
            List<String> comparison = List.of(type.comparison(value, frame.context));
            if (!type.corrected(value).equals(value)) {
                frame.out.add(Untranslatable.part(where + "/value", what, MispNote.MISP_CORRECTED.of()));
            }
            return toIds
                    ? objects.indicator(type.pattern(value, frame.context), uuid, common, Optional.empty(), where, what)
                    : objects.observed(comparison, uuid, common, Optional.empty(), where, what)
                            .or(() -> objects.note(value, uuid, common, where, what));
        } catch (InvalidValue e) {
            if (!type.mayBeText()) {
                frame.out.add(Untranslatable.whole(where, what, e.sentence()));
                return Optional.empty();
            }
            frame.out.add(Untranslatable.part(where, what, MispNote.MISP_KEPT_AS_NOTE.of(e.getMessage())));
            return objects.note(value, uuid, common, where, what);
        }
    }
}
