package uz.koprik.indicators.stix.rules;

import static uz.koprik.indicators.stix.rules.PropertyTypes.BOOLEAN;
import static uz.koprik.indicators.stix.rules.PropertyTypes.ID;
import static uz.koprik.indicators.stix.rules.PropertyTypes.LANGUAGE;
import static uz.koprik.indicators.stix.rules.PropertyTypes.STRINGS;
import static uz.koprik.indicators.stix.rules.PropertyTypes.TIMESTAMP;
import static uz.koprik.indicators.stix.rules.PropertyTypes.TYPE_NAME;
import static uz.koprik.indicators.stix.rules.PropertyTypes.VERSION_TIME;
import static uz.koprik.indicators.stix.rules.PropertyTypes.idOf;
import static uz.koprik.indicators.stix.rules.PropertyTypes.integer;
import static uz.koprik.indicators.stix.rules.PropertyTypes.list;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.indicators.stix.values.StixId;

/**
 * What a family of types has in common (STIX 2.1, section 3.2 and its table 3.1).
 *
 * @param properties every common property with its type
 * @param required those that must be there
 * @param rules what must hold between them
 * @param advice what should hold between them
 */
public record CommonProperties(
        Map<String, PropertyType> properties,
        List<String> required,
        List<TypeRules.Rule> rules,
        List<TypeRules.Rule> advice) {

    private static final String SECTION = "STIX 2.1, 3.2";

    /** Domain objects, relationships and everything else that has versions. */
    public static final CommonProperties VERSIONED = versioned();

    /** Observables. */
    public static final CommonProperties OBSERVABLE = observable();

    /** Marking definitions, which can never change. */
    public static final CommonProperties MARKING = marking();

    private static Map<String, PropertyType> always() {
        Map<String, PropertyType> p = new HashMap<>();
        p.put("type", TYPE_NAME);
        p.put("id", ID);
        p.put(
                "spec_version",
                PropertyTypes.text(
                        "2.1"::equals, "only 2.1 is taken; convert the object from STIX 2.0 first", SECTION));
        p.put("object_marking_refs", list(idOf("marking-definition")));
        p.put("granular_markings", GranularMarkings.TYPE);
        p.put("extensions", Extensions.ANY);
        return p;
    }

    private static CommonProperties versioned() {
        Map<String, PropertyType> p = always();
        p.put("created_by_ref", CommonProperties::author);
        p.put("created", VERSION_TIME);
        p.put("modified", VERSION_TIME);
        p.put("revoked", BOOLEAN);
        p.put("labels", STRINGS);
        p.put("confidence", integer(0, 100));
        p.put("lang", LANGUAGE);
        p.put("external_references", list(ExternalReference.TYPE));
        return new CommonProperties(
                p,
                List.of("type", "spec_version", "id", "created", "modified"),
                List.of(
                        Identifiers::ofType,
                        Rules.inOrder("created", "modified", SECTION, ForgivableRule.MODIFIED_BEFORE_CREATED),
                        GranularMarkings::select),
                List.of(Identifiers::random));
    }

    private static CommonProperties observable() {
        Map<String, PropertyType> p = always();
        p.put("defanged", BOOLEAN);
        return new CommonProperties(
                p,
                List.of("type", "id"),
                List.of(Identifiers::ofType, Identifiers::randomWithoutContents, GranularMarkings::select),
                List.of(Identifiers::derived));
    }

    private static CommonProperties marking() {
        Map<String, PropertyType> p = always();
        p.put("created_by_ref", CommonProperties::author);
        p.put("created", TIMESTAMP);
        p.put("external_references", list(ExternalReference.TYPE));
        p.put("extensions", Extensions.DEFINED);
        return new CommonProperties(
                p,
                List.of("type", "spec_version", "id", "created"),
                List.of(Identifiers::ofType, GranularMarkings::select),
                List.of());
    }

    private static void author(Json value, ObjectCheck at) {
        ID.check(value, at);
        if (at.advising()
                && value instanceof JsonString id
                && StixId.isId(id.value())
                && !StixId.hasType(id.value(), "identity")) {
            at.tolerate("the author of an object is an identity", SECTION);
        }
    }
}
