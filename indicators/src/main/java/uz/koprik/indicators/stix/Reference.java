package uz.koprik.indicators.stix;

import java.util.ArrayList;
import java.util.List;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.indicators.stix.values.SignatureExtension;
import uz.koprik.indicators.stix.values.StixId;

/**
 * A reference that an object makes to another one (STIX 2.1, section 2.9), with the name of the property that makes it.
 *
 * @param role the property less its {@code _ref} or {@code _refs}, such as {@code created_by}, {@code sighting_of}
 * @param id the object referred to
 */
public record Reference(String role, String id) {

    private static final String ONE = "_ref";
    private static final String MANY = "_refs";

    /** All references of an object, in their order, wherever in it they stand; but for those to markings. */
    public static List<Reference> of(JsonObject object) {
        List<Reference> found = new ArrayList<>();
        collect(SignatureExtension.strip(object), found);
        return List.copyOf(found);
    }

    private static void collect(Json value, List<Reference> found) {
        switch (value) {
            case JsonObject object -> {
                for (int i = 0; i < object.size(); i++) {
                    member(object.name(i), object.value(i), found);
                }
            }
            case JsonArray array -> array.items().forEach(item -> collect(item, found));
            default -> {}
        }
    }

    private static void member(String name, Json value, List<Reference> found) {
        if (name.endsWith(ONE)) {
            if (!name.equals("marking_ref")) {
                add(name.substring(0, name.length() - ONE.length()), value, found);
            }
        } else if (name.endsWith(MANY)) {
            if (!name.equals("object_marking_refs")) {
                add(name.substring(0, name.length() - MANY.length()), value, found);
            }
        } else {
            collect(value, found);
        }
    }

    /**
     * Inside the old {@code objects} of observed data, references are keys rather than ids: those are passed over.
     * Objects instead of ids are looked into, as anywhere else.
     */
    private static void add(String role, Json value, List<Reference> found) {
        switch (value) {
            case JsonString s -> {
                if (isId(s.value())) {
                    found.add(new Reference(role, s.value()));
                }
            }
            case JsonArray array -> array.items().forEach(item -> add(role, item, found));
            default -> collect(value, found);
        }
    }

    /** Objects that earlier versions stored may refer to ids in capital letters, and to objects of such ids. */
    private static boolean isId(String text) {
        return StixId.isId(text) || StixId.isOtherSpelling(text);
    }
}
