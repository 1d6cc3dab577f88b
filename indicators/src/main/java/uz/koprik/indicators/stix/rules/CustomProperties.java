package uz.koprik.indicators.stix.rules;

import java.util.Set;
import uz.koprik.crypto.json.Json;

/** Properties that STIX does not define itself (sections 3.1, 11.1 and 11.3): anybody's own, within bounds. */
final class CustomProperties {

    private static final Set<String> RESERVED = Set.of("severity", "action", "username", "phone_numbers");
    private static final String NAME = "the name of a property is 3 to 250 of a-z, 0-9 and underscore, a letter first";

    private CustomProperties() {}

    /** A property of an object itself. */
    static void check(String name, Json value, boolean declared, ObjectCheck at) {
        if (RESERVED.contains(name)) {
            at.fault(name, "the name is reserved for later versions of STIX", "STIX 2.1, 3.8");
        }
        name(name, true, at);
        at.value(name, value, byEnding(name));
        if (!declared) {
            at.advise(name, "custom properties should be defined by an extension", "STIX 2.1, 11.1");
        }
    }

    /**
     * A member of an extension that STIX does not define. Section 3.1 demands three characters; names such as
     * {@code id} are common all the same, and the validator of OASIS passes those that end in {@code id}.
     */
    static void ofExtension(String name, Json value, ObjectCheck at) {
        if (!isShort(name)) {
            name(name, true, at);
        } else if (name.endsWith("id")) {
            at.tolerate(name, NAME, "STIX 2.1, 3.1");
        } else {
            at.fault(name, NAME, "STIX 2.1, 3.1", ForgivableRule.SHORT_EXTENSION_NAME);
        }
        at.value(name, value, byEnding(name));
    }

    /** A member that somebody added to a predefined extension, where the field takes short names as well. */
    static void ofPredefined(String name, Json value, ObjectCheck at) {
        name(name, !isShort(name), at);
        at.value(name, value, byEnding(name));
    }

    /** A member of another structured value, where the field does not look at names. */
    static void nested(String name, Json value, ObjectCheck at) {
        name(name, false, at);
        at.value(name, value, PropertyTypes.ANY);
    }

    private static void name(String name, boolean strictly, ObjectCheck at) {
        int plain = plain(name);
        if (plain == name.length() && plain >= 3 && plain <= 250) {
            return;
        }
        if (strictly && plain < 3) {
            at.fault(name, NAME, "STIX 2.1, 3.1", ForgivableRule.PROPERTY_NAME);
        } else {
            at.tolerate(name, NAME, "STIX 2.1, 3.1");
        }
    }

    /** Names with these endings promise a type, so that patterns can be matched against them. */
    private static PropertyType byEnding(String name) {
        return name.endsWith("_hex")
                ? PropertyTypes.HEX
                : name.endsWith("_bin") ? PropertyTypes.BINARY : PropertyTypes.ANY;
    }

    /** Whether a name has one or two characters, and nothing else is wrong with it. */
    private static boolean isShort(String name) {
        return (name.length() == 1 || name.length() == 2) && plain(name) == name.length();
    }

    /** How many characters at the beginning are as they ought to be. */
    private static int plain(String name) {
        int i = 0;
        while (i < name.length() && isPlain(name.charAt(i), i)) {
            i++;
        }
        return i;
    }

    private static boolean isPlain(char c, int at) {
        return (c >= 'a' && c <= 'z') || (at > 0 && (c == '_' || (c >= '0' && c <= '9')));
    }
}
