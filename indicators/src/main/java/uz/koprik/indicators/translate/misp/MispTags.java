package uz.koprik.indicators.translate.misp;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.translate.Untranslatable;

/**
 * The tags of an event or attribute: the Traffic Light Protocol becomes a marking, everything else labels.
 *
 * @param tlp the strictest marking among them
 * @param labels the others, in order
 */
record MispTags(Optional<Tlp> tlp, Set<String> labels) {

    /** Labels that say what MISP says and STIX has no property for, as the MISP project's own converter writes them. */
    static final String TYPE = "misp:type";

    static final String CATEGORY = "misp:category";
    static final String TO_IDS = "misp:to_ids";
    static final String OBJECT = "misp:name";
    static final String META_CATEGORY = "misp:meta-category";

    /**
     * Machine tags of this product, for what MISP has no field for: until when an indicator holds, and how sure its
     * producer is.
     */
    static final String VALID_UNTIL = "koprik:valid_until";

    static final String CONFIDENCE = "koprik:confidence";

    /** Fields of events that travel as labels. */
    static final List<String> EVENT_FIELDS = List.of("threat_level_id", "analysis", "distribution", "published");

    private static final String RESERVED =
            "misp:(type|category|to_ids|name|meta-category|threat_level_id|analysis|distribution|"
                    + "published)=\".*\"";

    /**
     * @param owner what has the tags; a tag that stands for one of its galaxy clusters is no label
     * @param unexpressed takes what cannot be said
     */
    static MispTags of(JsonObject owner, String pointer, Consumer<Untranslatable> unexpressed) {
        Set<String> galaxies = ClusterObjects.tags(owner);
        Optional<Tlp> tlp = Optional.empty();
        Set<String> labels = new LinkedHashSet<>();
        List<Json> tags = Misp.items(owner, "Tag");
        for (int i = 0; i < tags.size(); i++) {
            String where = pointer + "/Tag/" + i;
            JsonObject tag = tags.get(i) instanceof JsonObject object ? object : named(tags.get(i));
            String name = Misp.text(tag, "name").strip();
            Optional<Tlp> colour = name.regionMatches(true, 0, "tlp:", 0, 4) ? Tlp.parse(name) : Optional.empty();
            if (name.isEmpty()) {
                unexpressed.accept(Untranslatable.whole(where, "tag", MispNote.MISP_TAG_WITHOUT_NAME.of()));
            } else if (Misp.flag(tag, "local")) {
                unexpressed.accept(Untranslatable.whole(where, "local tag", MispNote.MISP_LOCAL_TAG.of()));
            } else if (colour.isPresent()) {
                tlp = Optional.of(tlp.map(before -> before.or(colour.get())).orElse(colour.get()));
            } else if (name.matches(RESERVED)) {
                unexpressed.accept(Untranslatable.whole(where, "tag", MispNote.MISP_RESERVED_TAG.of()));
            } else if (!galaxies.contains(name)) {
                if (name.regionMatches(true, 0, "tlp:", 0, 4)) {
                    unexpressed.accept(Untranslatable.part(where, "tag", MispNote.MISP_UNKNOWN_TLP.of()));
                }
                labels.add(name);
            }
        }
        return new MispTags(tlp, labels);
    }

    /** A tag that some programs write as its bare name. */
    private static JsonObject named(Json name) {
        return name instanceof JsonString text
                ? AttributeWriter.tag(text.value())
                : JsonObject.builder().build();
    }

    /** {@code misp:type="domain"}. */
    static String label(String predicate, String value) {
        return predicate + "=\"" + value + '"';
    }

    /** The value of the label of that predicate. */
    static Optional<String> value(List<String> labels, String predicate) {
        String start = predicate + "=\"";
        return labels.stream()
                .filter(label -> label.startsWith(start) && label.endsWith("\"") && label.length() > start.length())
                .map(label -> label.substring(start.length(), label.length() - 1))
                .findFirst();
    }

    /**
     * Takes the label of a predicate out of a list, and returns its value.
     *
     * @param fits whether the value can be used; a label whose value cannot stays a label
     */
    static Optional<String> take(List<String> labels, String predicate, Predicate<String> fits) {
        Optional<String> value = value(labels, predicate).filter(fits);
        value.ifPresent(found -> labels.remove(label(predicate, found)));
        return value;
    }

    /** The labels that are tags: all but those this class writes. */
    static List<String> tags(List<String> labels) {
        List<String> tags = new ArrayList<>();
        labels.stream().filter(label -> !label.matches(RESERVED)).forEach(tags::add);
        return tags;
    }

    /** As the tlp taxonomy of MISP writes a marking. */
    static String tag(Tlp tlp) {
        return "tlp:" + tlp.label().substring(4).toLowerCase(java.util.Locale.ROOT);
    }
}
