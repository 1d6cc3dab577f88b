package uz.koprik.indicators.stix.rules.types;

import java.util.Set;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.indicators.stix.rules.ObjectCheck;
import uz.koprik.indicators.stix.rules.PropertyTypes;
import uz.koprik.indicators.stix.values.StixId;

/** The two ways in which observed data names what was observed (STIX 2.1, section 4.14). */
final class ObservedObjects {

    private static final String SECTION = "STIX 2.1, 4.14";
    /** Types that are no observables, apart from the two relationship types, which may be named beside them. */
    private static final Set<String> DOMAIN_TYPES = Set.of(
            "language-content",
            "marking-definition",
            "extension-definition",
            "bundle",
            "attack-pattern",
            "campaign",
            "course-of-action",
            "grouping",
            "identity",
            "incident",
            "indicator",
            "infrastructure",
            "intrusion-set",
            "location",
            "malware",
            "malware-analysis",
            "note",
            "observed-data",
            "opinion",
            "report",
            "threat-actor",
            "tool",
            "vulnerability");

    private ObservedObjects() {}

    /** The deprecated dictionary of observables, which refer to one another by their keys in it. */
    static void check(Json value, ObjectCheck at) {
        if (!(value instanceof JsonObject objects)) {
            at.fault("a dictionary of observables is expected, not a value of kind " + value.kind(), SECTION);
            return;
        }
        if (objects.size() == 0) {
            at.fault("the dictionary of observables must not be empty", SECTION);
        }
        at.advise("is deprecated: name the observables in object_refs", SECTION);
        at.container(objects);
        for (int i = 0; i < objects.size(); i++) {
            at.value(objects.name(i), objects.value(i), ObservedObjects::observable);
        }
        at.container(null);
    }

    static void reference(Json value, ObjectCheck at) {
        PropertyTypes.ID.check(value, at);
        if (value instanceof JsonString s
                && StixId.isId(s.value())
                && DOMAIN_TYPES.contains(StixId.typeOf(s.value()))) {
            at.fault("observed data refers to observables, not to domain objects", SECTION);
        }
    }

    /** Something was observed, besides how things are related. */
    static void observed(JsonObject data, ObjectCheck at) {
        if (at.advising()
                && data.get("object_refs") instanceof JsonArray refs
                && refs.items().stream().noneMatch(ObservedObjects::isObservable)) {
            at.tolerate("object_refs", "at least one observable must be among them", SECTION);
        }
    }

    private static boolean isObservable(Json ref) {
        return ref instanceof JsonString s
                && !s.value().startsWith("relationship--")
                && !s.value().startsWith("sighting--");
    }

    private static void observable(Json value, ObjectCheck at) {
        if (value instanceof JsonObject observable) {
            Rulebook.observable(observable, at);
        } else {
            at.fault("an observable is expected, not a value of kind " + value.kind(), SECTION);
        }
    }
}
