package uz.koprik.indicators.stix.rules.types;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.indicators.stix.rules.CommonProperties;
import uz.koprik.indicators.stix.rules.Extensions;
import uz.koprik.indicators.stix.rules.ObjectCheck;
import uz.koprik.indicators.stix.rules.TypeRules;
import uz.koprik.indicators.stix.values.StixId;

/** All types that STIX 2.1 defines, and what holds for the others. */
public final class Rulebook {

    private static final Map<String, TypeRules> OBSERVABLES = types(List.of(Observables.ALL));
    private static final Map<String, TypeRules> TYPES =
            types(List.of(DomainObjects.ALL, Relationships.ALL, MetaObjects.ALL, Observables.ALL));
    private static final TypeRules CUSTOM_VERSIONED =
            TypeRules.of("custom", CommonProperties.VERSIONED, "STIX 2.1, 3.2").build();
    private static final TypeRules CUSTOM_OBSERVABLE =
            TypeRules.of("custom", CommonProperties.OBSERVABLE, "STIX 2.1, 3.2").build();

    private Rulebook() {}

    /** Checks an object of any type against all its rules. */
    public static ObjectCheck check(JsonObject object) {
        return check(object, false);
    }

    /** As {@link #check}, and against those that it should keep; takes about twice as long. */
    public static ObjectCheck examine(JsonObject object) {
        return check(object, true);
    }

    /** Examines a bundle but for its objects (section 8). */
    public static ObjectCheck examineBundle(JsonObject bundle) {
        String id = ObjectCheck.string(bundle, "id");
        ObjectCheck at = new ObjectCheck(id == null || !StixId.isId(id) ? "" : id, true);
        Bundles.RULES.check(bundle, false, at);
        return at;
    }

    /** Whether STIX defines a type of this name. */
    public static boolean isType(String type) {
        return TYPES.containsKey(type);
    }

    /** Whether an identifier is that of one of the observables of STIX. */
    static boolean isObservable(String id) {
        return OBSERVABLES.containsKey(StixId.typeOf(id));
    }

    /** Examines one out of the dictionary of observed data. */
    static void observable(JsonObject object, ObjectCheck at) {
        String type = ObjectCheck.string(object, "type");
        TypeRules known = type == null ? null : OBSERVABLES.get(type);
        if ("action".equals(type)) {
            reserved(at);
        } else if (known == null && type != null && TYPES.containsKey(type)) {
            at.fault("type", "only observables belong here", "STIX 2.1, 4.14");
        } else {
            (known == null ? CUSTOM_OBSERVABLE : known)
                    .check(object, known == null || Extensions.declaresProperties(object), at);
        }
    }

    private static ObjectCheck check(JsonObject object, boolean advising) {
        String id = ObjectCheck.string(object, "id");
        ObjectCheck at = new ObjectCheck(id == null || !StixId.isId(id) ? "" : id, advising);
        String type = ObjectCheck.string(object, "type");
        TypeRules known = type == null ? null : TYPES.get(type);
        if (known != null) {
            known.check(object, advising && Extensions.declaresProperties(object), at);
        } else if ("bundle".equals(type)) {
            at.fault("type", "a bundle is not an object; its objects are taken one by one", "STIX 2.1, 8");
        } else if ("action".equals(type)) {
            reserved(at);
        } else {
            custom(object, at);
        }
        return at;
    }

    private static void custom(JsonObject object, ObjectCheck at) {
        boolean domain = Extensions.declares(object, "new-sdo") || Extensions.declares(object, "new-sro");
        boolean observable = Extensions.declares(object, "new-sco");
        boolean versioned = !object.has("type") || domain || object.has("created") || object.has("modified");
        (versioned && !observable ? CUSTOM_VERSIONED : CUSTOM_OBSERVABLE).check(object, true, at);
        if (!domain && !observable) {
            at.advise("type", "custom objects should be defined by an extension", "STIX 2.1, 11.2");
        }
    }

    private static void reserved(ObjectCheck at) {
        at.fault("type", "the type is reserved for later versions of STIX", "STIX 2.1, 3.8");
    }

    private static Map<String, TypeRules> types(List<List<TypeRules>> tables) {
        Map<String, TypeRules> all = new HashMap<>();
        for (List<TypeRules> table : tables) {
            for (TypeRules rules : table) {
                all.put(rules.type(), rules);
            }
        }
        return Map.copyOf(all);
    }
}
