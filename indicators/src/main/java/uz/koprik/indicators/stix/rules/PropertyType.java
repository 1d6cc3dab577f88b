package uz.koprik.indicators.stix.rules;

import uz.koprik.crypto.json.Json;

/** A data type of STIX (section 2) with its rules. One constant each in {@link PropertyTypes}. */
@FunctionalInterface
public interface PropertyType {

    /** Reports every breach to {@code at}, which stands at {@code value}. {@code value} is never null. */
    void check(Json value, ObjectCheck at);

    /** Whether null is a value of this type: only old structures of other people's have that. */
    default boolean takesNull() {
        return false;
    }
}
