package uz.koprik.indicators.stix.rules;

import java.util.Set;
import java.util.TreeSet;

/** Which properties the table of a type has, for tests that walk all of them. */
public final class PropertyNames {

    private PropertyNames() {}

    /** All names, in alphabetical order. */
    public static Set<String> of(TypeRules rules) {
        return new TreeSet<>(rules.properties());
    }
}
