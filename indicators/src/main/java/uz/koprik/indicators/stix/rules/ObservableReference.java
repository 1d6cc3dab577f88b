package uz.koprik.indicators.stix.rules;

import java.util.Arrays;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.indicators.stix.values.StixId;

/**
 * A reference from one observable to another (STIX 2.1, section 6): an identifier, or, inside the deprecated dictionary
 * of observed data, a key of that dictionary (section 4.14).
 */
public final class ObservableReference implements PropertyType {

    /** No type stands for any type. */
    private final String[] types;

    private final String rule;

    private ObservableReference(String... types) {
        this.types = types;
        this.rule = "a reference to an object of type " + String.join(" or ", types) + " is expected";
    }

    public static PropertyType to(String... types) {
        return new ObservableReference(types);
    }

    public static PropertyType list(String... types) {
        return PropertyTypes.list(new ObservableReference(types));
    }

    @Override
    public void check(Json value, ObjectCheck at) {
        if (!(value instanceof JsonString s)) {
            PropertyTypes.STRING.check(value, at);
        } else if (at.container() != null) {
            key(s.value(), at);
        } else {
            identifier(s.value(), at);
        }
    }

    private void identifier(String id, ObjectCheck at) {
        boolean wellFormed = StixId.isId(id);
        int end = wellFormed ? StixId.typeOf(id).length() : id.indexOf("--");
        if (end >= 0 && !isAllowed(id.substring(0, end))) {
            at.fault(rule, "STIX 2.1, 6");
        } else if (!wellFormed) {
            at.tolerate("an identifier is expected: type--UUID (RFC 4122)", "STIX 2.1, 2.9");
        }
    }

    private void key(String key, ObjectCheck at) {
        if (!(at.container().get(key) instanceof JsonObject target)) {
            at.fault("a key of the dictionary of observables is expected", "STIX 2.1, 4.14");
        } else {
            String type = ObjectCheck.string(target, "type");
            if (type != null && !isAllowed(type)) {
                at.fault(rule, "STIX 2.1, 6");
            }
        }
    }

    private boolean isAllowed(String type) {
        return types.length == 0 || Arrays.asList(types).contains(type);
    }
}
