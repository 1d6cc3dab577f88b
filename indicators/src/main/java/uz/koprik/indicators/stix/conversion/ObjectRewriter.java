package uz.koprik.indicators.stix.conversion;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonPointer;
import uz.koprik.crypto.json.JsonString;

/** An object on its way from one version to the other, and the notes of what was done to it. For one thread. */
final class ObjectRewriter {

    private final String objectId;
    private final String pointer;
    private final List<Change> changes;
    private final Map<String, Json> members = new LinkedHashMap<>();

    /**
     * Takes up an object.
     *
     * @param pointer where it is inside the object that {@code objectId} names; empty when it is that object
     * @param changes where the notes go
     */
    ObjectRewriter(JsonObject object, String objectId, String pointer, List<Change> changes) {
        this.objectId = objectId;
        this.pointer = pointer;
        this.changes = changes;
        for (int i = 0; i < object.size(); i++) {
            members.put(object.name(i), object.value(i));
        }
    }

    boolean has(String name) {
        return members.containsKey(name);
    }

    Json get(String name) {
        return members.get(name);
    }

    String string(String name) {
        return members.get(name) instanceof JsonString s ? s.value() : "";
    }

    /** Adds or replaces a member, with a note. */
    void set(String name, Json value, String what) {
        members.put(name, value);
        note(name, what);
    }

    void set(String name, String value, String what) {
        set(name, new JsonString(value), what);
    }

    /** Replaces a member without a word: the note was taken further down. */
    void replace(String name, Json value) {
        members.put(name, value);
    }

    void remove(String name, String what) {
        if (members.remove(name) != null) {
            note(name, what);
        }
    }

    /** Gives a member its new name in its old place; one that has that name already stays as it is. */
    void rename(String from, String to) {
        if (!members.containsKey(from) || members.containsKey(to)) {
            return;
        }
        Map<String, Json> copy = new LinkedHashMap<>(members);
        members.clear();
        copy.forEach((name, value) -> members.put(name.equals(from) ? to : name, value));
        note(from, "renamed to " + to);
    }

    /** Keeps a member that STIX 2.1 has no place for, under the name of a custom property. */
    void setAside(String name) {
        rename(name, "x_stix20_" + name);
    }

    void note(String name, String what) {
        changes.add(new Change(objectId, pointer + "/" + JsonPointer.token(name), what));
    }

    /** A member that is an object, taken up in its turn; empty members of it are the caller's to put back. */
    ObjectRewriter inner(String name, JsonObject value) {
        return new ObjectRewriter(value, objectId, pointer + "/" + name, changes);
    }

    /** Converts each item of a list that is an object. */
    JsonArray each(String name, JsonArray items, Consumer<ObjectRewriter> conversion) {
        List<Json> converted = new ArrayList<>();
        for (int i = 0; i < items.items().size(); i++) {
            if (items.items().get(i) instanceof JsonObject item) {
                ObjectRewriter inner = inner(name + "/" + i, item);
                conversion.accept(inner);
                converted.add(inner.done());
            } else {
                converted.add(items.items().get(i));
            }
        }
        return new JsonArray(converted);
    }

    JsonObject done() {
        JsonObject.Builder object = JsonObject.builder();
        members.forEach(object::put);
        return object.build();
    }
}
