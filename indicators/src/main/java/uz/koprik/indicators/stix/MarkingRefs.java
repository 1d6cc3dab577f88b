package uz.koprik.indicators.stix;

import java.util.ArrayList;
import java.util.List;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonPointer;
import uz.koprik.crypto.json.JsonString;

/**
 * Finds the markings in an object: its own, those of its parts (STIX 2.1, section 7.2.3), and those of objects inside
 * it, such as the observables in the {@code objects} of observed data (section 4.14).
 */
final class MarkingRefs {

    static final String OF_OBJECT = "object_marking_refs";
    static final String OF_PARTS = "granular_markings";
    static final String REF = "marking_ref";

    private MarkingRefs() {}

    /**
     * A marking where it stands.
     *
     * @param id of the marking definition
     * @param pointer JSON pointer of the id
     */
    record Place(String id, String pointer) {}

    /** Those of an object, in the order of the text. */
    static List<Place> of(JsonObject json) {
        List<Place> found = new ArrayList<>(0);
        collect(json, "", found);
        return found;
    }

    private static void collect(JsonObject json, String at, List<Place> found) {
        for (int i = 0; i < json.size(); i++) {
            String name = json.name(i);
            Json value = json.value(i);
            if (value instanceof JsonArray items) {
                String pointer = at + "/" + JsonPointer.token(name);
                switch (name) {
                    case OF_OBJECT -> ids(items, pointer, found);
                    case OF_PARTS -> parts(items, pointer, found);
                    default -> inside(items, pointer, found);
                }
            } else if (value instanceof JsonObject object) {
                collect(object, at + "/" + JsonPointer.token(name), found);
            }
        }
    }

    private static void inside(JsonArray items, String at, List<Place> found) {
        for (int i = 0; i < items.items().size(); i++) {
            switch (items.items().get(i)) {
                case JsonObject object -> collect(object, at + "/" + i, found);
                case JsonArray array -> inside(array, at + "/" + i, found);
                default -> {}
            }
        }
    }

    private static void ids(JsonArray items, String at, List<Place> found) {
        for (int i = 0; i < items.items().size(); i++) {
            if (items.items().get(i) instanceof JsonString id) {
                found.add(new Place(id.value(), at + "/" + i));
            }
        }
    }

    private static void parts(JsonArray items, String at, List<Place> found) {
        for (int i = 0; i < items.items().size(); i++) {
            if (items.items().get(i) instanceof JsonObject marking && marking.get(REF) instanceof JsonString id) {
                found.add(new Place(id.value(), at + "/" + i + "/" + REF));
            }
        }
    }
}
