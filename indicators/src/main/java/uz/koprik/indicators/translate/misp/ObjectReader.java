package uz.koprik.indicators.translate.misp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.BiConsumer;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonBoolean;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.translate.Untranslatable;
import uz.koprik.indicators.translate.misp.AttributeType.InvalidValue;

/** MISP objects: those of known templates become one STIX object each, the others fall apart into attributes. */
final class ObjectReader {

    /** Most combinations of an object's members that are spelt out as observations. */
    private static final int MAX_COMBINATIONS = 200;

    private static final Set<String> OBJECT = Set.of(
            "id",
            "event_id",
            "name",
            "meta-category",
            "description",
            "template_uuid",
            "template_version",
            "uuid",
            "timestamp",
            "comment",
            "deleted",
            "distribution",
            "sharing_group_id",
            "first_seen",
            "last_seen",
            "Attribute",
            "Tag",
            "Galaxy",
            "ObjectReference");

    private final EventFrame frame;
    private final AttributeObjects objects;
    private final EventContext surroundings;
    private final BiConsumer<JsonObject, String> single;

    /** @param single takes an attribute by itself, and its pointer */
    ObjectReader(
            EventFrame frame,
            AttributeObjects objects,
            EventContext surroundings,
            BiConsumer<JsonObject, String> single) {
        this.frame = frame;
        this.objects = objects;
        this.surroundings = surroundings;
        this.single = single;
    }

    void read(JsonObject object, String where) {
        String name = Misp.text(object, "name");
        Optional<ObjectTemplate> known = ObjectTemplate.of(name);
        if (known.isEmpty()) {
            frame.out.add(
                    Untranslatable.part(where, "object of template " + name, MispNote.MISP_UNKNOWN_TEMPLATE.of(name)));
            oneByOne(object, where);
            return;
        }
        int listed = frame.out.listed();
        Optional<String> id = whole(object, known.get(), where);
        if (id.isEmpty()) {
            frame.out.forget(listed);
            frame.out.add(
                    Untranslatable.part(where, "object of template " + name, MispNote.MISP_TAKEN_ONE_BY_ONE.of(name)));
            oneByOne(object, where);
        }
    }

    /** Takes the attributes of an object by themselves; what it says of all of them goes to each. */
    private void oneByOne(JsonObject object, String where) {
        frame.unknown(object, OBJECT, where, "object");
        List<EventFrame.Located> attributes = frame.located(object, "Attribute", where, "attribute");
        if (attributes.isEmpty()) {
            frame.out.add(Untranslatable.whole(
                    where,
                    "object of template " + Misp.text(object, "name") + " of " + frame.inWords(),
                    MispNote.MISP_EMPTY_OBJECT.of()));
        }
        for (EventFrame.Located one : attributes) {
            JsonObject attribute = one.json();
            for (String list : List.of("Tag", "Galaxy")) {
                List<Json> both = new ArrayList<>(Misp.items(attribute, list));
                List<Json> shared = Misp.items(object, list);
                if (!shared.isEmpty()) {
                    both.addAll(shared);
                    attribute = attribute.with(list, new JsonArray(both));
                }
            }
            if (EventFrame.distributed(object).isPresent()
                    && EventFrame.distributed(attribute).isEmpty()) {
                attribute = attribute.with("distribution", object.get("distribution"));
            }
            if (Misp.flag(object, "deleted") && !Misp.flag(attribute, "deleted")) {
                attribute = attribute.with("deleted", new JsonBoolean(true));
            }
            single.accept(attribute, one.where());
        }
    }

    /** Writes an object as one; empty when no member is one that STIX could recognise it by. */
    private Optional<String> whole(JsonObject object, ObjectTemplate template, String where) {
        String name = template.name();
        frame.unknown(object, OBJECT, where, "object");
        frame.notInherited(object, where);
        List<EventFrame.Located> attributes = frame.located(object, "Attribute", where, "attribute");
        List<Json> kept = new ArrayList<>();
        Map<String, List<String>> byPath = new LinkedHashMap<>();
        Map<String, List<String>> detecting = new LinkedHashMap<>();
        MispTags tags = MispTags.of(object, where, frame.out::add);
        String identity = "";
        for (EventFrame.Located one : attributes) {
            JsonObject member = one.json();
            String at = one.where();
            String relation = Misp.text(member, "object_relation");
            if (ObjectTemplate.isNeverKept(relation)) {
                frame.neverKept(member, at);
                continue;
            }
            frame.unknown(member, EventReader.ATTRIBUTE, at, "attribute");
            tags = both(tags, MispTags.of(member, at, frame.out::add));
            tags = both(tags, new MispTags(EventFrame.distributed(member), Set.of()));
            frame.unreadableTimes(member, at);
            AttributeType type = template.relations().get(relation);
            String value = Misp.value(member);
            try {
                if (type != null && !Misp.flag(member, "deleted")) {
                    String comparison = type.comparison(value, frame.context);
                    String path = type.parts().getFirst().path();
                    byPath.computeIfAbsent(path, p -> new ArrayList<>()).add(comparison);
                    if (Misp.flag(member, "to_ids")) {
                        detecting.computeIfAbsent(path, p -> new ArrayList<>()).add(comparison);
                    }
                }
                identity = relation.equals(template.nameRelation())
                                && !template.identityClass().isEmpty()
                        ? value
                        : identity;
                AttributeType rule = type != null
                        ? type
                        : AttributeTypes.named(Misp.text(member, "type")).orElse(null);
                boolean plain = rule != null && rule.parts().size() == 1;
                kept.add(member(
                        member, plain ? rule.kept(value, frame.context) : frame.masked(value, at + "/value"), at));
            } catch (InvalidValue e) {
                invalid(member, value, type, e, at).ifPresent(kept::add);
            }
        }
        boolean observes = template.identityClass().isEmpty();
        if (observes ? byPath.isEmpty() : identity.isBlank()) {
            return Optional.empty();
        }
        String uuid = frame.ownUuid(object, where, "object", name + ' ' + contents(kept));
        JsonObject.Builder members =
                JsonObject.builder().put("extension_type", "property-extension").put("template", name);
        for (String field : List.of("template_uuid", "template_version", "description")) {
            if (!Misp.text(object, field).isEmpty()) {
                members.put(field, Misp.text(object, field));
            }
        }
        members.put("attributes", new JsonArray(kept));
        AttributeObjects.Common common = objects.common(
                object,
                where,
                tags,
                List.of(
                        MispTags.label(MispTags.OBJECT, name),
                        MispTags.label(
                                MispTags.META_CATEGORY,
                                Misp.text(object, "meta-category").isEmpty()
                                        ? template.category()
                                        : Misp.text(object, "meta-category"))));
        String what = "object of template " + name;
        Optional<JsonObject> extension = Optional.of(members.build());
        Optional<String> id;
        if (!observes) {
            id = objects.finish(
                    frame.head("identity", "identity--" + uuid, common.time())
                            .put("name", frame.masked(identity, where))
                            .put("identity_class", template.identityClass()),
                    "identity--" + uuid,
                    common,
                    extension,
                    where,
                    what);
        } else if (!detecting.isEmpty()) {
            id = objects.indicator(pattern(template, detecting), uuid, common, extension, where, what);
        } else {
            id = objects.observed(combinations(template, byPath), uuid, common, extension, where, what);
        }
        id.ifPresent(made -> {
            frame.remember(object, made);
            surroundings.galaxies(object, made, where);
            attributes.forEach(one -> surroundings.write(one.json(), made, one.where()));
        });
        return id;
    }

    private static MispTags both(MispTags one, MispTags other) {
        Set<String> labels = new LinkedHashSet<>(one.labels());
        labels.addAll(other.labels());
        Optional<Tlp> tlp = one.tlp().isPresent() && other.tlp().isPresent()
                ? one.tlp().map(other.tlp().get()::or)
                : one.tlp().or(other::tlp);
        return new MispTags(tlp, labels);
    }

    private static String contents(List<Json> members) {
        StringJoiner all = new StringJoiner(" ");
        members.forEach(member -> all.add(
                Misp.text((JsonObject) member, "object_relation") + '=' + Misp.text((JsonObject) member, "value")));
        return all.toString();
    }

    /**
     * A member whose value is none of its type: kept with the object as a text, unless it may be the number of a card.
     */
    private Optional<JsonObject> invalid(
            JsonObject member, String value, AttributeType type, InvalidValue why, String at) {
        boolean text = !value.isBlank()
                && (type == null || type.mayBeText())
                && AttributeTypes.orText(Misp.text(member, "type")).mayBeText();
        if (!text) {
            frame.out.add(Untranslatable.whole(at, frame.inWords(member), why.sentence()));
            return Optional.empty();
        }
        frame.out.add(Untranslatable.part(at, frame.inWords(member), MispNote.MISP_KEPT_AS_TEXT.of(why.getMessage())));
        return Optional.of(member(member, frame.masked(value, at + "/value"), at));
    }

    static String pattern(ObjectTemplate template, Map<String, List<String>> byPath) {
        StringJoiner groups = new StringJoiner(template.all() ? " AND " : " OR ", "[", "]");
        int size = byPath.values().stream().mapToInt(List::size).sum();
        byPath.values().forEach(same -> {
            StringJoiner any = new StringJoiner(" OR ");
            same.forEach(one -> any.add(one.contains(" AND ") && size > 1 ? '(' + one + ')' : one));
            groups.add(same.size() > 1 && template.all() && byPath.size() > 1 ? "(" + any + ')' : any.toString());
        });
        return groups.toString();
    }

    static List<String> combinations(ObjectTemplate template, Map<String, List<String>> byPath) {
        if (!template.all()) {
            return byPath.values().stream().flatMap(List::stream).toList();
        }
        List<String> all = byPath.isEmpty() ? List.of() : List.of("");
        for (List<String> same : byPath.values()) {
            List<String> longer = new ArrayList<>();
            all.forEach(begun -> same.forEach(one -> longer.add(begun.isEmpty() ? one : begun + " AND " + one)));
            all = longer.size() > MAX_COMBINATIONS ? longer.subList(0, MAX_COMBINATIONS) : longer;
        }
        return all;
    }

    /** A member of an object as the extension keeps it. */
    private JsonObject member(JsonObject attribute, String value, String where) {
        JsonObject.Builder kept = JsonObject.builder();
        for (String field :
                List.of("uuid", "object_relation", "type", "category", "timestamp", "first_seen", "last_seen")) {
            if (!Misp.text(attribute, field).isEmpty()) {
                kept.put(field, Misp.text(attribute, field));
            }
        }
        kept.put("value", value).put("to_ids", Misp.flag(attribute, "to_ids"));
        if (!Misp.text(attribute, "comment").isEmpty()) {
            kept.put("comment", frame.masked(Misp.text(attribute, "comment"), where + "/comment"));
        }
        if (Misp.flag(attribute, "deleted")) {
            kept.put("deleted", true);
        }
        return kept.build();
    }

    void references(JsonObject object, String where) {
        for (EventFrame.Located one : frame.located(object, "ObjectReference", where, "object reference")) {
            JsonObject reference = one.json();
            String at = one.where();
            String source = frame.ids.get(Misp.uuid(object, "uuid"));
            String target = frame.ids.get(Misp.uuid(reference, "referenced_uuid"));
            String type = Misp.text(reference, "relationship_type");
            if (source == null || target == null) {
                frame.out.add(Untranslatable.whole(at, "object reference", MispNote.MISP_REFERENCE_END.of()));
            } else if (!type.matches("[a-z0-9-]+")) {
                frame.out.add(Untranslatable.whole(at, "object reference", MispNote.MISP_REFERENCE_TYPE.of()));
            } else {
                surroundings.relationship(
                        source,
                        type,
                        target,
                        frame.ownUuid(reference, at, "object reference", type, source + ' ' + target),
                        frame.time(reference),
                        frame.masked(Misp.text(reference, "comment"), at + "/comment"),
                        at);
            }
        }
    }
}
