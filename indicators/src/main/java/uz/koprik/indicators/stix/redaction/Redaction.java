package uz.koprik.indicators.stix.redaction;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.indicators.policy.Markings;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.stix.rules.Fault;
import uz.koprik.indicators.stix.rules.Selector;
import uz.koprik.indicators.stix.rules.types.Rulebook;
import uz.koprik.indicators.stix.values.RedactionExtension;
import uz.koprik.indicators.stix.values.SignatureExtension;
import uz.koprik.indicators.stix.values.StixTimestamp;

/**
 * An object without those of its parts that are marked too strictly. Cuts whole properties and list items: never a part
 * of a string, such as a pattern. What the rest of a part cannot be without goes with it, such as an external reference
 * without its name. Immutable.
 */
public final class Redaction {

    /** Types whose objects have no creator, or on which others rely as they are. */
    private static final Set<String> NEVER =
            Set.of("marking-definition", "extension-definition", "countersignature", "sharing-group", "bundle");

    private static final String CREATOR = "created_by_ref";
    private static final String CREATED = "created";
    private static final String MODIFIED = "modified";

    private final StixObject original;
    private final JsonObject rest;
    private final Set<List<Selector.Step>> ways;
    private final List<Part> parts;
    private final List<String> also;

    private Redaction(
            StixObject original, JsonObject rest, Set<List<Selector.Step>> ways, List<Part> parts, List<String> also) {
        this.original = original;
        this.rest = rest;
        this.ways = ways;
        this.parts = List.copyOf(parts);
        this.also = List.copyOf(also);
    }

    /**
     * A part that is cut.
     *
     * @param pointer JSON pointer into the original
     * @param marking id of the definition of the marking
     */
    public record Part(String pointer, String marking) {}

    /**
     * Cuts.
     *
     * @param stays whether what a marking marks may stay, by the id of its definition
     * @throws RedactionImpossible when there is nothing to cut, when the rest is no valid object, or when a selector is
     *     not understood
     */
    public static Redaction of(StixObject original, Predicate<String> stays) throws RedactionImpossible {
        if (NEVER.contains(original.type()) || original.created() == StixObject.UNVERSIONED) {
            throw new RedactionImpossible(
                    "/type",
                    "an object of type " + original.type()
                            + " has no creator or is needed as it is, and cannot be redacted: redact the objects that refer to it");
        }
        JsonObject whole = SignatureExtension.strip(original.json());
        List<MarkedParts.MarkedPart> marked = MarkedParts.of(whole, stays);
        if (marked.isEmpty()) {
            throw new RedactionImpossible(
                    "", "no part of it has a marking that is stricter than asked for, so there is nothing to cut");
        }
        Set<List<Selector.Step>> ways = marked.stream()
                .map(MarkedParts.MarkedPart::way)
                .filter(way -> !replaced(way))
                .collect(Collectors.toSet());
        Set<String> also = new TreeSet<>();
        Set<List<Selector.Step>> climbed = new HashSet<>(ways);
        while (true) {
            Cut cut = new Cut(whole, climbed, stays);
            cut.emptied().forEach(way -> also.add(Selector.pointer(way)));
            List<Fault> faults = Rulebook.check(cut.rest()).faults().stream()
                    .filter(fault -> !fault.forgivenBy(Set.of()))
                    .toList();
            if (faults.isEmpty()) {
                List<Part> parts = marked.stream()
                        .map(part -> new Part(Selector.pointer(part.way()), part.marking()))
                        .distinct()
                        .toList();
                parts.forEach(part -> also.remove(part.pointer()));
                return new Redaction(original, cut.rest(), climbed, parts, new ArrayList<>(also));
            }
            List<Selector.Step> broken = broken(faults, cut)
                    .orElseThrow(() -> new RedactionImpossible(
                            faults.getFirst().pointer(),
                            "without its stricter parts, what is left is no valid " + original.type() + ": "
                                    + faults.getFirst().rule() + " ("
                                    + faults.getFirst().section()
                                    + "). Report the rest as an object of its own, or ask its producer"));
            if (!climbed.add(broken)) {
                throw new IllegalStateException("the cut of " + original.id() + " does not end");
            }
            also.add(Selector.pointer(broken));
        }
    }

    /** Whether a redaction has a value of its own there anyway. */
    private static boolean replaced(List<Selector.Step> way) {
        return Set.of(CREATOR, CREATED, MODIFIED).contains(way.getFirst().name());
    }

    /** The way in the whole to the innermost value that has less than before and is not valid any more. */
    private static Optional<List<Selector.Step>> broken(List<Fault> faults, Cut cut) {
        for (Fault fault : faults) {
            for (String at = fault.pointer(); !at.isEmpty(); at = at.substring(0, at.lastIndexOf('/'))) {
                if (cut.touched().containsKey(at)) {
                    return Optional.of(cut.touched().get(at));
                }
            }
        }
        return Optional.empty();
    }

    /** What is cut because of its marking, in the order of the text. */
    public List<Part> parts() {
        return parts;
    }

    /** JSON pointers into the original of what goes with it: nothing is left in it, or no valid part. */
    public List<String> also() {
        return also;
    }

    /** Names of the properties that stay, without those that every redaction has of its own. */
    public List<String> kept() {
        return rest.names().stream()
                .filter(name -> !Set.of("id", CREATOR, CREATED, MODIFIED, "type", "spec_version", "granular_markings")
                        .contains(name))
                .toList();
    }

    /** JSON pointers into the rest of the texts in which a text that was cut still stands. */
    public List<String> repeated() {
        return RepeatedTexts.of(original.json(), ways, rest);
    }

    /**
     * The redaction as an object, unsigned.
     *
     * @param id of its own
     * @param creator id of the identity of the centre that makes it
     * @param created in microseconds since the epoch
     * @param modified the same
     * @param edition stands for the version of the original
     * @param tlp the marking of the rest when it bears none of TLP, or is narrowed
     */
    public JsonObject object(
            String id, String creator, long created, long modified, String edition, Optional<Tlp> tlp) {
        JsonObject object = with(rest, "id", id);
        object = with(object, CREATOR, creator);
        object = with(object, CREATED, StixTimestamp.format(created));
        object = with(object, MODIFIED, StixTimestamp.format(modified));
        if (tlp.isPresent()) {
            List<Json> markings = new ArrayList<>();
            markings.add(new JsonString(Markings.id(tlp.get())));
            original.markingRefs().stream()
                    .filter(ref -> Markings.tlp(ref).isEmpty())
                    .forEach(ref -> markings.add(new JsonString(ref)));
            object = object.with("object_marking_refs", new JsonArray(markings));
        }
        return RedactionExtension.attach(object, new RedactionExtension.Origin(original.id(), edition));
    }

    private static JsonObject with(JsonObject object, String name, String value) {
        return object.with(name, new JsonString(value));
    }
}
