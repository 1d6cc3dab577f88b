package uz.koprik.indicators.stix.rules;

import java.util.Arrays;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.indicators.stix.StixTimestamp;

/** Rules between properties that several types share. */
final class Rules {

    private Rules() {}

    static TypeRules.Rule inOrder(String first, String second, boolean strictly, String section) {
        return (object, at) -> {
            long earlier = time(object, first);
            long later = time(object, second);
            boolean wrong = earlier != StixTimestamp.INVALID && later != StixTimestamp.INVALID
                    && (later < earlier || (strictly && later == earlier));
            if (wrong) {
                at.fault(second, "must be later than " + (strictly ? "" : "or equal to ") + first, section);
            }
        };
    }

    static TypeRules.Rule anyOf(String section, String... names) {
        return (object, at) -> {
            if (Arrays.stream(names).noneMatch(object::has)) {
                at.fault("at least one of these properties must be present: " + String.join(", ", names), section);
            }
        };
    }

    /** Where {@code name} is there, {@code needed} must be as well. */
    static TypeRules.Rule needs(String name, String needed, String section) {
        return (object, at) -> {
            if (object.has(name) && !object.has(needed)) {
                at.fault(needed, "the property is required where " + name + " is present", section);
            }
        };
    }

    private static long time(JsonObject object, String name) {
        String text = Check.string(object, name);
        return text == null ? StixTimestamp.INVALID : StixTimestamp.parse(text);
    }
}
