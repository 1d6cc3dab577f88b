package uz.koprik.indicators.stix.rules;

import java.util.Set;

/** Names of properties that STIX does not define itself (section 3.1 and 11.1): anybody's own, within bounds. */
final class CustomProperties {

    private static final Set<String> RESERVED = Set.of("severity", "action", "username", "phone_numbers");

    private CustomProperties() {}

    static void checkName(String name, Check at) {
        if (RESERVED.contains(name)) {
            at.fault(name, "the name is reserved for later versions of STIX", "STIX 2.1, 11.1");
        } else if (!isName(name)) {
            at.fault(name, "the name of a property is 3 to 250 of a-z, 0-9 and underscore", "STIX 2.1, 3.1");
        }
    }

    private static boolean isName(String name) {
        return name.length() >= 3 && name.length() <= 250
                && name.chars().allMatch(c -> c == '_' || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'));
    }
}
