package uz.koprik.indicators.stix.rules;

import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.indicators.stix.StixId;

/** The {@code extensions} property (STIX 2.1, sections 3.2 and 7.3). */
final class Extensions {

    private static final String SECTION = "STIX 2.1, 7.3";
    private static final PropertyType EXTENSION_TYPE = PropertyTypes.oneOf("STIX 2.1, 10.8",
            "new-sdo", "new-sco", "new-sro", "property-extension", "toplevel-property-extension");

    private Extensions() {}

    static void check(Json value, Check at) {
        if (!(value instanceof JsonObject extensions)) {
            at.fault("a dictionary of extensions is expected, not a value of kind " + value.kind(), SECTION);
            return;
        }
        if (extensions.size() == 0) {
            at.fault("extensions must not be empty; leave the property out", SECTION);
        }
        for (int i = 0; i < extensions.size(); i++) {
            extension(extensions.name(i), extensions.value(i), at);
        }
    }

    /** Whether an object says of itself that it is of a new type of this kind, such as {@code new-sco}. */
    static boolean declares(JsonObject object, String extensionType) {
        JsonObject extensions = object.object("extensions").orElse(null);
        if (extensions != null) {
            for (int i = 0; i < extensions.size(); i++) {
                if (extensions.value(i) instanceof JsonObject e && extensionType.equals(Check.string(e, "extension_type"))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static void extension(String key, Json value, Check at) {
        boolean defined = StixId.isId(key) && StixId.hasType(key, "extension-definition");
        if (!defined && !(key.endsWith("-ext") && StixId.isType(key))) {
            at.fault(key, "the key of an extension is the id of its extension-definition, or a predefined name ending in -ext",
                    SECTION);
        }
        if (!(value instanceof JsonObject extension)) {
            at.fault(key, "an extension is an object, not a value of kind " + value.kind(), SECTION);
            return;
        }
        if (extension.size() == 0) {
            at.fault(key, "an extension must not be empty", SECTION);
        }
        at.value(key, extension, PropertyTypes.ANY);
        if (defined) {
            at.enter(key);
            if (!extension.has("extension_type")) {
                at.fault("extension_type", "the property is required and absent", SECTION);
            }
            at.member(extension, "extension_type", EXTENSION_TYPE);
            at.leave();
        }
    }
}
