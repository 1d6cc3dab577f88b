package uz.koprik.indicators.stix.redaction;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.indicators.stix.rules.Selector;

/**
 * One copy of an object without some of its values. What is empty afterwards goes as well. Granular markings follow
 * what they select to its new position, and those go that select nothing any more.
 */
final class Cut {

    private final Predicate<String> stays;
    private final Set<List<Selector.Step>> cut;
    private final List<List<Selector.Step>> emptied = new ArrayList<>();
    private final Set<List<Selector.Step>> gone;
    private final Map<String, List<Selector.Step>> touched = new HashMap<>();
    private final JsonObject rest;

    /**
     * @param cut the ways to what is left out
     * @param stays which granular markings may stay, by the id of their definition
     */
    Cut(JsonObject whole, Set<List<Selector.Step>> cut, Predicate<String> stays) {
        this.stays = stays;
        this.cut = cut;
        this.gone = new HashSet<>(cut);
        this.rest = markings(object(whole, List.of(), ""), whole, List.of());
    }

    /** What is left. */
    JsonObject rest() {
        return rest;
    }

    /** The ways in the whole to what was left out because nothing was left in it. */
    List<List<Selector.Step>> emptied() {
        return emptied;
    }

    /** The ways in the whole to what has less than before, by JSON pointers in {@link #rest}. */
    Map<String, List<Selector.Step>> touched() {
        return touched;
    }

    private JsonObject object(JsonObject whole, List<Selector.Step> at, String now) {
        JsonObject.Builder left = JsonObject.builder();
        for (int i = 0; i < whole.size(); i++) {
            String name = whole.name(i);
            Selector.Step step = Selector.Step.member(name);
            List<Selector.Step> way = MarkedParts.with(at, step);
            Json value = value(whole.value(i), way, now + Selector.pointer(List.of(step)));
            if (value == null) {
                touched.put(now, at);
            } else {
                left.put(name, value);
            }
        }
        return left.build();
    }

    /** What is left of a value; null for nothing. */
    private Json value(Json whole, List<Selector.Step> way, String now) {
        if (cut.contains(way)) {
            return null;
        }
        Json left = whole;
        int before = 0;
        int after = 0;
        if (whole instanceof JsonObject object) {
            JsonObject smaller = object(object, way, now);
            before = object.size();
            after = smaller.size();
            left = smaller;
        } else if (whole instanceof JsonArray array) {
            JsonArray smaller = array(array, way, now);
            before = array.items().size();
            after = smaller.items().size();
            left = smaller;
        }
        if (before > 0 && after == 0) {
            emptied.add(way);
            gone.add(way);
            return null;
        }
        return left;
    }

    private JsonArray array(JsonArray whole, List<Selector.Step> at, String now) {
        List<Json> left = new ArrayList<>();
        for (int i = 0; i < whole.items().size(); i++) {
            Json value =
                    value(whole.items().get(i), MarkedParts.with(at, Selector.Step.item(i)), now + "/" + left.size());
            if (value == null) {
                touched.put(now, at);
            } else {
                left.add(value);
            }
        }
        return new JsonArray(left);
    }

    /** The granular markings of an object and of all objects inside it, as they are after the cut. */
    private JsonObject markings(JsonObject left, JsonObject whole, List<Selector.Step> at) {
        JsonObject marked = left;
        if (whole.get(MarkedParts.OF_PARTS) instanceof JsonArray before) {
            List<Json> after = new ArrayList<>();
            for (Json item : before.items()) {
                if (item instanceof JsonObject marking) {
                    moved(marking, whole, at).ifPresent(after::add);
                }
            }
            marked = after.isEmpty()
                    ? marked.without(MarkedParts.OF_PARTS)
                    : marked.with(MarkedParts.OF_PARTS, new JsonArray(after));
        }
        for (int i = 0; i < whole.size(); i++) {
            String name = whole.name(i);
            if (!name.equals(MarkedParts.OF_PARTS) && marked.has(name)) {
                Json value = inside(marked.get(name), whole.value(i), MarkedParts.with(at, Selector.Step.member(name)));
                marked = value.equals(marked.get(name)) ? marked : marked.with(name, value);
            }
        }
        return marked;
    }

    private Json inside(Json left, Json whole, List<Selector.Step> at) {
        if (left instanceof JsonObject object && whole instanceof JsonObject before) {
            return markings(object, before, at);
        }
        if (!(left instanceof JsonArray array) || !(whole instanceof JsonArray before)) {
            return left;
        }
        List<Json> items = new ArrayList<>();
        boolean changed = false;
        for (int i = 0; i < before.items().size(); i++) {
            List<Selector.Step> way = MarkedParts.with(at, Selector.Step.item(i));
            if (!gone.contains(way)) {
                Json item = array.items().get(items.size());
                items.add(inside(item, before.items().get(i), way));
                changed |= !items.getLast().equals(item);
            }
        }
        return changed ? new JsonArray(items) : array;
    }

    private Optional<JsonObject> moved(JsonObject marking, JsonObject whole, List<Selector.Step> at) {
        if (marking.string(MarkedParts.REF).filter(ref -> !stays.test(ref)).isPresent()) {
            return Optional.empty();
        }
        List<Json> selectors = new ArrayList<>();
        for (Json item : marking.items(MarkedParts.SELECTORS)) {
            if (item instanceof JsonString text) {
                Selector.parse(text.value())
                        .filter(selector -> selector.in(whole).isPresent())
                        .flatMap(selector -> moved(selector, at))
                        .map(selector -> new JsonString(selector.text()))
                        .ifPresent(selectors::add);
            }
        }
        return selectors.isEmpty()
                ? Optional.empty()
                : Optional.of(marking.with(MarkedParts.SELECTORS, new JsonArray(selectors)));
    }

    /** The selector of the same value after the cut; empty when that is gone. */
    private Optional<Selector> moved(Selector selector, List<Selector.Step> at) {
        List<Selector.Step> way = at;
        List<Selector.Step> now = new ArrayList<>();
        for (Selector.Step step : selector.steps()) {
            List<Selector.Step> list = way;
            int before = 0;
            for (int i = 0; i < step.position(); i++) {
                before += gone.contains(MarkedParts.with(list, Selector.Step.item(i))) ? 1 : 0;
            }
            way = MarkedParts.with(way, step);
            if (gone.contains(way)) {
                return Optional.empty();
            }
            now.add(step.position() < 0 ? step : Selector.Step.item(step.position() - before));
        }
        return Optional.of(new Selector(now));
    }
}
