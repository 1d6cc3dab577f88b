package uz.koprik.indicators.stix.rules;

import static uz.koprik.indicators.stix.rules.PropertyTypes.BOOLEAN;
import static uz.koprik.indicators.stix.rules.PropertyTypes.ID;
import static uz.koprik.indicators.stix.rules.PropertyTypes.STRING;
import static uz.koprik.indicators.stix.rules.PropertyTypes.STRINGS;
import static uz.koprik.indicators.stix.rules.PropertyTypes.TIMESTAMP;
import static uz.koprik.indicators.stix.rules.PropertyTypes.TYPE_NAME;
import static uz.koprik.indicators.stix.rules.PropertyTypes.idOf;
import static uz.koprik.indicators.stix.rules.PropertyTypes.integer;
import static uz.koprik.indicators.stix.rules.PropertyTypes.list;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.indicators.stix.StixId;

/**
 * What a family of types has in common (STIX 2.1, section 3.2 and its table 3.1).
 *
 * @param properties every common property with its type
 * @param required those that must be there
 * @param rules what must hold between them
 */
record CommonProperties(Map<String, PropertyType> properties, Set<String> required, List<TypeRules.Rule> rules) {

    private static final String SECTION = "STIX 2.1, 3.2";

    private static final PropertyType MARKING_REFS = list(idOf("marking-definition"));
    private static final PropertyType GRANULAR_MARKINGS = list(CommonProperties::granularMarking);
    private static final PropertyType EXTERNAL_REFERENCES = list(ExternalReference::check);

    /** Domain objects, relationships and everything else that has versions. */
    static final CommonProperties VERSIONED = versioned();

    /** Observables. */
    static final CommonProperties OBSERVABLE = observable();

    /** Marking definitions, which can never change. */
    static final CommonProperties MARKING = marking();

    private static Map<String, PropertyType> always() {
        Map<String, PropertyType> p = new HashMap<>();
        p.put("type", TYPE_NAME);
        p.put("id", ID);
        p.put("spec_version", PropertyTypes.text("2.1"::equals,
                "only 2.1 is taken; convert the object from STIX 2.0 first", SECTION));
        p.put("object_marking_refs", MARKING_REFS);
        p.put("granular_markings", GRANULAR_MARKINGS);
        p.put("extensions", Extensions::check);
        return p;
    }

    private static CommonProperties versioned() {
        Map<String, PropertyType> p = always();
        p.put("created_by_ref", ID);
        p.put("created", TIMESTAMP);
        p.put("modified", TIMESTAMP);
        p.put("revoked", BOOLEAN);
        p.put("labels", STRINGS);
        p.put("confidence", integer(0, 100));
        p.put("lang", STRING);
        p.put("external_references", EXTERNAL_REFERENCES);
        return new CommonProperties(p, Set.of("type", "spec_version", "id", "created", "modified"),
                List.of(CommonProperties::idOfType, Rules.inOrder("created", "modified", false, SECTION)));
    }

    private static CommonProperties observable() {
        Map<String, PropertyType> p = always();
        p.put("defanged", BOOLEAN);
        return new CommonProperties(p, Set.of("type", "id"), List.of(CommonProperties::idOfType));
    }

    private static CommonProperties marking() {
        Map<String, PropertyType> p = always();
        p.put("created_by_ref", ID);
        p.put("created", TIMESTAMP);
        p.put("external_references", EXTERNAL_REFERENCES);
        return new CommonProperties(p, Set.of("type", "spec_version", "id", "created"), List.of(CommonProperties::idOfType));
    }

    private static void idOfType(JsonObject object, Check at) {
        String id = Check.string(object, "id");
        String type = Check.string(object, "type");
        if (id != null && type != null && StixId.isId(id) && !StixId.hasType(id, type)) {
            at.fault("id", "the identifier must begin with the type of the object", "STIX 2.1, 2.9");
        }
    }

    /** Section 7.2.3. */
    private static void granularMarking(Json value, Check at) {
        PropertyTypes.object("STIX 2.1, 7.2.3", "selectors", STRINGS).check(value, at);
        if (value instanceof JsonObject marking) {
            at.member(marking, "marking_ref", idOf("marking-definition"));
            at.member(marking, "lang", STRING);
            if (marking.has("marking_ref") == marking.has("lang")) {
                at.fault("exactly one of marking_ref and lang must be present", "STIX 2.1, 7.2.3");
            }
        }
    }
}
