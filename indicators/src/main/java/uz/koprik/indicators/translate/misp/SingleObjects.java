package uz.koprik.indicators.translate.misp;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonBoolean;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.indicators.observable.Normalisation;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.EffectiveMarking;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.translate.Untranslatable;

/**
 * Translates STIX objects to MISP one at a time, for exports that keep none of them; see {@link StixToMisp} for whole
 * events.
 */
public final class SingleObjects {

    /** What {@link StixToMisp} makes of several objects together. */
    private static final Set<String> TOGETHER =
            Set.of("report", "grouping", "relationship", "sighting", "opinion", "observed-data");

    private final AttributeWriter writing;
    private final Consumer<Untranslatable> unexpressed;
    private final DistinctUuids distinct;

    /** @param unexpressed takes what cannot be said */
    public SingleObjects(Normalisation context, Consumer<Untranslatable> unexpressed) {
        this.writing = new AttributeWriter(context, id -> Optional.empty(), unexpressed);
        this.unexpressed = unexpressed;
        this.distinct = new DistinctUuids(unexpressed);
    }

    /** MISP attributes and objects; both empty when there are none. */
    public record MispParts(List<JsonObject> attributes, List<JsonObject> objects) {

        public MispParts {
            attributes = List.copyOf(attributes);
            objects = List.copyOf(objects);
        }

        /** The same without {@code to_ids}, for what is revoked or not valid now: nobody may block by it. */
        public MispParts notDetecting() {
            return new MispParts(
                    attributes.stream().map(MispParts::notDetecting).toList(),
                    objects.stream()
                            .map(o -> o.with(
                                    "Attribute",
                                    new JsonArray(Misp.objects(o, "Attribute").stream()
                                            .map(a -> (Json) notDetecting(a))
                                            .toList())))
                            .toList());
        }

        private static JsonObject notDetecting(JsonObject attribute) {
            return attribute.with("to_ids", new JsonBoolean(false));
        }
    }

    /** @param tlp the marking in force, which every attribute carries as a tag */
    public MispParts translate(StixObject object, Optional<Tlp> tlp) {
        if (TOGETHER.contains(object.type())) {
            unexpressed.accept(Untranslatable.whole(
                    object.id(), object.type(), "it joins other objects; export a bundle to have it"));
            return new MispParts(List.of(), List.of());
        }
        Optional<Tlp> own = EffectiveMarking.own(object);
        AttributeWriter.MispParts made = writing.write(object, own);
        return new MispParts(
                made.attributes().stream()
                        .map(a -> distinct.distinct(tagged(a, tlp), object.id()))
                        .toList(),
                made.objects().stream()
                        .map(o -> o.with(
                                "Attribute",
                                new JsonArray(Misp.objects(o, "Attribute").stream()
                                        .map(a -> (Json) tagged(a, tlp))
                                        .toList())))
                        .map(o -> distinct.distinct(o, object.id()))
                        .toList());
    }

    private static JsonObject tagged(JsonObject attribute, Optional<Tlp> tlp) {
        if (tlp.isEmpty()) {
            return attribute;
        }
        List<Json> tags = new java.util.ArrayList<>(attribute.items("Tag"));
        tags.addFirst(AttributeWriter.tag(MispTags.tag(tlp.get())));
        return attribute.with("Tag", new JsonArray(tags));
    }
}
