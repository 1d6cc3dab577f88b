package uz.koprik.indicators.stix.rules;

import java.util.Arrays;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.indicators.stix.values.StixTimestamp;

/** Rules between properties that several types share. */
public final class Rules {

    private Rules() {}

    static TypeRules.Rule inOrder(String first, String second, String section, ForgivableRule forgivable) {
        String rule = "must be later than or equal to " + first;
        return (object, at) -> {
            long later = time(object, second);
            long earlier = later == StixTimestamp.INVALID ? later : time(object, first);
            if (earlier != StixTimestamp.INVALID && later < earlier) {
                at.fault(second, rule, section, forgivable);
            }
        };
    }

    /** @param equal the rule that two equal times break */
    static TypeRules.Rule strictlyInOrder(String first, String second, String section, ForgivableRule equal) {
        String rule = "must be later than " + first;
        return (object, at) -> {
            long later = time(object, second);
            long earlier = later == StixTimestamp.INVALID ? later : time(object, first);
            if (earlier != StixTimestamp.INVALID && later <= earlier) {
                at.fault(second, rule, section, later == earlier ? equal : ForgivableRule.TIME_ORDER);
            }
        };
    }

    /** As {@link #inOrder}, where good sense demands it and the specification does not. */
    public static TypeRules.Rule advisedOrder(String first, String second, String section) {
        return (object, at) -> {
            long earlier = time(object, first);
            long later = time(object, second);
            if (earlier != StixTimestamp.INVALID && later != StixTimestamp.INVALID && later < earlier) {
                at.advise(second, "is earlier than " + first, section);
            }
        };
    }

    static TypeRules.Rule anyOf(String section, String... names) {
        String[] sorted = names.clone();
        Arrays.sort(sorted);
        return (object, at) -> {
            for (String name : names) {
                if (object.has(name)) {
                    return;
                }
            }
            at.fault("at least one of these properties must be present: " + String.join(", ", sorted), section);
        };
    }

    /** Where {@code name} is there, {@code needed} must be as well. */
    public static TypeRules.Rule needs(String name, String needed, String section) {
        return (object, at) -> {
            if (object.has(name) && !object.has(needed)) {
                at.fault(needed, "the property is required where " + name + " is present", section);
            }
        };
    }

    /** One of both, never both, never neither. */
    public static TypeRules.Rule exactlyOne(String one, String other, String section) {
        return (object, at) -> {
            if (object.has(one) == object.has(other)) {
                at.fault("exactly one of " + one + " and " + other + " must be present", section);
            }
        };
    }

    /** What should be there for people. */
    public static TypeRules.Rule advised(String name, String section) {
        return (object, at) -> {
            if (!object.has(name)) {
                at.advise(name, "the property should be present", section);
            }
        };
    }

    private static long time(JsonObject object, String name) {
        String text = ObjectCheck.string(object, name);
        return text == null ? StixTimestamp.INVALID : StixTimestamp.parse(text);
    }
}
