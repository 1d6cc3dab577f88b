package uz.koprik.indicators.stix.conversion;

import java.util.List;
import uz.koprik.crypto.json.JsonObject;

/**
 * What became of one object of STIX 2.0.
 *
 * @param objects the observables inside it, then the object itself
 * @param changes everything that is not as it was
 */
public record Conversion(List<JsonObject> objects, List<Change> changes) {

    public Conversion {
        objects = List.copyOf(objects);
        changes = List.copyOf(changes);
    }

    /** The object itself. */
    public JsonObject object() {
        return objects.getLast();
    }
}
