package uz.koprik.indicators.stix.redaction;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.indicators.stix.rules.Selector;

/**
 * Finds the parts of an object whose markings are too strict: what its granular markings select, and objects inside it
 * that are marked themselves, such as the observables in observed data.
 */
final class MarkedParts {

    static final String OF_OBJECT = "object_marking_refs";
    static final String OF_PARTS = "granular_markings";
    static final String REF = "marking_ref";
    static final String SELECTORS = "selectors";

    /** What decides how strict the rest is, also inside: nobody may leave it out. */
    private static final Set<String> MARKINGS = Set.of(OF_OBJECT, OF_PARTS);

    /** Without these there is no object. */
    private static final Set<String> STAYS = Set.of("type", "spec_version", "id");

    private final Predicate<String> stays;
    private final List<MarkedPart> found = new ArrayList<>();

    private MarkedParts(Predicate<String> stays) {
        this.stays = stays;
    }

    /**
     * A part.
     *
     * @param way to it in the original
     * @param marking id of the marking definition
     */
    record MarkedPart(List<Selector.Step> way, String marking) {}

    /**
     * The parts to cut, in the order of the text.
     *
     * @param stays whether what a marking marks may stay, by the id of its definition
     * @throws RedactionImpossible when nobody knows what a marking of a part to cut means by its selectors
     */
    static List<MarkedPart> of(JsonObject original, Predicate<String> stays) throws RedactionImpossible {
        MarkedParts parts = new MarkedParts(stays);
        parts.object(original, List.of());
        return parts.found;
    }

    private void object(JsonObject object, List<Selector.Step> at) throws RedactionImpossible {
        if (!at.isEmpty() && object.get(OF_OBJECT) instanceof JsonArray refs) {
            for (Json ref : refs.items()) {
                if (ref instanceof JsonString marking && !stays.test(marking.value())) {
                    found.add(new MarkedPart(at, marking.value()));
                }
            }
        }
        if (object.get(OF_PARTS) instanceof JsonArray markings) {
            for (int i = 0; i < markings.items().size(); i++) {
                if (markings.items().get(i) instanceof JsonObject marking) {
                    selected(object, marking, at, i);
                }
            }
        }
        for (int i = 0; i < object.size(); i++) {
            if (!object.name(i).equals(OF_PARTS)) {
                inside(object.value(i), with(at, Selector.Step.member(object.name(i))));
            }
        }
    }

    private void inside(Json value, List<Selector.Step> at) throws RedactionImpossible {
        if (value instanceof JsonObject object) {
            object(object, at);
        } else if (value instanceof JsonArray array) {
            for (int i = 0; i < array.items().size(); i++) {
                inside(array.items().get(i), with(at, Selector.Step.item(i)));
            }
        }
    }

    private void selected(JsonObject object, JsonObject marking, List<Selector.Step> at, int index)
            throws RedactionImpossible {
        Optional<String> ref = marking.string(REF);
        if (ref.isEmpty() || stays.test(ref.get())) {
            return;
        }
        String place = Selector.pointer(with(with(at, Selector.Step.member(OF_PARTS)), Selector.Step.item(index)));
        List<Json> selectors = marking.items(SELECTORS);
        if (selectors.isEmpty()) {
            throw new RedactionImpossible(place, "this marking selects nothing, so nobody knows what it protects");
        }
        for (int s = 0; s < selectors.size(); s++) {
            String pointer = place + "/" + SELECTORS + "/" + s;
            Selector selector = selectors.get(s) instanceof JsonString text
                    ? Selector.parse(text.value())
                            .filter(parsed -> parsed.in(object).isPresent())
                            .orElse(null)
                    : null;
            if (selector == null) {
                throw new RedactionImpossible(
                        pointer, "this selector leads to nothing, so nobody knows what it protects");
            }
            if (selector.steps().stream().anyMatch(step -> MARKINGS.contains(step.name()))
                    || (at.isEmpty()
                            && STAYS.contains(selector.steps().getFirst().name()))) {
                throw new RedactionImpossible(
                        pointer,
                        "this marking selects a property without which no object is exchanged:"
                                + " redact by another marking, or report the rest as an object of its own");
            }
            List<Selector.Step> way = new ArrayList<>(at);
            way.addAll(selector.steps());
            found.add(new MarkedPart(List.copyOf(way), ref.get()));
        }
    }

    static List<Selector.Step> with(List<Selector.Step> way, Selector.Step step) {
        List<Selector.Step> longer = new ArrayList<>(way);
        longer.add(step);
        return List.copyOf(longer);
    }
}
