package uz.koprik.indicators.stix.rules;

import java.util.Set;
import java.util.TreeSet;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.indicators.stix.StixId;

/** The two ways in which observed data names what was observed (STIX 2.1, section 4.14). */
final class ObservedObjects {

    private static final String SECTION = "STIX 2.1, 4.14";
    /** Types that are no observables, apart from the two relationship types, which may be named beside them. */
    private static final Set<String> DOMAIN_TYPES = domainTypes();

    private ObservedObjects() {}

    /** The deprecated dictionary of observables. */
    static void check(Json value, Check at) {
        if (!(value instanceof JsonObject objects)) {
            at.fault("a dictionary of observables is expected, not a value of kind " + value.kind(), SECTION);
            return;
        }
        if (objects.size() == 0) {
            at.fault("the dictionary of observables must not be empty", SECTION);
        }
        for (int i = 0; i < objects.size(); i++) {
            at.value(objects.name(i), objects.value(i), PropertyTypes.object(SECTION, "type", PropertyTypes.TYPE_NAME));
        }
    }

    static void reference(Json value, Check at) {
        PropertyTypes.ID.check(value, at);
        if (value instanceof JsonString s && StixId.isId(s.value()) && DOMAIN_TYPES.contains(StixId.typeOf(s.value()))) {
            at.fault("observed data refers to observables, not to domain objects", SECTION);
        }
    }

    static void oneOfBoth(JsonObject observed, Check at) {
        if (observed.has("objects") == observed.has("object_refs")) {
            at.fault("exactly one of objects and object_refs must be present", SECTION);
        }
    }

    private static Set<String> domainTypes() {
        Set<String> types = new TreeSet<>(Set.of("language-content", "marking-definition", "extension-definition", "bundle"));
        types.addAll(Set.of("attack-pattern", "campaign", "course-of-action", "grouping", "identity", "incident", "indicator",
                "infrastructure", "intrusion-set", "location", "malware", "malware-analysis", "note", "observed-data", "opinion",
                "report", "threat-actor", "tool", "vulnerability"));
        return Set.copyOf(types);
    }
}
