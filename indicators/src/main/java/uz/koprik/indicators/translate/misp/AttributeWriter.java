package uz.koprik.indicators.translate.misp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonBoolean;
import uz.koprik.crypto.json.JsonNumber;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.indicators.observable.Normalisation;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.extraction.ObservableExtraction;
import uz.koprik.indicators.pattern.Constant;
import uz.koprik.indicators.policy.Markings;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.EffectiveMarking;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.stix.values.SignatureExtension;
import uz.koprik.indicators.stix.values.StixTimestamp;
import uz.koprik.indicators.stix.values.Uuid5;
import uz.koprik.indicators.translate.Alternatives;
import uz.koprik.indicators.translate.Untranslatable;
import uz.koprik.indicators.translate.misp.AttributeType.Form;
import uz.koprik.indicators.translate.misp.AttributeType.InvalidValue;

/**
 * Turns single STIX objects into MISP attributes and objects.
 *
 * <p>What an object was in MISP is believed only when it still says the same as its STIX part: where the two differ,
 * the pattern was changed later and counts.
 */
final class AttributeWriter {

    /** Properties that are said in MISP, or that say nothing there. */
    private static final Set<String> SAID = Set.of(
            "type",
            "spec_version",
            "id",
            "created_by_ref",
            "created",
            "modified",
            "revoked",
            "labels",
            "object_marking_refs",
            "name",
            "description",
            "extensions",
            "pattern",
            "pattern_type",
            "pattern_version",
            "valid_from",
            "first_observed",
            "last_observed",
            "object_refs",
            "objects",
            "content",
            "abstract",
            "identity_class");

    private static final Pattern TYPE_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 /|_-]{0,60}");

    private final Normalisation context;
    private final Function<String, Optional<JsonObject>> lookup;
    private final Consumer<Untranslatable> unexpressed;

    /**
     * @param lookup finds the observables that observed data refers to
     * @param unexpressed takes what cannot be said
     */
    AttributeWriter(
            Normalisation context,
            Function<String, Optional<JsonObject>> lookup,
            Consumer<Untranslatable> unexpressed) {
        this.context = context;
        this.lookup = lookup;
        this.unexpressed = unexpressed;
    }

    /** What an object became; both empty when it was listed. */
    record MispParts(List<JsonObject> attributes, List<JsonObject> objects) {
        static final MispParts NOTHING = new MispParts(List.of(), List.of());
    }

    /** @param inherited marking of the event, which is not repeated */
    MispParts write(StixObject object, Optional<Tlp> inherited) {
        Source source = new Source(object, inherited);
        MispParts made =
                switch (object.type()) {
                    case "indicator" -> indicator(source);
                    case "observed-data" -> observed(source);
                    case "note" -> text(source);
                    case "vulnerability", "campaign", "threat-actor" -> named(source);
                    case "identity" -> identity(source);
                    default -> {
                        List<JsonObject> attributes = values(source, object.json(), new int[1]);
                        yield new MispParts(attributes, List.of());
                    }
                };
        if (made.attributes.isEmpty() && made.objects.isEmpty()) {
            return MispParts.NOTHING;
        }
        properties(source);
        return made;
    }

    /** What is said of an object besides its values. */
    private static final class Source {
        final StixObject object;
        final JsonObject json;
        final List<String> labels;
        final List<Json> tags = new ArrayList<>();
        final String uuid;
        final String seconds;
        /** That of MISP: what may not leave an organisation is for the own one only, the rest as the event is. */
        final String distribution;

        Source(StixObject object, Optional<Tlp> inherited) {
            this.object = object;
            this.json = object.json();
            this.labels = json.items("labels").stream()
                    .filter(JsonString.class::isInstance)
                    .map(l -> ((JsonString) l).value())
                    .toList();
            this.uuid = object.id().substring(object.id().length() - 36);
            this.seconds = String.valueOf(Math.floorDiv(object.version(), 1_000_000L));
            EffectiveMarking.own(object)
                    .filter(tlp -> inherited.filter(tlp::equals).isEmpty())
                    .ifPresent(tlp -> tags.add(tag(MispTags.tag(tlp))));
            this.distribution = EffectiveMarking.own(object)
                            .filter(tlp -> tlp.compareTo(Tlp.AMBER_STRICT) >= 0)
                            .isPresent()
                    ? "0"
                    : "5";
            if (object.type().equals("indicator")) {
                json.string("valid_until")
                        .ifPresent(until -> tags.add(tag(MispTags.label(MispTags.VALID_UNTIL, until))));
                if (json.get("confidence") instanceof JsonNumber number) {
                    tags.add(tag(MispTags.label(MispTags.CONFIDENCE, String.valueOf(number.longValue()))));
                }
            }
            MispTags.tags(labels).forEach(label -> tags.add(tag(label)));
        }

        String comment() {
            String name = json.string("name")
                    .filter(n -> object.type().equals("indicator"))
                    .orElse("");
            String description = json.string("description").orElse("");
            return name.isEmpty() || description.isEmpty() ? name + description : name + ": " + description;
        }

        boolean toIds() {
            return MispTags.value(labels, MispTags.TO_IDS)
                    .map(v -> v.equalsIgnoreCase("true"))
                    .orElse(object.type().equals("indicator"));
        }

        Untranslatable whole(String why) {
            return Untranslatable.whole(object.id(), object.type(), why);
        }
    }

    static JsonObject tag(String name) {
        return JsonObject.builder().put("name", name).build();
    }

    private MispParts indicator(Source source) {
        String pattern = source.json.string("pattern").orElse("");
        String language = source.json.string("pattern_type").orElse("");
        if (!language.equals("stix")) {
            Optional<AttributeType> rule = AttributeTypes.named(language).filter(type -> type.form() == Form.RULE);
            if (rule.isPresent()) {
                return new MispParts(List.of(attribute(source, rule.get(), pattern, source.uuid)), List.of());
            }
            unexpressed.accept(source.whole("MISP has no attribute for patterns of its language"));
            return MispParts.NOTHING;
        }
        Optional<JsonObject> kept = kept(source, template -> members -> {
            Map<String, List<String>> byPath = comparisons(template, members, true);
            return !byPath.isEmpty() && ObjectReader.pattern(template, byPath).equals(pattern);
        });
        if (kept.isPresent()) {
            return new MispParts(List.of(), List.of(kept.get()));
        }
        Alternatives alternatives = Alternatives.of(pattern);
        if (!alternatives.problem().isEmpty()) {
            unexpressed.accept(source.whole(alternatives.problem()));
            return MispParts.NOTHING;
        }
        Optional<AttributeType> said =
                MispTags.value(source.labels, MispTags.TYPE).flatMap(AttributeTypes::named);
        List<JsonObject> attributes = new ArrayList<>();
        List<JsonObject> objects = new ArrayList<>();
        int number = 0;
        for (Map<String, Constant> terms : alternatives.all()) {
            String uuid = alternatives.all().size() == 1
                    ? source.uuid
                    : Uuid5.koprik("misp-attribute", source.object.id(), String.valueOf(number))
                            .toString();
            number++;
            one(source, said, terms, uuid, attributes, objects);
        }
        return new MispParts(attributes, objects);
    }

    private void one(
            Source source,
            Optional<AttributeType> said,
            Map<String, Constant> terms,
            String uuid,
            List<JsonObject> attributes,
            List<JsonObject> objects) {
        Optional<Map.Entry<AttributeType, String>> found = said.filter(type -> type.form() == Form.VALUE)
                .flatMap(type -> type.value(terms, context).map(value -> Map.entry(type, value)))
                .or(() -> AttributeTypes.of(terms, context));
        if (found.isPresent()) {
            attributes.add(attribute(source, found.get().getKey(), found.get().getValue(), uuid));
            return;
        }
        Optional<JsonObject> object = ofTemplate(source, terms, uuid);
        if (object.isPresent()) {
            objects.add(object.get());
        } else {
            unexpressed.accept(
                    source.whole("no attribute type or template of MISP says " + String.join(" and ", terms.keySet())));
        }
    }

    private MispParts observed(Source source) {
        Map<String, JsonObject> byId = new LinkedHashMap<>();
        List<String> refs = source.json.items("object_refs").stream()
                .filter(JsonString.class::isInstance)
                .map(r -> ((JsonString) r).value())
                .toList();
        refs.forEach(ref -> lookup.apply(ref).ifPresent(o -> byId.put(ref, o)));
        Optional<JsonObject> kept = kept(source, template -> members -> {
            Set<String> ids = new HashSet<>();
            ObjectReader.combinations(template, comparisons(template, members, false))
                    .forEach(c -> ids.addAll(ObservedGraph.of(c, EffectiveMarking.own(source.object))
                            .ids()));
            return ids.equals(Set.copyOf(refs));
        });
        if (kept.isPresent()) {
            return new MispParts(List.of(), List.of(kept.get()));
        }
        Optional<AttributeType> said = MispTags.value(source.labels, MispTags.TYPE)
                .flatMap(AttributeTypes::named)
                .filter(type -> type.form() == Form.VALUE);
        if (said.isPresent()) {
            List<String> parts = new ArrayList<>();
            said.get().parts().forEach(part -> ObservedGraph.value(part.path(), refs, byId)
                    .ifPresent(constant -> parts.add(Alternatives.text(constant))));
            if (parts.size() == said.get().parts().size()) {
                return new MispParts(
                        List.of(attribute(source, said.get(), String.join("|", parts), source.uuid)), List.of());
            }
        }
        List<JsonObject> attributes = new ArrayList<>();
        int[] number = new int[1];
        attributes.addAll(values(source, source.json, number));
        byId.values().forEach(o -> attributes.addAll(values(source, o, number)));
        return new MispParts(attributes, List.of());
    }

    /** An attribute for every value that an object carries. */
    private List<JsonObject> values(Source source, JsonObject carrier, int[] number) {
        List<JsonObject> attributes = new ArrayList<>();
        List<JsonObject> objects = new ArrayList<>();
        for (Observable value : ObservableExtraction.of(carrier, context).observables()) {
            String uuid = Uuid5.koprik("misp-attribute", source.object.id(), String.valueOf(number[0]++))
                    .toString();
            Alternatives.of(value.pattern())
                    .all()
                    .forEach(terms -> one(source, Optional.empty(), terms, uuid, attributes, objects));
        }
        if (attributes.isEmpty() && objects.isEmpty()) {
            unexpressed.accept(source.whole("MISP has no attribute for it that is known here"));
        } else if (!objects.isEmpty()) {
            unexpressed.accept(source.whole("MISP has only an object, not an attribute, for one of its values"));
        }
        return attributes;
    }

    private MispParts text(Source source) {
        AttributeType type = AttributeTypes.orText(MispTags.value(source.labels, MispTags.TYPE)
                .filter(name -> TYPE_NAME.matcher(name).matches())
                .orElse("text"));
        JsonObject attribute =
                attribute(source, type, source.json.string("content").orElse(""), source.uuid);
        return new MispParts(
                List.of(attribute.with(
                        "comment", new JsonString(source.json.string("abstract").orElse("")))),
                List.of());
    }

    private MispParts named(Source source) {
        AttributeType type = AttributeTypes.ALL.stream()
                .filter(t -> t.stixType().equals(source.object.type()))
                .findFirst()
                .orElseThrow();
        return new MispParts(
                List.of(attribute(source, type, source.json.string("name").orElse(""), source.uuid)), List.of());
    }

    private MispParts identity(Source source) {
        Optional<JsonObject> kept = kept(
                source,
                template -> members -> members.stream()
                        .anyMatch(m -> Misp.text(m, "object_relation").equals(template.nameRelation())
                                && Misp.text(m, "value")
                                        .equals(source.json.string("name").orElse(""))));
        if (kept.isEmpty()) {
            unexpressed.accept(source.whole("MISP knows organisations as creators of events only"));
            return MispParts.NOTHING;
        }
        return new MispParts(List.of(), List.of(kept.get()));
    }

    private JsonObject attribute(Source source, AttributeType type, String value, String uuid) {
        boolean card = type.name().equals("cc-number");
        if (card) {
            unexpressed.accept(
                    Untranslatable.part(
                            source.object.id(),
                            "payment card number",
                            "MISP takes whole numbers only; the first six digits are written as a bin, the mask as its comment"));
        }
        JsonObject.Builder out = JsonObject.builder()
                .put("uuid", uuid)
                .put("type", card ? "bin" : type.name())
                .put(
                        "category",
                        MispTags.value(source.labels, MispTags.CATEGORY).orElse(type.category()))
                .put("value", card ? value.substring(0, 6) : value)
                .put("to_ids", !card && source.toIds())
                .put("timestamp", source.seconds)
                .put("comment", card ? CardMask.comment(value, source.toIds(), source.comment()) : source.comment())
                .put("distribution", source.distribution);
        seen(source, out);
        if (source.object.revoked()) {
            out.put("deleted", true);
        }
        if (!source.tags.isEmpty()) {
            out.put("Tag", new JsonArray(source.tags));
        }
        return out.build();
    }

    private static void seen(Source source, JsonObject.Builder out) {
        long changed = Long.parseLong(source.seconds) * 1_000_000;
        source.json
                .string("valid_from")
                .or(() -> source.json.string("first_observed"))
                .map(StixTimestamp::parse)
                .filter(first -> first != changed)
                .ifPresent(first -> out.put("first_seen", StixTimestamp.formatShort(first)));
        source.json
                .string("last_observed")
                .map(StixTimestamp::parse)
                .filter(last -> last != changed)
                .ifPresent(last -> out.put("last_seen", StixTimestamp.formatShort(last)));
    }

    /** The MISP object that was kept with a STIX object, when it still says the same. */
    private Optional<JsonObject> kept(
            Source source, Function<ObjectTemplate, java.util.function.Predicate<List<JsonObject>>> same) {
        Optional<JsonObject> extension = source.json.object("extensions").flatMap(e -> e.object(Misp.OBJECT_EXTENSION));
        if (extension.isEmpty()) {
            return Optional.empty();
        }
        Optional<ObjectTemplate> template = extension.get().string("template").flatMap(ObjectTemplate::of);
        List<JsonObject> members = Misp.objects(extension.get(), "attributes");
        if (template.isEmpty() || !same.apply(template.get()).test(members)) {
            unexpressed.accept(Untranslatable.part(
                    source.object.id() + " /extensions",
                    "members of the MISP object",
                    "the object was changed since, and they no longer say what it says"));
            return Optional.empty();
        }
        boolean cardAlone = !members.isEmpty()
                && members.stream()
                        .allMatch(m -> Misp.text(m, "object_relation").equals("cc-number"));
        if (cardAlone) {
            return Optional.empty(); // an attribute says more of a card than an object without members
        }
        List<Json> attributes = new ArrayList<>();
        for (JsonObject member : members) {
            if (Misp.text(member, "object_relation").equals("cc-number")) {
                unexpressed.accept(Untranslatable.part(
                        source.object.id(), "payment card number", "the whole number is not known here"));
            } else {
                // MISP deletes the attributes of an object with it.
                attributes.add(tagged(
                        source, source.object.revoked() ? member.with("deleted", new JsonBoolean(true)) : member));
            }
        }
        JsonObject.Builder out = object(source, template.get(), source.uuid);
        for (String field : List.of("template_uuid", "template_version", "description")) {
            extension.get().string(field).ifPresent(text -> out.put(field, text));
        }
        return Optional.of(out.put("Attribute", new JsonArray(attributes)).build());
    }

    /** Objects of MISP have no tags, so their members have them. */
    private static JsonObject tagged(Source source, JsonObject member) {
        return source.tags.isEmpty() ? member : member.with("Tag", new JsonArray(source.tags));
    }

    private JsonObject.Builder object(Source source, ObjectTemplate template, String uuid) {
        JsonObject.Builder out = JsonObject.builder()
                .put("uuid", uuid)
                .put("name", template.name())
                .put(
                        "meta-category",
                        MispTags.value(source.labels, MispTags.META_CATEGORY).orElse(template.category()))
                .put("timestamp", source.seconds)
                .put("comment", source.comment())
                .put("distribution", source.distribution);
        if (source.object.revoked()) {
            out.put("deleted", true);
        }
        seen(source, out);
        return out;
    }

    private Map<String, List<String>> comparisons(
            ObjectTemplate template, List<JsonObject> members, boolean detecting) {
        Map<String, List<String>> byPath = new LinkedHashMap<>();
        for (JsonObject member : members) {
            AttributeType type = template.relations().get(Misp.text(member, "object_relation"));
            if (type != null && !Misp.flag(member, "deleted") && (!detecting || Misp.flag(member, "to_ids"))) {
                comparison(type, Misp.text(member, "value")).ifPresent(comparison -> byPath.computeIfAbsent(
                                type.parts().getFirst().path(), p -> new ArrayList<>())
                        .add(comparison));
            }
        }
        return byPath;
    }

    /** Empty for an invalid value, which was kept as a text. */
    private Optional<String> comparison(AttributeType type, String value) {
        try {
            return Optional.of(type.comparison(value, context));
        } catch (InvalidValue keptAsText) {
            return Optional.empty();
        }
    }

    /** A MISP object for terms that are no single attribute: a file with several hashes, an account of a messenger. */
    private Optional<JsonObject> ofTemplate(Source source, Map<String, Constant> terms, String uuid) {
        for (ObjectTemplate template : ObjectTemplate.ALL) {
            List<Json> attributes = new ArrayList<>();
            Set<String> covered = new HashSet<>();
            template.relations().entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(relation -> {
                        AttributeType type = relation.getValue();
                        Set<String> own = new HashSet<>();
                        type.parts().forEach(part -> own.add(part.path()));
                        type.fixed().forEach(fixed -> own.add(fixed.substring(0, fixed.indexOf(' '))));
                        Map<String, Constant> some = new HashMap<>(terms);
                        some.keySet().retainAll(own);
                        Optional<String> value =
                                covered.containsAll(own) ? Optional.empty() : type.value(some, context);
                        value.ifPresent(text -> {
                            covered.addAll(own);
                            String name = type.name().isEmpty() ? "text" : type.name();
                            attributes.add(tagged(
                                    source,
                                    JsonObject.builder()
                                            .put(
                                                    "uuid",
                                                    Uuid5.koprik("misp-attribute", uuid, relation.getKey())
                                                            .toString())
                                            .put("object_relation", relation.getKey())
                                            .put("type", name)
                                            .put(
                                                    "category",
                                                    AttributeTypes.named(name)
                                                            .orElseThrow()
                                                            .category())
                                            .put("value", text)
                                            .put("to_ids", source.toIds())
                                            .put("timestamp", source.seconds)
                                            .put("comment", "")
                                            .put("deleted", source.object.revoked())
                                            .build()));
                        });
                    });
            Set<String> all = new HashSet<>(terms.keySet());
            all.removeIf(path -> path.endsWith("_ref.type"));
            if (!attributes.isEmpty() && covered.containsAll(all)) {
                return Optional.of(object(source, template, uuid)
                        .put("Attribute", new JsonArray(attributes))
                        .build());
            }
        }
        return Optional.empty();
    }

    /** Lists the properties that MISP has no field for. */
    private void properties(Source source) {
        JsonObject json = source.json;
        for (int i = 0; i < json.size(); i++) {
            String name = json.name(i);
            boolean observable = !json.has("created");
            boolean own = (name.equals("indicator_types") && json.items(name).size() == 1)
                    || (name.equals("number_observed") && json.get(name) instanceof JsonNumber n && n.value() == 1);
            boolean cve = name.equals("external_references")
                    && source.object.type().equals("vulnerability")
                    && json.items(name).size() == 1;
            boolean tagged = source.object.type().equals("indicator")
                    && (name.equals("valid_until") || name.equals("confidence"));
            if (!observable && !SAID.contains(name) && !own && !cve && !tagged) {
                unexpressed.accept(Untranslatable.part(
                        source.object.id() + " /" + name, "property " + name, "MISP has no field for it"));
            }
        }
        for (String ref : source.object.markingRefs()) {
            if (Markings.tlp(ref).isEmpty()) {
                unexpressed.accept(Untranslatable.part(
                        source.object.id() + " /object_marking_refs", "marking", "MISP has no tag for it"));
            }
        }
        json.object("extensions").ifPresent(extensions -> extensions.names().stream()
                .filter(name -> !name.equals(SignatureExtension.ID) && !name.equals(Misp.OBJECT_EXTENSION))
                .forEach(name -> unexpressed.accept(Untranslatable.part(
                        source.object.id() + " /extensions/" + name, "extension", "MISP has no field for it"))));
    }
}
