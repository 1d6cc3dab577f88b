package uz.koprik.indicators.stix.rules.types;

import uz.koprik.crypto.json.JsonBoolean;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.indicators.stix.rules.ObjectCheck;

/** A malware family must have a name (STIX 2.1, section 4.11). */
final class FamilyName {

    private FamilyName() {}

    static void check(JsonObject malware, ObjectCheck at) {
        if (malware.get("is_family") instanceof JsonBoolean family && family.value() && !malware.has("name")) {
            at.fault("name", "the property is required where is_family is true", "STIX 2.1, 4.11");
        }
    }
}
