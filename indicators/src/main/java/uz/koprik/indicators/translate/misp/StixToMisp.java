package uz.koprik.indicators.translate.misp;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.indicators.observable.Normalisation;
import uz.koprik.indicators.policy.Markings;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.EffectiveMarking;
import uz.koprik.indicators.stix.Reference;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.stix.values.StixTimestamp;
import uz.koprik.indicators.stix.values.Uuid5;
import uz.koprik.indicators.translate.Untranslatable;

/**
 * Translates STIX 2.1 objects to MISP events: one event per report, and one more for what no report refers to. Used
 * once, by one thread.
 */
public final class StixToMisp {

    private final List<Untranslatable> unexpressed = new ArrayList<>();
    private final Map<String, StixObject> byId = new LinkedHashMap<>();
    private final Set<String> done = new HashSet<>();
    private final AttributeWriter writing;
    private final Predicate<StixObject> inForce;

    /**
     * Everything at once.
     *
     * @param events each what stands under {@code "Event"}
     * @param unexpressed what is not in them
     */
    public record Result(List<JsonObject> events, List<Untranslatable> unexpressed) {

        public Result {
            events = List.copyOf(events);
            unexpressed = List.copyOf(unexpressed);
        }
    }

    private StixToMisp(List<StixObject> objects, Normalisation context, Predicate<StixObject> inForce) {
        this.inForce = inForce;
        objects.forEach(o -> byId.merge(o.id(), o, (a, b) -> b.version() >= a.version() ? b : a));
        this.writing = new AttributeWriter(
                context, id -> Optional.ofNullable(byId.get(id)).map(StixObject::json), unexpressed::add);
    }

    /** The events; of several versions of an object the latest counts. */
    public static Result translate(List<StixObject> objects, Normalisation context) {
        return translate(objects, context, object -> true);
    }

    /** As above; what is not in force is not meant for detection ({@code to_ids}), so that nobody blocks by it. */
    public static Result translate(List<StixObject> objects, Normalisation context, Predicate<StixObject> inForce) {
        return new StixToMisp(objects, context, inForce).run();
    }

    private Result run() {
        List<JsonObject> events = new ArrayList<>();
        for (StixObject object : List.copyOf(byId.values())) {
            if (object.type().equals("report")) {
                done.add(object.id());
                List<StixObject> members = new ArrayList<>();
                for (Json ref : object.json().items("object_refs")) {
                    StixObject member = ref instanceof JsonString id ? byId.get(id.value()) : null;
                    if (member != null) {
                        members.add(member);
                    } else if (ref instanceof JsonString id) {
                        unexpressed.add(Untranslatable.part(
                                object.id() + " /object_refs", "reference", id.value() + " is not at hand"));
                    }
                }
                events.add(event(Optional.of(object), members));
            }
        }
        List<StixObject> rest =
                byId.values().stream().filter(o -> !done.contains(o.id())).toList();
        boolean says = rest.stream()
                .anyMatch(o -> !Set.of("identity", "extension-definition", "relationship", "marking-definition")
                        .contains(o.type()));
        if (says || (events.isEmpty() && !rest.isEmpty())) {
            events.add(event(Optional.empty(), rest));
        } else {
            rest.forEach(this::left);
        }
        return new Result(events, unexpressed);
    }

    /** What an object refers to, without what it only mentions. */
    private static List<String> references(StixObject object) {
        return Reference.of(object.json()).stream().map(Reference::id).toList();
    }

    private SingleObjects.MispParts parts(StixObject object, Optional<Tlp> marking) {
        AttributeWriter.MispParts made = writing.write(object, marking);
        SingleObjects.MispParts parts = new SingleObjects.MispParts(made.attributes(), made.objects());
        return inForce.test(object) ? parts : parts.notDetecting();
    }

    private JsonObject event(Optional<StixObject> report, List<StixObject> members) {
        Optional<Tlp> marking = report.flatMap(EffectiveMarking::own);
        Map<String, JsonObject> attributes = new LinkedHashMap<>();
        Map<String, String> attributeOf = new LinkedHashMap<>();
        Map<String, JsonObject> objects = new LinkedHashMap<>();
        Map<String, JsonObject> clusters = new LinkedHashMap<>();
        DistinctUuids distinct = new DistinctUuids(unexpressed::add);
        List<StixObject> later = new ArrayList<>();
        List<StixObject> identities = new ArrayList<>();
        Set<String> covered = new HashSet<>();
        members.stream().filter(m -> m.type().equals("observed-data")).forEach(m -> covered.addAll(references(m)));
        for (StixObject member : members) {
            boolean labelled = member.json().items("labels").stream()
                    .anyMatch(l -> l instanceof JsonString s && s.value().startsWith(MispTags.TYPE));
            switch (member.type()) {
                case "relationship", "sighting", "opinion" -> later.add(member);
                case "identity" -> identities.add(member);
                case "marking-definition" -> {
                    if (Markings.tlp(member.id()).isEmpty()) {
                        left(member);
                    }
                }
                case "extension-definition" -> done.add(member.id());
                default -> {
                    Optional<String> galaxy = labelled ? Optional.empty() : GalaxyTypes.galaxy(member.type());
                    if (galaxy.isPresent()) {
                        clusters.put(member.id(), cluster(member, galaxy.get()));
                    } else if (!covered.contains(member.id())) {
                        SingleObjects.MispParts made = parts(member, marking);
                        Set<String> uuids = new LinkedHashSet<>();
                        for (JsonObject attribute : made.attributes()) {
                            uuids.add(put(distinct.distinct(attribute, member.id()), attributes));
                        }
                        boolean single = uuids.size() == 1;
                        for (JsonObject object : made.objects()) {
                            uuids.add(put(distinct.distinct(object, member.id()), objects));
                        }
                        if (single || uuids.size() == 1) {
                            attributeOf.put(member.id(), uuids.iterator().next());
                        }
                    }
                }
            }
            done.add(member.id());
        }
        Optional<String> producer = report.flatMap(StixObject::createdByRef).filter(byId::containsKey);
        producer.ifPresent(done::add);
        Set<String> sightedBy = new HashSet<>();
        later.forEach(o -> sightedBy.addAll(references(o)));
        for (StixObject identity : identities) {
            boolean said = producer.filter(identity.id()::equals).isPresent()
                    || sightedBy.contains(identity.id())
                    || isProducer(identity.id());
            if (!said) {
                writing.write(identity, marking)
                        .objects()
                        .forEach(
                                o -> attributeOf.put(identity.id(), put(distinct.distinct(o, identity.id()), objects)));
            }
        }
        Set<String> hung = new HashSet<>();
        for (StixObject o : later) {
            switch (o.type()) {
                case "relationship" -> relationship(o, attributes, objects, clusters, attributeOf, hung);
                default -> sighting(o, attributes, attributeOf);
            }
        }
        List<Json> galaxies = new ArrayList<>();
        clusters.forEach((id, galaxy) -> {
            if (!hung.contains(id)) {
                galaxies.add(galaxy);
            }
        });
        JsonObject.Builder event = head(report, members, marking);
        producer.ifPresent(id -> event.put(
                "Orgc",
                JsonObject.builder()
                        .put("uuid", id.substring(id.length() - 36))
                        .put("name", byId.get(id).json().string("name").orElse(""))
                        .build()));
        event.put("Attribute", new JsonArray(List.copyOf(attributes.values())))
                .put("Object", new JsonArray(List.copyOf(objects.values())));
        if (!galaxies.isEmpty()) {
            event.put("Galaxy", new JsonArray(galaxies));
        }
        report.ifPresent(r -> texts(r, event));
        return event.build();
    }

    /** Puts an attribute or object into the event. Returns its UUID. */
    private static String put(JsonObject made, Map<String, JsonObject> into) {
        String uuid = Misp.text(made, "uuid");
        into.put(uuid, made);
        return uuid;
    }

    private boolean isProducer(String id) {
        return byId.values().stream()
                .anyMatch(o -> !o.id().equals(id)
                        && o.createdByRef().filter(id::equals).isPresent());
    }

    private JsonObject.Builder head(Optional<StixObject> report, List<StixObject> members, Optional<Tlp> marking) {
        long changed = report.map(StixObject::version)
                .orElseGet(() ->
                        members.stream().mapToLong(StixObject::version).max().orElse(0));
        List<String> labels = report.map(r -> r.json().items("labels").stream()
                        .filter(JsonString.class::isInstance)
                        .map(l -> ((JsonString) l).value())
                        .toList())
                .orElse(List.of());
        List<Json> tags = new ArrayList<>();
        marking.ifPresent(tlp -> tags.add(AttributeWriter.tag(MispTags.tag(tlp))));
        MispTags.tags(labels).forEach(label -> tags.add(AttributeWriter.tag(label)));
        Set<String> ids = new LinkedHashSet<>();
        members.stream().map(StixObject::id).sorted().forEach(ids::add);
        JsonObject.Builder event = JsonObject.builder()
                .put(
                        "uuid",
                        report.map(r -> r.id().substring(r.id().length() - 36))
                                .orElseGet(() -> Uuid5.koprik("misp-event", String.join(" ", ids))
                                        .toString()))
                .put("info", report.flatMap(r -> r.json().string("name")).orElse("Indicators"))
                .put(
                        "date",
                        StixTimestamp.format(report.map(StixObject::created).orElse(changed))
                                .substring(0, 10))
                .put("timestamp", String.valueOf(Math.floorDiv(changed, 1_000_000L)));
        for (String field : MispTags.EVENT_FIELDS) {
            boolean published = field.equals("published");
            String value = MispTags.value(labels, "misp:" + field)
                    .orElse(
                            switch (field) {
                                case "threat_level_id" -> "4";
                                case "analysis" -> "2";
                                default -> "0";
                            });
            if (published) {
                event.put(field, value.equals("1") || value.equals("true"));
            } else {
                event.put(field, value);
            }
        }
        if (!tags.isEmpty()) {
            event.put("Tag", new JsonArray(tags));
        }
        return event;
    }

    /** The notes about a report: texts of the event. */
    private void texts(StixObject report, JsonObject.Builder event) {
        List<Json> texts = new ArrayList<>();
        for (StixObject note : byId.values()) {
            if (note.type().equals("note")
                    && !done.contains(note.id())
                    && references(note).contains(report.id())) {
                done.add(note.id());
                texts.add(JsonObject.builder()
                        .put("uuid", note.id().substring(note.id().length() - 36))
                        .put("name", note.json().string("abstract").orElse(""))
                        .put("content", note.json().string("content").orElse(""))
                        .put("timestamp", String.valueOf(Math.floorDiv(note.version(), 1_000_000L)))
                        .put("distribution", "5")
                        .put("deleted", note.revoked())
                        .build());
            }
        }
        if (!texts.isEmpty()) {
            event.put("EventReport", new JsonArray(texts));
        }
    }

    private JsonObject cluster(StixObject object, String preset) {
        JsonObject json = object.json();
        String galaxy = preset;
        Optional<String> uuid = Optional.of(object.id().substring(object.id().length() - 36));
        for (Json reference : json.items("external_references")) {
            String source =
                    reference instanceof JsonObject r ? r.string("source_name").orElse("") : "";
            if (source.startsWith("misp-galaxy:")) {
                galaxy = source.substring("misp-galaxy:".length());
                uuid = ((JsonObject) reference)
                        .string("external_id")
                        .filter(Misp::isUuid); // a cluster without UUID has its tag there, and remains without
            }
        }
        String name = json.string("name").orElse("");
        JsonObject.Builder cluster = JsonObject.builder();
        uuid.ifPresent(known -> cluster.put("uuid", known));
        cluster.put("type", galaxy)
                .put("value", name)
                .put("tag_name", "misp-galaxy:" + galaxy + "=\"" + name.replace("\"", "'") + '"')
                .put("description", json.string("description").orElse(""))
                .put("version", String.valueOf(Math.floorDiv(object.version(), 1_000_000L)));
        if (!json.items("aliases").isEmpty()) {
            cluster.put(
                    "meta",
                    JsonObject.builder()
                            .put("synonyms", new JsonArray(json.items("aliases")))
                            .build());
        }
        return JsonObject.builder()
                .put("type", galaxy)
                .put("name", galaxy)
                .put("GalaxyCluster", new JsonArray(List.of(cluster.build())))
                .build();
    }

    private void relationship(
            StixObject object,
            Map<String, JsonObject> attributes,
            Map<String, JsonObject> objects,
            Map<String, JsonObject> clusters,
            Map<String, String> attributeOf,
            Set<String> hung) {
        String source = object.json().string("source_ref").orElse("");
        String target = object.json().string("target_ref").orElse("");
        String type = object.json().string("relationship_type").orElse("");
        String from = attributeOf.get(source);
        if (clusters.containsKey(target)
                && from != null
                && Set.of("indicates", "related-to").contains(type)) {
            if (attributes.containsKey(from)) {
                attributes.computeIfPresent(from, (uuid, a) -> append(a, "Galaxy", clusters.get(target)));
                hung.add(target);
                return;
            }
            List<JsonObject> members =
                    objects.containsKey(from) ? Misp.objects(objects.get(from), "Attribute") : List.of();
            if (!members.isEmpty()) {
                List<Json> changed = new ArrayList<>(members);
                changed.set(0, append(members.getFirst(), "Galaxy", clusters.get(target)));
                objects.computeIfPresent(from, (uuid, o) -> o.with("Attribute", new JsonArray(changed)));
                hung.add(target);
                return;
            }
        }
        String to = attributeOf.get(target);
        if (from != null && to != null && objects.containsKey(from)) {
            JsonObject reference = JsonObject.builder()
                    .put("uuid", object.id().substring(object.id().length() - 36))
                    .put("object_uuid", from)
                    .put("referenced_uuid", to)
                    .put("referenced_type", objects.containsKey(to) ? "1" : "0")
                    .put("relationship_type", type)
                    .put("comment", object.json().string("description").orElse(""))
                    .put("timestamp", String.valueOf(Math.floorDiv(object.version(), 1_000_000L)))
                    .build();
            objects.computeIfPresent(from, (uuid, o) -> append(o, "ObjectReference", reference));
        } else {
            unexpressed.add(Untranslatable.whole(
                    object.id(),
                    "relationship " + type,
                    "MISP joins objects of templates with one another, and attributes with galaxies"));
        }
    }

    private void sighting(StixObject object, Map<String, JsonObject> attributes, Map<String, String> attributeOf) {
        boolean opinion = object.type().equals("opinion");
        String of = opinion
                ? references(object).stream()
                        .filter(attributeOf::containsKey)
                        .findFirst()
                        .orElse("")
                : object.json().string("sighting_of_ref").orElse("");
        String attribute = attributeOf.getOrDefault(of, "");
        boolean sayable = !opinion || object.json().string("opinion").orElse("").equals("strongly-disagree");
        if (!attributes.containsKey(attribute) || !sayable) {
            unexpressed.add(Untranslatable.whole(
                    object.id(),
                    object.type(),
                    opinion && !sayable
                            ? "MISP knows only that something is a false positive"
                            : "MISP has sightings of attributes alone"));
            return;
        }
        JsonObject.Builder sighting = JsonObject.builder()
                .put("uuid", object.id().substring(object.id().length() - 36))
                .put("type", opinion ? "1" : "0")
                .put(
                        "date_sighting",
                        String.valueOf(Math.floorDiv(
                                object.json()
                                        .string("first_seen")
                                        .map(StixTimestamp::parse)
                                        .orElse(object.version()),
                                1_000_000L)))
                .put("source", object.json().string("description").orElse(""));
        object.json().items("where_sighted_refs").stream()
                .filter(JsonString.class::isInstance)
                .map(r -> byId.get(((JsonString) r).value()))
                .filter(java.util.Objects::nonNull)
                .findFirst()
                .ifPresent(org -> sighting.put(
                        "Organisation",
                        JsonObject.builder()
                                .put("uuid", org.id().substring(org.id().length() - 36))
                                .put("name", org.json().string("name").orElse(""))
                                .build()));
        attributes.computeIfPresent(attribute, (uuid, a) -> append(a, "Sighting", sighting.build()));
    }

    private static JsonObject append(JsonObject owner, String list, JsonObject item) {
        List<Json> items = new ArrayList<>(owner.items(list));
        items.add(item);
        return owner.with(list, new JsonArray(items));
    }

    private void left(StixObject object) {
        boolean silent = Set.of("extension-definition").contains(object.type())
                || Markings.tlp(object.id()).isPresent()
                || isProducer(object.id());
        if (!silent && done.add(object.id())) {
            unexpressed.add(Untranslatable.whole(object.id(), object.type(), "MISP has nothing for it by itself"));
        }
    }
}
