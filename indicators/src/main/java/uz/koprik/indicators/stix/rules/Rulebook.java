package uz.koprik.indicators.stix.rules;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.indicators.stix.StixId;

/** All types that STIX 2.1 defines, and what holds for the others. */
public final class Rulebook {

    private static final Map<String, TypeRules> TYPES = types();
    private static final TypeRules CUSTOM_VERSIONED = TypeRules.of("custom", CommonProperties.VERSIONED, "STIX 2.1, 3.2").build();
    private static final TypeRules CUSTOM_OBSERVABLE = TypeRules.of("custom", CommonProperties.OBSERVABLE, "STIX 2.1, 3.2").build();

    private Rulebook() {}

    /** Examines an object of whatever type against all its rules. */
    public static Check check(JsonObject object) {
        String id = Check.string(object, "id");
        Check at = new Check(id == null || !StixId.isId(id) ? "" : id);
        String type = Check.string(object, "type");
        if ("bundle".equals(type)) {
            at.fault("type", "a bundle is not an object; its objects are taken one by one", "STIX 2.1, 8");
        } else if ("action".equals(type)) {
            at.fault("type", "the type is reserved for later versions of STIX", "STIX 2.1, 11.2");
        } else {
            rules(type, object).check(object, at);
        }
        return at;
    }

    private static TypeRules rules(String type, JsonObject object) {
        TypeRules known = type == null ? CUSTOM_VERSIONED : TYPES.get(type);
        if (known != null) {
            return known;
        }
        boolean versioned = Extensions.declares(object, "new-sdo") || Extensions.declares(object, "new-sro")
                || object.has("created") || object.has("modified");
        return versioned && !Extensions.declares(object, "new-sco") ? CUSTOM_VERSIONED : CUSTOM_OBSERVABLE;
    }

    private static Map<String, TypeRules> types() {
        Map<String, TypeRules> all = new HashMap<>();
        for (List<TypeRules> tables : List.of(DomainObjects.ALL, Relationships.ALL, MetaObjects.ALL, Observables.ALL)) {
            for (TypeRules rules : tables) {
                all.put(rules.type(), rules);
            }
        }
        return Map.copyOf(all);
    }
}
