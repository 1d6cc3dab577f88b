package uz.koprik.indicators.pattern.match;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonBoolean;
import uz.koprik.crypto.json.JsonNumber;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;

/**
 * Triggers as a tree of paths, so that only those parts of an observation are looked at that some pattern speaks of.
 */
final class TriggerTree<T> {

    /** Cost of a trigger that asks for a path alone, in values under that path. */
    private static final long PRESENCE = 1_000_000;

    /** Behind one step of a path. */
    private static final class Node<T> {
        private final Map<String, Node<T>> members = new HashMap<>(4);
        private Node<T> items;
        private final Set<T> any = new LinkedHashSet<>(2);
        private final Map<Object, List<T>> byValue = new HashMap<>(4);

        boolean isEmpty() {
            return members.isEmpty() && items == null && any.isEmpty() && byValue.isEmpty();
        }
    }

    private final Node<T> types = new Node<>();

    /**
     * How dear one more owner of {@code trigger} would be: what many patterns ask for, many observations show, and what
     * only has to be there, most of them.
     */
    long cost(Trigger trigger) {
        Node<T> node = types.members.get(trigger.type());
        for (int i = 0; i < trigger.steps().size() && node != null; i++) {
            String step = trigger.steps().get(i);
            node = step == null ? node.items : node.members.get(step);
        }
        if (trigger.value() == null) {
            return PRESENCE + (node == null ? 0 : node.any.size());
        }
        List<T> owners = node == null ? null : node.byValue.get(trigger.value());
        return 1L + (owners == null ? 0 : owners.size());
    }

    void add(Trigger trigger, T owner) {
        Node<T> node = types.members.computeIfAbsent(trigger.type(), t -> new Node<>());
        for (String step : trigger.steps()) {
            if (step == null) {
                node.items = node.items == null ? new Node<>() : node.items;
                node = node.items;
            } else {
                node = node.members.computeIfAbsent(step, s -> new Node<>());
            }
        }
        Collection<T> owners = trigger.value() == null
                ? node.any
                : node.byValue.computeIfAbsent(trigger.value(), v -> new ArrayList<>(1));
        owners.add(owner);
    }

    void remove(Trigger trigger, T owner) {
        Node<T> type = types.members.get(trigger.type());
        remove(type, trigger, 0, owner);
        if (type.isEmpty()) {
            types.members.remove(trigger.type());
        }
    }

    private void remove(Node<T> node, Trigger trigger, int at, T owner) {
        if (at == trigger.steps().size()) {
            if (trigger.value() == null) {
                node.any.remove(owner);
            } else {
                List<T> owners = node.byValue.get(trigger.value());
                owners.remove(owner);
                if (owners.isEmpty()) {
                    node.byValue.remove(trigger.value());
                }
            }
            return;
        }
        String step = trigger.steps().get(at);
        Node<T> next = step == null ? node.items : node.members.get(step);
        remove(next, trigger, at + 1, owner);
        if (next.isEmpty()) {
            if (step == null) {
                node.items = null;
            } else {
                node.members.remove(step);
            }
        }
    }

    /** Hands over all owners of triggers that the observation shows; some perhaps several times. */
    void shown(Observation observation, Consumer<Collection<T>> owners) {
        for (int i = 0; i < observation.size(); i++) {
            Node<T> type = types.members.get(observation.type(i));
            if (type != null) {
                walk(observation.object(i), type, owners);
            }
        }
    }

    private static <T> void walk(Json value, Node<T> node, Consumer<Collection<T>> owners) {
        if (!node.any.isEmpty()) {
            owners.accept(node.any);
        }
        switch (value) {
            case JsonObject object -> members(object, node, owners);
            case JsonArray array -> {
                if (node.items != null) {
                    for (Json item : array.items()) {
                        walk(item, node.items, owners);
                    }
                }
            }
            case JsonString string -> value(string.value(), node, owners);
            case JsonNumber number -> value(number.value(), node, owners);
            case JsonBoolean truth -> value(truth.value(), node, owners);
            default -> {} // null equals nothing
        }
    }

    private static <T> void members(JsonObject object, Node<T> node, Consumer<Collection<T>> owners) {
        if (node.members.size() < object.size()) {
            node.members.forEach((name, next) -> {
                Json member = object.get(name);
                if (member != null) {
                    walk(member, next, owners);
                }
            });
            return;
        }
        for (int i = 0; i < object.size(); i++) {
            Node<T> next = node.members.get(object.name(i));
            if (next != null) {
                walk(object.value(i), next, owners);
            }
        }
    }

    private static <T> void value(Object value, Node<T> node, Consumer<Collection<T>> owners) {
        List<T> found = node.byValue.isEmpty() ? null : node.byValue.get(value);
        if (found != null) {
            owners.accept(found);
        }
    }
}
